import CTAP2
import Testing
import VirtualAuthenticator

/// The key's own sensor against CTAP 2.1 §6.5.3 and §6.5.5.7.3, and the scenarios that script its results.
@Suite struct VirtualBuiltInUVTests {
    /// A key with a sensor that follows a rule.
    private func bench(_ uv: String = "succeed", key: String = "", others: String = "") throws -> KeyBench {
        try KeyBench(
            scenario: #"{"key": {"uv": true, "pin": false \#(key)}, "rules": [{"uv": "\#(uv)" \#(others)}]}"#
        )
    }

    private var making: CBORMap {
        var request = VirtualMakeCredentialTests.request
        request[7] = .map(["uv": true])
        return request
    }

    private func uvRetries(_ bench: KeyBench) throws -> CBORValue? {
        try bench.command(0x06, [2: 7]).response?[5]
    }

    private func statusByUV(_ bench: KeyBench) throws -> UInt8 {
        try bench.pin(PINPlatform(bench, 2).getTokenByUV(3))
    }

    @Test func `getInfo tells of the sensor`() throws {
        let bench = try bench(key: ", " + KeyBench.unmanaged)
        #expect(
            try bench.options() == [
                "rk": true, "up": true, "uv": true, "plat": false, "pinUvAuthToken": true, "makeCredUvNotRqd": true,
            ]
        )
        let info = try #require(bench.command(0x04).response)
        #expect(info[0x06] == .array([2, 1]) && info[0x11] == 3 && info[0x12] == 2 && info[0x0D] == nil)
        let other = try self.bench(key: #", "preferredPlatformUvAttempts": 1, "uvModality": 16, "uvRetries": 2"#)
        let changed = try #require(other.command(0x04).response)
        #expect(changed[0x11] == 1 && changed[0x12] == 16)
        #expect(try uvRetries(other) == 2)
    }

    @Test(arguments: [1, 2] as [UInt64]) func `a finger brings a token, and counts as a touch`(number: UInt64) throws {
        let bench = try KeyBench(
            scenario: """
                {"key": {"uv": true}, "rules": [{"on": "clientPIN", "uv": "succeed"}, {"touch": "never"}]}
                """
        )
        let platform = try PINPlatform(bench, number)
        func token() throws -> BenchToken { try BenchToken(bench, platform, platform.getTokenByUV(3)) }
        // makeCredential does not need another touch.
        let made = try MadeCredential(bench.command(0x01, token().making(), patience: .zero).response)
        #expect(made.authData[32] == 0x45)
        var request = VirtualMakeCredentialTests.request
        request[5] = .array([made.descriptor])
        #expect(try bench.command(0x01, token().making(request), patience: .zero).status == 0x19)
        // After thirty seconds the user no longer counts as present.
        let late = try token()
        bench.now += .milliseconds(29_900)
        var silent = VirtualGetAssertionTests.request
        silent[5] = .map(["up": false])
        #expect(try bench.command(0x02, late.getting(silent)).status == 0x2E)
        bench.now += .seconds(1)
        #expect(try bench.command(0x01, late.making()).status == 0x27)
    }

    @Test func `the option uv asks the sensor, which is touch enough`() throws {
        let bench = try KeyBench(
            scenario: #"{"key": {"uv": true}, "rules": [{"uv": "after:2", "touch": "never"}]}"#
        )
        let made = try MadeCredential(bench.command(0x01, making).response)
        #expect(made.authData[32] == 0x45)
        var request = VirtualGetAssertionTests.request
        request[3] = .array([made.descriptor])
        request[5] = .map(["uv": true])
        #expect(try MadeAssertion(bench.command(0x02, request).response).authData[32] == 0x05)
    }

