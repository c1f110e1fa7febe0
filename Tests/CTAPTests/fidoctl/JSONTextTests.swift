import Testing
import WebAuthn

@testable import Interaction
@testable import fidoctl

@Suite struct JSONTextTests {
    @Test(arguments: [
        ("\u{9B}31m", "\\u009b31m"), ("\u{7F}", "\\u007f"), ("a\u{202E}b", "a\\u202eb"), ("\u{2066}", "\\u2066"),
        ("\u{FEFF}", "\\ufeff"), ("\u{2028}", "\\u2028"), ("\u{3164}", "\\u3164"), ("\u{34F}", "\\u034f"),
        ("\u{E0041}", "\\udb40\\udc41"), ("キー 🔑 é", "キー 🔑 é"),
    ])
    func `JSON is printed with what a terminal obeys or nobody sees escaped`(text: String, escaped: String) throws {
        let document = JSONText.escape(try JSON.encode(["name": text]))
        #expect(String(decoding: document, as: UTF8.self) == "{\"name\":\"\(escaped)\"}")
        #expect(try JSON.decode([String: String].self, from: document) == ["name": text])
    }

    @Test func `line ends between members stay`() throws {
        let document = try JSON.encode(["a": "\u{9B}", "b": "x"], pretty: true)
        let escaped = JSONText.escape(document)
        #expect(escaped.count { $0 == UInt8(ascii: "\n") } == document.count { $0 == UInt8(ascii: "\n") })
        #expect(!escaped.contains(0x9B))
    }
}
