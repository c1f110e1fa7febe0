import CTAP2
import Testing

/// Numbers that look random and are the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// Damages bytes as a broken or hostile key might: changed, cut, doubled, lengthened, with other lengths in them.
private func damaged(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...6, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 2: bytes = Array(bytes[..<place])
        case 3: bytes.insert(contentsOf: bytes[place...].prefix(16), at: place)
        case 4: bytes.remove(at: place)
        case 5: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        default: bytes[place] = [0x1B, 0x3B, 0x5B, 0x7B, 0x9B, 0xBB, 0xFF, 0x00].randomElement(using: &random) ?? 0
        }
    }
    return bytes
}

/// Whatever a key sends, reading it ends with a value or an error; a trap would end the whole test run.
@Suite("Damaged bytes")
struct MutationTests {
    private static let seeds: [[UInt8]] =
        (try? VectorFolder.own().vectors)?.flatMap { vector in
            [vector.data, vector.expect].flatMap(byteStrings)
        } ?? []

    private static func byteStrings(_ value: JSONValue) -> [[UInt8]] {
        switch value {
        case .text(let text): [UInt8](hex: text).map { [$0] } ?? []
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap { byteStrings($0.value) }
        case .array(let elements): elements.flatMap(byteStrings)
        default: []
        }
    }

    @Test("are read or refused by every reader", arguments: 0..<8)
    func readers(part: UInt64) {
        var random = SplitMix(state: part)
        #expect(!Self.seeds.isEmpty)
        for seed in Self.seeds where seed.count > 1 {
            for _ in 0..<10 {
                read(damaged(seed, &random))
            }
        }
    }

    private func read(_ bytes: [UInt8]) {
        if let value = try? CBORDecoder.decode(bytes) {
            // What was read can be written and means the same.
            #expect((try? CBORDecoder.decode(CBOREncoder.encode(value), rules: .canonical)) == value)
            read(value)
        }
        if let data = try? AuthenticatorData(bytes) { read(data) }
        if let object = try? AttestationObject(bytes) {
            _ = try? object.verify(clientDataHash: bytes)
            read(object.authData)
        }
    }

    private func read(_ value: CBORValue) {
        guard let map = value.map else { return }
        _ = try? AuthenticatorInfo(cbor: map)
        _ = try? GetAssertionResponse(cbor: map)
        if let response = try? MakeCredentialResponse(cbor: map) {
            _ = try? response.attestationObject.verify(clientDataHash: [])
        }
        if let key = try? COSEKey(cbor: map) { read(key) }
    }

    private func read(_ data: AuthenticatorData) {
        guard let key = data.attestedCredentialData?.publicKey else { return }
        read(key)
    }

    private func read(_ key: COSEKey) {
        _ = try? key.verify(signature: key.cbor.map { CBOREncoder.encode($0) } ?? [], over: [])
        _ = try? key.subjectPublicKeyInfo()
        _ = try? key.pem()
    }
}
