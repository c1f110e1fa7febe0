import CTAP2
import Testing
import WebAuthn

/// hmacCreateSecret and hmacGetSecret: hmac-secret with salts of 32 bytes (CTAP 2.3 §12.7).
@Suite struct HMACGetSecretTests {
    private typealias JSONValue = WebAuthn.JSONValue

    private static let salts = [[UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32)]

    private func get(_ first: [UInt8], _ second: [UInt8]? = nil) -> [String: JSONValue] {
        var members = ["salt1": first.json]
        members["salt2"] = second?.json
        return ["hmacGetSecret": .object(members)]
    }

    @Test func `verified users have another secret than others`() async throws {
        let bench = try ExtensionBench()
        let made = try await bench.register(["hmacCreateSecret": true], residentKey: .discouraged)
        #expect(made.response.clientExtensionResults.members == ["hmacCreateSecret": true])
        let id = made.response.id
        let both = try await bench.outputs(get(Self.salts[0], Self.salts[1]), allowing: [id])
        let others = try #require(both["hmacGetSecret"])
        #expect(others["output1"]?.bytes?.count == 32 && others["output1"] != others["output2"])
        let one = try await bench.outputs(get(Self.salts[0]), allowing: [id])
        #expect(one["hmacGetSecret"] == .object(["output1": try #require(others["output1"])]))
        let verified = try await bench.outputs(get(Self.salts[0]), allowing: [id], userVerification: .required)
        #expect(verified["hmacGetSecret"]?["output1"] != others["output1"])
    }

    /// The salt of prf is a hash of its input (WebAuthn L3 §10.1.4).
    @Test func `a verified user's secret is that of prf with the same salt`() async throws {
        let bench = try ExtensionBench()
        _ = try await bench.register(["hmacCreateSecret": true])
        let prf: [String: JSONValue] = ["prf": .object(["eval": .object(["first": Array("x".utf8).json])])]
        // SHA-256 of "WebAuthn PRF", 00, "x".
        let salt = hex("95871707bd94c58df580aab7b369aa26c1c07961bb21b732fd2d9e9ed810ff9f")
        let raw = try await bench.outputs(get(salt), userVerification: .required)["hmacGetSecret"]?["output1"]
        #expect(try await bench.outputs(prf)["prf"]?["results"]?["first"] == raw)
    }

    @Test func `a registration returns secrets where the key can`() async throws {
        let bench = try ExtensionBench()
        let inputs = get(Self.salts[0]).merging(["hmacCreateSecret": true]) { $1 }
        let made = try await bench.register(inputs, userVerification: .required)
        let later = try await bench.outputs(get(Self.salts[0]), userVerification: .required)
        let atOnce = made.response.clientExtensionResults.members["hmacGetSecret"]
        #expect(atOnce != nil && atOnce == later["hmacGetSecret"])
    }

    @Test func `a credential that was made without a secret has none`() async throws {
        let bench = try ExtensionBench()
        _ = try await bench.register([:])
        #expect(try await bench.outputs(get(Self.salts[0])).isEmpty)
    }

    @Test func `salts have 32 bytes, and prf uses the same secret`() async throws {
        let bench = try ExtensionBench()
        await bench.expect(.type, of: "hmacGetSecret") { _ = try await bench.logIn(get([1])) }
        await bench.expect(.type, of: "hmacGetSecret") { _ = try await bench.logIn(["hmacGetSecret": .object([:])]) }
        await bench.expect(.notSupported, of: "hmacGetSecret") {
            _ = try await bench.logIn(get(Self.salts[0]).merging(["prf": .object([:])]) { $1 })
        }
    }
}
