import CTAP2
import Crypto
import SwiftASN1
import Testing
import VirtualAuthenticator
import X509

private let challenge = [UInt8](repeating: 0xC1, count: 32)
private let application = Array(SHA256.hash(data: Array("example.com".utf8)))

/// The key's side of CTAP1/U2F (U2F Raw Message Formats 1.2), as bytes.
@Suite struct VirtualU2FTests {
    // MARK: Messages

    @Test(arguments: ["000300000000000000", "00030000000000", "00030000"])
    func `VERSION is answered in each encoding without data`(apdu: String) throws {
        #expect(try KeyBench().u2f(hex(apdu)) == Array("U2F_V2".utf8) + [0x90, 0x00])
    }

    @Test(arguments: [
        ("", "6700"), ("000300", "6700"), ("010300000000000000", "6e00"), ("804000000000000000", "6e00"),
        ("000500000000000000", "6d00"), ("00c000000000000000", "6d00"), ("0003000000000100", "6700"),
        ("00010000000040", "6700"), ("000100000000030102030000", "6700"), ("00010000000000", "6700"),
        ("00020300000000", "6700"), ("000300000101", "6700"),
    ])
    func `a malformed or unknown request has its status`(apdu: String, status: String) throws {
        #expect(try KeyBench().u2f(hex(apdu)).hex == status)
    }

    @Test func `a key handle must be as long as its length says`() throws {
        let bench = try KeyBench()
        let made = try U2FCredential(bench.u2f(register()))
        let whole = authenticate(made.id)
        var short = whole
        short[7 + 64] -= 1
        #expect(try bench.u2f(short).hex == "6700")
        #expect(try bench.u2f(whole.dropLast(2)).suffix(2).hex == "9000")
    }

    // MARK: Credentials

    @Test func `a registration is signed with the certificate's key, and its credential logs in`() throws {
        let bench = try KeyBench()
        let made = try U2FCredential(bench.u2f(register()))
        #expect(made.id.count <= 255)
        let signed = [0] + application + challenge + made.id + made.point
        let attestation = try #require(P256.Signing.PublicKey(try Certificate(derEncoded: made.certificate).publicKey))
        #expect(attestation.isValidSignature(try .init(derRepresentation: made.signature), for: signed))

        let login = try bench.u2f(authenticate(made.id))
        #expect(login.first == 1 && login.suffix(2).hex == "9000")
        #expect(try made.hasSigned(login))
        let next = try bench.u2f(authenticate(made.id))
        #expect(next[1..<5].hex > login[1..<5].hex)
    }

    @Test func `without enforcing presence the key signs at once, and says that nobody was there`() throws {
        let made = try U2FCredential(KeyBench(seed: 1).u2f(register()))
        let storage = MemoryStorage()
        let bench = try KeyBench(storage: storage)
        let own = try U2FCredential(bench.u2f(register()))
        let untouched = try KeyBench(storage: storage, presence: TimedPresence(after: nil))
        let login = try untouched.u2f(authenticate(own.id, control: 0x08))
        #expect(login.first == 0 && login.suffix(2).hex == "9000")
        #expect(try own.hasSigned(login))
        #expect(try untouched.u2f(authenticate(made.id, control: 0x08)).hex == "6a80")
    }

    @Test func `check-only tells the key's own credentials for the site from others, without a touch`() throws {
        let storage = MemoryStorage()
        let made = try U2FCredential(KeyBench(storage: storage).u2f(register()))
        let bench = try KeyBench(storage: storage, presence: TimedPresence(after: nil))
        #expect(try bench.u2f(authenticate(made.id, control: 0x07)).hex == "6985")
        #expect(try bench.u2f(authenticate(made.id, control: 0x07, for: challenge)).hex == "6a80")
        #expect(try bench.u2f(authenticate([1, 2, 3], control: 0x07)).hex == "6a80")
        #expect(try bench.u2f(authenticate(made.id, control: 0x00)).hex == "6a80")
        #expect(!bench.events.contains { if case .presenceNeeded = $0 { true } else { false } })
    }

    // MARK: Touch

