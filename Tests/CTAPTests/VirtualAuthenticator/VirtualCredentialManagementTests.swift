import CTAP2
import Testing
import VirtualAuthenticator

/// The key's authenticatorCredentialManagement (CTAP 2.1 §6.8).
@Suite struct VirtualCredentialManagementTests {
    private func bench(_ members: String = "", storage: any KeyStorage = MemoryStorage()) throws -> KeyBench {
        try KeyBench(key: #""pin": "1234""# + members, storage: storage)
    }

    private func descriptor(_ id: [UInt8]) -> CBORValue { .map(["id": .bytes(id), "type": "public-key"]) }

    // MARK: Metadata

    @Test(arguments: [1, 2] as [UInt64])
    func `metadata counts what is there and what there is room for`(number: UInt64) throws {
        let bench = try bench(#", "discoverableCapacity": 3"#)
        let token = try bench.token(0x04, protocol: number)
        #expect(try bench.manage(token.managing(1)).response == [1: 0, 2: 3])
        try bench.register()
        #expect(try bench.manage(bench.token(0x04, protocol: number).managing(1)).response == [1: 1, 2: 2])
        #expect(try bench.command(0x04).response?[0x14] == 2)
    }

    @Test func `a full key refuses one more, and takes it when one is deleted`() throws {
        let bench = try bench(#", "discoverableCapacity": 1"#)
        let first = try bench.register(user: 1)
        let another = try bench.token(0x01, "example.com").making(discoverableRequest(user: 2))
        #expect(try bench.command(0x01, another).status == 0x28)
        #expect(try bench.manage(bench.token(0x04).managing(6, [2: descriptor(first.id)])).status == 0)
        try bench.register(user: 2)
    }

    // MARK: Enumerations

    @Test func `all sites and all their credentials are enumerated`() throws {
        let bench = try bench()
        let made = [
            try bench.register("a.example", user: 1, name: "Anna"), try bench.register("b.example", user: 2),
            try bench.register("a.example", user: 3),
        ]
        let token = try bench.token(0x04)
        #expect(
            try bench.manage(token.managing(2)).response
                == [
                    3: .map(["id": "a.example", "name": "Site of a.example"]), 4: rpIDHash("a.example"), 5: 2,
                ]
        )
        #expect(
            try bench.manage([1: 3]).response
                == [3: .map(["id": "b.example", "name": "Site of b.example"]), 4: rpIDHash("b.example")]
        )
        #expect(try bench.manage([1: 3]).status == 0x30)

        #expect(
            try bench.manage(token.managing(4, [1: rpIDHash("a.example")])).response
                == [
                    6: .map(["id": .bytes([1]), "name": "Anna"]), 7: descriptor(made[0].id),
                    8: .map(made[0].publicKey), 9: 2, 10: 1, 12: false,
                ]
        )
        #expect(
            try bench.manage([1: 5]).response
                == [
                    6: .map(["id": .bytes([3])]), 7: descriptor(made[2].id), 8: .map(made[2].publicKey), 10: 1,
                    12: false,
                ]
        )
        #expect(try bench.manage([1: 5]).status == 0x30)
    }

    @Test func `any other command, another channel, another token and half a minute end an enumeration`() throws {
        let bench = try bench()
        try bench.register("a.example")
        try bench.register("b.example")
        let next: CBORMap = [1: 3]
        var token = try bench.token(0x04)
        #expect(try bench.manage(next).status == 0x30)
        #expect(try bench.manage(token.managing(2)).status == 0)
        #expect(try bench.command(0x04).status == 0)
        #expect(try bench.manage(next).status == 0x30)

        #expect(try bench.manage(token.managing(2)).status == 0)
        #expect(try bench.manage([1: 5]).status == 0x30)
        #expect(try bench.manage(next).status == 0x30)

        let other = try bench.openChannel()
        #expect(try bench.manage(token.managing(2)).status == 0)
        #expect(try bench.command(0x0A, next, on: other).status == 0x30)

        #expect(try bench.manage(token.managing(2)).status == 0)
        token = try bench.token(0x04)
        #expect(try bench.manage(next).status == 0x30)

        #expect(try bench.manage(token.managing(2)).status == 0)
        bench.now += .milliseconds(30_001)
        #expect(try bench.manage(next).status == 0x30)
    }

    @Test func `an enumeration of nothing is NO_CREDENTIALS, or a total of 0 where a scenario says so`() throws {
        let site: CBORMap = [1: rpIDHash("example.com")]
        let plain = try bench()
        var token = try plain.token(0x04)
        #expect(try plain.manage(token.managing(2)).status == 0x2E)
        #expect(try plain.manage(token.managing(4, site)).status == 0x2E)
        let lenient = try bench(#", "emptyEnumerationSucceeds": true"#)
        token = try lenient.token(0x04)
        #expect(try lenient.manage(token.managing(2)).response == [5: 0])
        #expect(try lenient.manage(token.managing(4, site)).response == [9: 0])
    }

    // MARK: Changes

    @Test func `a deleted credential is gone, also after a restart, and the other stays`() throws {
        let storage = MemoryStorage()
        let bench = try bench(storage: storage)
        let (first, second) = (try bench.register(user: 1), try bench.register(user: 2))
        let token = try bench.token(0x04)
        #expect(try bench.manage(token.managing(6, [2: descriptor(first.id)])).status == 0)
        #expect(try bench.manage(token.managing(6, [2: descriptor(first.id)])).status == 0x2E)
        let later = try self.bench(storage: storage)
        let list = try later.manage(later.token(0x04).managing(4, [1: rpIDHash("example.com")])).response
        #expect(list?[7] == descriptor(second.id) && list?[9] == 1)
    }

    @Test func `names are replaced, and taken away where they are empty or absent`() throws {
        let bench = try bench()
        let made = try bench.register(name: "Anna")
        let token = try bench.token(0x04)
        func user(after change: CBORMap) throws -> CBORValue? {
            let request = token.managing(7, [2: descriptor(made.id), 3: .map(change)])
            #expect(try bench.manage(request).status == 0)
            return try bench.manage(token.managing(4, [1: rpIDHash("example.com")])).response?[6]
        }
        let renamed: CBORMap = ["id": .bytes([1]), "name": "Änne", "displayName": "👩‍💻"]
        #expect(try user(after: renamed) == .map(renamed))
        #expect(try user(after: ["id": .bytes([1]), "name": ""]) == .map(["id": .bytes([1])]))
        let other = token.managing(7, [2: descriptor(made.id), 3: .map(["id": .bytes([2])])])
        #expect(try bench.manage(other).status == 0x02)
        let unknown = token.managing(7, [2: descriptor([9]), 3: .map(["id": .bytes([1])])])
        #expect(try bench.manage(unknown).status == 0x2E)
    }

    // MARK: Tokens

    @Test(arguments: [1, 2, 4, 6, 7] as [UInt8])
    func `every beginning wants a token that is for it`(subCommand: UInt8) throws {
        let bench = try bench()
        let made = try bench.register()
        let parameters: CBORMap? =
            switch subCommand {
            case 4: [1: rpIDHash("example.com")]
            case 6: [2: descriptor(made.id)]
            case 7: [2: descriptor(made.id), 3: .map(["id": .bytes([1])])]
            default: nil
            }
        var request = try bench.token(0x04).managing(subCommand, parameters)
        #expect(try bench.manage(request).status == 0)
        if subCommand == 6 { return }
        request[3] = 3
        #expect(try bench.manage(request).status == 0x02)
        request[3] = nil
        #expect(try bench.manage(request).status == 0x14)
        request[4] = nil
        #expect(try bench.manage(request).status == 0x36)
        request = try bench.token(0x03, "example.com").managing(subCommand, parameters)
        #expect(try bench.manage(request).status == 0x33)
        request = try bench.token(0x04, "other.example").managing(subCommand, parameters)
        #expect(try bench.manage(request).status == 0x33)
        request = try bench.token(0x04, "example.com").managing(subCommand, parameters)
        #expect(try bench.manage(request).status == (parameters == nil ? 0x33 : 0))
        request = try bench.token(0x04).managing(subCommand, parameters)
        request[4] = .bytes([UInt8](repeating: 0, count: 32))
        #expect(try bench.manage(request).status == 0x33)
    }

    @Test func `what is missing in a request is MISSING_PARAMETER, and other subcommands are INVALID_SUBCOMMAND`()
        throws
    {
        let bench = try bench()
        let token = try bench.token(0x04)
        #expect(try bench.manage([:]).status == 0x14)
        for subCommand in [4, 6, 7] as [UInt8] {
            #expect(try bench.manage(token.managing(subCommand)).status == 0x14)
        }
        #expect(try bench.manage(token.managing(8)).status == 0x3E)
        #expect(try bench.manage([1: "2"]).status == 0x11)
    }

    // MARK: Other keys

    @Test func `a key of the preview has command 41 alone, for its plain tokens, without updates`() throws {
        let bench = try KeyBench(key: #""edition": "2.0", "pin": "1234", "credMgmt": "preview""#)
        let options = try bench.options()
        #expect(options["credentialMgmtPreview"] == true && options["credMgmt"] == nil)
        #expect(try bench.command(0x04).response?[1] == .array(["U2F_V2", "FIDO_2_0", "FIDO_2_1_PRE"]))
        let platform = try PINPlatform(bench, 1)
        let token = try BenchToken(bench, platform, platform.getPinToken("1234"))
        #expect(try bench.manage(token.managing(1)).status == 0x01)
        #expect(try bench.manage(token.managing(1), command: 0x41).response == [1: 0, 2: 100])
        let update = token.managing(7, [2: descriptor([1]), 3: .map(["id": .bytes([1])])])
        #expect(try bench.manage(update, command: 0x41).status == 0x3E)
    }

    @Test func `a key of CTAP 2.1 has the preview beside it, with everything, unless a scenario says otherwise`() throws
    {
        let bench = try bench()
        let made = try bench.register()
        let rename = try bench.token(0x04).managing(7, [2: made.descriptor, 3: .map(["id": .bytes([1])])])
        #expect(try bench.manage(rename, command: 0x41).status == 0)
        let standard = try self.bench(#", "credMgmt": "standard""#)
        #expect(try standard.options()["credentialMgmtPreview"] == nil)
        #expect(try standard.manage(standard.token(0x04).managing(1), command: 0x41).status == 0x01)
        #expect(try standard.manage(standard.token(0x04).managing(1)).status == 0)
    }

    @Test(arguments: [#""credMgmt": false"#, #""pin": false"#])
    func `a key without the command gives no token for it`(members: String) throws {
        let bench = try KeyBench(key: members)
        #expect(try bench.options()["credMgmt"] == nil)
        #expect(try bench.manage([1: 1]).status == 0x01)
    }

    @Test func `the permission is refused where the command is not there`() throws {
        let bench = try bench(#", "credMgmt": false"#)
        #expect(try bench.pin(PINPlatform(bench, 2).getToken("1234", 0x04, nil)) == 0x40)
    }

    // MARK: Many credentials

    /// Counts how often a state was read that differs from the one before.
    private final class CountingStorage: KeyStorage {
        private let storage = MemoryStorage()
        private(set) var loads = 0

        func load() -> [UInt8]? {
            loads += 1
            return storage.load()
        }

        func update(_ change: ([UInt8]?) throws(KeyStorageError) -> [UInt8]) throws(KeyStorageError) {
            try storage.update(change)
        }
    }

    @Test func `going on with an enumeration does not read the state again`() throws {
        let storage = CountingStorage()
        let bench = try bench(storage: storage)
        for user in 1...20 as ClosedRange<UInt8> { try bench.register("site\(user).example", user: user) }
        #expect(try bench.manage(bench.token(0x04).managing(2)).status == 0)
        let loads = storage.loads
        for _ in 1..<20 { #expect(try bench.manage([1: 3]).status == 0) }
        #expect(storage.loads == loads)
    }
}
