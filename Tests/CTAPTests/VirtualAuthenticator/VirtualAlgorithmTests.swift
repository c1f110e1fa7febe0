import CTAP2
import Testing
import VirtualAuthenticator

/// The virtual key's signature algorithms.
@Suite struct VirtualAlgorithmTests {
    private static let hash = VirtualMakeCredentialTests.hash

    @Test(arguments: [-7, -8, -35, -36, -257, -37, -48, -49, -50])
    func `every algorithm of getInfo makes keys that sign`(algorithm: Int) throws {
        let bench = try KeyBench()
        var request = VirtualMakeCredentialTests.request
        request[0x04] = .array([.map(["alg": .int(algorithm), "type": "public-key"])])
        let made = try MadeCredential(bench.command(0x01, request).response)
        #expect(made.publicKey[3] == .int(algorithm))
        let assertion = try MadeAssertion(
            bench.command(
                0x02,
                [
                    0x01: "example.com", 0x02: .bytes(Self.hash), 0x03: .array([made.descriptor]),
                ]
            ).response
        )
        #expect(try assertion.isSigned(by: made.publicKey, over: Self.hash))
        #expect(made.id.count <= 1023)
    }

    @Test(arguments: [-37, -48, -49, -50])
    func `a discoverable credential of any algorithm signs after the key was unplugged`(algorithm: Int) throws {
        let storage = MemoryStorage()
        var request = VirtualMakeCredentialTests.request
        request[0x04] = .array([.map(["alg": .int(algorithm), "type": "public-key"])])
        request[0x07] = .map(["rk": true])
        let made = try MadeCredential(KeyBench(storage: storage).command(0x01, request).response)
        let replugged = try KeyBench(storage: storage)
        let login = try MadeAssertion(replugged.command(0x02, [0x01: "example.com", 0x02: .bytes(Self.hash)]).response)
        #expect(login.id == made.id)
        #expect(try login.isSigned(by: made.publicKey, over: Self.hash))
    }

    @Test func `a response that does not fit into the reports is an error of the channel`() throws {
        var settings = KeySettings()
        settings.reportSize = 24
        let bench = try KeyBench(settings: settings)
        var request = VirtualMakeCredentialTests.request
        request[0x04] = .array([.map(["alg": -50, "type": "public-key"])])
        let channel = try bench.openChannel()
        let reports = bench.send(channel, 0x90, [0x01] + CBOREncoder.encode(request)) + bench.pass(.seconds(1))
        #expect(reports.contains("\(channel)bf00017f"))
        // The channel is usable.
        #expect(bench.send(channel, 0x90, [0x04]).first?.hasPrefix(channel + "90") == true)
    }

    @Test func `the first algorithm in the list that the key has is taken`() throws {
        var request = VirtualMakeCredentialTests.request
        request[0x04] = .array([
            .map(["alg": -65535, "type": "public-key"]), .map(["alg": -8, "type": "unheard-of"]),
            .map(["alg": -35, "type": "public-key"]), .map(["alg": -7, "type": "public-key"]),
        ])
        let made = try MadeCredential(KeyBench().command(0x01, request).response)
        #expect(made.publicKey[3] == -35)
    }

    @Test func `making an RSA key does not stop the signs of life`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        var request = VirtualMakeCredentialTests.request
        request[0x04] = .array([.map(["alg": -257, "type": "public-key"])])
        #expect(bench.send(channel, 0x90, [0x01] + CBOREncoder.encode(request)) == [])
        // The manual clock is faster than any key generation.
        #expect(bench.pass(.milliseconds(100)) == ["\(channel)bb000101"])
        #expect(bench.exchange("\(channel) 91 0000") == ["\(channel)9000012d"])
    }
}
