import ArgumentParser
import Testing
@testable import Interaction
@testable import fidoctl

/// Lists of credentials on the command line.
@Suite struct JoinedListsTests {
    @Test(
        arguments: [
            ("assert --allow AQ --json --allow=Ag", "assert --allow=AQ,Ag --json"),
            ("register --exclude AQ --allow Ag --exclude Aw", "register --exclude=AQ,Aw --allow=Ag"),
            ("assert --allow --allow --json", "assert --allow=--allow --json"),
            ("assert --challenge --allow --allow AQ", "assert --challenge --allow --allow=AQ"),
            ("assert --allow AQ --allow", "assert --allow=AQ --allow"),
            ("verify -- --allow a --allow b", "verify -- --allow a --allow b"),
            ("info --json", "info --json"),
        ]
    )
    func `the values of a list become one argument in the place of the first`(typed: String, joined: String) {
        let arguments = typed.split(separator: " ").map(String.init)
        #expect(JoinedLists.join(arguments).joined(separator: " ") == joined)
    }

    @Test func `ten thousand credentials are one argument and all arrive`() throws {
        let typed = (0..<10_000).flatMap { _ in ["--allow", "AQID"] }
        let joined = JoinedLists.join(["assert", "--rp-id", "example.com"] + typed)
        #expect(joined.count == 4)
        let command = try #require(try Fidoctl.parseAsRoot(joined) as? AssertCommand)
        #expect(command.request.allow == [[UInt8]](repeating: [1, 2, 3], count: 10_000))
    }

    @Test func `a value with commas is several credentials`() throws {
        let command = try Fidoctl.parseAsRoot(["register", "--rp-id", "example.com", "--exclude", "AQ,Ag"])
        #expect((command as? RegisterCommand)?.request.exclude == [[1], [2]])
    }

    @Test func `an invalid value among others is refused`() {
        #expect(throws: (any Error).self) {
            try Fidoctl.parseAsRoot(["assert", "--rp-id", "example.com", "--allow", "AQ,a/b"])
        }
    }
}
