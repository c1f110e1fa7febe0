import CTAP2
import Testing
import VirtualAuthenticator

/// The key's pinUvAuthTokens against CTAP 2.1 §6.5: how to get one, its permissions, and its lifetime.
@Suite struct VirtualTokenTests {
    private static let protocols: [UInt64] = [1, 2]
    private static let (mc, ga) = (UInt64(1), UInt64(2))

    private func withPIN(_ others: String = "") throws -> KeyBench {
        try KeyBench(key: #""pin": "1234" \#(others)"#)
    }

    private func token(
        _ bench: KeyBench,
        _ permissions: UInt64 = 3,
        _ rpId: String? = "example.com",
        _ number: UInt64 = 2
    ) throws -> BenchToken {
        let platform = try PINPlatform(bench, number)
        return try BenchToken(bench, platform, platform.getToken("1234", permissions, rpId))
    }

    // MARK: Requests

    @Test(arguments: protocols) func `what a request for a token lacks`(number: UInt64) throws {
        let bench = try withPIN()
        let platform = try PINPlatform(bench, number)
        func status(_ change: (inout CBORMap) -> Void) throws -> UInt8 {
            var request = try platform.getToken("1234", 3)
            change(&request)
            return try bench.pin(request)
        }
        for member in [1, 2, 3, 6, 9] as [CBORValue] {
            #expect(try status { $0[member] = nil } == 0x14, "without \(member)")
        }
        #expect(try status { $0[10] = nil } == 0x14)
        #expect(try status { $0[9] = 0 } == 0x02)
        #expect(try status { $0[1] = 7 } == 0x02)
        #expect(try status { $0[10] = 1 } == 0x11)
        #expect(try status { $0[9] = "3" } == 0x11)
        // Undefined bits are ignored.
        #expect(try status { $0[9] = 0x83 } == 0)
        // None of these attempts used up a try.
        #expect(try bench.pinRetries()[3] == 8)
        #expect(try status { $0[6] = .bytes([1, 2, 3]) } == 0x31)
    }

    @Test(arguments: [0x04, 0x08, 0x10, 0x20, 0x40, 0x05] as [UInt64])
    func `permissions for what the key cannot do are refused`(permissions: UInt64) throws {
        let bench = try withPIN(", " + KeyBench.unmanaged)
        #expect(try bench.pin(PINPlatform(bench, 2).getToken("1234", permissions)) == 0x40)
        #expect(try bench.pin(PINPlatform(bench, 2).getToken("0000", permissions)) == 0x40)
        #expect(try bench.pinRetries()[3] == 8)
    }

    @Test func `getPinToken takes no permissions`() throws {
        let bench = try withPIN()
        let platform = try PINPlatform(bench, 1)
        var request = try platform.getPinToken("1234")
        request[10] = "example.com"
        #expect(try bench.pin(request) == 0x02)
        request[10] = nil
        request[9] = 3
        #expect(try bench.pin(request) == 0x02)
        request[9] = nil
        #expect(try bench.pin(request) == 0)
    }

    @Test func `a key of CTAP 2.0 has getPinToken, and nothing that came later`() throws {
        let bench = try withPIN(
            #", "pinUvAuthToken": false, "makeCredUvNotRqd": false, "pinUvAuthProtocols": [1], "# + KeyBench.unmanaged
        )
        #expect(try bench.options() == ["rk": true, "up": true, "plat": false, "clientPin": true])
        let info = try #require(bench.command(0x04).response)
        #expect(info[0x06] == .array([1]) && info[0x0C] == nil && info[0x0D] == nil && info[0x1D] == nil)
        #expect(try bench.status(of: "1234", 1) == 0x3E)
        #expect(try bench.pinRetries() == [3: 8])
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0x36)
        let platform = try PINPlatform(bench, 1)
        let token = try BenchToken(bench, platform, platform.getPinToken("1234"))
        #expect(try MadeCredential(bench.command(0x01, token.making()).response).authData[32] == 0x45)
    }

    // MARK: Use

    @Test(arguments: protocols, [false, true])
    func `a token verifies the user, of a credential and of an assertion`(number: UInt64, hasPermissions: Bool) throws {
        let bench = try withPIN()
        func token() throws -> BenchToken {
            let platform = try PINPlatform(bench, number)
            let request = try hasPermissions ? platform.getToken("1234", 3) : platform.getPinToken("1234")
            return try BenchToken(bench, platform, request)
        }
        let made = try MadeCredential(bench.command(0x01, token().making()).response)
        #expect(made.authData[32] == 0x45)
        var request = VirtualGetAssertionTests.request
        request[3] = .array([made.descriptor])
        let assertion = try MadeAssertion(bench.command(0x02, token().getting(request)).response)
        #expect(assertion.authData[32] == 0x05)
        #expect(try assertion.isSigned(by: made.publicKey, over: VirtualGetAssertionTests.hash))
        #expect(try MadeAssertion(bench.command(0x02, request).response).authData[32] == 0x01)
    }

