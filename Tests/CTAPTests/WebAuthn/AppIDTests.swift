import CTAP2
import CTAPHID
import Crypto
import Synchronization
import Testing
import VirtualAuthenticator
import WebAuthn

private var operation: CTAP2.Operation { Operation(within: .seconds(60)) }
private let appID = "https://example.com/app-id.json"

private func page(_ origin: String = "https://login.example.com") throws -> Caller {
    .page(origin: try Origin(origin))
}

/// The extensions for credentials from U2F, on a key with U2F alone and on one with CTAP2 too.
@Suite struct AppIDTests {
    // MARK: Which AppIDs

    @Test(arguments: [
        ("https://example.com", "https://example.com"),
        ("https://example.com/app-id.json", "https://login.example.com"),
        ("https://u2f.example.com:8443/?a#b", "https://example.com"),
        ("https://a.b.example.com/", "https://c.example.com"),
        ("https://localhost/x", "http://localhost:8080"),
        ("https://www.gstatic.com/securitykey/origins.json", "https://accounts.google.com"),
        ("https://www.gstatic.com/securitykey/a/google.com/origins.json", "https://google.com"),
    ])
    func `an AppID of the page's site may be used`(appID: String, origin: String) throws {
        try AppID(appID).check(for: Origin(origin))
    }

    @Test(arguments: [
        ("https://example.org/x", "https://example.com"), ("https://example.com.evil.example/", "https://example.com"),
        ("https://notexample.com/", "https://example.com"), ("https://example.com/", "http://localhost"),
        ("https://www.gstatic.com/securitykey/origins.json", "https://notgoogle.com"),
        ("https://www.gstatic.com/foobar", "https://accounts.google.com"),
    ])
    func `an AppID of another site may not`(appID: String, origin: String) throws {
        let id = try AppID(appID)
        let origin = try Origin(origin)
        #expect(throws: AppIDError.notOfOrigin(id, origin)) { try id.check(for: origin) }
    }

    @Test(arguments: [
        "", "example.com", "http://example.com/", "https://", "https:///x", "https://192.0.2.1/",
        "https://user@example.com/",
        "HTTPS://example.com/", "android:apk-key-hash:x",
    ])
    func `anything but an https URL with a domain is no AppID`(text: String) {
        #expect(throws: AppIDError.notAURL(text)) { try AppID(text) }
    }

