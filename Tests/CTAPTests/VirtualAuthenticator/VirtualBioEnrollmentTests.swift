import CTAP2
import Testing
import VirtualAuthenticator

/// The key's authenticatorBioEnrollment (CTAP 2.1 §6.7).
@Suite struct VirtualBioEnrollmentTests {
    private func bench(
        _ members: String = "",
        storage: any KeyStorage = MemoryStorage(),
        presence: any UserPresence = TimedPresence(after: .zero)
    ) throws -> KeyBench {
        try KeyBench(key: #""pin": "1234", "uv": false"# + members, storage: storage, presence: presence)
    }

    /// Enrols a finger; returns the template's ID.
    private func enroll(_ bench: KeyBench, _ token: BenchToken) throws -> CBORValue {
        let begun = try #require(bench.command(0x09, token.enrolling(1)).response)
        let id = try #require(begun[4])
        var remaining = begun[6]?.int ?? 0
        while remaining > 0 {
            let next = try #require(bench.command(0x09, token.enrolling(2, [1: id])).response)
            #expect(next[5] == 0 && next[6]?.int == remaining - 1)
            remaining -= 1
        }
        return id
    }

    @Test func `anybody may ask what sensor it is`() throws {
        let bench = try bench(#", "fingerprintKind": 2, "maxCaptureSamplesRequiredForEnroll": 7"#)
        #expect(try bench.command(0x09, [6: true]).response == [1: 1])
        #expect(try bench.command(0x09, [1: 1, 2: 7]).response == [2: 2, 3: 7, 8: 64])
        #expect(try bench.command(0x09, [1: 2, 2: 7]).status == 0x02)
        #expect(try bench.command(0x09, [2: 7]).status == 0x14)
        #expect(try bench.command(0x09, [1: 1, 2: 8]).status == 0x3E)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `a finger is enrolled, verifies its user, and is there after a restart`(number: UInt64) throws {
        let storage = MemoryStorage()
        let bench = try bench(storage: storage)
        var options = try bench.options()
        #expect(options["uv"] == false && options["bioEnroll"] == false && options["uvBioEnroll"] == true)
        #expect(try bench.pin(PINPlatform(bench, 2).getTokenByUV(3)) == 0x30)
        let id = try enroll(bench, bench.token(0x08, protocol: number))
        options = try bench.options()
        #expect(options["uv"] == true && options["bioEnroll"] == true)
        #expect(try bench.pin(PINPlatform(bench, 2).getTokenByUV(3)) == 0)
        let later = try self.bench(storage: storage)
        let list = try later.command(0x09, later.token(0x08).enrolling(4)).response
        #expect(list == [7: .array([.map([1: id, 2: ""])])])
    }

    @Test func `bad samples count for nothing, and the scenario says which are bad`() throws {
        let bench = try bench(#", "maxCaptureSamplesRequiredForEnroll": 2, "sampleStatuses": [7, 0, 1]"#)
        let token = try bench.token(0x08)
        let begun = try #require(bench.command(0x09, token.enrolling(1)).response)
        #expect(begun[5] == 7 && begun[6] == 2)
        let next = token.enrolling(2, [1: try #require(begun[4])])
        #expect(try bench.command(0x09, next).response == [5: 0, 6: 1])
        #expect(try bench.command(0x09, next).response == [5: 1, 6: 1])
        #expect(try bench.options()["bioEnroll"] == false)
        #expect(try bench.command(0x09, next).response == [5: 0, 6: 0])
        #expect(try bench.options()["bioEnroll"] == true)
        #expect(try bench.command(0x09, next).status == 0x2C)
    }

    @Test func `a finger that does not come is said after the platform's time, and enrolment goes on`() throws {
        let bench = try bench(presence: TimedPresence(after: nil))
        let token = try bench.token(0x08)
        let begun = try bench.command(0x09, token.enrolling(1, [3: 2000]), patience: .milliseconds(2100)).response
        #expect(begun?[5] == 0x0D && begun?[6] == 4)
    }

    @Test func `a capture shows that it waits, and CANCEL ends it`() throws {
        let bench = try bench(presence: TimedPresence(after: nil))
        let request = try [0x09] + CBOREncoder.encode(bench.token(0x08).enrolling(1))
        let channel = try bench.openChannel()
        let reports = bench.send(channel, 0x90, request) + bench.pass(.milliseconds(150))
        #expect(reports.contains("\(channel)bb000102"))
        #expect(bench.exchange("\(channel) 91 0000") == ["\(channel)9000012d"])
        #expect(try bench.options()["bioEnroll"] == false)
    }

    @Test func `an enrolment is cancelled without a token, and a new one begins anew`() throws {
        let bench = try bench()
        let token = try bench.token(0x08)
        let first = try #require(bench.command(0x09, token.enrolling(1)).response?[4])
        #expect(try bench.command(0x09, [1: 1, 2: 3]).status == 0)
        #expect(try bench.command(0x09, token.enrolling(2, [1: first])).status == 0x2C)
        #expect(try bench.command(0x09, [1: 1, 2: 3]).status == 0)
        let second = try #require(bench.command(0x09, token.enrolling(1)).response)
        #expect(second[6] == 3 && second[4] != first)
    }

    @Test func `fingers are renamed and removed`() throws {
        let bench = try bench(#", "maxTemplateFriendlyName": 8"#)
        let token = try bench.token(0x08)
        #expect(try bench.command(0x09, token.enrolling(4)).status == 0x2C)
        let (first, second) = (try enroll(bench, token), try enroll(bench, token))
        #expect(try bench.command(0x09, token.enrolling(5, [1: first, 2: "親指"])).status == 0)
        #expect(try bench.command(0x09, token.enrolling(5, [1: first, 2: "九文字ある"])).status == 0x03)
        #expect(try bench.command(0x09, token.enrolling(5, [1: .bytes([9]), 2: "x"])).status == 0x2C)
        #expect(
            try bench.command(0x09, token.enrolling(4)).response
                == [7: .array([.map([1: first, 2: "親指"]), .map([1: second, 2: ""])])]
        )
        #expect(try bench.command(0x09, token.enrolling(6, [1: first])).status == 0)
        #expect(try bench.command(0x09, token.enrolling(6, [1: first])).status == 0x2C)
        #expect(try bench.command(0x09, token.enrolling(6, [1: second])).status == 0)
        #expect(try bench.options()["uv"] == false)
        var making = VirtualMakeCredentialTests.request
        making[7] = .map(["uv": true])
        #expect(try bench.command(0x01, making).status == 0x2C)
    }

    @Test func `there is room for so many fingers`() throws {
        let bench = try bench(#", "fingerprintCapacity": 1"#)
        let token = try bench.token(0x08)
        let id = try enroll(bench, token)
        #expect(try bench.command(0x09, token.enrolling(1)).status == 0x17)
        #expect(try bench.command(0x09, token.enrolling(6, [1: id])).status == 0)
        #expect(try bench.command(0x09, token.enrolling(1)).status == 0)
    }

    @Test(arguments: [1, 2, 4, 5, 6] as [UInt8])
    func `what changes or lists fingers wants a token that is for it`(subCommand: UInt8) throws {
        let bench = try bench()
        let parameters: CBORMap = [1: .bytes([1]), 2: "x"]
        var request = try bench.token(0x04).enrolling(subCommand, parameters)
        #expect(try bench.command(0x09, request).status == 0x33)
        request[4] = nil
        #expect(try bench.command(0x09, request).status == 0x14)
        request[5] = nil
        #expect(try bench.command(0x09, request).status == 0x36)
    }

    @Test func `a finger brings the token for more fingers, where the key allows it`() throws {
        let allowing = try bench(#", "uvRetries": 3"#)
        _ = try enroll(allowing, allowing.token(0x08))
        #expect(try allowing.pin(PINPlatform(allowing, 2).getTokenByUV(0x08, nil)) == 0)
        let refusing = try bench(#", "uvBioEnroll": false, "uvAcfg": false"#)
        _ = try enroll(refusing, refusing.token(0x08))
        let options = try refusing.options()
        #expect(options["uvBioEnroll"] == nil && options["uvAcfg"] == nil)
        #expect(try refusing.pin(PINPlatform(refusing, 2).getTokenByUV(0x08, nil)) == 0x40)
        #expect(try refusing.pin(PINPlatform(refusing, 2).getTokenByUV(0x20, nil)) == 0x40)
        #expect(try refusing.pin(PINPlatform(refusing, 2).getTokenByUV(0x04, nil)) == 0)
    }

    @Test func `a reset forgets every finger, that of the scenario too`() throws {
        let storage = MemoryStorage()
        let bench = try KeyBench(key: #""pin": "1234", "uv": true"#, storage: storage)
        #expect(try bench.command(0x09, bench.token(0x08).enrolling(4)).response?[7]?.array?.count == 1)
        #expect(try bench.command(0x07).status == 0)
        #expect(try bench.options()["uv"] == false)
        #expect(try KeyBench(key: #""uv": true"#, storage: storage).options()["uv"] == false)
    }

    @Test func `a key of the preview has command 40 alone, for its plain tokens`() throws {
        let bench = try KeyBench(key: #""edition": "2.0", "pin": "1234", "uv": false, "bioEnroll": "preview""#)
        let options = try bench.options()
        #expect(options["userVerificationMgmtPreview"] == false && options["bioEnroll"] == nil)
        let platform = try PINPlatform(bench, 1)
        let token = try BenchToken(bench, platform, platform.getPinToken("1234"))
        #expect(try bench.command(0x09, token.enrolling(1)).status == 0x01)
        #expect(try bench.command(0x40, token.enrolling(1)).response?[6] == 3)
    }

    @Test(arguments: [
        #""pin": "1234""#, #""pin": "1234", "uv": true, "bioEnroll": false"#, #""uv": true, "uvModality": 16"#,
    ])
    func `a key without a sensor for fingers, or without the command, gives no token for it`(members: String) throws {
        let bench = try KeyBench(key: members)
        #expect(try bench.options()["bioEnroll"] == nil)
        #expect(try bench.command(0x09, [6: true]).status == 0x01)
        #expect(try bench.pin(PINPlatform(bench, 2).getToken("1234", 0x08, nil)) == 0x40)
    }
}