    @Test func `a proof must be the token's, whole, and by a protocol of the key`() throws {
        let bench = try withPIN()
        let request = try token(bench).making()
        func status(_ change: (inout CBORMap) -> Void) throws -> UInt8 {
            var request = request
            change(&request)
            return try bench.command(0x01, request).status
        }
        let code = try #require(request[8]?.bytes)
        #expect(try status { $0[8] = .bytes(Array(code.prefix(16))) } == 0x33)
        #expect(try status { $0[8] = .bytes(code.dropLast() + [~code[31]]) } == 0x33)
        #expect(try status { ($0[8], $0[9]) = (.bytes(Array(code.prefix(16))), 1) } == 0x33)
        #expect(try status { $0[1] = .bytes(Array(repeating: 0, count: 32)) } == 0x33)
        #expect(try status { $0[9] = nil } == 0x14)
        #expect(try status { $0[9] = 3 } == 0x02)
        // The option uv is ignored beside it, even on a key without a sensor.
        #expect(try status { $0[7] = .map(["uv": true]) } == 0)
    }

    @Test func `a token is for its permissions and its site`() throws {
        let bench = try withPIN()
        #expect(try bench.command(0x01, token(bench, Self.ga).making()).status == 0x33)
        #expect(try bench.command(0x02, token(bench, Self.mc).getting()).status == 0x33)
        #expect(try bench.command(0x01, token(bench, 3, "other.example").making()).status == 0x33)
        #expect(try bench.command(0x02, token(bench, 3, "other.example").getting()).status == 0x33)
    }

    @Test func `the first use binds a token to its site`() throws {
        let bench = try withPIN()
        let platform = try PINPlatform(bench, 2)
        let token = try BenchToken(bench, platform, platform.getPinToken("1234"))
        var request = VirtualGetAssertionTests.request
        request[5] = .map(["up": false])
        #expect(try bench.command(0x02, token.getting(request)).status == 0x2E)
        request[1] = "other.example"
        #expect(try bench.command(0x02, token.getting(request)).status == 0x33)
        #expect(try bench.command(0x01, token.making()).status == 0)
    }

    @Test func `a touch spends the token, looking without one does not`() throws {
        let bench = try withPIN()
        let token = try token(bench)
        var silent = VirtualGetAssertionTests.request
        silent[5] = .map(["up": false])
        for _ in 0..<3 {
            #expect(try bench.command(0x02, token.getting(silent)).status == 0x2E)
        }
        #expect(try bench.command(0x01, token.making()).status == 0)
        #expect(try bench.command(0x01, token.making()).status == 0x33)
        #expect(try bench.command(0x02, token.getting(silent)).status == 0x33)
    }

    @Test func `a request that its user declines does not spend the token`() throws {
        let bench = try KeyBench(
            scenario: #"{"key": {"pin": "1234"}, "rules": [{"on": "makeCredential", "times": 1, "touch": "never"}]}"#
        )
        let token = try token(bench)
        #expect(try bench.command(0x01, token.making()).status == 0x27)
        #expect(try bench.command(0x01, token.making()).status == 0)
    }

    @Test(arguments: protocols) func `a new token ends the last one of either protocol`(number: UInt64) throws {
        let bench = try withPIN()
        let old = try token(bench, 3, "example.com", 3 - number)
        let new = try token(bench, 3, "example.com", number)
        #expect(try bench.command(0x01, old.making()).status == 0x33)
        #expect(try bench.command(0x01, new.making()).status == 0)
    }

