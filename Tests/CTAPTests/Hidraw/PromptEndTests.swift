import Glibc
import Testing

extension HidrawTests {
    /// When prompts begin and end, with several keys and with the wrong one.
    @Suite struct PromptEndTests {
        private static let register = ["register", "--rp-id", "example.com", "--user", "u", "--events", "3"]

        /// A prompt after the touch would ask for a touch that is no longer needed.
        @Test(.enabled(if: !Testbed.usesKernel, "descriptions are for made-up devices"))
        func `of two keys the touched one ends the prompt, and no prompt names the other after it`() async throws {
            try await Testbed.with { bed in
                let touched = try await bed.plug(
                    0,
                    serving: ["--touch", "ask"],
                    description: ["--product", "Touched Key"]
                )
                let other = try await bed.plug(
                    1,
                    serving: ["--touch", "never"],
                    description: ["--product", "Other Key"]
                )
                let fidoctl = try bed.start([Product.fidoctl] + Self.register)
                try await fidoctl.needsTouch(of: [touched, other])
                touched.touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                let last = fidoctl.errors.lines.last { $0.contains("Touch") } ?? ""
                #expect(last.contains("Touched Key"), "\(fidoctl.errors.text)")
            }
        }

        @Test func `elsewhere than at a terminal a key without the credential ends the login`() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug(0, serving: ["--touch", "auto"])
                let fidoctl = try bed.fidoctl("assert", "--rp-id", "example.com", "--timeout", "600")
                #expect(try await fidoctl.end() == .exit(10), "\(fidoctl.errors.text)")
            }
        }
    }
}
