import CTAP2
import CTAPHID
import Testing

private let hash = [UInt8](repeating: 0xCD, count: 32)
private var operation: CTAP2.Operation { Operation(within: .seconds(60)) }

private func id(_ number: Int) -> PublicKeyCredentialDescriptor {
    PublicKeyCredentialDescriptor(id: [UInt8(number)] + [UInt8](repeating: 9, count: 31))
}

@Suite("Lists of credentials that a key does not take whole")
struct PreflightTests {
    private static let threeAtOnce: CBORMap = [7: 3, 8: 32]

    /// A key with one credential that accepts at most three in a list.
    private func key(holding held: Int, log: RequestLog, refusal: StatusCode = .noCredentials) -> Session {
        Session(log: log) { command, parameters in
            guard command != .getInfo else { return info(Self.threeAtOnce) }
            guard command == .getAssertion else { return [StatusCode.credentialExcluded.rawValue] }
            guard let list = parameters[3]?.array, list.count <= 3 else { return [StatusCode.limitExceeded.rawValue] }
            return list.contains(.map(id(held).cbor)) ? assertion(id(held)) : [refusal.rawValue]
        }
    }

    @Test(
        "a login searches its allow list without a touch and then asks for the one that was found",
        arguments: [.noCredentials, .invalidCredential, .pinUVAuthTokenRequired] as [StatusCode]
    )
    func allowList(refusal: StatusCode) async throws {
        let log = RequestLog()
        let session = key(holding: 5, log: log, refusal: refusal)
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...7).map(id))
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(5)])
        #expect(log.commands == [.getInfo, .getAssertion, .getAssertion, .getAssertion])
        let probes = log.parameters[1...2]
        #expect(probes.allSatisfy { $0[5] == ["up": false] && $0[2] == .bytes([UInt8](repeating: 0, count: 32)) })
        #expect(log.parameters[3][3] == [.map(id(5).cbor)])
        #expect(log.parameters[3][2] == .bytes(hash))
        #expect(log.parameters[3][5] == nil)
    }

    @Test("the last entries need no probe: the login asks for them itself")
    func lastEntries() async throws {
        for held in [4, 99] {
            let log = RequestLog()
            let session = key(holding: held, log: log)
            let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...4).map(id))
            let accounts = try? await session.getAssertion(request, operation)
            #expect(accounts?.map(\.credential) == (held == 4 ? [id(4)] : nil))
            #expect(log.commands == [.getInfo, .getAssertion, .getAssertion])
            #expect(log.parameters.last?[3] == [.map(id(4).cbor)])
            #expect(log.parameters.last?[5] == nil)
        }
    }

    @Test("IDs that fit into no request leave a login that still reaches the key, with an ID that is no key's")
    func noneAllowed() async throws {
        let log = RequestLog()
        let session = key(holding: 99, log: log)
        let long = PublicKeyCredentialDescriptor(id: [UInt8](repeating: 1, count: 1_100))
        for list in [[long], [long, long, long, long]] {
            let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: list)
            await #expect(throws: SessionError.status(.noCredentials, .getAssertion)) {
                try await session.getAssertion(request, operation)
            }
            #expect(log.parameters.last?[3] == [["id": .bytes([0]), "type": "public-key"]])
        }
    }

    @Test("an ID that fits into no request is left out although the key gives no maximum length")
    func oversizedID() async throws {
        let log = RequestLog()
        let session = Session(log: log) { command, parameters in
            guard command != .getInfo else { return info([7: 3]) }
            return parameters[3] == [.map(id(2).cbor)] ? assertion(id(2)) : [StatusCode.noCredentials.rawValue]
        }
        let long = PublicKeyCredentialDescriptor(id: [UInt8](repeating: 1, count: 1_000))
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: [long, id(1), id(2), id(3)])
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(2)])
    }

    @Test("500 IDs of mixed lengths are searched with as few messages as the key's limits allow", arguments: 0..<8)
    func manyIDs(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let list = (0..<500).map { number in
            let length = Int.random(in: 16...250, using: &random)
            return PublicKeyCredentialDescriptor(
                id: [UInt8(number >> 8), UInt8(number & 0xFF)] + [UInt8](repeating: 7, count: length)
            )
        }
        let held = try #require(list.randomElement(using: &random))
        for held in [held, id(1)] {
            let log = RequestLog()
            let session = Session(log: log) { command, parameters in
                guard command != .getInfo else { return info([5: 1_200, 7: 8, 8: 256]) }
                let list = parameters[3]?.array ?? []
                guard list.count <= 8 else { return [StatusCode.limitExceeded.rawValue] }
                return list.contains(.map(held.cbor)) ? assertion(held) : [StatusCode.noCredentials.rawValue]
            }
            let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: list)
            let accounts = try? await session.getAssertion(request, operation)
            #expect((accounts ?? []).allSatisfy { $0.credential == held })
            #expect((accounts != nil) == list.contains(held))
            let size = list.reduce(0) { $0 + CBOREncoder.encode($1.cbor).count }
            let fewest = max((list.count + 7) / 8, (size + 1_119) / 1_120)
            let sent = log.commands.filter { $0 == .getAssertion }.count
            #expect(sent <= fewest + 1, "\(sent) messages where \(fewest) may be enough")
            #expect(log.parameters.dropFirst().dropLast().allSatisfy { $0[5] == ["up": false] })
            #expect(log.parameters.last?[5] == nil)
        }
    }

    @Test(
        "a login that the key finds too large is sent with shorter lists",
        arguments: [.limitExceeded, .requestTooLarge] as [StatusCode]
    )
    func shrinkingLogin(status: StatusCode) async throws {
        let log = RequestLog()
        let session = Session(log: log) { command, parameters in
            guard command != .getInfo else { return info([7: 8, 8: 32]) }
            guard let list = parameters[3]?.array, list.count <= 2 else { return [status.rawValue] }
            return list.contains(.map(id(3).cbor)) ? assertion(id(3)) : [StatusCode.noCredentials.rawValue]
        }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...8).map(id))
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(3)])
        // The whole list, half of it, a quarter, and the lower limit from then on.
        let counts = log.parameters.dropFirst().map { $0[3]?.array?.count }
        #expect(counts == [8, 4, 2, 2, 1])
    }

    @Test("a list that fits is sent as it is; IDs that are too long to be this key's are left out")
    func fitting() async throws {
        let log = RequestLog()
        let session = key(holding: 2, log: log)
        let long = PublicKeyCredentialDescriptor(id: [UInt8](repeating: 1, count: 33))
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: [id(1), long, id(2), id(3)])
        _ = try await session.getAssertion(request, operation)
        #expect(log.commands == [.getInfo, .getAssertion])
        #expect(log.parameters[1][3] == .array([id(1), id(2), id(3)].map { .map($0.cbor) }))
    }

    @Test("a registration names only the excluded credential that the key holds, or those that were not probed for")
    func excludeList() async throws {
        var request = MakeCredentialRequest(
            clientDataHash: hash,
            rp: PublicKeyCredentialRpEntity(id: "a.b"),
            user: PublicKeyCredentialUserEntity(id: [1]),
            pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)]
        )
        request.excludeList = (1...7).map(id)
        for (held, expected) in [(5, id(5)), (99, id(7))] {
            let log = RequestLog()
            let session = key(holding: held, log: log)
            await #expect(throws: SessionError.status(.credentialExcluded, .makeCredential)) {
                try await session.makeCredential(request, operation)
            }
            #expect(log.parameters.last?[5] == [.map(expected.cbor)])
        }
    }

    @Test("a key that finds a probe too large is asked for half as many")
    func shrinking() async throws {
        let log = RequestLog()
        let session = Session(log: log) { command, parameters in
            guard command != .getInfo else { return info([7: 4, 8: 32]) }
            guard let list = parameters[3]?.array, list.count < 2 else { return [StatusCode.requestTooLarge.rawValue] }
            return list == [.map(id(3).cbor)] ? assertion(id(3)) : [StatusCode.noCredentials.rawValue]
        }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...5).map(id))
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(3)])
    }

    @Test("a probe answered with UP_REQUIRED found what it looked for")
    func presenceRequired() async throws {
        let log = RequestLog()
        let session = Session(log: log) { command, parameters in
            guard command != .getInfo else { return info(Self.threeAtOnce) }
            let list = parameters[3]?.array ?? []
            guard list.contains(.map(id(4).cbor)) else { return [StatusCode.noCredentials.rawValue] }
            return parameters[5] == nil ? assertion(id(4)) : [StatusCode.userPresenceRequired.rawValue]
        }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...7).map(id))
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(4)])
        #expect(log.parameters.last?[3] == [.map(id(4).cbor)])
    }

    @Test("a key that cannot be probed gets the whole list")
    func noProbing() async {
        let log = RequestLog()
        let session = Session(log: log) { command, parameters in
            guard command != .getInfo else { return info(Self.threeAtOnce) }
            return [(parameters[5] == nil ? StatusCode.limitExceeded : .unsupportedOption).rawValue]
        }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...6).map(id))
        await #expect(throws: SessionError.status(.limitExceeded, .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
        #expect(log.parameters.last?[3]?.array?.count == 6)
    }

    @Test("lists are cut to the length of the key's messages")
    func messageLength() async throws {
        let log = RequestLog()
        let session = Session(log: log) { command, _ in
            command == .getInfo ? info([7: 100, 8: 64]) : [StatusCode.noCredentials.rawValue]
        }
        let list = (1...40).map { PublicKeyCredentialDescriptor(id: [UInt8](repeating: UInt8($0), count: 64)) }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: list)
        await #expect(throws: SessionError.status(.noCredentials, .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
        let asked = log.parameters.dropFirst().flatMap { $0[3]?.array ?? [] }
        #expect(asked == list.map { .map($0.cbor) })
    }
}
