import CTAP2
import Testing
import VirtualAuthenticator

/// The key's authenticatorGetAssertion and authenticatorGetNextAssertion against CTAP 2.1 §6.2 and §6.3.
@Suite struct VirtualGetAssertionTests {
    static let hash = [UInt8](repeating: 0xAB, count: 32)
    static let request: CBORMap = [0x01: "example.com", 0x02: .bytes(hash)]

    private func register(
        _ bench: KeyBench,
        user: UInt8 = 1,
        rp: String = "example.com",
        isDiscoverable: Bool = true
    ) throws -> MadeCredential {
        var request = VirtualMakeCredentialTests.request
        request[0x02] = .map(["id": .text(rp)])
        request[0x03] = .map(["id": .bytes([user]), "name": .text("user \(user)")])
        request[0x07] = .map(["rk": .bool(isDiscoverable)])
        return try MadeCredential(bench.command(0x01, request).response)
    }

    private func request(allowing descriptors: [CBORValue]) -> CBORMap {
        var request = Self.request
        request[0x03] = .array(descriptors)
        return request
    }

    private func status(_ change: (inout CBORMap) -> Void) throws -> UInt8 {
        let bench = try KeyBench()
        _ = try register(bench)
        var request = Self.request
        change(&request)
        return try bench.command(0x02, request).status
    }

    // MARK: Responses

    @Test(arguments: [true, false])
    func `a listed credential signs, discoverable or not`(isDiscoverable: Bool) throws {
        let bench = try KeyBench()
        let made = try register(bench, isDiscoverable: isDiscoverable)
        let answer = try bench.command(0x02, request(allowing: [made.descriptor]))
        let assertion = try MadeAssertion(answer.response)
        #expect(assertion.id == made.id)
        #expect(assertion.authData[32] == 0x01)
        #expect(try assertion.isSigned(by: made.publicKey, over: Self.hash))
        #expect(assertion.response[0x05] == nil)
    }

    @Test func `a discoverable credential is found by its site, with the user's id and no names`() throws {
        let bench = try KeyBench()
        let made = try register(bench, user: 7)
        let assertion = try MadeAssertion(bench.command(0x02, Self.request).response)
        #expect(assertion.id == made.id)
        #expect(assertion.response[0x04] == .map(["id": .bytes([7])]))
        #expect(assertion.response[0x05] == nil)
    }

    @Test func `the counter goes up with every assertion and is kept`() throws {
        let storage = MemoryStorage()
        let bench = try KeyBench(storage: storage)
        _ = try register(bench)
        let counters = try (0..<3).map { _ in try MadeAssertion(bench.command(0x02, Self.request).response).counter }
        let later = try KeyBench(storage: storage)
        let last = try MadeAssertion(later.command(0x02, Self.request).response).counter
        #expect(counters + [last] == [1, 2, 3, 4])
    }

    @Test func `without up nobody is asked, and the flag says so`() throws {
        let storage = MemoryStorage()
        _ = try register(KeyBench(storage: storage))
        let bench = try KeyBench(storage: storage, presence: TimedPresence(after: nil))
        var request = Self.request
        request[0x05] = .map(["up": false])
        let assertion = try MadeAssertion(bench.command(0x02, request, patience: .zero).response)
        #expect(assertion.authData[32] == 0x00)
    }

    // MARK: Choice of the credential

    @Test func `the first in the list that is here is taken`() throws {
        let bench = try KeyBench()
        let (one, two) = (try register(bench, user: 1), try register(bench, user: 2, isDiscoverable: false))
        let foreign: CBORValue = .map(["id": .bytes([1, 2, 3]), "type": "public-key"])
        let answer = try bench.command(0x02, request(allowing: [foreign, two.descriptor, one.descriptor]))
        let assertion = try MadeAssertion(answer.response)
        #expect(assertion.id == two.id)
        #expect(assertion.response[0x04] == nil && assertion.response[0x05] == nil)
        #expect(try bench.command(0x08).status == 0x30)
    }