    @Test func `until the touch the answer is that one is needed, and one touch serves one request`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: .seconds(2)))
        for _ in 0..<5 {
            #expect(try bench.u2f(register()).hex == "6985")
            _ = bench.pass(.milliseconds(300))
        }
        _ = bench.pass(.seconds(1))
        #expect(try bench.u2f(register()).suffix(2).hex == "9000")
        #expect(try bench.u2f(register()).hex == "6985")
        #expect(bench.events.count { if case .presenceNeeded = $0 { true } else { false } } == 2)
    }

    @Test(arguments: [(9, "9000"), (11, "6985")])
    func `a touch is remembered for ten seconds, whatever the request`(seconds: Int, status: String) throws {
        let storage = MemoryStorage()
        let made = try U2FCredential(KeyBench(storage: storage).u2f(register()))
        let bench = try KeyBench(storage: storage, presence: TimedPresence(after: .seconds(1)))
        #expect(try bench.u2f(authenticate(made.id)).hex == "6985")
        _ = bench.pass(.seconds(1))
        _ = bench.pass(.seconds(seconds))
        #expect(try bench.u2f(register()).suffix(2).hex == status)
    }

    @Test func `a key that nobody asks any more stops waiting`() throws {
        let asked = Asked()
        let presence = AskedPresence { request in asked.requests.append(request?.operation) }
        let bench = try KeyBench(presence: presence)
        #expect(try bench.u2f(register()).hex == "6985")
        _ = bench.pass(.seconds(9))
        #expect(asked.requests == [.register])
        _ = bench.pass(.seconds(2))
        #expect(asked.requests == [.register, nil])
    }

    @Test func `a command of CTAP2 ends the wait for U2F's touch`() throws {
        let asked = Asked()
        let presence = AskedPresence { request in asked.requests.append(request?.operation) }
        let bench = try KeyBench(presence: presence)
        #expect(try bench.u2f(register()).hex == "6985")
        presence.answer(.touched)
        #expect(try bench.command(0x04).status == 0)
        #expect(asked.requests == [.register, nil])
        #expect(try bench.u2f(register()).hex == "6985")
    }

    // MARK: Beside CTAP2

    @Test func `a credential of CTAP2 logs in by U2F, and the other way round`() throws {
        let bench = try KeyBench()
        for isResident in [false, true] {
            let request = isResident ? discoverableRequest(user: 1) : VirtualMakeCredentialTests.request
            let made = try MadeCredential(bench.command(0x01, request).response)
            let login = try bench.u2f(authenticate(made.id))
            let point = [made.publicKey[-2], made.publicKey[-3]].compactMap { $0?.bytes }.reduce([4], +)
            #expect(try U2FCredential(id: made.id, point: point).hasSigned(login))
        }
        let made = try U2FCredential(bench.u2f(register()))
        var request = VirtualGetAssertionTests.request
        request[3] = .array([.map(["id": .bytes(made.id), "type": "public-key"])])
        let assertion = try MadeAssertion(bench.command(0x02, request).response)
        let key = try P256.Signing.PublicKey(x963Representation: made.point)
        let hash = try #require(request[2]?.bytes)
        #expect(
            key.isValidSignature(try .init(derRepresentation: assertion.signature), for: assertion.authData + hash)
        )
    }

    @Test(arguments: [(1, "6985"), (2, "6985"), (3, "6a80")])
    func `a credential that requires verification is hidden from U2F`(level: Int, status: String) throws {
        let bench = try KeyBench()
        var request = VirtualMakeCredentialTests.request
        request[6] = .map(["credProtect": .int(level)])
        let made = try MadeCredential(bench.command(0x01, request).response)
        #expect(try bench.u2f(authenticate(made.id, control: 0x07)).hex == status)
    }

    @Test func `a credential of another algorithm is not U2F's`() throws {
        let bench = try KeyBench()
        var request = VirtualMakeCredentialTests.request
        request[4] = .array([.map(["alg": -8, "type": "public-key"])])
        let made = try MadeCredential(bench.command(0x01, request).response)
        #expect(try bench.u2f(authenticate(made.id, control: 0x07)).hex == "6a80")
    }

    @Test func `alwaysUv turns U2F off`() throws {
        let bench = try KeyBench(key: #""alwaysUv": true, "pin": "1234""#)
        #expect(try bench.u2f(register()).hex == "6986")
        #expect(try bench.u2f(authenticate([1], control: 0x07)).hex == "6986")
        #expect(try bench.info()[1]?.array?.contains("U2F_V2") == false)
    }

    // MARK: Without the other protocol

    @Test(arguments: [("true", "05"), ("false", "0d"), (#""only""#, "01")])
    func `INIT says which protocols the key has`(setting: String, capabilities: String) throws {
        let bench = try KeyBench(key: #""u2f": \#(setting)"#)
        let answer = try #require(bench.exchange("ffffffff 86 0008 a1a2a3a4a5a6a7a8").first)
        #expect(answer.hasSuffix("02010000\(capabilities)"))
    }

    @Test(arguments: ["90 0001 04", "90 0000"]) func `a key of U2F alone has no CBOR`(packet: String) throws {
        let bench = try KeyBench(key: #""u2f": "only""#)
        let channel = try bench.openChannel()
        #expect(bench.exchange("\(channel) \(packet)") == ["\(channel)bf000101"])
        #expect(try bench.u2f(register()).suffix(2).hex == "9000")
    }

    // MARK: Scenarios

    @Test(arguments: [("0x6F01", "6f01"), ("SW_COMMAND_NOT_ALLOWED", "6986"), ("SW_WRONG_DATA", "6a80")])
    func `a rule returns a status word by number or name`(name: String, status: String) throws {
        let rule = #"{"on": "U2F_REGISTER", "times": 1, "status": "\#(name)"}"#
        let bench = try KeyBench(scenario: #"{"rules": [\#(rule)]}"#)
        #expect(try bench.u2f(hex("000300000000000000")).suffix(2).hex == "9000")
        #expect(try bench.u2f(register()).hex == status)
        #expect(try bench.u2f(register()).suffix(2).hex == "9000")
    }

    @Test func `a rule says when the key is touched`() throws {
        let bench = try KeyBench(scenario: #"{"rules": [{"on": "MSG", "touch": "after:1"}]}"#)
        #expect(try bench.u2f(register()).hex == "6985")
        _ = bench.pass(.milliseconds(900))
        #expect(try bench.u2f(register()).hex == "6985")
        _ = bench.pass(.milliseconds(200))
        #expect(try bench.u2f(register()).suffix(2).hex == "9000")
    }

    @Test func `the fault unused-bits leaves a certificate that DER does not allow`() throws {
        let bench = try KeyBench(scenario: #"{"rules": [{"on": "U2F_REGISTER", "faults": ["unused-bits"]}]}"#)
        let made = try U2FCredential(bench.u2f(register()))
        #expect(throws: (any Error).self) { try Certificate(derEncoded: made.certificate) }
        let correct = try U2FCredential(KeyBench().u2f(register()))
        #expect(made.certificate.count > 200 && abs(made.certificate.count - correct.certificate.count) <= 4)
    }

    private final class Asked {
        var requests: [PresenceRequest.Operation?] = []
    }
}

private func register() -> [UInt8] {
    hex("00010000000040") + challenge + application + [0, 0]
}

private func authenticate(_ id: [UInt8], control: UInt8 = 0x03, for site: [UInt8] = application) -> [UInt8] {
    [0, 2, control, 0, 0, 0, UInt8(65 + id.count)] + challenge + site + [UInt8(id.count)] + id + [0, 0]
}

/// A U2F registration, parsed independently.
private struct U2FCredential {
    var id: [UInt8]
    /// The public key: 0x04, X and Y.
    var point: [UInt8]
    var certificate: [UInt8] = []
    var signature: [UInt8] = []

    init(id: [UInt8], point: [UInt8]) {
        self.id = id
        self.point = point
    }

    init(_ response: [UInt8]) throws {
        try #require(response.count > 300 && response[0] == 5 && response.suffix(2) == [0x90, 0x00])
        point = Array(response[1..<66])
        id = Array(response[67...].prefix(Int(response[66])))
        let rest = Array(response.dropFirst(67 + id.count).dropLast(2))
        // A certificate of 256 to 65,535 bytes.
        try #require(rest[0] == 0x30 && rest[1] == 0x82)
        certificate = Array(rest.prefix(4 + Int(rest[2]) << 8 + Int(rest[3])))
        signature = Array(rest.dropFirst(certificate.count))
    }

    /// Whether a successful login is signed with the key.
    func hasSigned(_ login: [UInt8]) throws -> Bool {
        try #require(login.count > 7)
        let key = try P256.Signing.PublicKey(x963Representation: point)
        let signature = try P256.Signing.ECDSASignature(derRepresentation: login[5...].dropLast(2))
        return key.isValidSignature(signature, for: application + login[..<5] + challenge)
    }
}

extension KeyBench {
    /// The response to a U2F request, on a channel of its own.
    fileprivate func u2f(_ apdu: some Collection<UInt8>) throws -> [UInt8] {
        let channel = try openChannel()
        let reports = send(channel, 0x83, Array(apdu))
        return try #require(Self.payload(of: reports, on: channel, command: 0x83))
    }
}

extension ArraySlice<UInt8> {
    fileprivate var hex: String { Array(self).hex }
}
