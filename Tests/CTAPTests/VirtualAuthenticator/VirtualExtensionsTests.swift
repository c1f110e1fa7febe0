import CTAP2
import Crypto
import Testing
import VirtualAuthenticator

/// The key's extensions, and the versions that it claims because of them.
@Suite struct VirtualExtensionsTests {
    private func bench(_ members: String = "") throws -> KeyBench {
        try KeyBench(key: #""pin": "1234""# + members)
    }

    private func descriptor(_ made: MadeCredential) -> CBORValue { .array([made.descriptor]) }

    private func outputs(_ authData: some Collection<UInt8>) throws -> CBORMap? {
        try CBORDecoder.decode(Array(authData), rules: .canonical).map
    }

    // MARK: credProtect

    private func protected(_ level: CBORValue, _ bench: KeyBench) throws -> MadeCredential {
        var request = discoverableRequest(user: 1)
        request[6] = .map(["credProtect": level])
        let made = try MadeCredential(bench.command(0x01, bench.token(1, "example.com").making(request)).response)
        #expect(try outputs(made.rest) == ["credProtect": level])
        return made
    }

    @Test(arguments: [(1, true, true), (2, true, false), (3, false, false)])
    func `who is not verified finds what credProtect leaves`(level: Int, listed: Bool, discovered: Bool) throws {
        let bench = try bench()
        let made = try protected(.int(level), bench)
        var request = VirtualGetAssertionTests.request
        #expect(try bench.command(0x02, request).status == (discovered ? 0 : 0x2E))
        #expect(try bench.command(0x02, bench.token(2, "example.com").getting(request)).status == 0)
        request[3] = descriptor(made)
        #expect(try bench.command(0x02, request).status == (listed ? 0 : 0x2E))
        #expect(try bench.command(0x02, bench.token(2, "example.com").getting(request)).status == 0)
        let list = try bench.manage(bench.token(0x04).managing(4, [1: rpIDHash("example.com")])).response
        #expect(list?[0x0A] == .int(level))

        var another = VirtualMakeCredentialTests.request
        another[5] = descriptor(made)
        #expect(try bench.command(0x01, another).status == (listed ? 0x19 : 0))
        #expect(try bench.command(0x01, bench.token(1, "example.com").making(another)).status == 0x19)
    }

    @Test(arguments: [(0, 0x02), (4, 0x02), ("2", 0x11)] as [(CBORValue, UInt8)])
    func `levels that are not there are refused`(level: CBORValue, status: UInt8) throws {
        var request = VirtualMakeCredentialTests.request
        request[6] = .map(["credProtect": level])
        #expect(try KeyBench().command(0x01, request).status == status)
    }

    // MARK: hmac-secret

    private static let salts = [[UInt8](repeating: 0x0A, count: 32), [UInt8](repeating: 0x0B, count: 32)]

    private func input(_ platform: PINPlatform, _ salts: [UInt8]) throws -> CBORMap {
        let saltEnc = try platform.encrypt(salts)
        return [1: platform.cose, 2: .bytes(saltEnc), 3: .bytes(platform.mac(saltEnc)), 4: .unsigned(platform.number)]
    }

    @Test(arguments: [1, 2] as [UInt64], [true, false])
    func `a salt has one answer for those verified, another for the others`(
        number: UInt64,
        isDiscoverable: Bool
    ) throws {
        let bench = try bench()
        var making = VirtualMakeCredentialTests.request
        making[6] = .map(["hmac-secret": true])
        making[7] = .map(["rk": .bool(isDiscoverable)])
        let made = try MadeCredential(bench.command(0x01, bench.token(1, "example.com").making(making)).response)
        #expect(try outputs(made.rest) == ["hmac-secret": true])

        func answer(_ salts: [UInt8], isVerified: Bool) throws -> [UInt8] {
            let token = try isVerified ? bench.token(2, "example.com") : nil
            let platform = try PINPlatform(bench, number)
            var request = VirtualGetAssertionTests.request
            request[3] = descriptor(made)
            request[4] = .map(["hmac-secret": .map(try input(platform, salts))])
            let response = try bench.command(0x02, token?.getting(request) ?? request).response
            let authData = try #require(response?[2]?.bytes)
            return try platform.decrypt(#require(outputs(authData.dropFirst(37))?["hmac-secret"]?.bytes))
        }
        let one = try answer(Self.salts[0], isVerified: false)
        #expect(one.count == 32)
        let two = try answer(Self.salts[0] + Self.salts[1], isVerified: false)
        #expect(two.count == 64 && Array(two.prefix(32)) == one && Array(two.suffix(32)) != one)
        #expect(try answer(Self.salts[1], isVerified: false) == Array(two.suffix(32)))
        let verified = try answer(Self.salts[0], isVerified: true)
        #expect(verified != one)
        #expect(try answer(Self.salts[0], isVerified: true) == verified)
    }

    @Test func `what is wrong with a salt`() throws {
        let bench = try bench()
        var making = discoverableRequest(user: 1)
        making[6] = .map(["hmac-secret": true])
        #expect(try bench.command(0x01, bench.token(1, "example.com").making(making)).status == 0)
        let platform = try PINPlatform(bench, 2)
        func status(_ salts: [UInt8] = Self.salts[0], up: Bool = true, _ change: (inout CBORMap) -> Void) throws
            -> UInt8
        {
            var input = try input(platform, salts)
            change(&input)
            var request = VirtualGetAssertionTests.request
            request[4] = .map(["hmac-secret": .map(input)])
            request[5] = .map(["up": .bool(up)])
            return try bench.command(0x02, request).status
        }
        #expect(try status { _ in } == 0)
        #expect(try status(up: false) { _ in } == 0x2B)
        #expect(try status { $0[1] = nil } == 0x14)
        #expect(try status { $0[1] = .map([:]) } == 0x02)
        #expect(try status { $0[3] = .bytes([1]) } == 0x33)
        #expect(try status { $0[4] = 3 } == 0x02)
        #expect(try status([UInt8](repeating: 0, count: 48)) { _ in } == 0x02)
        // Protocol one is the default; the input is invalid under it.
        #expect(try status { $0[4] = nil } == 0x33)
    }

    @Test func `a credential that was made without the extension has no answer`() throws {
        let bench = try bench()
        try bench.register()
        var request = VirtualGetAssertionTests.request
        request[4] = .map(["hmac-secret": .map(try input(PINPlatform(bench, 2), Self.salts[0]))])
        let response = try #require(bench.command(0x02, request).response)
        #expect(try MadeAssertion(response).authData[32] == 0x01)
    }

    // MARK: Versions

    @Test(arguments: [
        ("", ["U2F_V2", "FIDO_2_0", "FIDO_2_1_PRE", "FIDO_2_1", "FIDO_2_3"]),
        (#""credMgmt": "standard""#, ["U2F_V2", "FIDO_2_0", "FIDO_2_1", "FIDO_2_3"]),
        (#""edition": "2.1""#, ["U2F_V2", "FIDO_2_0", "FIDO_2_1_PRE", "FIDO_2_1"]),
        (#""edition": "2.0""#, ["U2F_V2", "FIDO_2_0"]),
        (#""extensions": ["credProtect"]"#, ["U2F_V2", "FIDO_2_0", "FIDO_2_1_PRE"]),
        (#""extensions": ["hmac-secret"]"#, ["U2F_V2", "FIDO_2_0", "FIDO_2_1_PRE"]),
        (#""credMgmt": false"#, ["U2F_V2", "FIDO_2_0"]),
        (#""pinUvAuthProtocols": [1]"#, ["U2F_V2", "FIDO_2_0", "FIDO_2_1_PRE"]),
        (#""pin": false"#, ["U2F_V2", "FIDO_2_0"]),
        (
            #""pin": false, "uv": true, "credMgmt": "standard", "bioEnroll": "standard""#,
            ["U2F_V2", "FIDO_2_0", "FIDO_2_1", "FIDO_2_3"]
        ),
        (#""versions": ["FIDO_2_1"], "edition": "2.0""#, ["FIDO_2_1"]),
    ])
    func `a version is claimed by keys that have all that it demands`(members: String, versions: [String]) throws {
        #expect(try KeyBench(key: members).info()[1]?.texts == versions)
    }

    // MARK: No credential

    @Test(arguments: [(#""edition": "2.0""#, true), ("", false), (#""touchesBeforeNoCredentials": true"#, true)])
    func `a key of CTAP 2.0 is touched before it says that it has nothing`(members: String, isTouched: Bool) throws {
        let bench = try KeyBench(key: members, presence: TimedPresence(after: .seconds(1)))
        #expect(try bench.command(0x02, VirtualGetAssertionTests.request).status == 0x2E)
        #expect(bench.events.contains { if case .presenceNeeded = $0 { true } else { false } } == isTouched)
        var silent = VirtualGetAssertionTests.request
        silent[5] = .map(["up": false])
        #expect(try bench.command(0x02, silent, patience: .zero).status == 0x2E)
    }
}
