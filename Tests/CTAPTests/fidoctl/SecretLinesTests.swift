import CTAP2
import CTAPHID
import Glibc
import Platform
import Testing
@testable import Interaction
@testable import fidoctl

/// Reading secret lines.
@Suite struct SecretLinesTests {
    /// Far in the future, since a busy machine may delay a test.
    private let soon = Deadline(after: .seconds(600))

    private func read(_ text: String, by deadline: Deadline? = nil) async throws -> [UInt8] {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader) }
        Pipes.write(text, to: writer)
        Pipes.close(writer)
        return try await SecretLines(reader).next(by: deadline ?? soon).bytes
    }

    @Test(arguments: [("1234\n", "1234"), ("1234", "1234"), ("12 34\r\n", "12 34"), ("\n", ""), ("ü\nx\n", "ü")])
    func theLineIsTakenWithoutItsEnd(text: String, line: String) async throws {
        #expect(try await read(text) == Array(line.utf8))
    }

    @Test(arguments: [("\u{FEFF}1234\n", "1234"), ("\u{FEFF}1234", "1234"), ("1\u{FEFF}2\n", "1\u{FEFF}2")])
    func `a byte order mark at the start is not part of the line`(text: String, line: String) async throws {
        #expect(try await read(text) == Array(line.utf8))
    }

    @Test func notOneByteIsReadBeyondTheLine() async throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader, writer) }
        Pipes.write("1234\nrest", to: writer)
        #expect(try await SecretLines(reader).next(by: soon).bytes == Array("1234".utf8))
        var rest = [UInt8](repeating: 0, count: 16)
        let count = unsafe Glibc.read(reader, &rest, rest.count)
        #expect(rest.prefix(max(0, count)).elementsEqual("rest".utf8))
    }

    @Test func linesComeOneAfterTheOther() async throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader) }
        Pipes.write("old\nnew", to: writer)
        Pipes.close(writer)
        let lines = try SecretLines(reader)
        #expect(try await lines.next(by: soon).bytes == Array("old".utf8))
        #expect(try await lines.next(by: soon).bytes == Array("new".utf8))
        await #expect(throws: SecretLines.Failure.atEnd) { _ = try await lines.next(by: soon).bytes }
    }

    @Test func nothingIsNoLine() async throws {
        await #expect(throws: SecretLines.Failure.atEnd) { try await read("") }
    }

    @Test func whatIsLongerThanAnyPINIsRefused() async throws {
        let longest = String(repeating: "x", count: SecretLines.maximumByteCount)
        #expect(try await read(longest + "\n").count == SecretLines.maximumByteCount)
        await #expect(throws: SecretLines.Failure.tooLong) { try await read(longest + "x\n") }
        await #expect(throws: SecretLines.Failure.tooLong) { try await read(String(repeating: "x", count: 60_000)) }
    }

    @Test func theDeadlineEndsTheWait() async throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader, writer) }
        Pipes.write("half", to: writer)
        await #expect(throws: SecretLines.Failure.timedOut) {
            _ = try await SecretLines(reader).next(by: Deadline(after: .milliseconds(20))).bytes
        }
    }

    @Test func aCancelledTaskEndsTheWait() async throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader, writer) }
        let lines = try SecretLines(reader)
        let wait = Task { try await lines.next(by: soon).bytes }
        wait.cancel()
        await #expect(throws: SecretLines.Failure.cancelled) { try await wait.value }
    }

    @Test func aReadThatFailsIsToldWithItsReason() async throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader, writer) }
        await #expect(throws: SecretLines.Failure.unreadable(Errno(code: EISDIR))) {
            let folder = unsafe open("/", O_RDONLY | O_CLOEXEC)
            defer { Pipes.close(folder) }
            _ = try await SecretLines(folder).next(by: soon).bytes
        }
    }
}

extension Secret {
    /// The bytes as an array, which only tests may create.
    var bytes: [UInt8] {
        withExposedBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}
