import Glibc
import Testing

extension HidrawTests {
    /// A key with a fingerprint reader, and a PIN as the fallback.
    @Suite struct BuiltInVerificationTests {
        private static let sensor = ["uv": "true"]
        private let register = ["register", "--rp-id", "example.com", "--user", "u", "--events", "3"]

        private func begin(_ bed: PINBed, _ more: String...) async throws -> Program {
            let fidoctl = try bed.bed.start([Product.fidoctl] + register + more)
            try await bed.key.server.errors.wait(for: "waits for a fingerprint")
            return fidoctl
        }

        @Test func theFingerIsAskedForByTheKeysName() async throws {
            try await PINBed.with(Self.sensor, touch: "ask") { bed in
                let fidoctl = try await begin(bed)
                try await fidoctl.events.wait(for: "uv-needed")
                try await fidoctl.errors.wait(for: "example.com: Verify yourself on ")
                bed.key.server.write("touch")
                try await eventually("it went on or ended") {
                    bed.key.server.errors.text.contains("waits for a touch") || !fidoctl.output.lines.isEmpty
                }
                bed.key.server.write("touch")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(!fidoctl.events.text.contains("pin-needed"))
            }
        }

        /// With a key that issues tokens for it, and one that verifies as part of the registration.
        @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)], ["true", "false"])
        func cancellingItSendsOneCANCEL(end: (signal: Int32, status: Int32), givesTokens: String) async throws {
            try await PINBed.with(["uv": "true", "pinUvAuthToken": givesTokens], touch: "ask") { bed in
                let fidoctl = try await begin(bed)
                try await fidoctl.events.wait(for: "uv-needed")
                fidoctl.signal(end.signal)
                #expect(try await fidoctl.end() == .exit(end.status), "\(fidoctl.errors.text)")
                let wire = try await bed.key.finalWire()
                #expect(wire.afterLastRequest == ["CANCEL"])
                #expect(wire.cancels.count == 1)
                #expect(!bed.key.isLocked)
            }
        }

        @Test func fingersThatAreNotRecognizedLeadToThePIN() async throws {
            try await PINBed.with(["uv": "true", "uvRetries": "2"], touch: "ask") { bed in
                let fidoctl = try await begin(bed, "--pin-file", bed.pinFile)
                for count in 1...2 {
                    try await bed.key.server.errors.wait { lines in
                        lines.count { $0.contains("waits for a fingerprint") } == count ? () : nil
                    }
                    bed.key.server.write("wrong-finger")
                }
                try await fidoctl.events.wait(for: "pin-needed")
                #expect(fidoctl.events.text.contains(#""event":"uv-failed","retries":1"#))
                #expect(fidoctl.events.text.contains(#""reason":"uv-failed""#))
                try await bed.key.server.errors.wait(for: "waits for a touch")
                bed.key.server.write("touch")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(fidoctl.errors.text.contains("did not recognize you"))
            }
        }

        @Test func withoutAPINToFallBackToItHasFailed() async throws {
            try await PINBed.with(["uv": "true", "uvRetries": "1"], touch: "ask") { bed in
                let fidoctl = try await begin(bed, "--no-input", "--user-verification", "required")
                bed.key.server.write("wrong-finger")
                #expect(try await fidoctl.end() == .exit(13), "\(fidoctl.errors.text)")
            }
        }
    }
}