    @Test func `while the sensor waits the key says so, and CANCEL ends it`() throws {
        let bench = try bench("never")
        let platform = try PINPlatform(bench, 2)
        let channel = try bench.openChannel()
        let request = [0x06] + CBOREncoder.encode(platform.getTokenByUV(3))
        #expect(bench.send(channel, 0x90, request) == ["\(channel)bb000102"])
        #expect(bench.events.contains { "\($0)" == "-- waits for a fingerprint: verify" })
        #expect(bench.pass(.milliseconds(100)) == ["\(channel)bb000102"])
        #expect(bench.exchange("\(channel) 91 0000") == ["\(channel)9000012d"])
        #expect(try uvRetries(bench) == 5)
    }

    @Test func `who does nothing has not failed`() throws {
        let bench = try bench("never")
        #expect(try statusByUV(bench) == 0x2F)
        #expect(try bench.command(0x01, making).status == 0x2F)
        #expect(try uvRetries(bench) == 5)
    }

    @Test func `a failure is reported at once where the platform is to try again`() throws {
        let bench = try bench("fail:1")
        #expect(try statusByUV(bench) == 0x3F)
        #expect(try uvRetries(bench) == 4)
        #expect(bench.events.contains { "\($0)" == "-- fingerprint wrong, 4 tries left" })
        #expect(try statusByUV(bench) == 0)
        #expect(try uvRetries(bench) == 5)
    }