    @Test func `nothing found is NO_CREDENTIALS at once`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        #expect(try bench.command(0x02, Self.request, patience: .zero).status == 0x2E)
        let foreign: CBORValue = .map(["id": .bytes([1, 2, 3]), "type": "public-key"])
        #expect(try bench.command(0x02, request(allowing: [foreign]), patience: .zero).status == 0x2E)
    }

    @Test func `a credential is no use to another site, type or key`() throws {
        let bench = try KeyBench()
        for isDiscoverable in [true, false] {
            let made = try register(bench, rp: "example.org", isDiscoverable: isDiscoverable)
            #expect(try bench.command(0x02, request(allowing: [made.descriptor])).status == 0x2E)
            var own = request(allowing: [.map(["id": .bytes(made.id), "type": "other"])])
            own[0x01] = "example.org"
            #expect(try bench.command(0x02, own).status == 0x2E)
            own[0x03] = .array([made.descriptor])
            #expect(try bench.command(0x02, own).status == 0)
            #expect(try KeyBench(seed: 1).command(0x02, own).status == 0x2E)
        }
    }

    @Test func `a changed bit in the id of a credential that is not kept makes it a stranger's`() throws {
        let bench = try KeyBench()
        let made = try register(bench, isDiscoverable: false)
        for index in made.id.indices {
            var id = made.id
            id[index] ^= 0x10
            let descriptor: CBORValue = .map(["id": .bytes(id), "type": "public-key"])
            #expect(try bench.command(0x02, request(allowing: [descriptor])).status == 0x2E)
        }
    }

    @Test func `an empty list counts as none`() throws {
        #expect(try status { $0[0x03] = .array([]) } == 0)
    }

    // MARK: Several accounts

    @Test func `accounts come newest first, and their number once`() throws {
        let bench = try KeyBench()
        let made = try (1...3).map { try register(bench, user: $0) }
        var answers = [try MadeAssertion(bench.command(0x02, Self.request).response)]
        answers.append(try MadeAssertion(bench.command(0x08).response))
        answers.append(try MadeAssertion(bench.command(0x08).response))
        #expect(answers.map(\.id) == made.reversed().map(\.id))
        #expect(answers.map { $0.response[0x05] } == [3, nil, nil])
        #expect(answers.map { $0.response[0x04]?.map?["id"]?.bytes } == [[3], [2], [1]])
        for (answer, credential) in zip(answers, made.reversed()) {
            #expect(answer.authData[32] == 0x01)
            #expect(try answer.isSigned(by: credential.publicKey, over: Self.hash))
        }
        #expect(try bench.command(0x08).status == 0x30)
    }

    @Test func `getNextAssertion without getAssertion is NOT_ALLOWED`() throws {
        #expect(try KeyBench().command(0x08).status == 0x30)
    }

    @Test func `any other command forgets the accounts`() throws {
        let bench = try KeyBench()
        _ = (try register(bench, user: 1), try register(bench, user: 2))
        _ = try bench.command(0x02, Self.request)
        _ = try bench.command(0x04)
        #expect(try bench.command(0x08).status == 0x30)
    }

    @Test func `another channel does not go on with the accounts, and ends it for the first`() throws {
        let bench = try KeyBench()
        _ = (try register(bench, user: 1), try register(bench, user: 2), try register(bench, user: 3))
        let (one, other) = (try bench.openChannel(), try bench.openChannel())
        #expect(try bench.command(0x02, Self.request, on: one).response?[0x05] == 3)
        #expect(try bench.command(0x08, on: other).status == 0x30)
        #expect(try bench.command(0x08, on: one).status == 0x30)
        _ = try bench.command(0x02, Self.request, on: one)
        #expect(try bench.command(0x08, on: one).status == 0)
        #expect(try bench.command(0x04, on: other).status == 0)
        #expect(try bench.command(0x08, on: one).status == 0x30)
    }

    @Test func `a message that is not a command ends nothing`() throws {
        let bench = try KeyBench()
        _ = (try register(bench, user: 1), try register(bench, user: 2))
        _ = try bench.command(0x02, Self.request)
        let other = try bench.openChannel()
        _ = bench.send(other, 0x81, [1])
        #expect(try bench.command(0x08).status == 0)
    }

    @Test func `accounts are forgotten 30 seconds after the last command`() throws {
        let bench = try KeyBench()
        _ = try (1...4).map { try register(bench, user: $0) }
        _ = try bench.command(0x02, Self.request)
        bench.now += .seconds(30)
        #expect(try bench.command(0x08).status == 0)
        bench.now += .seconds(30)
        #expect(try bench.command(0x08).status == 0)
        bench.now += .milliseconds(30_001)
        #expect(try bench.command(0x08).status == 0x30)
        #expect(try bench.command(0x08).status == 0x30)
    }

    // MARK: Invalid requests

    @Test(arguments: [0x01, 0x02] as [CBORValue])
    func `a member that must be there and is not is MISSING_PARAMETER`(member: CBORValue) throws {
        #expect(try status { $0[member] = nil } == 0x14)
    }

    @Test(arguments: [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07] as [CBORValue])
    func `a member of another type is CBOR_UNEXPECTED_TYPE`(member: CBORValue) throws {
        #expect(try status { $0[member] = false } == 0x11)
    }

    @Test func `options`() throws {
        #expect(try status { $0[0x05] = .map(["rk": true]) } == 0x2B)
        #expect(try status { $0[0x05] = .map(["rk": false]) } == 0x2B)
        #expect(try status { $0[0x05] = .map(["uv": true]) } == 0x2C)
        #expect(try status { $0[0x05] = .map(["uv": false, "up": true, "unheard-of": 1]) } == 0)
        #expect(try status { $0[0x05] = .map(["up": "yes"]) } == 0x11)
    }

    @Test func `values that are out of range`() throws {
        let entry: CBORValue = .map(["id": .bytes([1]), "type": "public-key"])
        #expect(try status { $0[0x02] = .bytes(Array(repeating: 1, count: 31)) } == 0x02)
        #expect(try status { $0[0x03] = .array(Array(repeating: entry, count: 17)) } == 0x15)
        #expect(try status { $0[0x06] = .bytes([1]) } == 0x14)
        #expect(try status { ($0[0x06], $0[0x07]) = (.bytes([1]), 3) } == 0x02)
    }

    @Test func `without a touch there is no signature`() throws {
        let storage = MemoryStorage()
        _ = try register(KeyBench(storage: storage))
        let bench = try KeyBench(storage: storage, presence: TimedPresence(after: nil))
        #expect(try bench.command(0x02, Self.request).status == 0x27)
    }
}
