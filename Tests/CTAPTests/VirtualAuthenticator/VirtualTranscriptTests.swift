import CTAP2
import Testing
import VirtualAuthenticator

/// The key's half of the PIN transcripts among the known answers: it draws what they drew, and must answer to the byte.
@Suite struct VirtualTranscriptTests {
    /// Randomness that gives what a transcript drew, and then anything.
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

    /// A key that has agreed with the transcripts' platform by both protocols.
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

    /// Sends the entry's request; `drawn` is what the key draws for its answer, besides an IV that stands in it.
    private func answer(_ id: String, _ bench: KeyBench, _ random: ScriptedRandom) throws -> UInt8 {
        let (data, expect) = try Self.entry(id)
        let expected = expect["responseMap"]?.bytes
        if let token = data["token"]?.bytes, let expected {
            // Behind the heads of the map and of the byte string.
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
        // The transcript's credential is another key's; a wrong proof would come before that.
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
}
