extension PendingRequest {
    private var expectedHash: [UInt8]? {
        if case .clientDataHash(let hash) = content { hash } else { clientDataHash }
    }

    private var expected: (challenge: [UInt8]?, origins: [String], crossOrigin: CrossOriginPolicy) {
        if case .webAuthn(let challenge, let origins, let crossOrigin) = content {
            (challenge, origins, crossOrigin)
        } else {
            (nil, [], .allowed())
        }
    }

    /// The checks of client data that registrations and logins share; `copy` is a hash that stands beside them.
    func check(
        _ signed: SignedClientData,
        copy: [UInt8]?,
        ceremony: ClientData.Ceremony,
        in list: inout Checklist
    ) {
        switch signed {
        case .json(let json):
            let clientData = list.check(.clientData) { () throws(VerificationError) in try Self.read(json) }
            checkHash([expectedHash, copy].compactMap(\.self), of: signed, in: &list)
            if let clientData {
                check(clientData, ceremony: ceremony, in: &list)
            } else {
                list.skip(.type, .challenge, .origin, .crossOrigin, .topOrigin)
            }
        case .hash:
            list.add(.clientData, .notMade(.noClientData), demand: .nobody)
            if let expectedHash {
                checkHash([expectedHash], of: signed, in: &list)
            } else {
                list.add(.clientDataHash, .notMade(.noClientData))
            }
            list.add(.type, .notMade(.noClientData), demand: .nobody)
            list.add(.challenge, .notMade(.noClientData), demand: expected.challenge == nil ? .nobody : .caller)
            list.add(.origin, .notMade(.noClientData), demand: expected.origins.isEmpty ? .nobody : .caller)
            list.add(.crossOrigin, .notMade(.noClientData), demand: .nobody)
            list.add(.topOrigin, .notMade(.noClientData), demand: .nobody)
        }
    }

    private static func read(_ json: [UInt8]) throws(VerificationError) -> ClientData {
        do throws(JSONError) {
            return try ClientData(json: json)
        } catch {
            throw .clientDataJSON(error)
        }
    }

    private func checkHash(_ expected: [[UInt8]], of signed: SignedClientData, in list: inout Checklist) {
        guard !expected.isEmpty else { return list.add(.clientDataHash, .notMade(.notAsked), demand: .nobody) }
        list.check(.clientDataHash, expected.allSatisfy { $0 == signed.hash }, else: .clientDataHash)
    }

    private func check(_ found: ClientData, ceremony: ClientData.Ceremony, in list: inout Checklist) {
        list.check(.type, found.type == ceremony, else: .ceremony(expected: ceremony, found: found.type))
        if let challenge = expected.challenge {
            list.check(.challenge, found.challenge == challenge, else: .challenge)
        } else {
            list.add(.challenge, .notMade(.notAsked), demand: .nobody)
        }
        let origins = expected.origins
        if !origins.isEmpty {
            list.check(.origin, origins.contains(found.origin), else: .origin(expected: origins, found: found.origin))
        } else if let error = contradiction(of: found.origin) {
            list.add(.origin, .failed(error))
        } else {
            list.add(.origin, .notMade(.notAsked), demand: .nobody)
        }
        checkFrame(found, in: &list)
    }

    private func checkFrame(_ found: ClientData, in list: inout Checklist) {
        let isFramed = found.crossOrigin || found.topOrigin != nil
        guard isFramed else {
            list.add(.crossOrigin, .passed)
            return list.add(.topOrigin, .notMade(.notAsked), demand: .nobody)
        }
        switch expected.crossOrigin {
        case .refused:
            list.add(.crossOrigin, .failed(.crossOrigin(topOrigin: found.topOrigin)))
            list.skip(.topOrigin)
        case .allowed(let topOrigins):
            list.add(.crossOrigin, .passed)
            if topOrigins.isEmpty {
                list.add(.topOrigin, .notMade(.notAsked), demand: .nobody)
            } else {
                let isExpected = found.topOrigin.map(topOrigins.contains) ?? false
                list.check(.topOrigin, isExpected, else: .topOrigin(expected: topOrigins, found: found.topOrigin))
            }
        }
    }

    /// Why an origin that was not given may not use the RP ID; native apps have origins that no rule of the web applies to.
    private func contradiction(of text: String) -> VerificationError? {
        do throws(OriginError) {
            let origin = try Origin(text)
            let mayUse =
                rpId.isEmpty || RelyingPartyID.candidates(for: origin).contains { $0.text == rpId }
                || relatedOrigins?.contains(origin) == true
            return mayUse ? nil : .origin(expected: ["https://" + rpId], found: text)
        } catch .noScheme, .unsupportedScheme {
            return nil
        } catch {
            return .unsupportedOrigin(text)
        }
    }
}
