import Testing
@testable import Interaction
@testable import fidoctl

/// docs/json.md; each command's tests compare its output with its table.
@Suite struct JSONPageTests {
    @Test func `every section is of a command`() throws {
        for command in try JSONPage().commands {
            let words = command.split(separator: " ").map(String.init).filter { !$0.hasPrefix("--") }
            #expect(CommandTree.name(in: words) == words.joined(separator: " "))
        }
    }

    @Test func `every type is one that is checked`() throws {
        let bare = ["string", "bytes", "number", "boolean", "object", "array of objects", "array of strings"]
        let known = Set(bare.flatMap { [$0, $0 + " or null"] }.flatMap { [$0, $0 + ", if any"] })
        let types = try JSONPage().types
        #expect(types.subtracting(known) == [])
    }

    @Test(arguments: [
        (#"{"keys": []}"#, []), (#"{}"#, ["keys is missing"]), (#"{"keys": 1}"#, ["keys is not: array of objects"]),
        (#"{"keys": [], "more": 1}"#, ["more is not in the table"]),
    ])
    func `a document that is otherwise than its table is found out`(json: String, problems: [String]) throws {
        let found = try JSONPage().problems(in: json, of: "credentials list")
        #expect(found == problems)
    }

    @Test func `members that two commands share are checked in both`() throws {
        let json = #"{"device": "d", "name": "n", "credential": {"rpId": 1}}"#
        let problems = try JSONPage().problems(in: json, of: "credentials delete")
        #expect(problems.contains("credential.rpId is not: string or null"))
        #expect(problems.contains("credential.userId is missing"))
    }
}
