import CTAP2
import Testing

/// The messages of CTAP1/U2F, apart from the known answers.
@Suite struct U2FMessageTests {
    private static let point: [UInt8] = [0x04] + [UInt8](repeating: 0x11, count: 64)

    private static func registration(certificate: [UInt8], handle: [UInt8] = [7, 8, 9]) -> [UInt8] {
        [0x05] + point + [UInt8(handle.count)] + handle + certificate + [0x30, 0x01, 0x02]
    }

    @Test(arguments: [[0x30, 0x03], [0x30, 0x81, 0x80], [0x30, 0x82, 0x02, 0x4A]] as [[UInt8]])
    func `the certificate is as long as its header says`(header: [UInt8]) throws {
        let length = header.count == 2 ? 3 : header.dropFirst(2).reduce(0) { $0 << 8 | Int($1) }
        let certificate = header + [UInt8](repeating: 0xEE, count: length)
        let registration = try U2FRegistration(Self.registration(certificate: certificate))
        #expect(registration.certificate == certificate)
        #expect(registration.keyHandle == [7, 8, 9])
        #expect(registration.signature == [0x30, 0x01, 0x02])
    }

    @Test func `a registration that is cut anywhere is malformed`() {
        let whole = Self.registration(certificate: [0x30, 0x02, 1, 2])
        for count in 0..<(whole.count - 3) {
            #expect(throws: U2FError.self) { try U2FRegistration(Array(whole.prefix(count))) }
        }
        #expect(throws: U2FError.truncated(member: "signature")) { try U2FRegistration(Array(whole.dropLast(3))) }
    }

    @Test(arguments: [
        (0, 0x04, "reserved byte"), (1, 0x02, "public key"), (70, 0x31, "certificate"), (71, 0x80, "certificate"),
        (71, 0x84, "certificate"),
    ])
    func `an impossible value is named`(index: Int, value: Int, member: String) {
        var bytes = Self.registration(certificate: [0x30, 0x02, 1, 2])
        bytes[index] = UInt8(value)
        #expect(throws: U2FError.unexpected(member: member)) { try U2FRegistration(bytes) }
    }

    @Test func `a key handle without bytes is no credential`() throws {
        let registration = try U2FRegistration(Self.registration(certificate: [0x30, 0x00], handle: []))
        #expect(throws: ResponseError.authenticatorData(.credentialIDEmpty)) {
            try MakeCredentialResponse(registration, rpIdHash: [UInt8](repeating: 1, count: 32))
        }
    }

    @Test func `an authentication that is cut anywhere is malformed`() {
        for count in 0...5 {
            #expect(throws: U2FError.self) { try U2FAuthentication([UInt8](repeating: 1, count: count)) }
        }
    }

    @Test(arguments: [(0x00, 0x00), (0x01, 0x01), (0x43, 0x01), (0xFE, 0x00)])
    func `only the bit for the touch becomes a flag`(byte: Int, flags: Int) throws {
        let authentication = try U2FAuthentication([UInt8(byte), 1, 2, 3, 4, 0x30])
        let rpIdHash = [UInt8](repeating: 1, count: 32)
        let credential = PublicKeyCredentialDescriptor(id: [1])
        let response = try GetAssertionResponse(authentication, by: credential, rpIdHash: rpIdHash)
        #expect(response.authData.bytes == rpIdHash + [UInt8(flags), 1, 2, 3, 4])
        #expect(response.authData.signCount == 0x0102_0304)
    }

    @Test(
        arguments: [
            ([], .truncated(member: "status word")), ([0x90], .truncated(member: "status word")),
            ([0x69, 0x85], .status(.conditionsNotSatisfied)),
            ([0x55, 0x6F, 0x00], .status(U2FStatusWord(rawValue: 0x6F00))),
        ] as [([UInt8], U2FError)]
    )
    func `a response ends in a status word`(response: [UInt8], error: U2FError) {
        #expect(throws: error) { try U2FVersionRequest().response(to: response) }
    }

    @Test func `an unknown status word is shown by its number`() {
        #expect(U2FStatusWord(rawValue: 0x6F01).description == "SW 0x6f01")
        #expect(U2FStatusWord.wrongData.description == "SW_WRONG_DATA")
    }

    @Test func `a long key handle makes a length of two bytes`() {
        let request = U2FAuthenticateRequest(
            .checkOnly,
            challenge: [],
            application: [],
            keyHandle: [UInt8](repeating: 5, count: 255)
        )
        #expect(request.apdu.prefix(8) == [0, 2, 7, 0, 0, 1, 0, 255])
        #expect(request.apdu.count == 7 + 256 + 2)
    }
}
