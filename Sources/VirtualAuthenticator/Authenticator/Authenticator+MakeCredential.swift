import CTAP2
import Platform

/// authenticatorMakeCredential (CTAP 2.1 §6.1.2); the steps are numbered as there.
extension Authenticator {
    func makeCredential(_ request: MakeCredentialParameters) throws(Refusal) -> CommandStep {
        try requireLimit(on: request.excludeList)
        let extensionInputs = try extensions.makeInputs(request.extensions)
        if let probe = try probe(request.pinUVAuth) { return probe }  // 1
        let pinProtocol = try pinProtocol(of: request.pinUVAuth)  // 2
        guard let algorithm = request.algorithms.first(where: settings.algorithms.contains) else {  // 3
            throw Refusal(.unsupportedAlgorithm)
        }
        var proof = try proof(request.pinUVAuth, by: pinProtocol, or: request.options.userVerification)  // 5
        guard request.options.userPresence != false else { throw Refusal(.invalidOption) }
        proof = try requireProof(proof, for: request)  // 6 to 8
        let isEnterprise = try allowsEnterpriseAttestation(request)  // 9

        let prompt = PresenceRequest(
            operation: .register,
            relyingPartyID: request.rpId,
            userName: request.user.name ?? request.user.displayName
        )
        return try check(proof, for: .makeCredential, prompt, clientDataHash: request.clientDataHash) {  // 10, 11
            [unowned self] evidence throws(Refusal) in
            let listed = try credentials(in: request.excludeList, rpId: request.rpId, state: store.read())
            let isExcluded = listed.contains { $0.protection.shows(isListed: true, isVerified: evidence.isVerified) }
            guard !isExcluded else {  // 12
                guard !evidence.isPresent else { throw Refusal(.credentialExcluded) }
                return .waitForUser(prompt) { _ throws(Refusal) in throw Refusal(.credentialExcluded) }
            }
            return try requirePresence(evidence, prompt) { [unowned self] () throws(Refusal) in  // 13, 14
                try makeKey(algorithm) { [unowned self] key throws(Refusal) in
                    var response = try register(key, for: request, extensionInputs, isVerified: evidence.isVerified)
                    if isEnterprise, response[0x01] != "none" { response[0x04] = true }
                    return .finished(response)
                }
            }
        }
    }

    /// 6 to 8: checks that the verification suffices for a credential; may use the sensor even without a request for
    /// it.
    private func requireProof(
        _ proof: UserProof,
        for request: MakeCredentialParameters
    ) throws(Refusal) -> UserProof {
        let state = try store.read()
        if isAlwaysUv(state) { return try requireProof(proof, state) }
        guard isProtected(state), proof == .none else { return proof }
        guard makeCredUvNotRqd(state), request.options.residentKey != true else {
            throw Refusal(refusalOfUnverified(state.pin != nil))
        }
        return proof
    }

    /// 16: generates a key pair, in the background if it is slow.
    private func makeKey(
        _ algorithm: COSEAlgorithm,
        then: @escaping (SigningKey) throws(Refusal) -> CommandStep
    ) throws(Refusal) -> CommandStep {
        guard SigningKey.isSlow(algorithm) else {
            guard let key = try? SigningKey.generate(algorithm, random: &store.random) else { throw Refusal(.other) }
            return try then(key)
        }
        let work = BackgroundWork {
            var random: any RandomNumberGenerator = SystemRandomNumberGenerator()
            return try? SigningKey.generate(algorithm, random: &random)
        }
        return .work { () throws(Refusal) in
            guard let result = work.finished else { return nil }
            guard let key = result else { throw Refusal(.other) }
            return try then(key)
        }
    }

    /// 15 and 17 to 19: runs extensions, stores or wraps the key, and attests it.
    private func register(
        _ key: SigningKey,
        for request: MakeCredentialParameters,
        _ extensionInputs: ExtensionInputs,
        isVerified: Bool
    ) throws(Refusal) -> CBORMap {
        let isDiscoverable = request.options.residentKey == true
        let context = ExtensionContext(
            rpId: request.rpId,
            isUserPresent: true,
            isUserVerified: isVerified,
            isDiscoverable: isDiscoverable,
            key: self
        )
        let (outputs, kept) = try extensions.make(extensionInputs, context)
        let (id, state) =
            isDiscoverable ? try keep(key, with: kept, for: request) : try wrap(key, with: kept, rpId: request.rpId)
        guard let publicKey = key.publicKey.cbor else { throw Refusal(.other) }
        let data = AuthenticatorDataWriter(
            rpId: request.rpId,
            userPresent: true,
            userVerified: isVerified,
            signatureCounter: state.signatureCounter,
            attestedCredential: .init(aaguid: settings.aaguid, id: id, publicKey: publicKey),
            extensions: outputs.authenticatorData
        ).bytes
        var response: CBORMap = [0x01: "none", 0x02: .bytes(data), 0x03: .map([:])]
        response.merge(outputs.members)
        guard !leavesAttestationOut(request.attestationFormats) else { return response }
        guard let statement = try? state.attestation.packedStatement(over: data + request.clientDataHash) else {
            throw Refusal(.other)
        }
        response[0x01] = "packed"
        response[0x03] = .map(statement)
        return response
    }

    /// Whether the first supported format in the site's list is `none`; by default the key attests.
    private func leavesAttestationOut(_ formats: [String]) -> Bool {
        formats.first { $0 == "packed" || $0 == "none" } == "none"
    }

    /// Stores a discoverable credential; replaces one for the same account.
    private func keep(
        _ key: SigningKey,
        with extensionData: CBORMap,
        for request: MakeCredentialParameters
    ) throws(Refusal) -> (id: [UInt8], KeyState) {
        let id = store.random.bytes(32)
        let capacity = settings.discoverableCapacity
        return try store.changeCredentials(statusWhenFull: .keyStoreFull) { state throws(Refusal) in
            state.credentials.removeAll { $0.rpId == request.rpId && $0.user.id == request.user.id }
            guard state.credentials.count < capacity else { throw Refusal(.keyStoreFull) }
            state.credentials.append(
                ResidentCredential(
                    id: id,
                    rpId: request.rpId,
                    rpName: request.rpName,
                    user: request.user,
                    algorithm: key.algorithm,
                    secret: key.secret,
                    extensionData: extensionData
                )
            )
            return (id, state)
        }
    }

    private func wrap(
        _ key: SigningKey,
        with extensionData: CBORMap,
        rpId: String
    ) throws(Refusal) -> (id: [UInt8], KeyState) {
        let state = try store.read()
        let nonce = store.random.bytes(12)
        guard
            let id = try? CredentialWrapping.id(
                for: key,
                extensionData: extensionData,
                rpIDHash: CredentialSites.hash(rpId),
                wrappingKey: state.wrappingKey,
                nonce: nonce
            )
        else { throw Refusal(.other) }
        return (id, state)
    }
}
