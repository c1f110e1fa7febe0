@testable import CTAP2
import Crypto
import Testing

extension VectorCheck {
    /// Whole requests and responses with a PIN or a token, between the two keys of the entry `agreement`.
    static let pinTranscripts = [
        VectorCheck(name: "clientPIN exchange", claims: { isTranscript($0) && isClientPIN($0) }) { data, expect in
            try checkClientPIN(data, expect)
        },
        VectorCheck(
            name: "authorized request",
            claims: { isTranscript($0) && $0.shape == ["token", "clientDataHash"] }
        ) {
            data,
            expect in
            try checkAuthorizedRequest(data, expect)
        },
        VectorCheck(name: "token of 16 bytes", claims: { isTranscript($0) && $0.shape == ["token", "message"] }) {
            data,
            expect in
            let token = try token(data["token"], .one)
            let message = try #require(data["message"]?.bytes)
            #expect(token.authenticate(message) == expect["pinUvAuthParam"]?.bytes)
            let encrypted = try #require(expect["tokenEnc"]?.bytes)
            let decrypted = try platformSecret(.one).decrypt(encrypted)
            #expect(decrypted.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } } == data["token"]?.bytes)
        },
        VectorCheck(
            name: "touch by an empty param",
            claims: { isTranscript($0) && $0.expectations.contains("responses") }
        ) {
            _,
            expect in
            let request = TouchRequest(withPIN: true).message
            #expect(request == expect["request"]?.bytes)
            let responses = try #require(expect["responses"])
            for code in responses.names {
                let status = StatusCode(rawValue: try #require(UInt8(code, radix: 16)))
                let isSelected = try #require(responses[code]?.text).contains("selected")
                #expect(status.showsTouch == isSelected)
            }
        },
    ]

    private static func isTranscript(_ vector: Vector) -> Bool { vector.file == "derived_transcripts.json" }

    private static func isClientPIN(_ vector: Vector) -> Bool {
        guard case .object(let expect) = vector.expect, case .text(let request)? = expect["request"] else {
            return false
        }
        return request.hasPrefix("06")
    }

    /// The secret of the transcripts, from the entry `agreement` of the project's own folder.
    static func platformSecret(_ pinUvAuthProtocol: PINUVAuthProtocol) throws -> PINUVSharedSecret {
        let entry = try #require(try VectorFolder.own().vectors.first { $0.id == "agreement" })
        let data = KnownAnswer(entry.data, path: "agreement")
        let x = try #require(data["authenticatorX"]?.bytes)
        let y = try #require(data["authenticatorY"]?.bytes)
        return try PINUVSharedSecret(
            pinUvAuthProtocol,
            with: COSEKey(algorithm: .ecdhESHKDF256, material: .ec2(curve: 1, x: x, y: y)),
            privateKey: P256.KeyAgreement.PrivateKey(
                rawRepresentation: try #require(data["platformPrivate"]?.bytes)
            )
        )
    }

    /// Rebuilds the request from the PIN, with the entry's IVs, and parses the response.
    private static func checkClientPIN(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let bytes = try #require(expect["request"]?.bytes)
        let sent = try #require(try checkItem(Array(bytes.dropFirst()), nil, isCanonical: true).map)
        let parsed = try clientPINRequest(sent)
        let pinUvAuthProtocol = try #require(parsed.pinUvAuthProtocol)
        let shared = try platformSecret(pinUvAuthProtocol)
        var request = ClientPINRequest(parsed.subCommand, pinUvAuthProtocol)
        request.keyAgreement = shared.platformKey
        if let pin = data["newPin"]?.text ?? (parsed.newPinEnc == nil ? nil : data["pin"]?.text) {
            let padded = try PIN(Secret(copying: Array(pin.utf8))).padded
            request.newPinEnc = try shared.encrypt(padded, iv: iv(of: parsed.newPinEnc ?? [], pinUvAuthProtocol))
            if let iv = data["ivNewPin"] ?? data["iv"] {
                #expect(iv.bytes == Self.iv(of: parsed.newPinEnc ?? [], pinUvAuthProtocol))
            }
        }
        if let pin = data["oldPin"]?.text ?? (parsed.pinHashEnc == nil ? nil : data["pin"]?.text) {
            let hash = try PIN(Secret(copying: Array(pin.utf8))).hash
            request.pinHashEnc = try shared.encrypt(hash, iv: iv(of: parsed.pinHashEnc ?? [], pinUvAuthProtocol))
        }
        if let newPinEnc = request.newPinEnc {
            request.pinUvAuthParam = shared.authenticate(newPinEnc + (request.pinHashEnc ?? []))
        }
        request.permissions = data["permissions"]?.number.map { PINUVAuthPermissions(rawValue: UInt8($0)) }
        request.rpId = data["rpId"]?.text
        #expect(request.message == bytes)
        if let expected = expect["newPinEnc"] { #expect(request.newPinEnc == expected.bytes) }
        if let expected = expect["pinHashEnc"] { #expect(request.pinHashEnc == expected.bytes) }
        if let expected = expect["pinUvAuthParam"] { #expect(request.pinUvAuthParam == expected.bytes) }
        if let response = expect["response"]?.bytes {
            #expect(try CTAPCommand.clientPIN.members(of: response).isEmpty)
        }
        if let map = expect["responseMap"]?.cborMap {
            let encrypted = try #require(try ClientPINResponse(cbor: map).pinUvAuthToken)
            let token = try shared.decrypt(encrypted)
            #expect(token.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } } == data["token"]?.bytes)
        }
    }

    private static func checkAuthorizedRequest(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let bytes = try #require(expect["request"]?.bytes)
        let sent = try #require(try checkItem(Array(bytes.dropFirst()), nil, isCanonical: true).map)
        let hash = try #require(data["clientDataHash"]?.bytes)
        switch CTAPCommand(rawValue: bytes.first ?? 0) {
        case .makeCredential:
            var request = try makeCredentialRequest(sent)
            #expect(request.clientDataHash == hash)
            let number = try #require(request.authorization).pinUvAuthProtocol
            let token = try token(data["token"], number)
            request.authorization = nil
            request.authorize(with: token)
            #expect(request.authorization?.param == expect["pinUvAuthParam"]?.bytes)
            #expect(request.message == bytes)
        case .getAssertion:
            var request = try getAssertionRequest(sent)
            #expect(request.clientDataHash == hash)
            let number = try #require(request.authorization).pinUvAuthProtocol
            let token = try token(data["token"], number)
            request.authorization = nil
            request.authorize(with: token)
            #expect(request.authorization?.param == expect["pinUvAuthParam"]?.bytes)
            #expect(request.message == bytes)
        case let command:
            Issue.record("an unknown authorized command: \(command)")
        }
    }
}
