import CTAP2
import Testing
import VirtualAuthenticator

/// The key's authenticatorClientPIN against CTAP 2.1 §6.5.5: setting, changing and comparing PINs.
@Suite struct VirtualClientPINTests {
    static let protocols: [UInt64] = [1, 2]

    private func withPIN(_ pin: String = "1234", storage: any KeyStorage = MemoryStorage()) throws -> KeyBench {
        try KeyBench(key: #""pin": "\#(pin)""#, storage: storage)
    }

    // MARK: Setting

    @Test(arguments: protocols) func `a PIN is set once, and then it is the one`(number: UInt64) throws {
        let bench = try KeyBench()
        #expect(try bench.options()["clientPin"] == false)
        let platform = try PINPlatform(bench, number)
        let answer = try bench.command(0x06, platform.setPIN("Passwört"))
        #expect(answer.status == 0 && answer.response == nil)
        #expect(try bench.options()["clientPin"] == true)
        #expect(try bench.pin(platform.setPIN("another")) == 0x33)
        #expect(try bench.status(of: "Passwört", number) == 0)
        #expect(try bench.status(of: "another", number) == 0x31)
    }

    @Test(
        arguments: [
            ("123", 0x37), ("1234", 0), ("äöü", 0x37), ("äöüß", 0), ("🔑🔑🔑", 0x37), ("🔑🔑🔑🔑", 0),
            (String(repeating: "x", count: 63), 0), (String(repeating: "x", count: 64), 0x37), ("", 0x37),
        ] as [(String, UInt8)]
    )
    func `a PIN has four code points at least and 63 bytes at most`(pin: String, status: UInt8) throws {
        let bench = try KeyBench()
        #expect(try bench.pin(PINPlatform(bench, 2).setPIN(pin)) == status)
        #expect(try bench.options()["clientPin"] == .bool(status == 0))
    }

    @Test(
        arguments: [
            ("12345", 0x37), ("123456", 0), ("12345678", 0), ("123456789", 0x37),
        ] as [(String, UInt8)]
    )
    func `the key's own limits count`(pin: String, status: UInt8) throws {
        let bench = try KeyBench(key: #""minPINLength": 6, "maxPINLength": 8"#)
        let info = try bench.command(0x04).response
        #expect(info?[0x0D] == 6 && info?[0x1D] == 8)
        #expect(try bench.pin(PINPlatform(bench, 2).setPIN(pin)) == status)
    }

    @Test(arguments: protocols) func `a new PIN must come whole and proven`(number: UInt64) throws {
        let bench = try KeyBench()
        let platform = try PINPlatform(bench, number)
        let request = try platform.setPIN("1234")
        func status(_ change: (inout CBORMap) -> Void) throws -> UInt8 {
            var request = request
            change(&request)
            return try bench.pin(request)
        }
        for member in [1, 3, 4, 5] as [CBORValue] {
            #expect(try status { $0[member] = nil } == 0x14, "without \(member)")
        }
        #expect(try status { $0[2] = nil } == 0x14)
        #expect(try status { $0[1] = 3 } == 0x02)
        #expect(try status { $0[1] = "1" } == 0x11)
        #expect(try status { $0[3] = .bytes([1]) } == 0x11)
        #expect(try status { $0[5] = .bytes([]) } == 0x33)
        // The right code in another length.
        #expect(try status { $0[4] = .bytes(Array(($0[4]?.bytes ?? []).dropLast())) } == 0x33)
        #expect(try status { $0[4] = .bytes(($0[4]?.bytes ?? []) + [0]) } == 0x33)
        for size in [0, 16, 48, 80] {
            let newPINEnc = try platform.encrypt(Array(repeating: 0x31, count: size))
            #expect(
                try status {
                    $0[5] = .bytes(newPINEnc)
                    $0[4] = .bytes(platform.mac(newPINEnc))
                } == 0x02,
                "\(size) bytes"
            )
        }
        let odd = [UInt8](repeating: 1, count: 63)
        #expect(
            try status {
                $0[5] = .bytes(odd)
                $0[4] = .bytes(platform.mac(odd))
            } == 0x33
        )
        #expect(try bench.options()["clientPin"] == false)
    }

    @Test(
        arguments: [
            (1, 1), (3, -7), (-1, 2), (-2, nil), (-3, .bytes(Array(repeating: 1, count: 32))), (-2, .bytes([1])),
        ] as [(CBORValue, CBORValue?)]
    )
    func `a platform's key that is none is refused`(member: CBORValue, value: CBORValue?) throws {
        let bench = try KeyBench()
        var request = try PINPlatform(bench, 2).setPIN("1234")
        var cose = try #require(request[3]?.map)
        cose[member] = value
        request[3] = .map(cose)
        #expect(try bench.pin(request) == 0x02)
    }

    // MARK: Changing