    @Test func `a token ends with the power`() throws {
        let storage = MemoryStorage()
        let token = try token(KeyBench(key: #""pin": "1234""#, storage: storage))
        #expect(try KeyBench(storage: storage).command(0x01, token.making()).status == 0x33)
    }

    // MARK: Time

    @Test func `a token that is not used lives for thirty seconds, one that is for ten minutes`() throws {
        let bench = try withPIN()
        var silent = VirtualGetAssertionTests.request
        silent[5] = .map(["up": false])
        let begin = bench.now
        let token = try token(bench)
        bench.now = begin + .seconds(30)
        #expect(try bench.command(0x01, token.making()).status == 0x33)
        let other = try self.token(bench)
        bench.now = begin + .milliseconds(59_900)
        #expect(try bench.command(0x02, other.getting(silent)).status == 0x2E)
        bench.now = begin + .milliseconds(629_900)
        #expect(try bench.command(0x02, other.getting(silent)).status == 0x2E)
        bench.now = begin + .seconds(631)
        #expect(try bench.command(0x02, other.getting(silent)).status == 0x33)
    }

    @Test func `a rolling token gets another thirty seconds by each use`() throws {
        let bench = try withPIN(#", "rollingPinUvAuthToken": true"#)
        let token = try token(bench)
        var silent = VirtualGetAssertionTests.request
        silent[5] = .map(["up": false])
        for _ in 0..<4 {
            bench.now += .seconds(29)
            #expect(try bench.command(0x02, token.getting(silent)).status == 0x2E)
        }
        bench.now += .seconds(30)
        #expect(try bench.command(0x02, token.getting(silent)).status == 0x33)
    }

    // MARK: Required verification

    @Test func `a PIN that is set is asked for where the key says so`() throws {
        var discoverable = VirtualMakeCredentialTests.request
        discoverable[7] = .map(["rk": true])
        let bench = try withPIN()
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0)
        #expect(try bench.command(0x01, discoverable).status == 0x36)
        let strict = try withPIN(#", "makeCredUvNotRqd": false"#)
        #expect(try strict.options()["makeCredUvNotRqd"] == nil)
        #expect(try strict.command(0x01, VirtualMakeCredentialTests.request).status == 0x36)
        // Without a PIN there is nothing to verify.
        #expect(try KeyBench(key: #""makeCredUvNotRqd": false"#).command(0x01, discoverable).status == 0)
    }

    @Test func `alwaysUv demands it of everything that wants a touch`() throws {
        let bench = try withPIN(#", "alwaysUv": true"#)
        #expect(try bench.options()["alwaysUv"] == true && bench.options()["makeCredUvNotRqd"] == nil)
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0x36)
        #expect(try bench.command(0x02, VirtualGetAssertionTests.request).status == 0x36)
        var silent = VirtualGetAssertionTests.request
        silent[5] = .map(["up": false])
        #expect(try bench.command(0x02, silent).status == 0x2E)
        #expect(try bench.command(0x01, token(bench).making()).status == 0)
        #expect(try withPIN(#", "alwaysUv": false"#).options()["alwaysUv"] == false)
        let unset = try KeyBench(key: #""alwaysUv": true"#)
        #expect(try unset.command(0x02, VirtualGetAssertionTests.request).status == 0x36)
        let without = try KeyBench(key: #""alwaysUv": true, "pin": false"#)
        #expect(try without.command(0x02, VirtualGetAssertionTests.request).status == 0x27)
    }

    @Test func `noMcGaPermissionsWithClientPin keeps PINs from registering and logging in`() throws {
        let bench = try withPIN(#", "noMcGaPermissionsWithClientPin": true"#)
        #expect(try bench.options()["noMcGaPermissionsWithClientPin"] == true)
        #expect(try bench.status(of: "1234") == 0x40)
        let platform = try PINPlatform(bench, 2)
        let token = try BenchToken(bench, platform, platform.getPinToken("1234"))
        #expect(try bench.command(0x01, token.making()).status == 0x33)
        var discoverable = VirtualMakeCredentialTests.request
        discoverable[7] = .map(["rk": true])
        #expect(try bench.command(0x01, discoverable).status == 0x27)
    }

    @Test(arguments: [0x01, 0x02] as [UInt8])
    func `an empty proof waits for a touch, and tells whether there is a PIN`(command: UInt8) throws {
        let member: CBORValue = command == 1 ? 8 : 6
        var request = command == 1 ? VirtualMakeCredentialTests.request : VirtualGetAssertionTests.request
        request[member] = .bytes([])
        #expect(try KeyBench().command(command, request).status == 0x35)
        #expect(try withPIN().command(command, request).status == 0x31)
        #expect(try KeyBench(presence: TimedPresence(after: nil)).command(command, request).status == 0x27)
        let bench = try KeyBench(presence: TimedPresence(after: .seconds(2)))
        let begin = bench.now
        #expect(try bench.command(command, request).status == 0x35)
        #expect(bench.now - begin >= .seconds(2))
    }

    @Test func `an excluded credential is reported to who has proven to be there, too`() throws {
        let bench = try withPIN()
        let made = try MadeCredential(bench.command(0x01, VirtualMakeCredentialTests.request).response)
        var request = VirtualMakeCredentialTests.request
        request[5] = .array([made.descriptor])
        #expect(try bench.command(0x01, token(bench).making(request)).status == 0x19)
        // A wrong proof comes first.
        request[8] = .bytes(Array(repeating: 0, count: 32))
        request[9] = 2
        #expect(try bench.command(0x01, request).status == 0x33)
    }

    // MARK: Account names

    @Test func `names are for verified users, and every account keeps the flags`() throws {
        let bench = try withPIN()
        for user in [1, 2, 3] as [UInt8] {
            var request = discoverableRequest(user: user)
            request[3] = .map(["id": .bytes([user]), "name": .text("user \(user)"), "displayName": "U"])
            #expect(try bench.command(0x01, token(bench).making(request)).status == 0)
        }
        let first = try MadeAssertion(bench.command(0x02, token(bench).getting()).response)
        #expect(first.authData[32] == 0x05)
        #expect(first.response[4] == .map(["id": .bytes([3]), "name": "user 3", "displayName": "U"]))
        let second = try MadeAssertion(bench.command(0x08).response)
        #expect(second.authData[32] == 0x05)
        #expect(second.response[4] == .map(["id": .bytes([2]), "name": "user 2", "displayName": "U"]))
        // The token's use does not end the enumeration; a new token does.
        _ = try token(bench)
        #expect(try bench.command(0x08).status == 0x30)
        let unverified = try MadeAssertion(bench.command(0x02, VirtualGetAssertionTests.request).response)
        #expect(unverified.response[4] == .map(["id": .bytes([3])]))
        #expect(try MadeAssertion(bench.command(0x08).response).authData[32] == 0x01)
    }
}
