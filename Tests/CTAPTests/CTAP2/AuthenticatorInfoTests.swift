import CTAP2
import Testing

private let aaguid: CBORValue = .bytes([UInt8](repeating: 0x11, count: 16))

@Suite("getInfo")
struct AuthenticatorInfoTests {
    @Test("what a key leaves out has the specification's default")
    func defaults() throws {
        let info = try AuthenticatorInfo(cbor: [1: ["FIDO_2_0"], 3: aaguid])
        #expect(info.maxMsgSize == 1024)
        #expect(info.minPINLength == 4)
        #expect(info.maxPINLength == 63)
        #expect(info.attestationFormats == ["packed"])
        #expect(info.options.up)
        #expect(!info.options.rk)
        #expect(info.options.clientPin == nil)
        #expect(info.options.uv == nil)
        #expect(!info.options.isProtected)
        #expect(info.credentialsPerList == 1)
    }

    @Test("an option has three states")
    func triState() throws {
        let options: CBORValue = ["clientPin": false, "uv": true, "vendorThing": true]
        let info = try AuthenticatorInfo(cbor: [1: ["FIDO_2_1"], 3: aaguid, 4: options])
        #expect(info.options.clientPin == false)
        #expect(info.options.uv == true)
        #expect(info.options.ep == nil)
        #expect(info.options["vendorThing"] == true)
        #expect(info.options.isProtected)
    }

    @Test("unknown members, and members of another type, are kept and harm nothing")
    func unrecognized() throws {
        let info = try AuthenticatorInfo(cbor: [
            1: ["FIDO_2_1"], 3: aaguid, 4: ["rk": true, "odd": 7], 5: "long", 0x18: 1234, 99: 1,
        ])
        #expect(info.options.rk)
        #expect(info.maxMsgSize == 1024)
        #expect(info.unrecognizedMembers == [4: ["odd": 7], 5: "long", 0x18: 1234, 99: 1])
    }

    @Test("without versions or a sixteen-byte AAGUID it is refused")
    func required() {
        #expect(throws: CBORError.missing(member: "versions")) { try AuthenticatorInfo(cbor: [3: aaguid]) }
        #expect(throws: CBORError.missing(member: "aaguid")) { try AuthenticatorInfo(cbor: [1: []]) }
        #expect(throws: CBORError.unexpected(member: "aaguid")) {
            try AuthenticatorInfo(cbor: [1: [], 3: .bytes([1])])
        }
    }

    @Test(
        "a list's length is believed only beside the longest ID, and 0 is read as 1",
        arguments: [(nil, nil, 1), (8, nil, 1), (8, 128, 8), (0, 128, 1)] as [(Int?, Int?, Int)]
    )
    func credentialsPerList(count: Int?, idLength: Int?, expected: Int) throws {
        var info = AuthenticatorInfo(versions: ["FIDO_2_1"], aaguid: .zero)
        info.maxCredentialCountInList = count
        info.maxCredentialIdLength = idLength
        #expect(info.credentialsPerList == expected)
    }
}
