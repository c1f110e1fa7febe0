import CTAP2
import Testing
import WebAuthn

@testable import Interaction
@testable import fidoctl

/// What applications say to `fidoctl serve`.
@Suite struct IncomingMessageTests {
    /// The fault of a message that cannot be used.
    private func refusal(of text: String) -> MessageFault? {
        var message = Array(text.utf8)
        do throws(MessageFault) {
            _ = try IncomingMessage.parse(&message)
            return nil
        } catch {
            return error
        }
    }

    private static let options = #"{"challenge":"AAAA","rpId":"example.com"}"#

    @Test(arguments: [
        "", "x", "[]", "null", "{", #"{"id":1"#, #"{"id":1,"type":"cancel"}}"#, #"{"id":1,,"type":"cancel"}"#,
        #"{"id":1,"id":1,"type":"cancel"}"#, #"{"type":"cancel"}"#, #"{"id":[1],"type":"cancel"}"#,
        #"{"id":1.5,"type":"cancel"}"#, #"{"id":null,"type":"cancel"}"#, #"{"id":true,"type":"cancel"}"#,
        #"{"id":"\#(String(repeating: "x", count: 129))","type":"cancel"}"#,
    ]) func `a message without a usable ID is refused without one`(text: String) throws {
        let fault = try #require(refusal(of: text))
        #expect(fault.id == nil)
        #expect(fault.error.failure.code == .badData)
        #expect(fault.error.name == .data)
    }

    @Test(arguments: [
        (#"{"id":1}"#, "DataError", "bad-data"), (#"{"id":1,"type":5}"#, "DataError", "bad-data"),
        (#"{"id":1,"type":"create"}"#, "DataError", "bad-data"),
        (#"{"id":1,"type":"get","origin":5,"options":\#(options)}"#, "DataError", "bad-data"),
        (#"{"id":1,"type":"get","origin":"https://example.com"}"#, "DataError", "bad-data"),
        (#"{"id":1,"type":"get","origin":"https://example.com","options":[]}"#, "DataError", "bad-data"),
        (#"{"id":1,"type":"get","origin":"https://example.com","options":{}}"#, "DataError", "bad-data"),
        (#"{"id":1,"type":"get","origin":"http://example.com","options":\#(options)}"#, "SecurityError", "usage"),
        (#"{"id":1,"type":"fetch"}"#, "NotSupportedError", "usage"),
    ]) func `a request that cannot be used is refused by its ID`(text: String, name: String, code: String) throws {
        let fault = try #require(refusal(of: text))
        #expect(fault.id == .number(1))
        #expect(fault.isRequest)
        #expect(fault.error.name.rawValue == name)
        #expect(fault.error.failure.code.rawValue == code)
    }

    @Test(arguments: [
        #"{"id":1,"type":"pin"}"#, #"{"id":1,"type":"account"}"#,
        #"{"id":1,"type":"pin","pin":"\#(String(repeating: "1", count: 256))"}"#,
        #"{"id":1,"type":"pin","pin":"\ud800"}"#,
    ]) func `an answer that cannot be used ends no request`(text: String) throws {
        #expect(try #require(refusal(of: text)).isRequest == false)
    }

    @Test func `the messages of the example in the documentation are read`() throws {
        let lines = TextFile.whole(Product.project + "/docs/serve.md").split(separator: "\n")
        let messages = lines.filter { $0.hasPrefix("→ ") }.map { String($0.dropFirst(2)) }
        #expect(messages.count == 2)
        for message in messages { #expect(refusal(of: message) == nil, "\(message)") }
    }

    @Test func `a mebibyte of brackets is refused`() throws {
        #expect(try #require(refusal(of: String(repeating: "[", count: 1 << 20))).error.failure.code == .badData)
        let nested = #"{"id":1,"type":"get","options":"# + String(repeating: "[", count: 1 << 19)
        #expect(try #require(refusal(of: nested)).error.failure.code == .badData)
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        var message = Array(#"{"id":1,"type":"cancel","x":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(throws: MessageFault.self) { _ = try IncomingMessage.parse(&message) }
    }

    @Test func `a login's members are read`() throws {
        let text = """
            {"id": "a", "type": "get", "origin": "https://www.example.com", "topOrigin": "https://other.example", \
            "options": \(Self.options), "later": [{}]}
            """
        var message = Array(text.utf8)
        guard case .ceremony(let id, let request) = try IncomingMessage.parse(&message) else {
            Issue.record("not a ceremony")
            return
        }
        #expect(id == .text("a"))
        #expect(request.origin == (try Origin("https://www.example.com")))
        #expect(request.ancestors == .crossOrigin(top: try Origin("https://other.example")))
        #expect(request.operation == .logIn(rpId: "example.com"))
    }

    @Test(arguments: [#""1234""#, #""\u0031\u00323\u0034""#, #""1234"   "#])
    func `a PIN is taken out, and overwritten where it stood`(value: String) throws {
        var message = Array(#"{"id":1,"type":"pin","pin":\#(value),"x":"}"}"#.utf8)
        let count = message.count
        guard case .pin(.number(1), let pin) = try IncomingMessage.parse(&message) else {
            Issue.record("not a PIN")
            return
        }
        let isSame = pin.isSame(as: Secret(copying: "1234".utf8))
        #expect(isSame)
        #expect(message.count == count)
        let left = String(decoding: message, as: UTF8.self)
        #expect(left.replacing(" ", with: "") == #"{"id":1,"type":"pin","pin":"","x":"}"}"#)
    }

    @Test func `a PIN is overwritten under an escaped name, as a number, twice, and in other messages`() {
        for text in [
            #"{"id":1,"type":"pin","p\u0069n":"987654"}"#, #"{"id":1,"type":"pin","pin":987654}"#,
            #"{"id":1,"type":"pin","pin":"1","pin":"987654"}"#, #"{"id":1,"type":"get","pin":"987654"}"#,
            #"{"id":1,"type":"pin","pin":["987654"]}"#,
        ] {
            var message = Array(text.utf8)
            _ = try? IncomingMessage.parse(&message)
            #expect(!String(decoding: message, as: UTF8.self).contains("9876"), "\(text)")
        }
    }

    @Test func `escapes of a PIN beyond the basic plane are resolved`() throws {
        var message = Array(#"{"id":1,"type":"pin","pin":"\ud83d\udd11\"\\\/"}"#.utf8)
        guard case .pin(_, let pin) = try IncomingMessage.parse(&message) else {
            Issue.record("not a PIN")
            return
        }
        let isSame = pin.isSame(as: Secret(copying: "🔑\"\\/".utf8))
        #expect(isSame)
    }

    @Test(arguments: [RequestID.number(-5), .number(1 << 53), .text("ü")])
    func `an ID is given back as it came`(id: RequestID) throws {
        let json = try JSON.encode([id])
        #expect(try JSON.decode([RequestID].self, from: json) == [id])
        if case .number(let number) = id { #expect(String(decoding: json, as: UTF8.self) == "[\(number)]") }
    }
}
