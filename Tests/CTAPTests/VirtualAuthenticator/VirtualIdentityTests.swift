import CTAP2
import Crypto
import CryptoExtras
import FoundationEssentials
import Testing
import VirtualAuthenticator

/// The persistent, read-only token, and the identifiers for its holders (CTAP 2.3 §6.4, §6.5).
@Suite struct VirtualIdentityTests {
    private func bench(_ members: String = "", storage: any KeyStorage = MemoryStorage()) throws -> KeyBench {
        try KeyBench(key: #""pin": "1234""# + members, storage: storage)
    }

    /// Decrypts encIdentifier (19) or encCredStoreState (1E).
    private func decrypted(_ bench: KeyBench, _ member: Int, _ token: BenchToken) throws -> [UInt8] {
        let bytes = try #require(bench.info()[.int(member)]?.bytes)
        #expect(bytes.count == 32)
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: token.bytes),
            salt: Data(count: 32),
            info: Data((member == 0x19 ? "encIdentifier" : "encCredStoreState").utf8),
            outputByteCount: 16
        )
        return Array(
            try AES._CBC.decrypt(
                bytes.suffix(16),
                using: key,
                iv: .init(ivBytes: bytes.prefix(16)),
                noPadding: true
            )
        )
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the persistent token reads, after a restart too, and changes nothing`(number: UInt64) throws {
        let storage = MemoryStorage()
        let bench = try bench(storage: storage)
        #expect(try bench.options()["perCredMgmtRO"] == true)
        let made = try bench.register()
        let ordinary = try bench.token(0x04, protocol: number)
        let lasting = try bench.token(0x40, protocol: number)
        // The new token does not invalidate the other one.
        #expect(try bench.manage(ordinary.managing(1)).status == 0)
        try bench.register("b.example", user: 2)
        for bench in [bench, try self.bench(storage: storage)] {
            #expect(try bench.manage(lasting.managing(1)).response == [1: 2, 2: 98])
            #expect(try bench.manage(lasting.managing(2)).response?[5] == 2)
            #expect(try bench.manage([1: 3]).status == 0)
            #expect(try bench.manage(lasting.managing(4, [1: rpIDHash("example.com")])).response?[9] == 1)
            #expect(try bench.manage(lasting.managing(6, [2: made.descriptor])).status == 0x33)
            let rename = lasting.managing(7, [2: made.descriptor, 3: .map(["id": .bytes([1])])])
            #expect(try bench.manage(rename).status == 0x33)
            #expect(try bench.command(0x0D, lasting.configuring(1)).status == 0x33)
        }
        #expect(try bench.token(0x40, protocol: 3 - number).bytes == lasting.bytes)
    }

    @Test func `it is given alone or not at all`() throws {
        let bench = try bench()
        #expect(try bench.pin(PINPlatform(bench, 2).getToken("1234", 0x44, nil)) == 0x40)
        #expect(try bench.pin(PINPlatform(bench, 2).getToken("1234", 0x41)) == 0x40)
        for members in [#", "perCredMgmtRO": false"#, #", "edition": "2.1""#, #", "credMgmt": false"#] {
            let without = try self.bench(members)
            let info = try without.info()
            #expect(info[0x19] == nil && info[0x1E] == nil && info[4]?.map?["perCredMgmtRO"] == nil)
            #expect(try without.pin(PINPlatform(without, 2).getToken("1234", 0x40, nil)) == 0x40)
        }
    }

    @Test func `a finger brings it, too`() throws {
        let bench = try bench(#", "uv": true"#)
        let platform = try PINPlatform(bench, 2)
        let token = try BenchToken(bench, platform, platform.getTokenByUV(0x40, nil))
        #expect(try bench.manage(token.managing(1)).status == 0)
    }

    @Test func `a new PIN ends it, and its demand does`() throws {
        let bench = try bench()
        let first = try bench.token(0x40)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "0000")) == 0)
        #expect(try bench.manage(first.managing(1)).status == 0x33)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("0000", "1234")) == 0)
        let second = try bench.token(0x40)
        #expect(try bench.configure(3, [3: true]) == 0)
        #expect(try bench.manage(second.managing(1)).status == 0x33)
    }

    @Test func `the identifier is the same until a reset, under an IV that never is`() throws {
        let storage = MemoryStorage()
        let bench = try bench(storage: storage)
        let token = try bench.token(0x40)
        let identifier = try decrypted(bench, 0x19, token)
        #expect(try bench.info()[0x19] != bench.info()[0x19])
        #expect(try decrypted(self.bench(storage: storage), 0x19, token) == identifier)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "4321")) == 0)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("4321", "1234")) == 0)
        #expect(try decrypted(bench, 0x19, bench.token(0x40)) == identifier)
        #expect(try bench.command(0x07).status == 0)
        let again = try self.bench(storage: storage)
        #expect(try decrypted(again, 0x19, again.token(0x40)) != identifier)
    }

    @Test func `the state of the store changes with every credential, and with nothing else`() throws {
        let bench = try bench()
        let token = try bench.token(0x40)
        var states = [try decrypted(bench, 0x1E, token)]
        let made = try bench.register()
        states.append(try decrypted(bench, 0x1E, token))
        let manager = try bench.token(0x04)
        let rename = manager.managing(7, [2: made.descriptor, 3: .map(["id": .bytes([1]), "name": "new"])])
        #expect(try bench.manage(rename).status == 0)
        states.append(try decrypted(bench, 0x1E, token))
        #expect(try bench.command(0x02, VirtualGetAssertionTests.request).status == 0)
        #expect(try bench.configure(1) == 0)
        #expect(try decrypted(bench, 0x1E, token) == states.last)
        #expect(try bench.manage(bench.token(0x04).managing(6, [2: made.descriptor])).status == 0)
        states.append(try decrypted(bench, 0x1E, token))
        #expect(Set(states).count == 4)
    }

    @Test func `a state of version 2 gets an identity when somebody asks for it`() throws {
        let folder = try TemporaryFolder()
        try folder.write(KeyStateVersion2.file, to: "state")
        let bench = try KeyBench(storage: FileStorage(path: folder.path("state")))
        let token = try bench.token(0x40)
        let identifier = try decrypted(bench, 0x19, token)
        let later = try KeyBench(storage: FileStorage(path: folder.path("state")))
        #expect(try decrypted(later, 0x19, token) == identifier)
    }
}
