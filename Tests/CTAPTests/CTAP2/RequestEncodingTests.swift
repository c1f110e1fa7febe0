import CTAP2
import Testing

@Suite("Requests")
struct RequestEncodingTests {
    private let hash = [UInt8](repeating: 0xCD, count: 32)

    @Test("a plain registration sends four members and nothing at its default")
    func plainMakeCredential() {
        let request = MakeCredentialRequest(
            clientDataHash: hash,
            rp: PublicKeyCredentialRpEntity(id: "a.b"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "n", displayName: ""),
            pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)]
        )
        #expect(
            CBOREncoder.encode(request.cbor).hex
                == "a4015820\(hash.hex)02a16269646361" + "2e62" + "03a2626964" + "4101" + "646e616d65616e"
                + "0481a263616c672664747970656a7075626c69632d6b6579"
        )
    }

    @Test("a registration's other members stand where the specification's table puts them")
    func fullMakeCredential() {
        var request = MakeCredentialRequest(
            clientDataHash: hash,
            rp: PublicKeyCredentialRpEntity(id: "a.b", name: "B"),
            user: PublicKeyCredentialUserEntity(id: [1]),
            pubKeyCredParams: [PublicKeyCredentialParameters(alg: .edDSA)],
            excludeList: [PublicKeyCredentialDescriptor(id: [2], transports: ["usb"])]
        )
        request.extensions = ["credProtect": 2]
        request.options = MakeCredentialRequest.Options(rk: true, uv: true)
        request.authorization = PINUVAuthorization(param: [], pinUvAuthProtocol: .two)
        request.enterpriseAttestation = 1
        request.attestationFormatsPreference = ["packed"]
        let map = request.cbor
        #expect(map.entries.map(\.key) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
        #expect(map[5] == [["id": .bytes([2]), "type": "public-key"]])
        #expect(map[6] == ["credProtect": 2])
        #expect(map[7] == ["rk": true, "uv": true])
        #expect(map[8] == .bytes([]))
        #expect(map[9] == 2)
        #expect(map[10] == 1)
        #expect(map[11] == ["packed"])
    }

    @Test("a plain login sends two members and nothing at its default")
    func plainGetAssertion() {
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash)
        #expect(CBOREncoder.encode(request.cbor).hex == "a20163612e62025820\(hash.hex)")
    }

    @Test("a login sends up only as false and uv only as true")
    func getAssertionOptions() {
        var request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash)
        request.options = GetAssertionRequest.Options(up: false, uv: false)
        #expect(request.cbor[5] == ["up": false])
        request.options = GetAssertionRequest.Options(up: true, uv: true)
        #expect(request.cbor[5] == ["uv": true])
    }
}
