import CTAP2
import Testing
import VirtualAuthenticator

/// The key's authenticatorConfig (CTAP 2.1 §6.11) and its effects on other commands.
@Suite struct VirtualConfigTests {
    private func bench(_ members: String = "", storage: any KeyStorage = MemoryStorage()) throws -> KeyBench {
        try KeyBench(key: #""pin": "1234""# + members, storage: storage)
    }

    // MARK: Tokens

    @Test func `a key with a PIN is configured with a token that is for it`() throws {
        let bench = try bench()
        let good = try bench.token(0x20).configuring(1)
        func status(_ change: (inout CBORMap) -> Void) throws -> UInt8 {
            var request = good
            change(&request)
            return try bench.command(0x0D, request).status
        }
        #expect(try status { $0[1] = nil } == 0x14)
        #expect(try status { $0[4] = nil } == 0x36)
        #expect(try status { $0[3] = nil } == 0x14)
        #expect(try status { $0[3] = 5 } == 0x02)
        #expect(try status { $0[1] = 2 } == 0x33)
        #expect(try status { $0[1] = 0x7F } == 0x3E)
        #expect(try status { $0[1] = 0xFF } == 0x3E)
        #expect(try status { _ in } == 0)
        #expect(try bench.command(0x0D, bench.token(0x04).configuring(1)).status == 0x33)
    }

    @Test func `a token serves for several changes`() throws {
        let bench = try bench()
        let token = try bench.token(0x20)
        #expect(try bench.command(0x0D, token.configuring(1)).status == 0)
        #expect(try bench.command(0x0D, token.configuring(4)).status == 0)
    }

    @Test func `a key without PIN is everybody's, until alwaysUv, which anybody may end`() throws {
        let bench = try KeyBench()
        #expect(try bench.command(0x0D, [1: 1]).status == 0)
        #expect(try bench.command(0x0D, [1: 2]).status == 0)
        #expect(try bench.options()["alwaysUv"] == true)
        #expect(try bench.command(0x0D, [1: 4]).status == 0x36)
        #expect(try bench.command(0x0D, [1: 2]).status == 0)
        #expect(try bench.options()["alwaysUv"] == false)
    }

    @Test func `only what getInfo lists is there`() throws {
        let bench = try bench(#", "authenticatorConfigCommands": [2, 3]"#)
        #expect(try bench.info()[0x1F] == .array([2, 3]))
        #expect(try bench.configure(1) == 0x3E)
        #expect(try bench.configure(4) == 0x3E)
        #expect(try bench.options()["ep"] == nil)
        let none = try self.bench(#", "authenticatorConfigCommands": []"#)
        let options = try none.options()
        #expect(["authnrCfg", "ep", "alwaysUv", "setMinPINLength"].allSatisfy { options[.text($0)] == nil })
        #expect(try none.info()[0x1F] == nil && none.info()[0x10] == nil)
        #expect(try none.pin(PINPlatform(none, 2).getToken("1234", 0x20, nil)) == 0x40)
    }

    @Test func `a key of CTAP 2.1 lacks what later editions added`() throws {
        let bench = try bench(#", "edition": "2.1""#)
        let info = try bench.info()
        #expect([0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1E, 0x1F].allSatisfy { info[.int($0)] == nil })
        #expect(try bench.configure(4) == 0x3E)
        #expect(try bench.configure(3, [4: true]) == 0x02)
        #expect(try bench.configure(1) == 0)
    }

    // MARK: Settings

    @Test func `enterprise attestation is refused until it is enabled, and is for good until a reset`() throws {
        let storage = MemoryStorage()
        let bench = try KeyBench(key: #""enterpriseRPIDs": ["corp.example"]"#, storage: storage)
        func make(_ kind: Int, _ rpId: String = "example.com") throws -> (UInt8, CBORValue?) {
            var request = VirtualMakeCredentialTests.request
            request[2] = .map(["id": .text(rpId)])
            request[0x0A] = .int(kind)
            let answer = try bench.command(0x01, request)
            return (answer.status, answer.response?[4])
        }
        #expect(try bench.options()["ep"] == false)
        #expect(try make(2) == (0x02, nil))
        for _ in 0..<2 { #expect(try bench.command(0x0D, [1: 1]).status == 0) }
        #expect(try KeyBench(storage: storage).options()["ep"] == true)
        #expect(try make(2) == (0, true))
        #expect(try make(1) == (0, nil))
        #expect(try make(1, "corp.example") == (0, true))
        #expect(try make(3) == (0x2C, nil))
        #expect(try bench.command(0x07).status == 0)
        #expect(try bench.options()["ep"] == false)
    }

    @Test func `alwaysUv is toggled, and a key with it does nothing without its PIN`() throws {
        let bench = try bench()
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0)
        #expect(try bench.configure(2) == 0)
        let options = try bench.options()
        #expect(options["alwaysUv"] == true && options["makeCredUvNotRqd"] == nil)
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0x36)
        #expect(try bench.command(0x02, VirtualGetAssertionTests.request).status == 0x36)
        #expect(try bench.configure(2) == 0)
        #expect(try bench.options()["alwaysUv"] == false)
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0)
    }

    @Test func `PINs become longer, never shorter, and a PIN that is too short must be changed`() throws {
        let bench = try bench()
        let token = try bench.token(0x20)
        #expect(try bench.configure(3, [1: 4]) == 0)
        #expect(try bench.info()[0x0C] == false)
        #expect(try bench.configure(3, [1: 6]) == 0)
        let info = try bench.info()
        #expect(info[0x0D] == 6 && info[0x0C] == true)
        // The change has invalidated every token.
        #expect(try bench.command(0x0D, token.configuring(3, [1: 8])).status == 0x33)
        #expect(try bench.status(of: "1234") == 0x37)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "12345")) == 0x37)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "123456")) == 0)
        #expect(try bench.info()[0x0C] == false)
        let platform = try PINPlatform(bench, 2)
        let new = try BenchToken(bench, platform, platform.getToken("123456", 0x20, nil))
        #expect(try bench.command(0x0D, new.configuring(3, [1: 5])).status == 0x37)
        #expect(try bench.command(0x0D, new.configuring(3, [1: 64])).status == 0x37)
        #expect(try bench.command(0x07).status == 0)
        #expect(try bench.info()[0x0D] == 4)
    }

    @Test func `a change of the PIN can be demanded, where there is one`() throws {
        let bench = try bench()
        #expect(try bench.configure(3, [3: true]) == 0)
        #expect(try bench.info()[0x0C] == true)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "1234")) == 0x37)
        #expect(try KeyBench().command(0x0D, [1: 3, 2: .map([3: true])]).status == 0x35)
    }

    @Test func `the minimum is said to the sites that are named, and to no other`() throws {
        let bench = try KeyBench(key: #""maxRPIDsForSetMinPINLength": 2"#)
        func output(_ rpId: String) throws -> CBORMap? {
            var request = VirtualMakeCredentialTests.request
            request[2] = .map(["id": .text(rpId)])
            request[6] = .map(["minPinLength": true])
            let made = try MadeCredential(bench.command(0x01, request).response)
            return made.rest.isEmpty ? nil : try CBORDecoder.decode(made.rest).map
        }
        #expect(try output("a.example") == nil)
        let sites: CBORMap = [2: .array(["a.example", "b.example"])]
        #expect(try bench.command(0x0D, [1: 3, 2: .map(sites)]).status == 0)
        #expect(try output("a.example") == ["minPinLength": 4])
        #expect(try output("c.example") == nil)
        let tooMany: CBORMap = [2: .array(["a.example", "b.example", "c.example"])]
        #expect(try bench.command(0x0D, [1: 3, 2: .map(tooMany)]).status == 0x28)
        #expect(try bench.command(0x0D, [1: 3, 2: .map([2: .array([])])]).status == 0)
        #expect(try output("b.example") == ["minPinLength": 4])
        #expect(try bench.info()[0x10] == 2)
    }

    @Test func `a policy refuses simple PINs, and the one that is set must be changed`() throws {
        let bench = try bench(#", "pinComplexityPolicyURL": "https://example.com/pins""#)
        #expect(try bench.info()[0x1B] == false)
        #expect(try bench.configure(3, [4: true]) == 0)
        let info = try bench.info()
        #expect(
            info[0x1B] == true && info[0x0C] == true && info[0x1C] == .bytes(Array("https://example.com/pins".utf8))
        )
        for simple in ["1111", "4321", "abcdef"] {
            #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", simple)) == 0x37)
        }
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "1357")) == 0)
        let platform = try PINPlatform(bench, 2)
        let token = try BenchToken(bench, platform, platform.getToken("1357", 0x20, nil))
        #expect(try bench.command(0x0D, token.configuring(3, [4: false])).status == 0x37)
    }

    // MARK: Reset

    @Test func `a reset takes back what was configured, and wants the touch that was configured`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: .milliseconds(1)))
        #expect(try bench.command(0x0D, [1: 4]).status == 0)
        #expect(try bench.info()[0x18] == true)
        #expect(try bench.command(0x07).status == 0)
        #expect(bench.events.contains(.presenceNeeded(PresenceRequest(operation: .reset, gesture: .longTouch))))
        #expect(try bench.info()[0x18] == false)
    }

    @Test func `a key that is not reset over USB refuses it`() throws {
        let bench = try KeyBench(key: #""transportsForReset": ["nfc"]"#)
        #expect(try bench.info()[0x1A] == .array(["nfc"]))
        #expect(try bench.command(0x07).status == 0x27)
        #expect(try KeyBench(key: #""transportsForReset": ["usb", "nfc"]"#).command(0x07).status == 0)
    }

    @Test func `the time for a reset is a scenario's to set`() throws {
        let bench = try KeyBench(key: #""resetWindow": 60"#)
        bench.now = .seconds(60)
        #expect(try bench.command(0x07).status == 0)
        bench.now = .milliseconds(60_001)
        #expect(try bench.command(0x07).status == 0x30)
    }

    // MARK: State of older versions

    @Test func `a state file of version 2 opens, and is managed`() throws {
        let folder = try TemporaryFolder()
        try folder.write(KeyStateVersion2.file, to: "state")
        let bench = try KeyBench(storage: FileStorage(path: folder.path("state")))
        #expect(try folder.read("state") == KeyStateVersion2.file)
        let list = try bench.manage(bench.token(0x04).managing(4, [1: rpIDHash("example.com")])).response
        #expect(list?[7] == .map(["id": .bytes(KeyStateVersion2.credentialID), "type": "public-key"]))
        // Older versions did not store the length of the PIN.
        #expect(try bench.configure(3, [1: 5]) == 0)
        #expect(try bench.info()[0x0C] == true)
    }
}
