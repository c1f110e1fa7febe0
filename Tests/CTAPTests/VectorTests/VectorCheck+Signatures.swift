import CTAP2
import Crypto
import Testing
import WebAuthn

extension VectorCheck {
    /// Public keys, attestation statements and assertions.
    static let signatures = [
        VectorCheck(name: "COSE key", claims: { $0.shape.contains("coseKey") }) { data, expect in
            try checkCOSEKey(data, expect)
        },
        VectorCheck(name: "assertion", claims: { $0.shape.contains("cosePublicKey") }) { data, expect in
            let authData = try #require(data["authData"]?.bytes)
            try checkAuthenticatorData(authData, expect["authDataParsed"])
            try checkAssertion(
                try AuthenticatorData(authData),
                signature: try #require(data["signature"]?.bytes),
                clientDataHash: try #require(data["clientDataHash"]?.bytes),
                publicKey: try coseKey(data["cosePublicKey"]),
                expect["signatureValid"]
            )
        },
        VectorCheck(name: "packed attestation", claims: { $0.shape.contains("x5c0") }) { data, expect in
            try checkPackedStatement(data, expect)
        },
        VectorCheck(name: "attestation statement", claims: { $0.shape.contains("attStmtCbor") }) { data, expect in
            let authData = try #require(data["authData"]?.bytes)
            try checkAuthenticatorData(authData, expect["authDataParsed"])
            let statement = try CBORDecoder.decode(
                try #require(data["attStmtCbor"]?.bytes),
                maximumDepth: AttestationObject.maximumDepth
            )
            let object = AttestationObject(
                fmt: try #require(data["fmt"]?.text),
                authData: try AuthenticatorData(authData),
                attStmt: statement
            )
            let hash = data["clientDataHash"]?.bytes ?? [UInt8](repeating: 0, count: 32)
            try checkAttestation(object, clientDataHash: hash, expect["valid"])
        },
        VectorCheck(name: "WebAuthn responses", claims: { $0.shape.contains("assertionAuthData") }) { data, expect in
            try checkRegistration(
                attestationObject: data["attestationObject"]?.bytes,
                clientDataJSON: data["clientDataJSON"]?.bytes,
                expect
            )
            let rpIdHash = Array(SHA256.hash(data: Array(try #require(data["rpId"]?.text).utf8)))
            let object = try AttestationObject(try #require(data["attestationObject"]?.bytes))
            #expect((object.authData.rpIdHash == rpIdHash) == expect["rpIdHashOk"]?.flag)
            #expect(data["assertionCredentialId"]?.bytes == object.authData.attestedCredentialData?.credentialID)
            let authData = try #require(data["assertionAuthData"]?.bytes)
            try checkAuthenticatorData(authData, expect["assertionAuthDataParsed"])
            try checkLogin(
                after: object,
                authData: authData,
                clientDataJSON: data["assertionClientDataJSON"]?.bytes,
                signature: data["assertionSignature"]?.bytes,
                expect
            )
        },
        VectorCheck(name: "WebAuthn test vector", claims: { $0.shape.contains("registration") }) { data, expect in
            let registration = try #require(data["registration"])
            let bytes = try #require(registration["attestationObject"]?.bytes)
            try checkRegistration(
                attestationObject: bytes,
                clientDataJSON: registration["clientDataJSON"]?.bytes,
                expect
            )
            let object = try AttestationObject(bytes)
            if let response = expect["ctap2ResponseMap"] {
                let map = try #require(response.cborMap)
                #expect(try MakeCredentialResponse(cbor: map).attestationObject.bytes == bytes)
            }
            guard let authentication = data["authentication"] else { return }
            try checkLogin(
                after: object,
                authData: try #require(authentication["authenticatorData"]?.bytes),
                clientDataJSON: authentication["clientDataJSON"]?.bytes,
                signature: authentication["signature"]?.bytes,
                expect
            )
            try checkVerdicts(registration, authentication)
        },
    ]

    private static func coseKey(_ answer: KnownAnswer?) throws -> COSEKey {
        try COSEKey(cbor: try #require(answer?.cborMap))
    }

    private static func checkCOSEKey(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        if let reason = expect["reject"] {
            #expect(reason.text != nil)
            #expect(throws: (any Error).self) { try coseKey(data["coseKey"]).check() }
            return
        }
        let key = try coseKey(data["coseKey"])
        if let diagnostic = expect["diag"] {
            try checkItem(try #require(data["coseKey"]?.bytes), diagnostic, isCanonical: true)
        }
        if let isSupported = expect["supported"] {
            #expect(((try? key.check()) != nil) == isSupported.flag)
        }
        if let spki = expect["spki"] {
            #expect(try key.subjectPublicKeyInfo() == spki.bytes)
        }
        if let isValid = expect["valid"] {
            let message = try #require(data["message"]?.bytes)
            let signature = try #require(data["signature"]?.bytes)
            try checkSignature(signature, over: message, by: key, isValid)
        }
    }

    /// The algorithms that this library supports.
    private static let algorithms: [COSEAlgorithm] = [
        .es256, .esp256, .es384, .esp384, .es512, .esp512, .edDSA, .ed25519, .rs256, .rs384, .rs512, .ps256, .ps384,
        .ps512, .mlDSA44, .mlDSA65, .mlDSA87,
    ]

    /// The algorithm whose support decides; EdDSA with the curve 7 is Ed448.
    static func algorithm(of key: COSEKey) -> COSEAlgorithm {
        if case (.edDSA, .okp(7, _)) = (key.algorithm, key.material) { .ed448 } else { key.algorithm }
    }

    static func isBuilt(_ key: COSEKey) -> Bool {
        algorithms.contains(algorithm(of: key))
    }

    /// A valid signature must verify, and must not after any one-bit change to it or to the message. One that the entry's
    /// authors could not check is a real key's, and valid.
    private static func checkSignature(
        _ signature: [UInt8],
        over message: [UInt8],
        by key: COSEKey,
        _ isValid: KnownAnswer?
    ) throws {
        let isValid = try #require(isValid)
        let expected = isValid.verdict ?? true
        guard isBuilt(key) else {
            #expect(throws: COSEKeyError.unsupported(algorithm(of: key))) {
                try key.verify(signature: signature, over: message)
            }
            return
        }
        guard expected else {
            #expect((try? key.verify(signature: signature, over: message)) != true)
            return
        }
        #expect(try key.verify(signature: signature, over: message))
        #expect(try !key.verify(signature: flipped(signature), over: message))
        #expect(try !key.verify(signature: signature, over: flipped(message)))
    }

    private static func flipped(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        if let last = bytes.indices.last { bytes[last] ^= 1 }
        return bytes
    }

    private static func checkAssertion(
        _ authData: AuthenticatorData,
        signature: [UInt8],
        clientDataHash: [UInt8],
        publicKey: COSEKey,
        _ isValid: KnownAnswer?
    ) throws {
        try checkSignature(signature, over: authData.bytes + clientDataHash, by: publicKey, isValid)
        guard isBuilt(publicKey) else { return }
        let holds = try authData.verify(signature: signature, clientDataHash: clientDataHash, publicKey: publicKey)
        #expect(holds == (isValid?.verdict ?? true))
    }

    /// Only the statement's signature: the entry's certificate may predate the requirements.
    private static func checkPackedStatement(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let authData = try #require(data["authData"]?.bytes)
        try checkAuthenticatorData(authData, expect["authDataParsed"])
        let hash = try #require(data["clientDataHash"]?.bytes)
        let certificates: CBORValue = [.bytes(try #require(data["x5c0"]?.bytes))]
        let signature = CBORValue.bytes(try #require(data["sig"]?.bytes))
        func isSigned(_ fmt: String, _ statement: CBORValue, _ hash: [UInt8]) throws -> Bool {
            let object = AttestationObject(fmt: fmt, authData: try AuthenticatorData(authData), attStmt: statement)
            do throws(AttestationError) {
                _ = try object.verify(clientDataHash: hash)
                return true
            } catch {
                if case .certificate = error { return true }
                #expect(error == .wrongSignature)
                return false
            }
        }
        let packed: CBORValue = ["alg": -7, "sig": signature, "x5c": certificates]
        #expect(try isSigned("packed", packed, hash) == expect["signatureValid"]?.verdict)
        #expect(try !isSigned("packed", packed, flipped(hash)))
        let u2f: CBORValue = ["sig": signature, "x5c": certificates]
        if let isValid = expect["signatureValidAsFidoU2f"] {
            #expect(try isSigned("fido-u2f", u2f, hash) == isValid.verdict)
        }
    }

    /// The statement formats that this library verifies.
    private static let formats = ["none", "packed", "fido-u2f", "tpm", "android-key", "apple", "compound"]

    private static func checkAttestation(
        _ object: AttestationObject,
        clientDataHash: [UInt8],
        _ isValid: KnownAnswer?
    ) throws {
        let isValid = try #require(isValid)
        guard formats.contains(object.fmt) else {
            #expect(isValid.flag != nil || isValid.text != nil)
            #expect(try object.verify(clientDataHash: clientDataHash) == .unverified(.format(object.fmt)))
            return
        }
        switch (isValid.text, isValid.verdict) {
        case ("none", _):
            #expect(try object.verify(clientDataHash: clientDataHash) == .none)
        case (_, true):
            try checkType(try object.verify(clientDataHash: clientDataHash), of: object)
            #expect(throws: errorForOtherRegistration(object)) {
                try object.verify(clientDataHash: flipped(clientDataHash))
            }
        case (_, false):
            #expect(throws: AttestationError.self) { try object.verify(clientDataHash: clientDataHash) }
        default:
            // The collection's authors could not verify it, so a changed one cannot be detected either.
            _ = try object.verify(clientDataHash: clientDataHash)
        }
    }

    private static func checkType(_ type: AttestationType, of object: AttestationObject) throws {
        if object.fmt == "compound" {
            guard case .compound(let parts) = type else { Issue.record("\(type)"); return }
            #expect(parts.count == object.attStmt.array?.count)
        } else {
            let hasCertificates = object.attStmt.map?["x5c"] != nil
            #expect(type == (hasCertificates ? .certified(x5c: certificates(object)) : .selfAttestation))
        }
    }

    /// What is wrong with a statement when the client data are another's.
    private static func errorForOtherRegistration(_ object: AttestationObject) -> AttestationError {
        switch object.fmt {
        case "apple": .nonce
        case "tpm": .tpm(.extraData)
        case "compound": .part(format: object.attStmt.array?.first?.map?["fmt"]?.text ?? "", .wrongSignature)
        default: .wrongSignature
        }
    }

    private static func certificates(_ object: AttestationObject) -> [[UInt8]] {
        (object.attStmt.map?["x5c"]?.array ?? []).compactMap(\.bytes)
    }

    private static func checkRegistration(
        attestationObject: [UInt8]?,
        clientDataJSON: [UInt8]?,
        _ expect: KnownAnswer
    ) throws {
        let object = try AttestationObject(try #require(attestationObject))
        #expect(object.fmt == expect["fmt"]?.text)
        #expect(object.bytes == attestationObject)
        let hash = Array(SHA256.hash(data: try #require(clientDataJSON)))
        #expect(hash == expect["clientDataHash"]?.bytes)
        try checkAuthenticatorData(object.authData.bytes, expect["authDataParsed"])
        try checkAttestation(object, clientDataHash: hash, expect["attestationValid"])
    }

    private static func checkLogin(
        after object: AttestationObject,
        authData: [UInt8],
        clientDataJSON: [UInt8]?,
        signature: [UInt8]?,
        _ expect: KnownAnswer
    ) throws {
        let hash = Array(SHA256.hash(data: try #require(clientDataJSON)))
        #expect(hash == expect["assertionClientDataHash"]?.bytes)
        try checkAssertion(
            try AuthenticatorData(authData),
            signature: try #require(signature),
            clientDataHash: hash,
            publicKey: try #require(object.authData.attestedCredentialData).publicKey,
            expect["assertionValid"]
        )
    }
}
