import CTAP2
import CTAPHID
import Synchronization
import Testing
import WebAuthn

/// Pseudorandom numbers that are the same in every run.
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

/// Corrupts bytes as a broken or hostile key might: changes, truncates, repeats or extends them, or changes lengths.
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

/// Parsing must end with a value or an error, whatever a key sends; a trap would end the whole test run.
@Suite("Damaged bytes", .ownThread)
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
            // A decoded value can be encoded and decoded again without a change.
            #expect((try? CBORDecoder.decode(CBOREncoder.encode(value), rules: .canonical)) == value)
            read(value)
        }
        if let data = try? AuthenticatorData(bytes) { read(data) }
        if let object = try? AttestationObject(bytes) {
            _ = try? object.verify(clientDataHash: bytes)
            read(object.authData)
        }
        readAsU2F(bytes)
    }

    private func readAsU2F(_ bytes: [UInt8]) {
        let rpIdHash = [UInt8](repeating: 7, count: 32)
        if let registration = try? U2FRegistration(bytes) {
            let response = try? MakeCredentialResponse(registration, rpIdHash: rpIdHash)
            _ = try? response?.attestationObject.verify(clientDataHash: rpIdHash)
        }
        guard let authentication = try? U2FAuthentication(bytes) else { return }
        let credential = PublicKeyCredentialDescriptor(id: [1])
        _ = try? GetAssertionResponse(authentication, by: credential, rpIdHash: rpIdHash)
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

    @Test("in any answer of a key end an operation with a value or an error", arguments: 0..<4)
    func sessions(part: UInt64) async throws {
        let random = Mutex(SplitMix(state: part))
        let operation = Operation(within: .seconds(60))
        for _ in 0..<50 {
            let key = AnsweringKey { command, parameters in
                let answer = Self.answer(to: command, parameters)
                return random.withLock { Bool.random(using: &$0) ? damaged(answer, &$0) : answer }
            }
            let session = Session(Connection(key))
            let ids = (0..<5).map { PublicKeyCredentialDescriptor(id: [UInt8](repeating: $0, count: 16)) }
            let login = GetAssertionRequest(rpId: "a.b", clientDataHash: Self.hash, allowList: ids)
            _ = try? await session.getAssertion(login, operation)
            let discoverable = GetAssertionRequest(rpId: "a.b", clientDataHash: Self.hash)
            _ = try? await session.getAssertion(discoverable, operation)
            let registration = MakeCredentialRequest(
                clientDataHash: Self.hash,
                rp: PublicKeyCredentialRpEntity(id: "a.b"),
                user: PublicKeyCredentialUserEntity(id: [1]),
                pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)],
                excludeList: ids
            )
            _ = try? await session.makeCredential(registration, operation)
            _ = try? await session.selection(operation)
            _ = try? await session.getPINRetries(operation)
            let pin = try PIN(Secret(copying: Array("1234".utf8)))
            _ = try? await session.setPIN(pin, operation)
            _ = try? await session.getToken(usingPIN: pin, permissions: .getAssertion, operation)
        }
    }

    @Test("in any answer of a U2F key end an operation with a value or an error", arguments: 0..<4)
    func u2fSessions(part: UInt64) async throws {
        let random = Mutex(SplitMix(state: part))
        let operation = Operation(within: .seconds(60))
        let registration = try #require(Self.seeds.first { (try? U2FRegistration($0)) != nil })
        let id = PublicKeyCredentialDescriptor(id: try U2FRegistration(registration).keyHandle)
        for _ in 0..<50 {
            let key = U2FKey { apdu in
                let answer: [UInt8] =
                    switch (apdu[1], apdu[2]) {
                    case (1, _): registration + [0x90, 0x00]
                    case (2, 7): [0x69, 0x85]
                    case (2, _): [1, 0, 0, 0, 1, 0x30, 0x90, 0x00]
                    default: Array("U2F_V2".utf8) + [0x90, 0x00]
                    }
                return random.withLock { Bool.random(using: &$0) ? damaged(answer, &$0) : answer }
            }
            let session = Session(Connection(key))
            let login = GetAssertionRequest(rpId: "a.b", clientDataHash: Self.hash, allowList: [id])
            _ = try? await session.getAssertion(login, operation)
            let creation = MakeCredentialRequest(
                clientDataHash: Self.hash,
                rp: PublicKeyCredentialRpEntity(id: "a.b"),
                user: PublicKeyCredentialUserEntity(id: [1]),
                pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)]
            )
            _ = try? await session.makeCredential(creation, operation)
            _ = try? await session.selection(operation)
        }
    }

    private static let hash = [UInt8](repeating: 0xCD, count: 32)

    /// A point on P-256, as a key agreement key.
    private static let keyAgreement: CBORValue = [
        1: 2, 3: -25, -1: 1,
        -2: .bytes(hex("5bccac94fee6bdff55b0b46b215440958eae8568b1ac945f1cac378b681d0528")),
        -3: .bytes(hex("cc8bbf8f9410f7a0b860499006405df6211c4661938afa3df7949fec8afe4124")),
    ]

    /// The responses of a correct key.
    private static func answer(to command: CTAPCommand, _ parameters: CBORMap) -> [UInt8] {
        let head = [UInt8](repeating: 7, count: 32)
        switch command {
        case .getInfo: return info([4: ["clientPin": true], 6: [2, 1], 7: 2, 8: 16])
        case .clientPIN:
            return success([1: keyAgreement, 2: .bytes([UInt8](repeating: 1, count: 48)), 3: 8, 5: 3])
        case .makeCredential:
            let credential = hex("41 00000001 00000000000000000000000000000000 0001 01 a301070326 2040")
            return success([1: "none", 2: .bytes(head + credential), 3: [:]])
        default:
            let list = parameters[3]?.array ?? [["id": .bytes([1]), "type": "public-key"]]
            var members: CBORMap = [2: .bytes(head + [1, 0, 0, 0, 1]), 3: .bytes([1])]
            members[1] = list.first
            if command == .getAssertion, parameters[3] == nil { members[5] = 3 }
            return success(members)
        }
    }
}
