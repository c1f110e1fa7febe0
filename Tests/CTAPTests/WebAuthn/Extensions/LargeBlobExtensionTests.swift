import CTAP2
import Testing
import VirtualAuthenticator
import WebAuthn

/// largeBlob from the page to the key and back (WebAuthn L3 §10.1.5).
@Suite struct LargeBlobExtensionTests {
    private typealias JSONValue = WebAuthn.JSONValue

    private static let required: [String: JSONValue] = ["largeBlob": .object(["support": "required"])]
    private static let read: [String: JSONValue] = ["largeBlob": .object(["read": true])]

    private func write(_ data: [UInt8]) -> [String: JSONValue] { ["largeBlob": .object(["write": data.json])] }

    /// With and without a PIN.
    @Test(arguments: [#""pin": "1234""#, ""])
    func `a blob is written and read by its credential, beside those of others`(members: String) async throws {
        let bench = try ExtensionBench(members)
        var ids: [[UInt8]] = []
        for user in [1, 2] as [UInt8] {
            let made = try await bench.register(Self.required, user: user)
            #expect(made.response.clientExtensionResults.members == ["largeBlob": .object(["supported": true])])
            ids.append(made.response.id)
        }
        #expect(try await bench.outputs(Self.read) == ["largeBlob": .object([:])])
        let data = [UInt8](repeating: 0xAB, count: 300)
        for (id, data) in [(ids[0], [1, 2]), (ids[1], data), (ids[0], [3])] as [([UInt8], [UInt8])] {
            let outputs = try await bench.outputs(write(data), allowing: [id])
            #expect(outputs == ["largeBlob": .object(["written": true])])
        }
        for (id, data) in [(ids[0], [3]), (ids[1], data)] as [([UInt8], [UInt8])] {
            #expect(try await bench.outputs(Self.read, allowing: [id]) == ["largeBlob": .object(["blob": data.json])])
        }
        let all = try await bench.logIn(Self.read).map(\.response.clientExtensionResults.members)
        #expect(all.count == 2 && all.contains(["largeBlob": .object(["blob": [3].json])]))
    }

    @Test func `a write asks for its permission, and a read for none`() async throws {
        let bench = try ExtensionBench()
        let id = try await bench.register(Self.required).response.id
        _ = try await bench.outputs(write([1]), allowing: [id])
        #expect(bench.requests(.clientPIN).last { $0[2] == 9 }?[9] == 0x12)
        let count = bench.requests(.clientPIN).count
        _ = try await bench.outputs(Self.read, allowing: [id])
        #expect(bench.requests(.clientPIN).count == count)
    }

    @Test func `a blob that does not fit is not written, and the login holds`() async throws {
        let bench = try ExtensionBench(#""pin": "1234", "maxSerializedLargeBlobArray": 1024"#)
        let id = try await bench.register(Self.required).response.id
        var random = CountingRandom()
        let data = (0..<2000).map { _ in random.byte() }
        #expect(try await bench.outputs(write([7]), allowing: [id]) == ["largeBlob": .object(["written": true])])
        #expect(try await bench.outputs(write(data), allowing: [id]) == ["largeBlob": .object(["written": false])])
        #expect(try await bench.outputs(Self.read, allowing: [id]) == ["largeBlob": .object(["blob": [7].json])])
    }

    @Test func `a key without large blobs says so, and is refused where they are required`() async throws {
        let bench = try ExtensionBench(#""pin": "1234", "largeBlobs": false"#)
        let preferred: [String: JSONValue] = ["largeBlob": .object(["support": "preferred"])]
        let made = try await bench.register(preferred)
        #expect(made.response.clientExtensionResults.members == ["largeBlob": .object(["supported": false])])
        let id = made.response.id
        #expect(try await bench.outputs(Self.read, allowing: [id]) == ["largeBlob": .object([:])])
        #expect(try await bench.outputs(write([1]), allowing: [id]) == ["largeBlob": .object(["written": false])])
        let count = bench.requests(.makeCredential).count
        let error = await #expect(throws: CeremonyError.self) { try await bench.register(Self.required) }
        guard case .missingExtension("largeBlob") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bench.requests(.makeCredential).count == count)
    }

    @Test func `a credential that is not discoverable has no large blob`() async throws {
        let bench = try ExtensionBench()
        let made = try await bench.register(["largeBlob": .object([:])], residentKey: .discouraged)
        #expect(made.response.clientExtensionResults.members == ["largeBlob": .object(["supported": false])])
    }

    @Test(
        arguments: [
            .object(["read": true, "write": "AQ"]), .object(["support": "preferred"]), .object(["write": "AQ"]),
        ] as [WebAuthn.JSONValue]
    )
    func `what a login may not ask is a NotSupportedError`(input: WebAuthn.JSONValue) async throws {
        let bench = try ExtensionBench()
        await bench.expect(.notSupported, of: "largeBlob") {
            _ = try await bench.logIn(["largeBlob": input], allowing: [[1], [2]])
        }
        if input["write"] != nil {
            await bench.expect(.notSupported, of: "largeBlob") { _ = try await bench.logIn(["largeBlob": input]) }
        }
    }

    @Test(arguments: [.object(["read": true]), .object(["write": "AQ"])] as [WebAuthn.JSONValue])
    func `a registration neither reads nor writes`(input: WebAuthn.JSONValue) async throws {
        let bench = try ExtensionBench()
        await bench.expect(.notSupported, of: "largeBlob") { _ = try await bench.register(["largeBlob": input]) }
    }
}