    @Test func `a key that repeats by itself asks three times`() throws {
        let patient = try bench("fail:2", key: #", "preferredPlatformUvAttempts": 1"#)
        #expect(try statusByUV(patient) == 0)
        let failing = try bench("fail:3", key: #", "preferredPlatformUvAttempts": 1"#)
        #expect(try statusByUV(failing) == 0x3F)
        #expect(try uvRetries(failing) == 2)
        // makeCredential and getAssertion always do.
        #expect(try bench("fail:2").command(0x01, making).status == 0)
        #expect(try bench("fail:3").command(0x01, making).status == 0x27)
    }

    @Test func `the last failure blocks the sensor, and stays`() throws {
        let storage = MemoryStorage()
        let scenario = #"{"key": {"uv": true, "uvRetries": 2, "pin": false}, "rules": [{"uv": "fail:2"}]}"#
        let bench = try KeyBench(scenario: scenario, storage: storage)
        #expect(try statusByUV(bench) == 0x3F)
        #expect(try statusByUV(bench) == 0x3C)
        #expect(try statusByUV(bench) == 0x3C)
        #expect(try uvRetries(bench) == 0)
        #expect(try bench.command(0x01, making).status == 0x32)
        let again = try KeyBench(scenario: scenario, storage: storage)
        #expect(try uvRetries(again) == 0)
        #expect(try again.command(0x07).status == 0)
        #expect(try uvRetries(again) == 2)
    }

    @Test func `a right PIN gives the sensor its tries back, a blocked PIN takes them`() throws {
        let scenario = #"{"key": {"uv": true, "uvRetriesLeft": 1, "pin": "1234"}, "rules": [{"uv": "fail:1"}]}"#
        let bench = try KeyBench(scenario: scenario)
        #expect(try statusByUV(bench) == 0x3C)
        // A PIN is set, so the status asks for it.
        #expect(try bench.command(0x01, making).status == 0x36)
        #expect(try bench.status(of: "1234") == 0)
        #expect(try uvRetries(bench) == 5)
        #expect(try statusByUV(bench) == 0)
        let blocked = try KeyBench(key: #""uv": true, "pin": "1234", "pinRetries": 0"#)
        #expect(try uvRetries(blocked) == 0)
        #expect(try statusByUV(blocked) == 0x3C)
    }

    @Test func `a sensor that knows nobody verifies nobody`() throws {
        let bench = try KeyBench(key: #""uv": false"#)
        #expect(try bench.options()["uv"] == false)
        #expect(try statusByUV(bench) == 0x30)
        #expect(try bench.command(0x01, making).status == 0x2C)
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0)
    }

    @Test func `alwaysUv asks the sensor unbidden`() throws {
        let bench = try bench("after:1", key: #", "alwaysUv": true"#, others: #", "touch": "never""#)
        let made = try MadeCredential(bench.command(0x01, VirtualMakeCredentialTests.request).response)
        #expect(made.authData[32] == 0x45)
        let failing = try self.bench("fail", key: #", "alwaysUv": true"#)
        #expect(try failing.command(0x01, VirtualMakeCredentialTests.request).status == 0x27)
    }

    @Test func `noMcGaPermissionsWithClientPin leaves it to the sensor`() throws {
        let key = #""uv": true, "pin": "1234", "noMcGaPermissionsWithClientPin": true"#
        let bench = try KeyBench(key: key)
        #expect(try statusByUV(bench) == 0)
        #expect(try bench.status(of: "1234") == 0x40)
        let failing = try KeyBench(scenario: #"{"key": {\#(key)}, "rules": [{"uv": "fail"}]}"#)
        // A PIN cannot help.
        #expect(try failing.command(0x01, making).status == 0x27)
    }

    @Test func `permissions are looked at before the finger`() throws {
        let bench = try bench("never", key: ", " + KeyBench.unmanaged)
        let platform = try PINPlatform(bench, 2)
        #expect(try bench.pin(platform.getTokenByUV(0x04)) == 0x40)
        #expect(try bench.pin(platform.getTokenByUV(0)) == 0x02)
        #expect(try bench.pin(platform.getTokenByUV(3, nil)) == 0x14)
        for subCommand in [3, 4, 5, 9, 1] {
            #expect(try bench.pin([1: 2, 2: .int(subCommand)]) == 0x3E)
        }
    }

    // MARK: Standard input

    @Test func `ask waits for a finger, the right one or a wrong one`() throws {
        let bench = try bench("ask")
        let platform = try PINPlatform(bench, 2)
        let channel = try bench.openChannel()
        let request = [0x06] + CBOREncoder.encode(platform.getTokenByUV(3))
        _ = bench.send(channel, 0x90, request)
        _ = bench.pass(.seconds(5))
        try bench.scenarioKey.answer(.notRecognized)
        #expect(bench.pass(.zero) == ["\(channel)9000013f"])
        _ = bench.send(channel, 0x90, request)
        try bench.scenarioKey.answer(.touched)
        #expect(bench.pass(.zero).first?.hasPrefix("\(channel)90003500") == true)
        _ = bench.send(channel, 0x90, request)
        try bench.scenarioKey.answer(.declined)
        #expect(bench.pass(.zero) == ["\(channel)90000127"])
    }

    @Test func `a rule may be for one subcommand of clientPIN`() throws {
        let bench = try KeyBench(
            scenario: """
                {"key": {"pin": "1234"}, "rules": [
                    {"on": "getPinUvAuthTokenUsingPinWithPermissions", "times": 1, "status": "CTAP2_ERR_PIN_AUTH_BLOCKED"},
                    {"on": "getPINRetries", "times": 1, "status": "0x7f"},
                    {"on": "getKeyAgreement", "skip": 2, "status": "0x02"}
                ]}
                """
        )
        #expect(try bench.command(0x06, [2: 1]).status == 0x7F)
        #expect(try bench.command(0x06, [1: 2, 2: 1]).status == 0)
        #expect(try bench.status(of: "1234") == 0x34)
        #expect(try bench.status(of: "1234") == 0)
        #expect(try bench.pin([1: 2, 2: 2]) == 0x02)
    }

    @Test func `a wrong finger is a touch`() throws {
        let bench = try KeyBench(scenario: #"{"rules": [{"touch": "ask"}]}"#)
        let channel = try bench.openChannel()
        _ = bench.send(channel, 0x90, [0x0B])
        try bench.scenarioKey.answer(.notRecognized)
        #expect(bench.pass(.zero) == ["\(channel)900001"])
    }

    @Test(arguments: ["", "fail:0", "fail:x", "after", "maybe", "succeed:1"])
    func `an outcome that is none is refused`(name: String) {
        #expect(throws: ScenarioError.unknown(place: "rules[0].uv", value: name)) {
            try Scenario(json: Array(#"{"rules": [{"uv": "\#(name)"}]}"#.utf8))
        }
    }
}
