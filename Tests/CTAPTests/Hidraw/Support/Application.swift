import Synchronization
import Testing
import WebAuthn

/// The tests have a JSONValue of their own.
typealias MessageValue = WebAuthn.JSONValue

/// An application that talks with `fidoctl serve`.
///
/// It frames messages by itself, so that a mistake of fidoctl's is not shared.
final class Application: Sendable {
    enum Framing: String, CaseIterable {
        case lines, native
    }

    let program: Program
    private let framing: Framing
    /// How many messages have been looked at.
    private let seen = Mutex(0)

    init(_ program: Program, _ framing: Framing = .lines) {
        self.program = program
        self.framing = framing
    }

    func say(_ json: String) {
        switch framing {
        case .lines: program.write(json)
        case .native: program.write(Self.counted(json))
        }
    }

    static func counted(_ json: String) -> [UInt8] {
        let count = json.utf8.count
        return [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: count >> $0) } + Array(json.utf8)
    }

    /// All messages so far.
    var messages: [String] {
        switch framing {
        case .lines: program.output.lines
        case .native: Self.documents(in: program.output.bytes)
        }
    }

    /// Waits for a message with this text, after those that were waited for before.
    @discardableResult
    func hear(_ text: String) async throws -> String {
        let start = seen.withLock { $0 }
        let (index, message) = try await program.output.wait { [self] _ in
            let messages = self.messages
            let index = messages.indices.dropFirst(start).first { messages[$0].contains(text) }
            return index.map { ($0, messages[$0]) }
        }
        seen.withLock { $0 = index + 1 }
        return message
    }

    /// Waits for the result of a request.
    func result(of id: Int) async throws -> MessageValue {
        let end = try await end(of: id)
        return try #require(end["result"], "\(end)")
    }

    func error(of id: Int) async throws -> MessageValue {
        let end = try await end(of: id)
        return try #require(end["error"], "\(end)")
    }

    /// Waits for the end of a request, which must be as docs/serve.md says.
    private func end(of id: Int) async throws -> MessageValue {
        let start = seen.withLock { $0 }
        let (index, message) = try await program.output.wait { [self] _ -> (Int, MessageValue)? in
            for (index, text) in messages.enumerated().dropFirst(start) {
                guard let message = try? JSON.decode(MessageValue.self, from: Array(text.utf8)),
                    message["id"] == .number(Double(id)),
                    [.string("result"), .string("error")].contains(message["type"])
                else { continue }
                return (index, message)
            }
            return nil
        }
        seen.withLock { $0 = index + 1 }
        let type = message["type"] == "error" ? "error" : "result"
        let problems = try JSONPage("serve.md", heading: "### ").problems(in: messages[index], of: type)
        #expect(problems == [], "\(messages[index])")
        return message
    }

    /// The complete messages of a stream with lengths.
    static func documents(in stream: [UInt8]) -> [String] {
        var documents: [String] = []
        var rest = stream[...]
        while rest.count >= 4 {
            let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 4 + count else { break }
            documents.append(String(decoding: rest.dropFirst(4).prefix(count), as: UTF8.self))
            rest = rest.dropFirst(4 + count)
        }
        return documents
    }
}

extension Testbed {
    /// Starts `fidoctl serve`.
    func serve(_ framing: Application.Framing = .lines, _ arguments: String...) throws -> Application {
        Application(try start([Product.fidoctl, "serve", "--framing", framing.rawValue] + arguments), framing)
    }
}
