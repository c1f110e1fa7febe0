import ArgumentParser
import CTAP2
import Testing
import WebAuthn

@testable import fidoctl

/// The names in a registration whose options were typed.
@Suite struct SentNamesTests {
    private func names(_ arguments: [String] = []) throws -> [String?] {
        let options = try CreationFlags.parse(
            ["--rp-id", "example.com", "--user", "alice", "--user-id", "AQ"] + arguments
        )
        .options(rpId: "example.com", challenge: [0])
        return [options.rp.name, options.user.name, options.user.displayName]
    }

    @Test func `names that no key would store are sent only if they were given`() throws {
        #expect(try names() == [nil, "alice", nil])
        #expect(try names(["--rp-name", "Example", "--display-name", "Alice"]) == ["Example", "alice", "Alice"])
    }

    @Test(arguments: [["--discoverable"], ["--resident-key", "preferred"]])
    func `a credential that the key may store has names for every list`(arguments: [String]) throws {
        #expect(try names(arguments) == ["example.com", "alice", "alice"])
    }
}
