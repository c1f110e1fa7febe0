import CTAP2
import Testing
import VirtualAuthenticator

/// Rules of all of the key's commands, and its short commands.
@Suite struct VirtualCommandTests {
    // MARK: Requests as bytes

    @Test(arguments: [
        ("01", "no map"), ("01 a1", "cut"), ("01 a0 00", "something behind"), ("01 a1 1801 40", "a long number"),
        ("01 a2 02 60 01 60", "keys unsorted"), ("01 a2 01 60 01 60", "a key twice"), ("01 bf ff", "no length"),
        ("01 c0 a0", "a tag"), ("01 a1 01 61 ff", "text that is none"), ("01 a1 06 81 81 81 80", "too deep"),
        ("02", "no map"), ("02 a0 ff", "something behind"),
    ])
    func `what is not canonical CBOR is INVALID_CBOR`(request: String, why: String) throws {
        #expect(try KeyBench().command(hex(request)).status == 0x12, "\(why)")
    }

    @Test(arguments: ["01 80", "02 f6", "01 01"])
    func `parameters that are no map are CBOR_UNEXPECTED_TYPE`(request: String) throws {
        #expect(try KeyBench().command(hex(request)).status == 0x11)
    }

    @Test(arguments: ["00", "03", "05", "09", "40", "bf", "ff"])
    func `a command that is not there is INVALID_COMMAND`(command: String) throws {
        #expect(try KeyBench().command(hex(command)).status == 0x01)
    }

    @Test(arguments: ["09", "0a", "0b", "0c", "0d", "40", "41"])
    func `a key of CTAP 2.0 has no command of later editions`(command: String) throws {
        #expect(try KeyBench(key: #""edition": "2.0""#).command(hex(command)).status == 0x01)
    }

    @Test func `a request longer than maxMsgSize is REQUEST_TOO_LARGE`() throws {
        var settings = KeySettings()
        settings.maximumMessageSize = 1024
        let bench = try KeyBench(settings: settings)
        #expect(try bench.command([0x04] + Array(repeating: 0, count: 1023)).status == 0)
        #expect(try bench.command([0x04] + Array(repeating: 0, count: 1024)).status == 0x39)
        #expect(try bench.command(0x04).response?[0x05] == 1024)
    }

    @Test func `no bytes of a client end the key`() throws {
        let bench = try KeyBench()
        var random = CountingRandom()
        let channel = try bench.openChannel()
        for _ in 0..<3000 {
            var report = hex(channel)
            report += (0..<60).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            if Bool.random(using: &random) { report[4] = 0x90 }
            if Bool.random(using: &random) { report[5...7] = [0, UInt8.random(in: 1...57, using: &random), 1] }
            bench.exchange(report.hex)
            _ = bench.pass(.milliseconds(5))
        }
        _ = bench.pass(.seconds(60))
        #expect(bench.exchange("\(channel) 81 0001 55") == ["\(channel)81000155"])
    }

    // MARK: getInfo

    @Test func `getInfo tells what the key does, to the byte`() throws {
        let info = try KeyBench(key: KeyBench.unmanaged).info()
        #expect(
            CBOREncoder.encode(info).hex
                == """
                ae0182665532465f5632684649444f5f325f3003506669646f63746c007669727475616c01\
                04a662726bf5627570f564706c6174f4 69636c69656e7450696e f4 6e70696e557641757468546f6b656e f5\
                706d616b654372656455764e6f74527164 f5 05191db9 06820201 0710 081903ff 098163757362\
                0a89a263616c672664747970656a7075626c69632d6b6579a263616c672764747970656a7075626c69632d6b6579\
                a263616c67382264747970656a7075626c69632d6b6579a263616c67382364747970656a7075626c69632d6b6579\
                a263616c6739010064747970656a7075626c69632d6b6579a263616c67382464747970656a7075626c69632d6b6579\
                a263616c67382f64747970656a7075626c69632d6b6579a263616c67383064747970656a7075626c69632d6b6579\
                a263616c67383164747970656a7075626c69632d6b65790cf4 0d04 0e01 141864 181d183f
                """.filter { $0 != " " }
        )
    }

    @Test func `a key without a scenario has everything that can be managed`() throws {
        let info = try KeyBench().info()
        #expect(
            info[4]
                == .map([
                    "rk": true, "up": true, "plat": false, "clientPin": false, "pinUvAuthToken": true,
                    "makeCredUvNotRqd": true, "credMgmt": true, "credentialMgmtPreview": true, "perCredMgmtRO": true,
                    "largeBlobs": true,
                    "authnrCfg": true, "setMinPINLength": true, "ep": false, "alwaysUv": false,
                ])
        )
        #expect(info[1] == .array(["U2F_V2", "FIDO_2_0", "FIDO_2_1_PRE", "FIDO_2_1", "FIDO_2_3"]))
        #expect(
            info[2]
                == .array([
                    "credProtect", "credBlob", "hmac-secret", "hmac-secret-mc", "largeBlobKey", "minPinLength",
                    "pinComplexityPolicy", "thirdPartyPayment",
                ])
        )
        #expect(info[0x0B] == 4096 && info[0x1F] == .array([1, 2, 3, 4]))
        let members = info.entries.compactMap(\.key.int)
        #expect(
            members == [
                1, 2, 3, 4, 5, 6, 7, 8, 9, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x14, 0x18, 0x19, 0x1B, 0x1D, 0x1E,
                0x1F,
            ]
        )
    }

    // MARK: selection and reset

    @Test func `selection ends with the touch`() throws {
        #expect(try KeyBench().command(0x0B).status == 0)
        #expect(try KeyBench(presence: TimedPresence(after: .seconds(2))).command(0x0B).status == 0)
        #expect(try KeyBench(presence: TimedPresence(after: nil)).command(0x0B).status == 0x2F)
    }

    @Test func `reset makes every credential worthless`() throws {
        let bench = try KeyBench()
        var request = VirtualMakeCredentialTests.request
        let wrapped = try MadeCredential(bench.command(0x01, request).response)
        request[0x07] = .map(["rk": true])
        _ = try bench.command(0x01, request)
        #expect(try bench.command(0x07).status == 0)
        #expect(try bench.command(0x04).response?[0x14] == 100)
        var assertion = VirtualGetAssertionTests.request
        #expect(try bench.command(0x02, assertion).status == 0x2E)
        assertion[0x03] = .array([wrapped.descriptor])
        #expect(try bench.command(0x02, assertion).status == 0x2E)
    }

    @Test func `reset is allowed for ten seconds after power-up, and only with a touch`() throws {
        let bench = try KeyBench()
        bench.now = .seconds(10)
        #expect(try bench.command(0x07).status == 0)
        bench.now = .milliseconds(10_001)
        #expect(try bench.command(0x07).status == 0x30)
        #expect(try KeyBench(presence: TimedPresence(after: nil)).command(0x07).status == 0x2F)
    }
}
