import Testing
@testable import WebAuthn

/// The rules of https://github.com/publicsuffix/list/wiki/Format, and the list that comes with the sources.
@Suite struct PublicSuffixListTests {
    private static let rules = """
        // A comment, and rules of each kind.
        com
        co.uk and text after a blank

        *.ck
        !www.ck
        公司.cn
        cn
        // ===BEGIN PRIVATE DOMAINS===
        github.io
        *.compute.example
        """

    private func suffix(of host: String, in list: PublicSuffixList) -> String {
        let labels = host.split(separator: ".")
        return labels.suffix(list.suffixLabelCount(of: labels)).joined(separator: ".")
    }

    @Test(arguments: [
        ("com", "com"), ("example.com", "com"), ("a.example.com", "com"),
        ("uk", "uk"), ("co.uk", "co.uk"), ("example.co.uk", "co.uk"), ("xco.uk", "uk"),
        ("ck", "ck"), ("a.ck", "a.ck"), ("b.a.ck", "a.ck"), ("www.ck", "ck"), ("a.www.ck", "ck"),
        ("example.xn--55qx5d.cn", "xn--55qx5d.cn"), ("a.example.xn--55qx5d.cn", "xn--55qx5d.cn"), ("a.cn", "cn"),
        ("github.io", "github.io"), ("a.github.io", "github.io"), ("b.a.github.io", "github.io"),
        ("compute.example", "example"), ("a.compute.example", "a.compute.example"),
        ("unknown", "unknown"), ("a.unknown", "unknown"), ("b.a.unknown", "unknown"), ("localhost", "localhost"),
        ("a.comment", "comment"), ("a.//", "//"),
    ])
    func `the longest rule counts, and an exception before it`(host: String, suffix: String) {
        let list = PublicSuffixList(text: Array(Self.rules.utf8))
        #expect(self.suffix(of: host, in: list) == suffix)
        let windows = PublicSuffixList(text: Array(Self.rules.replacing("\n", with: "\r\n").utf8))
        #expect(self.suffix(of: host, in: windows) == suffix)
    }

    @Test(arguments: [
        ("example.co.uk", "co.uk"), ("example.com", "com"), ("a.b.example.com", "com"), ("test.k12.ak.us", "k12.ak.us"),
        ("a.b.kobe.jp", "b.kobe.jp"), ("city.kobe.jp", "kobe.jp"), ("www.city.kobe.jp", "kobe.jp"),
        ("a.github.io", "github.io"), ("a.s3.amazonaws.com", "s3.amazonaws.com"),
        ("example.xn--55qx5d.cn", "xn--55qx5d.cn"), ("example.xn--fiqs8s", "xn--fiqs8s"),
        ("example.xn--mgberp4a5d4ar", "xn--mgberp4a5d4ar"),
    ])
    func `the copy from the sources knows registries and companies`(host: String, suffix: String) {
        #expect(self.suffix(of: host, in: .builtIn) == suffix)
    }

    @Test func `a file without a list is not taken for one`() throws {
        let folder = try TemporaryFolder()
        #expect(PublicSuffixList(file: folder.path("none")) == nil)
        #expect(PublicSuffixList(file: try folder.file("empty", "")) == nil)
        #expect(PublicSuffixList(file: try folder.file("other", "com\nco.uk\n")) == nil)
        #expect(PublicSuffixList(file: try folder.file("list", "// ===BEGIN ICANN DOMAINS===\ncom\n")) != nil)
    }

    @Test(arguments: [
        ("xn--bcher-kva", "bücher"), ("xn--55qx5d", "公司"), ("xn--p1ai", "рф"), ("xn--mgberp4a5d4ar", "السعودية"),
        ("bucher", "bucher"),
        // Not Punycode.
        ("xn--999999999", "xn--999999999"), ("xn--a-!", "xn--a-!"), ("xn--99999a", "xn--99999a"),
    ])
    func `labels are compared in Unicode`(label: String, unicode: String) {
        #expect(Punycode.unicode(label[...]) == unicode)
    }
}

/// Which origins of other sites an RP ID's document admits (WebAuthn L3 §5.11.1).
@Suite struct RelatedOriginsTests {
    private func admits(_ origin: String, _ listed: [String]) throws -> Bool {
        let json = #"{"origins":[\#(listed.map { "\"\($0)\"" }.joined(separator: ","))],"other":1}"#
        return try RelatedOrigins(json: Array(json.utf8)).contains(Origin(origin))
    }

    @Test(arguments: [
        ("https://example.net", ["https://example.net"], true),
        ("https://example.net:8443", ["https://example.net:8443"], true),
        ("https://example.net", ["https://example.net:443"], true),
        ("https://example.net", ["https://example.net/path?query#fragment"], true),
        ("https://example.net", ["HTTPS://EXAMPLE.net"], true),
        ("https://example.net:8443", ["https://example.net"], false),
        ("https://www.example.net", ["https://example.net"], false),
        ("https://example.net", ["https://www.example.net"], false),
        ("https://example.net", ["example.net", "http://example.net", "https://", "x", "https://192.0.2.1"], false),
        ("https://example.net", [], false),
        // A public suffix belongs to nobody.
        ("https://github.io", ["https://github.io"], false),
    ])
    func `an origin must be listed exactly`(origin: String, listed: [String], isAdmitted: Bool) throws {
        #expect(try admits(origin, listed) == isAdmitted)
    }

    @Test func `only five different names count, however many origins they have`() throws {
        let five = ["a", "b", "c", "d", "e"].map { "https://\($0).example" }
        #expect(try admits("https://f.example", five + ["https://f.example"]) == false)
        #expect(try admits("https://www.a.co.uk", five + ["https://f.example", "https://www.a.co.uk"]))
        #expect(try admits("https://e.example", five))
        // What is not a site does not count.
        #expect(
            try admits("https://e.example", ["x", "https://192.0.2.1", "https://co.uk", "https://localhost"] + five)
        )
    }

    @Test(arguments: [
        ("{}", JSONError.missing(path: "origins")), (#"{"origins":"https://a.example"}"#, .wrongType(path: "origins")),
        (#"{"origins":[1]}"#, .wrongType(path: "origins[0]")), ("[]", .wrongType(path: "")), ("", .notJSON),
    ])
    func `a document without a list of origins is refused`(json: String, error: JSONError) {
        #expect(throws: error) { try RelatedOrigins(json: Array(json.utf8)) }
    }
}
