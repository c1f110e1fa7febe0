import CTAP2
import Crypto
import CryptoExtras
import SwiftASN1
import Testing
import VirtualAuthenticator
import X509

/// The key's authenticatorMakeCredential against CTAP 2.1 §6.1, with independently built maps and checked signatures.
@Suite struct VirtualMakeCredentialTests {
    static let hash = [UInt8](repeating: 0xCD, count: 32)

    static var request: CBORMap {
        [
            0x01: .bytes(hash),
            0x02: .map(["id": "example.com", "name": "Example"]),
            0x03: .map(["id": .bytes([1, 2, 3]), "name": "alice", "displayName": "Alice A."]),
            0x04: .array([.map(["alg": -7, "type": "public-key"])]),
        ]
    }

    private func status(_ change: (inout CBORMap) -> Void) throws -> UInt8 {
        var request = Self.request
        change(&request)
        return try KeyBench().command(0x01, request).status
    }

    // MARK: Responses

    @Test func `authenticator data tells of site, flags, counter, model, id and key`() throws {
        let bench = try KeyBench()
        let made = try MadeCredential(bench.command(0x01, Self.request).response)
        #expect(made.authData.prefix(32) == Array(SHA256.hash(data: Array("example.com".utf8)))[...])
        #expect(made.authData[32] == 0x41)
        #expect(made.authData[33..<37] == [0, 0, 0, 0])
        #expect(made.authData[37..<53] == bench.key.settings.aaguid[...])
        #expect(made.id.count == 32 + 12 + 16 + 6 || !made.id.isEmpty)
        #expect(made.publicKey[1] == 2 && made.publicKey[3] == -7 && made.publicKey[-1] == 1)
        #expect(made.rest.isEmpty)
    }

    @Test func `the attestation is packed, signed by a leaf as WebAuthn demands`() throws {
        let bench = try KeyBench()
        let made = try MadeCredential(bench.command(0x01, Self.request).response)
        #expect(made.format == "packed")
        #expect(made.statement["alg"] == -7)
        let chain = try #require(made.statement["x5c"]?.array)
        let leaf = try Certificate(derEncoded: #require(chain.first?.bytes))
        let key = try #require(P256.Signing.PublicKey(leaf.publicKey))
        let signature = try P256.Signing.ECDSASignature(derRepresentation: #require(made.statement["sig"]?.bytes))
        #expect(key.isValidSignature(signature, for: made.authData + Self.hash))
        #expect(leaf.version == .v3)
        #expect(leaf.subject.description.contains("OU=Authenticator Attestation"))
        #expect(try leaf.extensions.basicConstraints == .notCertificateAuthority)
        let model = try #require(leaf.extensions[oid: [1, 3, 6, 1, 4, 1, 45724, 1, 1, 4]])
        #expect(!model.critical && Array(model.value) == [0x04, 0x10] + bench.key.settings.aaguid)
    }

    @Test(arguments: [
        (["none"], "none"), (["tpm", "none", "packed"], "none"), (["packed", "none"], "packed"), (["tpm"], "packed"),
        ([], "packed"),
    ])
    func `the first attestation format that the key has is taken`(formats: [String], expected: String) throws {
        var request = Self.request
        request[0x0B] = .array(formats.map { .text($0) })
        let made = try MadeCredential(KeyBench().command(0x01, request).response)
        #expect(made.format == expected)
        #expect(made.statement.isEmpty == (expected == "none"))
    }

    @Test func `a key pair that takes longer than 100 ms shows KEEPALIVE 1 at that pace`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        var request = Self.request
        request[0x04] = .array([.map(["alg": -257, "type": "public-key"])])
        #expect(bench.send(channel, 0x90, [0x01] + CBOREncoder.encode(request)) == [])
        // The manual clock is faster than the computation.
        #expect(bench.pass(.milliseconds(99)) == [])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)bb000101"])
        #expect(bench.pass(.milliseconds(100)) == ["\(channel)bb000101"])
    }

    // MARK: Discoverable credentials

    @Test func `a credential that is not discoverable takes no room`() throws {
        let bench = try KeyBench()
        for _ in 0..<3 {
            _ = try bench.command(0x01, Self.request)
        }
        #expect(try bench.command(0x04).response?[0x14] == 100)
    }

    @Test func `a discoverable credential takes room; one for the same account is replaced`() throws {
        let bench = try KeyBench()
        var request = Self.request
        request[0x07] = .map(["rk": true])
        let first = try MadeCredential(bench.command(0x01, request).response)
        let second = try MadeCredential(bench.command(0x01, request).response)
        #expect(first.id != second.id)
        #expect(try bench.command(0x04).response?[0x14] == 99)
        let parameters: CBORMap = [
            0x01: "example.com", 0x02: .bytes(Self.hash), 0x03: .array([first.descriptor]),
        ]
        #expect(try bench.command(0x02, parameters).status == 0x2E)
    }

    @Test func `a full key says KEY_STORE_FULL, and still replaces`() throws {
        var settings = KeySettings()
        settings.discoverableCapacity = 1
        let bench = try KeyBench(settings: settings)
        var request = Self.request
        request[0x07] = .map(["rk": true])
        #expect(try bench.command(0x01, request).status == 0)
        #expect(try bench.command(0x01, request).status == 0)
        request[0x03] = .map(["id": .bytes([9])])
        #expect(try bench.command(0x01, request).status == 0x28)
        #expect(try bench.command(0x04).response?[0x14] == 0)
    }

    // MARK: The user

    @Test func `without a touch nothing is made`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        var request = Self.request
        request[0x07] = .map(["rk": true])
        #expect(try bench.command(0x01, request).status == 0x27)
        #expect(bench.now >= .seconds(30))
        #expect(try bench.command(0x04).response?[0x14] == 100)
    }

