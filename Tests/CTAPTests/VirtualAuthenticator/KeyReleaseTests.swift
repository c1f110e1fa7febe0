import CTAP2
import CTAPHID
import Testing

@testable import VirtualAuthenticator

/// A key that is released while a command waits releases its private keys as well.
@Suite struct KeyReleaseTests {
    private static let fingerprint = #""pin": "1234", "uv": true"#

    /// Requests that wait, and the kind of key for each.
    private static let waiting: [(name: String, key: String, request: [UInt8])] = [
        ("makeCredential", "", [0x01] + CBOREncoder.encode(VirtualMakeCredentialTests.request)),
        (
            "makeCredential by the sensor", fingerprint,
            [0x01] + CBOREncoder.encode(VirtualMakeCredentialTests.request.with(0x07, .map(["uv": true])))
        ),
        ("getAssertion", "", [0x02] + CBOREncoder.encode(VirtualGetAssertionTests.request)),
        (
            "the request for a touch", "",
            [0x01]
                + CBOREncoder.encode(
                    VirtualMakeCredentialTests.request.with(0x08, .bytes([])).with(0x09, 2)
                )
        ),
        ("reset", "", [0x07]),
        ("selection", "", [0x0B]),
    ]

    @Test(arguments: waiting.indices) func `a waiting command does not keep its key`(index: Int) throws {
        let (name, settings, request) = Self.waiting[index]
        let storage = MemoryStorage()
        let maker = try KeyBench(storage: storage)
        _ = try maker.command(0x01, discoverableRequest(user: 1))
        weak var authenticator: Authenticator?
        do {
            let scenario = try Scenario(json: Array(#"{"key": {\#(settings)}}"#.utf8))
            let key = try VirtualKey(
                settings: scenario.settings,
                storage: storage,
                presence: TimedPresence(after: nil)
            )
            authenticator = key.authenticator
            let progress = key.authenticator.begin(request, from: .broadcast, at: .zero)
            #expect(progress == .running(.userPresenceNeeded), "\(name)")
        }
        #expect(authenticator == nil, "\(name)")
    }

    @Test func `neither does a key pair that is being made`() throws {
        weak var authenticator: Authenticator?
        do {
            let key = try VirtualKey(storage: MemoryStorage(), presence: TimedPresence(after: .zero))
            authenticator = key.authenticator
            let request = VirtualMakeCredentialTests.request
                .with(0x04, .array([.map(["alg": -257, "type": "public-key"])]))
            let progress = key.authenticator.begin([0x01] + CBOREncoder.encode(request), from: .broadcast, at: .zero)
            #expect(progress == .running(.processing))
        }
        #expect(authenticator == nil)
    }
}

extension CBORMap {
    fileprivate func with(_ key: CBORValue, _ value: CBORValue) -> CBORMap {
        var map = self
        map[key] = value
        return map
    }
}
