import ArgumentParser
import Testing

@testable import fidoctl

/// Lines that commands read themselves, in place of the parser.
@Suite struct PlainLineTests {
    @Test(arguments: [
        "list", "list --json", "list --watch", "list --watch --json", "info", "info --json --device /dev/hidraw0",
        "info --device=virtual: --timeout 2.5 --trace file --pin-file=file --no-input --quiet",
        "info --askpass=program --timeout=1e1", "assert --rp-id example.com", "assert --credential file --json",
        "assert --rp-id example.com --allow AQID,BAUG --challenge AQID --origin https://example.com --silent",
        "assert --rp-id=example.com --user-verification required --account alice --prf AQID --format text",
        "assert --rp-id example.com --cross-origin --top-origin https://example.org --cred-blob --format=json",
        "assert --options site.json --origin https://example.com --related-origins file",
        "assert --rp-id example.com --client-data-hash AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "register --rp-id example.com --user alice --user-id AQID --display-name Alice --rp-name Example",
        "register --rp-id example.com --exclude AQID --resident-key required --discoverable --large-blob",
        "register --rp-id example.com --user-verification discouraged --algorithm ES256 --attestation none",
        "register --rp-id example.com --prf --hmac-secret --cred-protect 2 --cred-blob AQID --min-pin-length",
        "register --options file --format fido2-tools",
    ])
    func `a plain line means what the parser takes it to mean`(line: String) throws {
        let arguments = line.split(separator: " ").map(String.init)
        let plain = try #require(PlainLine.command(arguments))
        let parsed = try CommandTree.parse(JoinedLists.join(arguments))
        #expect(type(of: plain) == type(of: parsed))
        let properties = Self.properties(of: plain)
        #expect(properties == Self.properties(of: parsed))
        #expect(!properties.contains { $0.hasSuffix("= unset") }, "\(properties)")
    }

    @Test(arguments: [
        "", "help", "--version", "list --help", "list --json --json", "list --json=true", "list extra",
        "list -- --json",
        "info --device", "info --device -", "assert --options -", "info --device --json virtual:",
        "info --device a --device b",
        "info --timeout soon", "info --timeout 0", "info --generate-completion-script bash", "info --json --version",
        "assert", "assert --rp-id example.com --credential a b", "assert --rp-id example.com --challenge -_-_",
        "assert --rp-id example.com --challenge AQ==", "assert --credential a --allow AQID",
        "assert --rp-id example.com --json --format text", "register --rp-id example.com --algorithm ES256 RS256",
        "register --rp-id example.com --exclude AQID --exclude BAUG", "pin status", "asser",
    ])
    func `any other line is the parser's`(line: String) {
        #expect(PlainLine.command(line.split(separator: " ").map(String.init)) == nil)
    }

    @Test(arguments: ["pin status --device virtual:", "credentials list --json", "ping --size 10 --count 2"])
    func `a command alone parses as from the root`(line: String) throws {
        let arguments = line.split(separator: " ").map(String.init)
        let alone = try CommandTree.parse(arguments)
        let parsed = try Fidoctl.parseAsRoot(arguments)
        #expect(type(of: alone) == type(of: parsed))
        #expect(Self.properties(of: alone) == Self.properties(of: parsed))
    }

    /// The names and values of all options, those of groups included.
    private static func properties(of options: Any, prefix: String = "") -> [String] {
        Mirror(reflecting: options).children.flatMap { wrapper -> [String] in
            let name = prefix + (wrapper.label ?? "")
            guard let state = Mirror(reflecting: wrapper.value).descendant("_parsedValue"),
                let choice = Mirror(reflecting: state).children.first, choice.label == "value"
            else { return ["\(name) = unset"] }
            guard choice.value is any ParsableArguments else { return ["\(name) = \(choice.value)"] }
            return properties(of: choice.value, prefix: name + ".")
        }
    }
}
