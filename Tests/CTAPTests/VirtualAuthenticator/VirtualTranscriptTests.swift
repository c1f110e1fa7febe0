import CTAP2
import Testing
import VirtualAuthenticator

/// The key's side of the PIN transcripts: with the same random values its responses must match to the byte.
@Suite struct VirtualTranscriptTests {
    /// A random source that returns a transcript's values first.
    private final class ScriptedRandom: RandomNumberGenerator {
        var bytes: [UInt8] = []
        private var rest = CountingRandom()

        func next() -> UInt64 {
            bytes.isEmpty ? rest.next() : UInt64(bytes.removeFirst())
        }
    }

    private static func entry(_ id: String) throws -> (data: KnownAnswer, expect: KnownAnswer) {
        let entry = try #require(try VectorFolder.own().vectors.first { $0.id == id })
        return (KnownAnswer(entry.data, path: id), KnownAnswer(entry.expect, path: id))
    }

    /// A key after key agreement with the transcripts' platform, for both protocols.
    private func bench(_ settings: KeySettings = KeySettings()) throws -> (KeyBench, ScriptedRandom) {
        let random = ScriptedRandom()
        let bench = try KeyBench(settings: settings, random: random)
        let (data, expect) = try Self.entry("agreement")
        for number in [1, 2] {
            random.bytes = try #require(data["authenticatorPrivate"]?.bytes)
            let answer = try bench.command(0x06, [1: .int(number), 2: 2]).response
            #expect(try CBOREncoder.encode(#require(answer)) == expect["keyAgreementResponseMap"]?.bytes)
        }
        return (bench, random)
    }

    /// Sends the entry's request; `drawn` are the key's random values, besides an IV in the response.
    private func answer(_ id: String, _ bench: KeyBench, _ random: ScriptedRandom) throws -> UInt8 {
        let (data, expect) = try Self.entry(id)
        let expected = expect["responseMap"]?.bytes
        if let token = data["token"]?.bytes, let expected {
            // After the heads of the map and of the byte string.
            random.bytes = token + (id.hasPrefix("p2") ? Array(expected.dropFirst(4).prefix(16)) : [])
        }
        let answer = try bench.command(#require(expect["request"]?.bytes))
        random.bytes = []
        if let expected { #expect(answer.response.map { CBOREncoder.encode($0) } == expected) }
        return answer.status
    }

    @Test func `protocol one`() throws {
        let (bench, random) = try bench()
        #expect(try answer("p1-setpin", bench, random) == 0)
        #expect(try answer("p1-getpintoken", bench, random) == 0)
        #expect(try answer("p1-makecredential-request", bench, random) == 0)
        #expect(try answer("p1-gettoken-permissions", bench, random) == 0)
        // The transcript's credential belongs to another key; an invalid pinUvAuthParam would fail earlier.
        #expect(try answer("p1-getassertion-request", bench, random) == 0x2E)
    }

    @Test func `protocol two`() throws {
        let (bench, random) = try bench()
        #expect(try answer("p2-setpin", bench, random) == 0)
        #expect(try answer("p2-getpintoken", bench, random) == 0)
        #expect(try answer("p2-makecredential-request", bench, random) == 0)
        #expect(try answer("p2-changepin", bench, random) == 0)
        #expect(try bench.status(of: "contraseña") == 0)
        #expect(try bench.status(of: "1234") == 0x31)
    }

    @Test func `a token by the sensor`() throws {
        var settings = KeySettings()
        settings.userVerification.builtIn = .init()
        let (bench, random) = try bench(settings)
        #expect(try answer("p2-gettoken-uv", bench, random) == 0)
    }

    @Test func `the request for a touch`() throws {
        let (_, expect) = try Self.entry("zero-length-pinuvauthparam")
        let request = try #require(expect["request"]?.bytes)
        #expect(try KeyBench().command(request).status == 0x35)
        #expect(try KeyBench(key: #""pin": "1234""#).command(request).status == 0x31)
    }

    /// Published key agreements.
    struct Agreement: CustomTestStringConvertible {
        var source: String
        var privateKey, keyPoint, platformPoint, one, twoMAC, twoAES: String
        var testDescription: String { source }
    }

    static let agreements = [
        Agreement(
            source: "WebauthnWorks/CTAP2.1-Migration-Guide",
            privateKey: "90f0a83dba763dfa331061198fc90033a7adefe8fe63da224667b2c5ac0a52ba",
            keyPoint: """
                d7404f738990a0af2bbc053d39f0a9c293898bf8e7c0fb9ab1ef4dd61bb70d37\
                c09bed90721b78631be0e68f42997f7a1957b87a6537cfade9f0a68cd432e7f9
                """,
            platformPoint: """
                003a0bc15db601a238e891db21ca5f71eab98c8e05bf4e318daf471ea6e76dab\
                3e303d19dcf2147db8d4ee0d932b0a0308ca55d69cf021c1c7e111d0cdc59efe
                """,
            one: "8f186f64182b86cfd8bbf73354772066ba46de6514149a7a79c050a3ce4f1ff9",
            twoMAC: "efe50001d97a7cf14096589e65147b108653683cc22aaf4d1f3bd91dc8e41cbd",
            twoAES: "6e1db0c8ebc48dad977a81d26ca7e5bfb0243bd1a2aba6c45adc7a00729b2027"
        ),
        Agreement(
            source: "Lumoin/Verifiable",
            privateKey: "3e37e78a7f1dde901aa8c525109cff78cb4a5d3d8889c76db6ef9ed8c227d1ac",
            keyPoint: """
                f65865007defe716c2c419c782ee717a06c484cc6b9f1f6e4b84dfe7ccc5a969\
                2b5ac9ad3a1e221c2ca0315db09466ab3ae2db126ea6764c70003892f5a7f803
                """,
            platformPoint: """
                dfd0a890aba2b61a44a8a9a3aa6b3b725301f74c4038db9629df4bbcfc907b66\
                4862028838cd3b0f82754cb91c42c7b623ccb941e48967d3b31b426b16a30c42
                """,
            one: "2155d74e63450e934c5cb96bfc024ad418d0c9d54e192aff4337ae62cd98e145",
            twoMAC: "2cdf925f8ac821cda8bcb6b0b037aa3b4666a099934836781ddfd8b5311705ce",
            twoAES: "03e4378d44f0ecd162b34a08a673b8d54b08a66b7baa61d31d481de18682304c"
        ),
    ]

    @Test(arguments: agreements, [1, 2] as [UInt64])
    func `the key agrees on what others did`(agreement: Agreement, number: UInt64) throws {
        let random = ScriptedRandom()
        let bench = try KeyBench(random: random)
        random.bytes = hex(agreement.privateKey)
        let cose = try #require(bench.command(0x06, [1: .unsigned(number), 2: 2]).response?[1]?.map)
        #expect([cose[-2], cose[-3]].compactMap { $0?.bytes }.reduce([], +) == hex(agreement.keyPoint))
        let platform = PINPlatform(
            number,
            point: hex(agreement.platformPoint),
            macKey: hex(number == 1 ? agreement.one : agreement.twoMAC),
            aesKey: hex(number == 1 ? agreement.one : agreement.twoAES)
        )
        #expect(try bench.pin(platform.setPIN("1234")) == 0)
        #expect(try BenchToken(bench, platform, platform.getToken("1234", 3)).bytes.count == 32)
    }
}
