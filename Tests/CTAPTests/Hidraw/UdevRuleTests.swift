import Glibc
import Testing

/// The fallback of our udev rule without systemd's fido_id; ring 4 tests the rule itself.
@Suite struct UdevRuleTests {
    /// The usage must match as well: the rule must not open other devices of the FIDO usage page.
    @Test(arguments: [
        ("06d0f1 0901 a101 0920", true), ("06d0f1 0902 a101 0920", false), ("06d0f1 a101 0901 c0", false),
        ("0501 0906 a101 0507", false),
    ])
    func `a key is known by usage page and usage`(descriptor: String, isKey: Bool) async throws {
        let rule = TextFile.whole(Product.project + "/udev/70-fido.rules")
        let program = try #require(rule.firstMatch(of: #/PROGRAM=="([^"%]+)%p[^"]*"/#)).output.1
        let result = try #require(rule.firstMatch(of: #/RESULT=="([^"]+)"/#)).output.1
        let folder = try TemporaryFolder()
        try folder.write(hex(descriptor), to: "report_descriptor")
        let words = program.split(separator: " ").dropLast().map(String.init)
        let od = try Program(words + [folder.path("report_descriptor")])
        #expect(try await od.end() == .exit(0), "\(od.errors.text)")
        #expect((unsafe fnmatch(String(result), od.output.text, 0) == 0) == isKey, "\(od.output.text)")
    }

    @Test func `whoever may not use the rule's group finds it in the file`() throws {
        let lines = TextFile.whole(Product.project + "/udev/70-fido.rules").split(separator: "\n")
        let rule = try #require(lines.last { $0.contains("MODE=") && !$0.hasPrefix("#") })
        let group = try #require(rule.firstMatch(of: #/GROUP="[a-z]+"/#)).output
        let head = lines.filter { $0.hasPrefix("#") }.joined(separator: " ")
        #expect(head.contains("Omit \(group) from the last rule if"))
    }
}
