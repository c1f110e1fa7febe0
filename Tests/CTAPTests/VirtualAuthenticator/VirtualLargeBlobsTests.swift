import CTAP2
import Crypto
import Testing
import VirtualAuthenticator

/// The key's authenticatorLargeBlobs (CTAP 2.1 §6.10), and the keys of largeBlobKey (§12.3).
@Suite struct VirtualLargeBlobsTests {
    private static let initial = hex("8076be8b528d0075f7aae98d6fa57a6d3c")

    private func bench(_ members: String = "", storage: any KeyStorage = MemoryStorage()) throws -> KeyBench {
        try KeyBench(key: #""pin": "1234""# + members, storage: storage)
    }

    /// An array of one byte string, with its hash.
    private func array(_ size: Int) -> [UInt8] {
        let content = CBOREncoder.encode(.array([.bytes([UInt8](repeating: 0x42, count: size))]))
        return content + SHA256.hash(data: content).prefix(16)
    }

    private func read(_ bench: KeyBench, _ count: Int = 960) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let answer = try bench.command(0x0C, [1: .int(count), 3: .int(bytes.count)])
            let fragment = try #require(answer.response?[1]?.bytes)
            bytes += fragment
            guard fragment.count == count else { return bytes }
        }
    }

    @Test func `a new key has the initial array`() throws {
        let bench = try bench(#", "maxSerializedLargeBlobArray": 2048"#)
        #expect(try bench.info()[0x0B] == 2048)
        #expect(try read(bench) == Self.initial)
        #expect(try read(bench, 7) == Self.initial)
        #expect(try bench.command(0x0C, [1: 1, 3: 17]).response == [1: .bytes([])])
        #expect(try bench.command(0x0C, [1: 1, 3: 18]).status == 0x02)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `one token writes an array in fragments, which is there after a restart`(number: UInt64) throws {
        let storage = MemoryStorage()
        let bench = try bench(storage: storage)
        let whole = array(2000)
        let token = try bench.token(0x10, protocol: number)
        for offset in stride(from: 0, to: whole.count, by: 960) {
            let fragment = Array(whole[offset...].prefix(960))
            let request = token.writing(fragment, at: offset, of: offset == 0 ? whole.count : nil)
            #expect(try read(bench) == Self.initial || offset == 0)
            if offset > 0 { _ = try bench.command(0x0C, token.writing(Array(whole.prefix(offset)), of: whole.count)) }
            #expect(try bench.command(0x0C, request).status == 0)
        }
        #expect(try read(self.bench(storage: storage)) == whole)
        #expect(try bench.command(0x07).status == 0)
        #expect(try read(bench) == Self.initial)
    }

    @Test func `a write that fails anywhere leaves the old array`() throws {
        let bench = try bench(#", "maxSerializedLargeBlobArray": 1024"#)
        let token = try bench.token(0x10)
        let old = array(100)
        #expect(try bench.command(0x0C, token.writing(old, of: old.count)).status == 0)
        let new = array(200)
        let half = Array(new.prefix(100))
        // The wrong hash.
        var broken = new
        broken[broken.count - 1] ^= 1
        #expect(try bench.command(0x0C, token.writing(broken, of: broken.count)).status == 0x3D)
        // Fragments out of order, and one that is too long.
        #expect(try bench.command(0x0C, token.writing(half, of: new.count)).status == 0)
        #expect(try bench.command(0x0C, token.writing(half, at: 99)).status == 0x04)
        #expect(try bench.command(0x0C, token.writing(half, of: new.count)).status == 0)
        #expect(try bench.command(0x0C, token.writing(new, at: 100)).status == 0x02)
        // Another command in between.
        #expect(try bench.command(0x0C, token.writing(half, of: new.count)).status == 0)
        #expect(try bench.command(0x04).status == 0)
        #expect(try bench.command(0x0C, token.writing(Array(new.dropFirst(100)), at: 100)).status == 0x04)
        // Too long, too short, a missing length, an unexpected length.
        #expect(try bench.command(0x0C, token.writing(half, of: 1025)).status == 0x18)
        #expect(try bench.command(0x0C, token.writing(half, of: 16)).status == 0x02)
        #expect(try bench.command(0x0C, token.writing(half)).status == 0x02)
        #expect(try bench.command(0x0C, token.writing(half, at: 100, of: new.count)).status == 0x02)
        #expect(try read(bench) == old)
    }

    @Test func `what is wrong with a request`() throws {
        let bench = try bench(#", "maxMsgSize": 1024"#)
        #expect(try bench.command(0x0C, [1: 1]).status == 0x02)
        #expect(try bench.command(0x0C, [3: 0]).status == 0x02)
        #expect(try bench.command(0x0C, [1: 1, 2: .bytes([]), 3: 0]).status == 0x02)
        #expect(try bench.command(0x0C, [1: 961, 3: 0]).status == 0x03)
        #expect(try bench.command(0x0C, [1: 960, 3: 0]).status == 0)
        #expect(try bench.command(0x0C, [1: 1, 3: 0, 4: 17]).status == 0x02)
        #expect(try bench.command(0x0C, [1: 1, 3: 0, 6: 2]).status == 0x02)
        #expect(try bench.command(0x0C, [1: 1, 3: .unsigned(.max)]).status == 0x02)
    }

    @Test func `writing wants a token that is for it, where somebody can be verified`() throws {
        let bench = try bench()
        let whole = array(10)
        var request = try bench.token(0x10).writing(whole, of: whole.count)
        request[6] = nil
        #expect(try bench.command(0x0C, request).status == 0x14)
        request[5] = nil
        #expect(try bench.command(0x0C, request).status == 0x36)
        request = try bench.token(0x04).writing(whole, of: whole.count)
        #expect(try bench.command(0x0C, request).status == 0x33)
        let open = try KeyBench()
        #expect(try open.command(0x0C, [2: .bytes(whole), 3: 0, 4: .int(whole.count)]).status == 0)
        #expect(try read(open) == whole)
        #expect(try open.command(0x0D, [1: 2]).status == 0)
        #expect(try open.command(0x0C, [2: .bytes(whole), 3: 0, 4: .int(whole.count)]).status == 0x36)
    }

    @Test func `a token still writes after the login that it was for`() throws {
        let bench = try bench()
        try bench.register()
        let token = try bench.token(0x12, "example.com")
        #expect(try bench.command(0x02, token.getting()).status == 0)
        #expect(try bench.command(0x02, token.getting()).status == 0x33)
        let whole = array(10)
        #expect(try bench.command(0x0C, token.writing(whole, of: whole.count)).status == 0)
    }

    @Test func `each discoverable credential has a key of its own, for those who ask`() throws {
        let bench = try bench()
        func make(_ input: CBORValue, user: UInt8 = 1, isDiscoverable: Bool = true) throws -> (UInt8, CBORValue?) {
            var request = discoverableRequest(user: user)
            request[6] = .map(["largeBlobKey": input])
            request[7] = .map(["rk": .bool(isDiscoverable)])
            let answer = try bench.command(0x01, bench.token(0x01, "example.com").making(request))
            if let response = answer.response { #expect(try MadeCredential(response).rest.isEmpty) }
            return (answer.status, answer.response?[5])
        }
        #expect(try make(true, isDiscoverable: false).0 == 0x2C)
        #expect(try make(false).0 == 0x2C)
        let key = try #require(make(true).1)
        #expect(key.bytes?.count == 32)
        #expect(try make(true, user: 2).1 != key)
        try bench.register(user: 3)
        let listed = try bench.manage(bench.token(0x04).managing(4, [1: rpIDHash("example.com")])).response
        #expect(listed?[0x0B] == key)

        var login = VirtualGetAssertionTests.request
        login[4] = .map(["largeBlobKey": true])
        #expect(try bench.command(0x02, login).response?[7] == nil)
        _ = try bench.command(0x08)
        #expect(try bench.command(0x08).response?[7] == key)
        #expect(try bench.command(0x02, VirtualGetAssertionTests.request).response?[7] == nil)
        login[4] = .map(["largeBlobKey": false])
        #expect(try bench.command(0x02, login).status == 0x2C)
    }

    @Test func `a key without the command has neither extension nor permission`() throws {
        let bench = try bench(#", "largeBlobs": false"#)
        let info = try bench.info()
        #expect(info[0x0B] == nil && info[4]?.map?["largeBlobs"] == nil)
        #expect(info[2]?.texts?.contains("largeBlobKey") == false)
        #expect(try bench.command(0x0C, [1: 1, 3: 0]).status == 0x01)
        #expect(try bench.pin(PINPlatform(bench, 2).getToken("1234", 0x10, nil)) == 0x40)
    }
}
