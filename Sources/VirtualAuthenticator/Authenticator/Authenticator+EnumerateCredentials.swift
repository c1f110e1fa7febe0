import CTAP2

/// Enumeration of sites (CTAP 2.1 §6.8.3) and of one site's credentials (§6.8.4).
extension Authenticator {
    func enumerateRPs(_ request: CredentialManagementParameters) throws(Refusal) -> CommandStep {
        let token = try authorizeReading(request.pinUVAuth, over: [0x02])
        try requireUnbound(token)
        let sites = try store.sites().all
        guard let first = sites.first else { return try emptyEnumeration(total: 0x05) }
        var response = response(first)
        response[0x05] = .int(sites.count)
        stateful = .sites(Iteration(sites.dropFirst(), by: token, at: now))
        return .finished(response)
    }

    func nextRP(of enumeration: StatefulCommand?) throws(Refusal) -> CommandStep {
        guard case .sites(var rest) = enumeration, isInUse(rest.token), let site = rest.next(at: now) else {
            throw Refusal(.notAllowed)
        }
        stateful = .sites(rest)
        return .finished(response(site))
    }

    func enumerateCredentials(_ request: CredentialManagementParameters) throws(Refusal) -> CommandStep {
        try requirePINUVAuth(request.pinUVAuth)
        let rpIDHash = try request.rpIDHash()
        let token = try authorizeReading(request.pinUVAuth, over: request.message)
        // Keys of CTAP 2.1 also accept a token that is bound to this site.
        guard token.rpId.map(CredentialSites.hash) ?? rpIDHash == rpIDHash else { throw Refusal(.pinAuthInvalid) }
        let credentials = try store.sites().credentials(ofSite: rpIDHash)
        guard let first = credentials.first else { return try emptyEnumeration(total: 0x09) }
        var response = try response(first)
        response[0x09] = .int(credentials.count)
        stateful = .credentials(Iteration(credentials.dropFirst(), by: token, at: now))
        return .finished(response)
    }

    func nextCredential(of enumeration: StatefulCommand?) throws(Refusal) -> CommandStep {
        guard
            case .credentials(var rest) = enumeration, isInUse(rest.token), let credential = rest.next(at: now)
        else { throw Refusal(.notAllowed) }
        stateful = .credentials(rest)
        return .finished(try response(credential))
    }

    private func emptyEnumeration(total member: CBORValue) throws(Refusal) -> CommandStep {
        guard settings.management.emptyEnumerationSucceeds else { throw Refusal(.noCredentials) }
        return .finished([member: 0])
    }

    private func response(_ site: CredentialSites.Site) -> CBORMap {
        var rp: CBORMap = ["id": .text(site.rpId)]
        rp["name"] = site.rpName.map { .text($0) }
        return [0x03: .map(rp), 0x04: .bytes(site.rpIDHash)]
    }

    private func response(_ credential: ResidentCredential) throws(Refusal) -> CBORMap {
        guard let publicKey = try unlock(credential).key.publicKey.cbor else { throw Refusal(.other) }
        var response: CBORMap = [
            0x06: .map(credential.user.entity(withNames: true)),
            0x07: .map(["id": .bytes(credential.id), "type": "public-key"]),
            0x08: .map(publicKey),
        ]
        if extensions.identifiers.contains("credProtect") {
            response[0x0A] = .unsigned(CredentialProtection(in: credential.extensionData).rawValue)
        }
        response[0x0B] = credential.extensionData["largeBlobKey"]?.map?[LargeBlobKey.member]
        if extensions.identifiers.contains("thirdPartyPayment") {
            let data = credential.extensionData["thirdPartyPayment"]?.map
            response[0x0C] = .bool(data?[ThirdPartyPayment.member] == true)
        }
        return response
    }
}
