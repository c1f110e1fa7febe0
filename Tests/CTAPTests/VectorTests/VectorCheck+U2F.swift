import CTAP2
import CTAPHID
import Crypto
import Testing
import WebAuthn

extension VectorCheck {
    /// The messages of CTAP1/U2F, and CTAP2's responses made of them.
    static let u2f = [
        VectorCheck(name: "U2F registration", claims: { isU2F($0) && $0.expectations.contains("certificate") }) {
            data,
            expect in
            try checkRegistration(data, expect)
        },
        VectorCheck(name: "U2F authentication", claims: { isU2F($0) && $0.expectations.contains("counter") }) {
            data,
            expect in
            try checkAuthentication(data, expect)
        },
        VectorCheck(name: "U2F request", claims: { isU2F($0) && $0.expectations == ["apdu"] }) { data, expect in
            try checkAPDU(data, try #require(expect["apdu"]?.bytes))
        },
        VectorCheck(name: "U2F version", claims: { isU2F($0) && $0.shape == ["apdu"] }) { data, expect in
            #expect(U2FVersionRequest().apdu == data["apdu"]?.bytes)
            let response = try #require(expect["response"]?.bytes)
            #expect(try U2FVersionRequest().response(to: response) == "U2F_V2")
        },
        VectorCheck(
            name: "makeCredential response of a U2F key",
            claims: { isU2F($0) && $0.shape == ["u2fResponse", "rpIdHash", "clientDataHash"] }
        ) { data, expect in
            let registration = try U2FRegistration(try #require(data["u2fResponse"]?.bytes))
            let rpIdHash = try #require(data["rpIdHash"]?.bytes)
            let made = try MakeCredentialResponse(registration, rpIdHash: rpIdHash)
            #expect(made.authData.bytes == expect["authData"]?.bytes)
            let map = try #require(expect["responseMap"]?.cborMap)
            #expect(try made == MakeCredentialResponse(cbor: map))
            try checkStatement(made, clientDataHash: try #require(data["clientDataHash"]?.bytes))
        },
        VectorCheck(
            name: "getAssertion response of a U2F key",
            claims: { isU2F($0) && $0.shape.isSuperset(of: ["u2fResponse", "credentialId"]) }
        ) { data, expect in
            let response = try GetAssertionResponse(
                try U2FAuthentication(try #require(data["u2fResponse"]?.bytes)),
                by: PublicKeyCredentialDescriptor(id: try #require(data["credentialId"]?.bytes)),
                rpIdHash: try #require(data["rpIdHash"]?.bytes)
            )
            #expect(response.authData.bytes == expect["authData"]?.bytes)
            let map = try #require(expect["responseMap"]?.cborMap)
            #expect(try response == GetAssertionResponse(cbor: map))
        },
        VectorCheck(name: "U2F status word", claims: { isU2F($0) && $0.shape == ["hid"] }) { data, expect in
            var assembler = MessageAssembler()
            let report = try #require(data["hid"]?.bytes)
            let packet = try #require(Packet(report: report))
            let assembled = try assembler.add(packet)
            let message = try #require(assembled)
            #expect(message.payload == expect["payload"]?.bytes)
            let word = try #require(expect["sw"]?.text)
            let status = U2FStatusWord(rawValue: UInt16(word, radix: 16) ?? 0)
            #expect(throws: U2FError.status(status)) { try U2FVersionRequest().response(to: message.payload) }
            #expect(status == .conditionsNotSatisfied)
        },
    ]

    private static func isU2F(_ vector: Vector) -> Bool { vector.file == "u2f.json" }

    private static func checkRegistration(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let response = try #require(data["response"]?.bytes)
        let request = U2FRegisterRequest(
            challenge: try #require(data["challenge"]?.bytes),
            application: try #require(data["application"]?.bytes)
        )
        let registration = try request.response(to: response + [0x90, 0x00])
        #expect([0x04] + registration.x + registration.y == expect["publicKey"]?.bytes)
        #expect(registration.keyHandle == expect["keyHandle"]?.bytes)
        #expect(registration.certificate == expect["certificate"]?.bytes)
        #expect(registration.signature == expect["signature"]?.bytes)
        #expect(expect["signatureValid"]?.flag == true)
        let made = try MakeCredentialResponse(registration, rpIdHash: try #require(data["application"]?.bytes))
        try checkStatement(made, clientDataHash: try #require(data["challenge"]?.bytes))
    }

    private static func checkStatement(_ made: MakeCredentialResponse, clientDataHash: [UInt8]) throws {
        #expect(made.fmt == "fido-u2f")
        let certificates = (made.attStmt.map?["x5c"]?.array ?? []).compactMap(\.bytes)
        #expect(try made.attestationObject.verify(clientDataHash: clientDataHash) == .certified(x5c: certificates))
    }

    private static func checkAuthentication(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let response = try #require(data["response"]?.bytes)
        let authentication = try U2FAuthentication(response)
        #expect(Int(authentication.userPresence) == expect["userPresence"]?.number)
        #expect(Int(authentication.counter) == expect["counter"]?.number)
        #expect(authentication.signature == expect["signature"]?.bytes)
        let login = try GetAssertionResponse(
            authentication,
            by: PublicKeyCredentialDescriptor(id: [1]),
            rpIdHash: try #require(data["application"]?.bytes)
        )
        let point = try #require(data["publicKey"]?.bytes)
        let holds = try login.authData.verify(
            signature: login.signature,
            clientDataHash: try #require(data["challenge"]?.bytes),
            publicKey: COSEKey(
                algorithm: .es256,
                material: .ec2(curve: 1, x: Array(point[1...32]), y: Array(point[33...]))
            )
        )
        #expect(holds == expect["signatureValid"]?.flag)
    }

    /// P1 of a registration is 3 in authenticator-rs. It means nothing there, and we send 0 like python-fido2.
    private static func checkAPDU(_ data: KnownAnswer, _ apdu: [UInt8]) throws {
        let challenge = try #require(data["challenge"]?.bytes ?? data["clientDataHash"]?.bytes)
        let rpId = data["rpId"]?.text
        let application = rpId.map { Array(SHA256.hash(data: Array($0.utf8))) } ?? data["application"]?.bytes
        let site = try #require(application)
        if let handle = data["keyHandle"]?.bytes ?? data["credentialId"]?.bytes {
            let request = U2FAuthenticateRequest(
                .enforceUserPresence,
                challenge: challenge,
                application: site,
                keyHandle: handle
            )
            #expect(request.apdu == apdu)
        } else {
            var sent = U2FRegisterRequest(challenge: challenge, application: site).apdu
            #expect(sent[2] == 0 && [0, 3].contains(apdu[2]))
            sent[2] = apdu[2]
            #expect(sent == apdu)
        }
    }
}