    @Test(arguments: protocols) func `a PIN is changed by who knows it`(number: UInt64) throws {
        let bench = try withPIN()
        #expect(try bench.pin(PINPlatform(bench, number).changePIN("4321", "5678")) == 0x31)
        #expect(try bench.pin(PINPlatform(bench, number).changePIN("1234", "567")) == 0x37)
        #expect(try bench.pinRetries()[3] == 8)
        #expect(try bench.pin(PINPlatform(bench, number).changePIN("1234", "5678")) == 0)
        #expect(try bench.status(of: "1234", number) == 0x31)
        #expect(try bench.status(of: "5678", number) == 0)
    }

    @Test func `a change whose code does not fit costs no try`() throws {
        let bench = try withPIN()
        var request = try PINPlatform(bench, 2).changePIN("1234", "5678")
        request[6] = .bytes(try PINPlatform(bench, 2).encrypt(PINPlatform.hash("4321")))
        #expect(try bench.pin(request) == 0x33)
        #expect(try bench.pinRetries()[3] == 8)
        request[6] = nil
        #expect(try bench.pin(request) == 0x14)
    }

    @Test func `without a PIN there is nothing to change or to prove`() throws {
        let bench = try KeyBench()
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "5678")) == 0x35)
        #expect(try bench.pin(PINPlatform(bench, 2).getPinToken("1234")) == 0x35)
        #expect(try bench.status(of: "1234") == 0x35)
        #expect(try bench.pinRetries() == [3: 8, 4: false])
    }

    @Test func `a change ends the token`() throws {
        let bench = try withPIN()
        let platform = try PINPlatform(bench, 2)
        let token = try BenchToken(bench, platform, platform.getToken("1234", 3))
        #expect(try bench.pin(platform.changePIN("1234", "5678")) == 0)
        #expect(try bench.command(0x01, token.making()).status == 0x33)
    }

    // MARK: Tries

    @Test func `a wrong PIN costs a try and the key-agreement key, a right one brings the tries back`() throws {
        let bench = try withPIN()
        let platform = try PINPlatform(bench, 2)
        #expect(try bench.pin(platform.getToken("0000", 3)) == 0x31)
        #expect(try bench.pinRetries() == [3: 7, 4: false])
        // The old secret decrypts to nonsense now, which costs a try like any wrong PIN.
        #expect(try bench.pin(platform.getToken("1234", 3)) == 0x31)
        #expect(try bench.pinRetries()[3] == 6)
        #expect(try bench.status(of: "1234") == 0)
        #expect(try bench.pinRetries()[3] == 8)
    }

    @Test func `one protocol's wrong PIN leaves the other's key alone`() throws {
        let bench = try withPIN()
        let one = try PINPlatform(bench, 1)
        #expect(try bench.status(of: "0000", 2) == 0x31)
        #expect(try bench.pin(one.getToken("1234", 3)) == 0)
    }

    @Test func `three wrong ones in a row want the key unplugged, eight are the end`() throws {
        let storage = MemoryStorage()
        var tries = 8
        for round in 0..<3 {
            let bench = try withPIN(storage: storage)
            #expect(try bench.pinRetries() == [3: .int(tries), 4: false])
            for attempt in 1...3 where tries > 0 {
                tries -= 1
                let expected: UInt8 = tries == 0 ? 0x32 : attempt == 3 ? 0x34 : 0x31
                #expect(try bench.status(of: "wrong") == expected, "round \(round), attempt \(attempt)")
            }
            guard tries > 0 else { break }
            #expect(try bench.pinRetries() == [3: .int(tries), 4: true])
            // Not even the right PIN is compared any more.
            #expect(try bench.status(of: "1234") == 0x34)
            #expect(try bench.pin(PINPlatform(bench, 1).getPinToken("1234")) == 0x34)
            #expect(try bench.pin(PINPlatform(bench, 1).changePIN("1234", "5678")) == 0x34)
            #expect(try bench.pinRetries()[3] == .int(tries))
        }
        let bench = try withPIN(storage: storage)
        #expect(try bench.pinRetries() == [3: 0, 4: false])
        #expect(try bench.status(of: "1234") == 0x32)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "5678")) == 0x32)
        #expect(try bench.command(0x07).status == 0)
        #expect(try bench.options()["clientPin"] == false)
        #expect(try bench.pin(PINPlatform(bench, 2).setPIN("5678")) == 0)
        #expect(try bench.pinRetries()[3] == 8)
    }

    @Test func `the try is gone before the PIN is compared`() throws {
        let storage = WatchedStorage()
        let bench = try withPIN(storage: storage)
        _ = try bench.status(of: "1234")
        // The try is taken, then restored.
        #expect(storage.changes == 2)
    }

    @Test func `the PIN is kept as a hash only`() throws {
        let storage = WatchedStorage()
        let bench = try KeyBench(storage: storage)
        #expect(try bench.pin(PINPlatform(bench, 2).setPIN("PIN in the clear")) == 0)
        let state = try #require(storage.load())
        #expect(!state.hex.contains(Array("PIN in the clear".utf8).hex))
        #expect(state.hex.contains(PINPlatform.hash("PIN in the clear").hex))
    }

    // MARK: Forced change

    @Test func `a PIN that must be changed permits nothing else`() throws {
        let bench = try KeyBench(key: #""pin": "1234", "forcePINChange": true"#)
        #expect(try bench.command(0x04).response?[0x0C] == true)
        #expect(try bench.pin(PINPlatform(bench, 2).getPinToken("1234")) == 0x31)
        #expect(try bench.status(of: "1234") == 0x37)
        #expect(try bench.pinRetries()[3] == 8)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "1234")) == 0x37)
        #expect(try bench.pin(PINPlatform(bench, 2).changePIN("1234", "5678")) == 0)
        #expect(try bench.command(0x04).response?[0x0C] == false)
        #expect(try bench.status(of: "5678") == 0)
    }

    // MARK: Supported features

    @Test(arguments: [(0x00, 0x3E), (0x08, 0x3E), (0x0A, 0x3E), (0x06, 0x3E), (0x07, 0x3E)] as [(Int, UInt8)])
    func `a subcommand that is not there is INVALID_SUBCOMMAND`(subCommand: Int, status: UInt8) throws {
        #expect(try KeyBench().pin([1: 2, 2: .int(subCommand)]) == status)
    }

    @Test func `a key that knows no PINs has no clientPIN`() throws {
        let bench = try KeyBench(key: #""pin": false"#)
        #expect(try bench.pin([2: 1]) == 0x01)
        let info = try #require(bench.command(0x04).response)
        #expect(info[6] == nil && info[0x0C] == nil && info[0x0D] == nil)
        #expect(try bench.options()["clientPin"] == nil)
        #expect(try bench.options()["pinUvAuthToken"] == nil)
        // Step 2, and nothing of step 1.
        var request = VirtualMakeCredentialTests.request
        request[8] = .bytes([])
        #expect(try bench.command(0x01, request).status == 0x14)
        request[9] = 1
        #expect(try bench.command(0x01, request).status == 0x02)
    }

    @Test(arguments: [("[1]", 2), ("[2]", 1)] as [(String, UInt64)])
    func `a protocol that the key does not have is refused`(protocols: String, other: UInt64) throws {
        let bench = try KeyBench(key: #""pin": "1234", "pinUvAuthProtocols": \#(protocols)"#)
        #expect(try bench.command(0x04).response?[6] == .array([.unsigned(3 - other)]))
        #expect(try bench.pin([1: .unsigned(other), 2: 2]) == 0x02)
        #expect(try bench.pin([2: 2]) == 0x14)
        #expect(try bench.status(of: "1234", 3 - other) == 0)
    }

    @Test func `no clientPIN request ends the key`() throws {
        var bench = try KeyBench()
        var random = CountingRandom()
        func bytes() -> [UInt8] { (0..<Int.random(in: 0...96, using: &random)).map { _ in random.byte() } }
        for round in 0..<300 {
            // Before wrong PINs block the comparison of all others.
            if round.isMultiple(of: 4) { bench = try KeyBench(key: #""uv": true, "pin": "1234""#) }
            let platform = try PINPlatform(bench, UInt64.random(in: 1...2, using: &random))
            let requests: [CBORMap] = [
                try platform.setPIN("1234"), try platform.changePIN("1234", "1234"), try platform.getPinToken("1234"),
                try platform.getToken("1234", 3), platform.getTokenByUV(3),
            ]
            var request = try #require(requests.randomElement(using: &random))
            let member = try #require(request.entries.randomElement(using: &random)).key
            let key: CBORMap = [1: 2, 3: -25, -1: 1, -2: .bytes(bytes()), -3: .bytes(bytes())]
            let values: [CBORValue?] = [nil, .bytes(bytes()), .unsigned(random.next()), .map(key), .text("?")]
            request[member] = try #require(values.randomElement(using: &random))
            _ = try bench.command(0x06, request)
        }
        #expect(try bench.command(0x04).status == 0)
    }

    @Test func `a state from before PINs is one without`() throws {
        let storage = WatchedStorage()
        let made = try MadeCredential(
            KeyBench(storage: storage).command(0x01, VirtualMakeCredentialTests.request).response
        )
        let state = try #require(storage.load())
        var members = try #require(CBORDecoder.decode(state, rules: .canonical).map)
        // The members of the format's first version.
        members[11] = nil
        #expect(members.entries.map(\.key) == [1, 2, 3, 4, 5])
        let old = CBOREncoder.encode(members)
        try storage.update { _ in old }
        let bench = try withPIN(storage: storage)
        #expect(try bench.options()["clientPin"] == true)
        var request = VirtualGetAssertionTests.request
        request[3] = .array([made.descriptor])
        #expect(try bench.command(0x02, request).status == 0)
    }
}

/// Storage that counts its changes.
final class WatchedStorage: KeyStorage {
    private var state: [UInt8]?
    private(set) var changes = -1

    func load() -> [UInt8]? { state }

    func update(_ change: ([UInt8]?) throws(KeyStorageError) -> [UInt8]) throws(KeyStorageError) {
        let new = try change(state)
        if new != state { changes += 1 }
        state = new
    }
}
