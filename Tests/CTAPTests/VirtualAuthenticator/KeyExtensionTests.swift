import CTAP2
import Testing
import VirtualAuthenticator

/// Extensions in the key: requests, data stored with a credential, authenticator data, getInfo.
@Suite struct KeyExtensionTests {
    /// Stores a text in the credential, and returns it together with the input of getAssertion.
    private struct Note: KeyExtension {
        let identifier = "note"

        func takesMakeInput(_ input: CBORValue) -> Bool { input.text != nil }
        func takesAssertInput(_ input: CBORValue) -> Bool { input.bool != nil }

        func make(
            _ input: CBORValue,
            keeping data: inout CBORMap,
            _ context: ExtensionContext
        ) throws(Refusal) -> CBORValue? {
            guard input != "refuse" else { throw Refusal(.invalidOption) }
            data[1] = input
            return input == "quiet" ? nil : .array([input, .text(context.rpId), .bool(context.isUserPresent)])
        }

        func assert(
            _ input: CBORValue,
            with data: CBORMap,
            _ context: ExtensionContext
        ) throws(Refusal) -> CBORValue? {
            .array([input, data[1] ?? "none", .bool(context.isUserPresent), .bool(context.isUserVerified)])
        }
    }

    /// Has an output without storing anything.
    private struct Echo: KeyExtension {
        let identifier = "echo"

        func takesMakeInput(_: CBORValue) -> Bool { true }
        func takesAssertInput(_: CBORValue) -> Bool { true }
        func make(_ input: CBORValue, keeping _: inout CBORMap, _: ExtensionContext) -> CBORValue? { input }
        func assert(_ input: CBORValue, with data: CBORMap, _: ExtensionContext) -> CBORValue? {
            .array([input, .int(data.count)])
        }
    }

    private func bench(
        storage: any KeyStorage = MemoryStorage(),
        presence: any UserPresence = TimedPresence(after: .zero)
    ) throws -> KeyBench {
        var settings = KeySettings()
        settings.extensions = KeyExtensions([Note(), Echo()])
        return try KeyBench(settings: settings, storage: storage, presence: presence)
    }

    private func makeRequest(_ inputs: CBORMap, isDiscoverable: Bool, user: UInt8 = 1) -> CBORMap {
        var request = VirtualMakeCredentialTests.request
        request[0x03] = .map(["id": .bytes([user])])
        request[0x06] = .map(inputs)
        request[0x07] = .map(["rk": .bool(isDiscoverable)])
        return request
    }

    private func assertRequest(_ inputs: CBORMap, allowing descriptor: CBORValue? = nil) -> CBORMap {
        var request = VirtualGetAssertionTests.request
        request[0x03] = descriptor.map { .array([$0]) }
        request[0x04] = .map(inputs)
        return request
    }

    /// The map after the counter in an assertion's authenticator data.
    private func outputs(_ authData: some Collection<UInt8>) throws -> CBORMap? {
        try CBORDecoder.decode(Array(authData), rules: .canonical).map
    }

    @Test func `getInfo lists the key's extensions, in member 02, and no empty list`() throws {
        #expect(try bench().command(0x04).response?[0x02] == .array(["note", "echo"]))
        #expect(try KeyBench(key: #""edition": "2.0""#).command(0x04).response?[0x02] == nil)
    }

    @Test(arguments: [true, false])
    func `what an extension kept is there after a restart, and both outputs are signed`(isDiscoverable: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        let request = makeRequest(["echo": 7, "note": "hi"], isDiscoverable: isDiscoverable)
        let made = try MadeCredential(bench(storage: FileStorage(path: path)).command(0x01, request).response)
        #expect(made.authData[32] == 0xC1)
        #expect(try outputs(made.rest) == ["echo": 7, "note": .array(["hi", "example.com", true])])

        let later = try bench(storage: FileStorage(path: path))
        let getRequest = assertRequest(["note": true, "echo": 8], allowing: made.descriptor)
        let response = try #require(later.command(0x02, getRequest).response)
        let authData = try #require(response[0x02]?.bytes)
        #expect(authData[32] == 0x81)
        let output: CBORValue = .array([true, "hi", true, false])
        #expect(try outputs(authData.dropFirst(37)) == ["echo": .array([8, 0]), "note": output])
        let signature = try #require(response[0x03]?.bytes)
        let assertion = MadeAssertion(response: response, id: made.id, authData: authData, signature: signature)
        #expect(try assertion.isSigned(by: made.publicKey, over: VirtualGetAssertionTests.hash))
    }

    @Test(arguments: [true, false])
    func `an extension that made nothing finds nothing`(isDiscoverable: Bool) throws {
        let bench = try bench()
        let made = try MadeCredential(bench.command(0x01, makeRequest([:], isDiscoverable: isDiscoverable)).response)
        #expect(made.authData[32] == 0x41 && made.rest.isEmpty)
        let answer = try bench.command(0x02, assertRequest(["note": false], allowing: made.descriptor))
        let authData = try #require(answer.response?[0x02]?.bytes)
        #expect(try outputs(authData.dropFirst(37)) == ["note": .array([false, "none", true, false])])
    }