    @Test func `a user who says no is OPERATION_DENIED`() throws {
        let presence = AskedPresence { _ in }
        let bench = try KeyBench(presence: presence)
        let channel = try bench.openChannel()
        let reports = bench.send(channel, 0x90, [0x01] + CBOREncoder.encode(Self.request))
        #expect(reports == ["\(channel)bb000102"])
        presence.answer(.declined)
        #expect(bench.pass(.zero) == ["\(channel)90000127"])
    }

    @Test func `the user sees which site asks, and for whom`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        _ = try bench.command(0x01, Self.request)
        let asked = PresenceRequest(operation: .register, relyingPartyID: "example.com", userName: "alice")
        #expect(bench.events.contains(.presenceNeeded(asked)))
    }

    // MARK: excludeList

    @Test(arguments: [true, false])
    func `an excluded credential waits for a touch, then says CREDENTIAL_EXCLUDED`(isDiscoverable: Bool) throws {
        let storage = MemoryStorage()
        var request = Self.request
        request[0x07] = .map(["rk": .bool(isDiscoverable)])
        let made = try MadeCredential(KeyBench(storage: storage).command(0x01, request).response)
        request[0x05] = .array([.map(["id": .bytes([0xFF]), "type": "public-key"]), made.descriptor])
        for delay in [Duration.seconds(1), nil] {
            let bench = try KeyBench(storage: storage, presence: TimedPresence(after: delay))
            #expect(try bench.command(0x01, request).status == 0x19)
            #expect(bench.now >= delay ?? .seconds(30))
        }
    }

    @Test func `only credentials of the same site and of type public-key are excluded`() throws {
        let bench = try KeyBench()
        var request = Self.request
        let made = try MadeCredential(bench.command(0x01, request).response)
        request[0x05] = .array([.map(["id": .bytes(made.id), "type": "other"])])
        #expect(try bench.command(0x01, request).status == 0)
        request[0x05] = .array([made.descriptor])
        request[0x02] = .map(["id": "example.org"])
        #expect(try bench.command(0x01, request).status == 0)
        request[0x05] = .array([])
        #expect(try bench.command(0x01, request).status == 0)
    }

    @Test func `more entries than getInfo allows are LIMIT_EXCEEDED before any touch`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        var request = Self.request
        let entry: CBORValue = .map(["id": .bytes([1]), "type": "public-key"])
        request[0x05] = .array(Array(repeating: entry, count: 17))
        #expect(try bench.command(0x01, request, patience: .zero).status == 0x15)
    }

    // MARK: Invalid requests

    @Test(arguments: [0x01, 0x02, 0x03, 0x04] as [CBORValue])
    func `a member that must be there and is not is MISSING_PARAMETER`(member: CBORValue) throws {
        #expect(try status { $0[member] = nil } == 0x14)
    }

    @Test(arguments: [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B] as [CBORValue])
    func `a member of another type is CBOR_UNEXPECTED_TYPE`(member: CBORValue) throws {
        #expect(try status { $0[member] = false } == 0x11)
    }

    @Test func `so are members of members`() throws {
        #expect(try status { $0[0x02] = .map(["id": .bytes([1])]) } == 0x11)
        #expect(try status { $0[0x02] = .map(["id": "a", "name": 1]) } == 0x11)
        #expect(try status { $0[0x03] = .map(["id": "alice"]) } == 0x11)
        #expect(try status { $0[0x03] = .map(["id": .bytes([1]), "displayName": 1]) } == 0x11)
        #expect(try status { $0[0x04] = .array([1]) } == 0x11)
        #expect(try status { $0[0x04] = .array([.map(["alg": "ES256", "type": "public-key"])]) } == 0x11)
        #expect(try status { $0[0x05] = .array([.map(["id": "a", "type": "public-key"])]) } == 0x11)
        #expect(try status { $0[0x07] = .map(["rk": 1]) } == 0x11)
        #expect(try status { $0[0x0B] = .array([1]) } == 0x11)
    }

    @Test func `members that are missing inside members`() throws {
        #expect(try status { $0[0x02] = .map(["name": "Example"]) } == 0x14)
        #expect(try status { $0[0x03] = .map(["name": "alice"]) } == 0x14)
        #expect(try status { $0[0x04] = .array([.map(["type": "public-key"])]) } == 0x12)
        #expect(try status { $0[0x04] = .array([.map(["alg": -7])]) } == 0x12)
        #expect(try status { $0[0x05] = .array([.map(["type": "public-key"])]) } == 0x14)
    }

    @Test func `every element of pubKeyCredParams is looked at, even behind the one that is taken`() throws {
        #expect(try status { $0[0x04] = .array([.map(["alg": -7, "type": "public-key"]), 1]) } == 0x11)
    }

    @Test func `values that are out of range`() throws {
        #expect(try status { $0[0x01] = .bytes([1]) } == 0x02)
        #expect(try status { $0[0x03] = .map(["id": .bytes([])]) } == 0x02)
        #expect(try status { $0[0x03] = .map(["id": .bytes(Array(repeating: 1, count: 65))]) } == 0x02)
        #expect(try status { $0[0x04] = .array([]) } == 0x26)
        #expect(try status { $0[0x04] = .array([.map(["alg": -65535, "type": "public-key"])]) } == 0x26)
    }

    @Test func `options`() throws {
        #expect(try status { $0[0x07] = .map(["up": true, "unheard-of": 1]) } == 0)
        #expect(try status { $0[0x07] = .map(["up": false]) } == 0x2C)
        #expect(try status { $0[0x07] = .map(["uv": true]) } == 0x2C)
        #expect(try status { $0[0x07] = .map(["uv": false, "rk": false]) } == 0)
    }

    @Test func `what a key without a PIN set and without enterprise attestation refuses`() throws {
        #expect(try status { $0[0x08] = .bytes([]) } == 0x35)
        #expect(try status { $0[0x08] = .bytes(Array(repeating: 1, count: 16)) } == 0x14)
        #expect(try status { ($0[0x08], $0[0x09]) = (.bytes([1]), 3) } == 0x02)
        #expect(try status { $0[0x0A] = 1 } == 0x02)
    }

    @Test func `the algorithm is looked at before the options, and those before the list`() throws {
        #expect(try status { ($0[0x04], $0[0x07]) = (.array([]), .map(["uv": true])) } == 0x26)
        #expect(try status { ($0[0x08], $0[0x04]) = (.bytes([1]), .array([])) } == 0x14)
    }

    @Test func `unknown members and extensions are passed over`() throws {
        #expect(try status { $0[0x20] = "what is this" } == 0)
        let made = try {
            var request = Self.request
            request[0x06] = .map(["unheard-of": true, "hmac-secret": true])
            return try MadeCredential(KeyBench(key: #""extensions": []"#).command(0x01, request).response)
        }()
        #expect(made.authData[32] == 0x41)
    }
}

/// A request for a discoverable credential of one account.
func discoverableRequest(user: UInt8) -> CBORMap {
    var request = VirtualMakeCredentialTests.request
    request[0x03] = .map(["id": .bytes([user])])
    request[0x07] = .map(["rk": true])
    return request
}
