import CTAP2
import FoundationEssentials
import Testing
import VirtualAuthenticator

/// The files in scenarios/keys: each loads and makes the described key.
@Suite struct KeyFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../../scenarios/keys"

    private static func bench(_ name: String) throws -> KeyBench {
        let json = try Data(contentsOf: URL(filePath: "\(folder)/\(name).json"))
        return try KeyBench(scenario: String(decoding: json, as: UTF8.self))
    }

    /// The information from getInfo and getPINRetries.
    private struct Traits {
        var clientPin: Bool?
        var uv: Bool?
        var retries: Int?
        var mustChange = false
        var alwaysUv: Bool? = false
        var hasTokens = true
    }

    private static let traits: [String: Traits] = [
        "no-pin": Traits(alwaysUv: nil, hasTokens: false),
        "pin-unset": Traits(clientPin: false, retries: 8),
        "pin": Traits(clientPin: true, retries: 8),
        "fingerprint": Traits(uv: true),
        "fingerprint-and-pin": Traits(clientPin: true, uv: true, retries: 8),
        "always-uv": Traits(clientPin: true, retries: 8, alwaysUv: true),
        "ctap-2.0": Traits(clientPin: true, retries: 8, alwaysUv: nil, hasTokens: false),
        "ctap-2.1-pre": Traits(clientPin: true, uv: false, retries: 8, alwaysUv: nil, hasTokens: false),
        "ctap-2.1": Traits(clientPin: true, retries: 8),
        "forced-change": Traits(clientPin: true, retries: 8, mustChange: true),
        "last-try": Traits(clientPin: true, retries: 1),
        "blocked": Traits(clientPin: true, retries: 0),
    ]

    @Test(arguments: traits.keys.sorted()) func `a key file makes the key that it says`(name: String) throws {
        let (bench, traits) = (try Self.bench(name), try #require(Self.traits[name]))
        let info = try #require(bench.command(0x04).response)
        let options = try #require(info[4]?.map)
        #expect(options["clientPin"]?.bool == traits.clientPin)
        #expect(options["uv"]?.bool == traits.uv)
        #expect(options["alwaysUv"]?.bool == traits.alwaysUv)
        #expect(options["pinUvAuthToken"]?.bool ?? false == traits.hasTokens)
        #expect(info[0x0C]?.bool ?? false == traits.mustChange)
        #expect(try bench.command(0x06, [2: 1]).response?[3]?.int == traits.retries)
    }

    @Test func `the key of CTAP 2.0 has nothing of later editions`() throws {
        let bench = try Self.bench("ctap-2.0")
        let info = try #require(bench.command(0x04).response)
        #expect(info.entries.map(\.key) == [1, 3, 4, 5, 6])
        #expect(info[1] == .array(["U2F_V2", "FIDO_2_0"]) && info[6] == .array([1]))
        #expect(info[4] == .map(["rk": true, "up": true, "plat": false, "clientPin": true]))
        #expect(try bench.command(0x0B).status == 0x01)
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0x36)
        #expect(try bench.command(0x06, [1: 1, 2: 9]).status == 0x3E)
        #expect(try bench.command(0x06, [2: 1]).response == [3: 8])
        #expect(try bench.pin(PINPlatform(bench, 1).getPinToken("1234")) == 0)
    }

    @Test func `other members change a key of CTAP 2.0`() throws {
        let info = try KeyBench(key: #""edition": "2.0", "pinUvAuthProtocols": [2, 1], "makeCredUvNotRqd": true"#)
            .command(0x04).response
        #expect(info?[6] == .array([2, 1]))
        #expect(info?[4]?.map?["makeCredUvNotRqd"] == true)
    }

    @Test func `every file there is one of them`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(Set(names) == Set(Self.traits.keys.map { $0 + ".json" } + ["u2f.json"]))
    }

    @Test func `the U2F key has nothing else`() throws {
        let bench = try Self.bench("u2f")
        let channel = try bench.openChannel()
        #expect(bench.exchange("\(channel) 90 0001 04") == ["\(channel)bf000101"])
        let reports = bench.send(channel, 0x83, hex("000300000000000000"))
        #expect(KeyBench.payload(of: reports, on: channel, command: 0x83) == Array("U2F_V2".utf8) + [0x90, 0x00])
    }

    @Test(arguments: ["pin", "fingerprint-and-pin", "always-uv", "last-try"])
    func `the PIN is 1234`(name: String) throws {
        #expect(try Self.bench(name).status(of: "1234") == 0)
    }

    @Test(arguments: [
        (#"{"clientPin": false}"#, #"key: "clientPin" is not known"#),
        (#"{"pin": true}"#, "key.pin: not a PIN or false"),
        (#"{"pin": 1234}"#, "key.pin: not a string"),
        (#"{"pin": "123"}"#, "key.pin: not a PIN of at least 4 code points and at most 63 bytes"),
        (#"{"pinRetries": 3}"#, "key.pinRetries: not of use without the member pin"),
        (#"{"pin": "1234", "pinRetries": 9}"#, "key.pinRetries: not an integer from 0 to 8"),
        (#"{"forcePINChange": true}"#, "key.forcePINChange: not of use without the member pin"),
        (#"{"uvRetries": 3}"#, "key.uvRetries: not of use without the member uv"),
        (#"{"uv": 1}"#, "key.uv: not true or false"),
        (#"{"pinUvAuthProtocols": []}"#, "key.pinUvAuthProtocols: not an array with elements"),
        (#"{"pinUvAuthProtocols": [3]}"#, "key.pinUvAuthProtocols[0]: not an integer from 1 to 2"),
        (#"{"edition": "1.2"}"#, "key.edition: \"1.2\" is not known"),
        (#"{"minPINLength": 3}"#, "key.minPINLength: not an integer from 4 to 63"),
    ])
    func `what is no key is refused with the place`(key: String, message: String) {
        let error = #expect(throws: ScenarioError.self) { try Scenario(json: Array(#"{"key": \#(key)}"#.utf8)) }
        #expect(error?.description == message)
    }
}