    @Test func `without an output there is no flag`() throws {
        let bench = try bench()
        let request = makeRequest(["note": "quiet"], isDiscoverable: true)
        let made = try MadeCredential(bench.command(0x01, request).response)
        #expect(made.authData[32] == 0x41 && made.rest.isEmpty)
        let assertion = try MadeAssertion(bench.command(0x02, VirtualGetAssertionTests.request).response)
        #expect(assertion.authData[32] == 0x01)
        let answer = try bench.command(0x02, assertRequest(["note": true])).response
        #expect(try outputs(#require(answer?[0x02]?.bytes).dropFirst(37))?["note"]?.array?[1] == "quiet")
    }

    @Test func `an extension that the key does not have is ignored, whatever its input`() throws {
        let request = makeRequest(["other": .map([:])], isDiscoverable: true)
        let made = try MadeCredential(bench().command(0x01, request).response)
        #expect(made.authData[32] == 0x41 && made.rest.isEmpty)
        #expect(try KeyBench().command(0x01, makeRequest(["note": 1], isDiscoverable: true)).status == 0)
    }

    @Test func `an input of another type is CBOR_UNEXPECTED_TYPE before anybody is asked`() throws {
        let bench = try bench(presence: TimedPresence(after: nil))
        let make = makeRequest(["note": 1], isDiscoverable: true)
        #expect(try bench.command(0x01, make, patience: .zero).status == 0x11)
        #expect(try bench.command(0x02, assertRequest(["note": "text"]), patience: .zero).status == 0x11)
    }

    @Test func `an extension may refuse the command, and nothing is kept`() throws {
        let bench = try bench()
        #expect(try bench.command(0x01, makeRequest(["note": "refuse"], isDiscoverable: true)).status == 0x2C)
        #expect(try bench.command(0x02, VirtualGetAssertionTests.request).status == 0x2E)
    }

    @Test func `getNextAssertion extends each account by its own data`() throws {
        let bench = try bench()
        _ = try bench.command(0x01, makeRequest(["note": "one"], isDiscoverable: true, user: 1))
        _ = try bench.command(0x01, makeRequest(["note": "two"], isDiscoverable: true, user: 2))
        let answers = [
            try bench.command(0x02, assertRequest(["note": true])).response, try bench.command(0x08).response,
        ]
        let notes = try answers.map { try outputs(#require($0?[0x02]?.bytes).dropFirst(37))?["note"]?.array?[1] }
        #expect(notes == ["two", "one"])
    }

    // MARK: Version 1

    @Test func `a state file of version 1 opens, logs in, and is of version 3 from then on`() throws {
        let folder = try TemporaryFolder()
        try folder.write(KeyStateVersion1.file, to: "state")
        let storage = FileStorage(path: folder.path("state"))
        let bench = try bench(storage: storage)
        #expect(try folder.read("state") == KeyStateVersion1.file)
        #expect(try bench.pinRetries()[3] == 8)
        #expect(try bench.status(of: "1234") == 0)
        let assertion = try MadeAssertion(bench.command(0x02, VirtualGetAssertionTests.request).response)
        #expect(assertion.id == KeyStateVersion1.discoverable.id)
        #expect(assertion.response[0x04] == .map(["id": .bytes([1])]))
        let key = Self.es256(KeyStateVersion1.discoverable.publicKey)
        #expect(try assertion.isSigned(by: key, over: VirtualGetAssertionTests.hash))
        let answer = try bench.command(0x02, assertRequest(["note": true])).response
        #expect(try outputs(#require(answer?[0x02]?.bytes).dropFirst(37))?["note"]?.array?[1] == "none")

        let version = try #require(KeyStateVersion1.file.firstIndex(of: 0x0A)) + 1
        #expect(KeyStateVersion1.file[version] == 1)
        #expect(try folder.read("state")[version] == 3)
        #expect(try self.bench(storage: storage).command(0x02, VirtualGetAssertionTests.request).status == 0)
    }

    private static let wrapped: [([UInt8], CBORMap)] = [
        (KeyStateVersion1.wrapped.id, es256(KeyStateVersion1.wrapped.publicKey)),
        (
            KeyStateVersion1.wrappedEdDSA.id,
            [1: 1, 3: -8, -1: 6, -2: .bytes(KeyStateVersion1.wrappedEdDSA.publicKey)]
        ),
    ]

    @Test(arguments: wrapped)
    func `a credential ID of version 1 logs in`(id: [UInt8], key: CBORMap) throws {
        let folder = try TemporaryFolder()
        try folder.write(KeyStateVersion1.file, to: "state")
        let bench = try bench(storage: FileStorage(path: folder.path("state")))
        let descriptor: CBORValue = .map(["id": .bytes(id), "type": "public-key"])
        var request = VirtualGetAssertionTests.request
        request[0x03] = .array([descriptor])
        let assertion = try MadeAssertion(bench.command(0x02, request).response)
        #expect(assertion.id == id)
        #expect(try assertion.isSigned(by: key, over: VirtualGetAssertionTests.hash))
        let answer = try bench.command(0x02, assertRequest(["note": true], allowing: descriptor)).response
        #expect(try outputs(#require(answer?[0x02]?.bytes).dropFirst(37))?["note"]?.array?[1] == "none")
    }

    private static func es256(_ point: [UInt8]) -> CBORMap {
        [1: 2, 3: -7, -1: 1, -2: .bytes(Array(point.prefix(32))), -3: .bytes(Array(point.suffix(32)))]
    }
}
