import CTAP2
import Testing
import VirtualAuthenticator

/// The key's extensions credBlob, hmac-secret-mc, pinComplexityPolicy and thirdPartyPayment.
@Suite struct VirtualSiteExtensionsTests {
    private func bench(_ members: String = "", storage: any KeyStorage = MemoryStorage()) throws -> KeyBench {
        try KeyBench(key: #""pin": "1234""# + members, storage: storage)
    }

    private func outputs(_ authData: some Collection<UInt8>) throws -> CBORMap? {
        authData.isEmpty ? nil : try CBORDecoder.decode(Array(authData), rules: .canonical).map
    }

    /// The outputs of a registration with these inputs.
    private func make(
        _ inputs: CBORMap,
        on bench: KeyBench,
        rpId: String = "example.com",
        isDiscoverable: Bool = true
    ) throws -> (status: UInt8, made: MadeCredential?, outputs: CBORMap?) {
        var request = discoverableRequest(user: 1)
        request[2] = .map(["id": .text(rpId)])
        request[6] = .map(inputs)
        request[7] = .map(["rk": .bool(isDiscoverable)])
        let answer = try bench.command(0x01, bench.token(1, rpId).making(request))
        guard answer.status == 0 else { return (answer.status, nil, nil) }
        let made = try MadeCredential(answer.response)
        return (0, made, try outputs(made.rest))
    }

    /// The outputs of a login with these inputs.
    private func get(_ inputs: CBORMap, on bench: KeyBench, allowing made: MadeCredential? = nil) throws -> CBORMap? {
        var request = VirtualGetAssertionTests.request
        request[3] = made.map { .array([$0.descriptor]) }
        request[4] = .map(inputs)
        let response = try bench.command(0x02, bench.token(2, "example.com").getting(request)).response
        return try outputs(#require(response?[2]?.bytes).dropFirst(37))
    }

    // MARK: credBlob

    @Test func `a credential keeps its blob over a restart, and one without a blob has an empty one`() throws {
        let storage = MemoryStorage()
        let blob: CBORValue = .bytes([UInt8](repeating: 0x0B, count: 32))
        #expect(try bench().info()[0x0F] == 32)
        #expect(try make(["credBlob": blob], on: bench(storage: storage)).outputs == ["credBlob": true])
        let later = try bench(storage: storage)
        #expect(try get(["credBlob": true], on: later) == ["credBlob": blob])
        #expect(try get(["credBlob": false], on: later) == nil)
        _ = try make([:], on: later)
        #expect(try get(["credBlob": true], on: later) == ["credBlob": .bytes([])])
    }

    @Test(arguments: [(33, true), (1, false)])
    func `a blob that cannot be stored does not prevent the credential`(byteCount: Int, isDiscoverable: Bool) throws {
        let bench = try bench()
        let blob: CBORValue = .bytes([UInt8](repeating: 1, count: byteCount))
        let made = try make(["credBlob": blob], on: bench, isDiscoverable: isDiscoverable)
        #expect(made.outputs == ["credBlob": false])
        #expect(try get(["credBlob": true], on: bench, allowing: made.made) == ["credBlob": .bytes([])])
    }

    @Test func `a blob is bytes`() throws {
        #expect(try make(["credBlob": true], on: bench()).status == 0x11)
    }

    // MARK: hmac-secret-mc

    private func input(_ platform: PINPlatform, _ salts: [UInt8]) throws -> CBORValue {
        let saltEnc = try platform.encrypt(salts)
        return .map([
            1: platform.cose, 2: .bytes(saltEnc), 3: .bytes(platform.mac(saltEnc)), 4: .unsigned(platform.number),
        ])
    }

    @Test(arguments: [1, 2] as [UInt64], [32, 64])
    func `a registration answers salts as a login of a verified user does`(number: UInt64, byteCount: Int) throws {
        let bench = try bench()
        let salts = (0..<byteCount).map { UInt8($0) }
        // Getting the token first: its exchange may not change the key agreement that the salts are encrypted with.
        let platform = try PINPlatform(bench, number)
        let inputs: CBORMap = ["hmac-secret": true, "hmac-secret-mc": try input(platform, salts)]
        let made = try #require(try make(inputs, on: bench).outputs)
        #expect(made["hmac-secret"] == true)
        let atOnce = try platform.decrypt(#require(made["hmac-secret-mc"]?.bytes))
        #expect(atOnce.count == byteCount)
        let login = try get(["hmac-secret": input(platform, salts)], on: bench)
        #expect(try platform.decrypt(#require(login?["hmac-secret"]?.bytes)) == atOnce)
    }

    @Test func `hmac-secret-mc needs hmac-secret, and valid salts`() throws {
        let bench = try bench()
        let platform = try PINPlatform(bench, 2)
        let valid = try input(platform, [UInt8](repeating: 1, count: 32))
        #expect(try make(["hmac-secret-mc": valid], on: bench).status == 0x14)
        #expect(try make(["hmac-secret": false, "hmac-secret-mc": valid], on: bench).status == 0x14)
        let short = try input(platform, [UInt8](repeating: 1, count: 16))
        #expect(try make(["hmac-secret": true, "hmac-secret-mc": short], on: bench).status == 0x02)
        #expect(try make(["hmac-secret": true, "hmac-secret-mc": true], on: bench).status == 0x11)
        // Nothing was stored.
        #expect(try bench.command(0x02, VirtualGetAssertionTests.request).status == 0x2E)
    }

    // MARK: pinComplexityPolicy

    @Test func `only a listed site learns whether simple PINs are rejected`() throws {
        let bench = try bench()
        let inputs: CBORMap = ["pinComplexityPolicy": true]
        #expect(try make(inputs, on: bench).outputs == nil)
        let sites: CBORMap = [2: .array(["example.com"])]
        #expect(try bench.command(0x0D, bench.token(0x20).configuring(3, sites)).status == 0)
        #expect(try make(inputs, on: bench).outputs == ["pinComplexityPolicy": false])
        #expect(try make(inputs, on: bench, rpId: "example.org").outputs == nil)
        // Without a PIN: 1234 would have to be changed.
        let strict = try KeyBench(key: #""pinComplexityPolicy": true"#)
        #expect(try strict.command(0x0D, [1: 3, 2: .map(sites)]).status == 0)
        var request = VirtualMakeCredentialTests.request
        request[6] = .map(inputs)
        let made = try MadeCredential(strict.command(0x01, request).response)
        #expect(try outputs(made.rest) == ["pinComplexityPolicy": true])
    }

    // MARK: thirdPartyPayment

    @Test(arguments: [true, false])
    func `a credential tells whether it was made for payments`(isForPayments: Bool) throws {
        let bench = try bench()
        let made = try make(["thirdPartyPayment": .bool(isForPayments)], on: bench)
        #expect(made.outputs == nil)
        #expect(try get(["thirdPartyPayment": true], on: bench) == ["thirdPartyPayment": .bool(isForPayments)])
        #expect(try get(["thirdPartyPayment": false], on: bench) == nil)
        let list = try bench.manage(bench.token(0x04).managing(4, [1: rpIDHash("example.com")])).response
        #expect(list?[0x0C] == .bool(isForPayments))
    }

    // MARK: getInfo

    @Test(arguments: [
        (
            "",
            [
                "credProtect", "credBlob", "hmac-secret", "hmac-secret-mc", "largeBlobKey", "minPinLength",
                "pinComplexityPolicy", "thirdPartyPayment",
            ]
        ),
        (#""edition": "2.1""#, ["credProtect", "credBlob", "hmac-secret", "largeBlobKey", "minPinLength"]),
        (#""extensions": ["hmac-secret-mc", "credBlob", "hmac-secret"]"#, ["hmac-secret", "hmac-secret-mc"]),
        (#""extensions": ["hmac-secret-mc", "thirdPartyPayment"]"#, ["thirdPartyPayment"]),
        (#""extensions": ["pinComplexityPolicy", "minPinLength"], "authenticatorConfigCommands": []"#, []),
    ])
    func `an extension is offered with what it depends on`(members: String, identifiers: [String]) throws {
        #expect(try KeyBench(key: members).info()[2]?.texts ?? [] == identifiers)
    }
}