    @Test(arguments: ["https://example.org/", "example.com", "http://example.com/"])
    func `with another site's AppID nothing is sent`(text: String) async throws {
        let tap = RequestTap()
        let client = try client("", CountedPresence.Count(), tap)
        await #expect(throws: CeremonyError.self) {
            try await client.authenticate(login([[1]], extensions: ["appid": .string(text)]), for: page(), operation)
        }
        await #expect(throws: CeremonyError.self) {
            try await client.register(creation(["appidExclude": .string(text)]), for: page(), operation)
        }
        #expect(tap.all.isEmpty)
    }

    // MARK: Logins

    static let keys = [#""u2f": "only""#, ""]

    @Test(arguments: keys) func `a credential of the AppID logs in, with one touch, and the response says so`(
        key: String
    ) async throws {
        let count = CountedPresence.Count()
        let client = try client(key, count)
        let made = try await credential(for: appID, on: client)
        let touches = count.value
        let options = login([[9], made.id], extensions: ["appid": .string(appID)])
        let answer = try #require(try await client.authenticate(options, for: page(), operation).first)
        #expect(answer.response.clientExtensionResults.members == ["appid": .bool(true)])
        #expect(answer.authData.rpIdHash == Array(SHA256.hash(data: Array(appID.utf8))))
        #expect(answer.response.id == made.id)
        #expect(count.value == touches + 1)
        var expected = options.pendingRequest(from: try page())
        _ = try answer.response.verify(expected, credential: made)
        expected.appID = "https://example.com/other"
        #expect(throws: VerificationError.relyingPartyID(expected: "example.com")) {
            try answer.response.verify(expected, credential: made)
        }
    }

    @Test(arguments: keys) func `a credential of the RP ID goes before it`(key: String) async throws {
        let client = try client(key)
        let old = try await credential(for: appID, on: client)
        let new = try await client.register(creation(), for: page(), operation).credential
        let options = login([old.id, new.id], extensions: ["appid": .string(appID)])
        let answer = try #require(try await client.authenticate(options, for: page(), operation).first)
        #expect(answer.response.clientExtensionResults.members == ["appid": .bool(false)])
        #expect(answer.response.id == new.id)
    }

    @Test(arguments: keys) func `without the extension it is not found`(key: String) async throws {
        let client = try client(key)
        let made = try await credential(for: appID, on: client)
        for extensions in [[:], ["appid": .string("https://example.com/other")]] as [[String: WebAuthn.JSONValue]] {
            do throws(CeremonyError) {
                _ = try await client.authenticate(login([made.id], extensions: extensions), for: page2(), operation)
                Issue.record("it logged in")
            } catch {
                #expect(error.status == .noCredentials)
            }
        }
    }

    private static let prf = WebAuthn.JSONValue.object(["eval": .object(["first": .string("AQID")])])

    @Test(arguments: [nil, prf])
    func `a login that requires verification, itself or for prf, does not use U2F's credentials`(
        prf: WebAuthn.JSONValue?
    ) async throws {
        let client = try client(#""uv": true"#)
        let made = try await credential(for: appID, on: client)
        var options = login([made.id], extensions: ["appid": .string(appID)])
        options.extensions.members["prf"] = prf
        options.userVerification = prf == nil ? .required : .preferred
        do throws(CeremonyError) {
            _ = try await client.authenticate(options, for: page2(), operation)
            Issue.record("it logged in")
        } catch {
            #expect(error.status == .noCredentials)
        }
    }

    @Test func `an empty AppID is the page's origin`() async throws {
        let client = try client(#""u2f": "only""#)
        let made = try await credential(for: "https://login.example.com", on: client)
        let options = login([made.id], extensions: ["appid": .string("")])
        let answer = try #require(try await client.authenticate(options, for: page(), operation).first)
        #expect(answer.response.clientExtensionResults.members == ["appid": .bool(true)])
    }

    // MARK: Registrations

    @Test(arguments: keys) func `a key with a credential of the AppID is excluded after a touch`(key: String)
        async throws
    {
        let count = CountedPresence.Count()
        let client = try client(key, count)
        let made = try await credential(for: appID, on: client)
        let touches = count.value
        var options = creation(["appidExclude": .string(appID)])
        options.excludeCredentials = [PublicKeyCredentialDescriptor(id: made.id)]
        do throws(CeremonyError) {
            _ = try await client.register(options, for: page2(), operation)
            Issue.record("it registered")
        } catch {
            #expect(error.status == .credentialExcluded)
        }
        #expect(count.value == touches + 1)
        options.extensions.members = [:]
        let registered = try await client.register(options, for: page(), operation)
        #expect(registered.response.clientExtensionResults.members.isEmpty)
    }

    @Test(arguments: keys) func `another key registers, and the response says that it was asked`(key: String)
        async throws
    {
        let client = try client(key)
        var options = creation(["appidExclude": .string(appID)])
        options.excludeCredentials = [PublicKeyCredentialDescriptor(id: [1, 2, 3])]
        let registered = try await client.register(options, for: page(), operation)
        #expect(registered.response.clientExtensionResults.members == ["appidExclude": .bool(true)])
    }

    // MARK: -

    private func client(
        _ key: String,
        _ touches: CountedPresence.Count = CountedPresence.Count(),
        _ tap: RequestTap = RequestTap()
    ) throws -> WebAuthnClient {
        let scenario = try Scenario(json: Array(#"{"key": {\#(key)}}"#.utf8))
        let key = try ScenarioKey(scenario, storage: MemoryStorage(), presence: CountedPresence(touches))
        return WebAuthnClient(Session(Connection(TappedDevice(VirtualHIDDevice(key), into: tap))))
    }

    /// A page that may do everything here; for typed errors.
    private func page2() throws(CeremonyError) -> Caller {
        guard let page = try? page() else { throw .noDiscoverableCredentials }
        return page
    }

    /// The credential of a site that used U2F, which the key makes for any text in place of an RP ID.
    private func credential(for appID: String, on client: WebAuthnClient) async throws -> CredentialRecord {
        var options = creation()
        options.rp.id = appID
        options.userVerification = .discouraged
        let hash = [UInt8](repeating: 7, count: 32)
        return try await client.register(options, for: .clientDataHash(hash), operation).credential
    }

    private func creation(_ extensions: [String: WebAuthn.JSONValue] = [:]) -> CreationOptions {
        var options = CreationOptions(
            challenge: Array(0..<16),
            rp: PublicKeyCredentialRpEntity(id: "example.com"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "u")
        )
        options.algorithms = [.es256]
        options.residentKey = .discouraged
        options.extensions.members = extensions
        return options
    }

    private func login(_ allow: [[UInt8]], extensions: [String: WebAuthn.JSONValue]) -> RequestOptions {
        var options = RequestOptions(
            challenge: Array(0..<16),
            rpId: "example.com",
            allowCredentials: allow.map { PublicKeyCredentialDescriptor(id: $0) }
        )
        options.extensions.members = extensions
        return options
    }
}

/// A user who touches at once, and counts.
private final class CountedPresence: UserPresence {
    /// Readable from any thread.
    final class Count: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }
        fileprivate func increase() { count.withLock { $0 += 1 } }
    }

    private let touches: Count

    init(_ touches: Count) {
        self.touches = touches
    }

    func request(_: PresenceRequest, at _: Duration) { touches.increase() }
    func answer(at _: Duration) -> PresenceAnswer? { .touched }
    var nextWakeup: Duration? { nil }
    func withdraw() {}
}
