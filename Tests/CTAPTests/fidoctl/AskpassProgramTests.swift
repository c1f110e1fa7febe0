import CTAP2
import CTAPHID
import Glibc
import Platform
import Testing
@testable import Interaction
@testable import fidoctl

/// Programs that prompt for a PIN.
@Suite struct AskpassProgramTests {
    private let soon = Deadline(after: .seconds(600))
    private let question = Prompt(notes: [Text(verbatim: "2 tries")], question: Text(verbatim: "PIN:"))

    /// A program that runs a shell script.
    private func program(_ script: String, in folder: TemporaryFolder) throws -> AskpassProgram {
        let path = try folder.file("askpass", "#!/bin/sh\n" + script + "\n")
        guard unsafe chmod(path, 0o700) == 0 else { throw ProgramError(call: "chmod", number: errno) }
        return AskpassProgram(path: path)
    }

    @Test func itGetsTheQuestionAndItsFirstLineIsTheAnswer() async throws {
        let folder = try TemporaryFolder()
        let askpass = try program("printf '%s\\n' \"$#$1\" >\"$0.asked\"; echo 1234; echo more", in: folder)
        #expect(try await askpass.ask(question, by: soon).bytes == Array("1234".utf8))
        #expect(TextFile.contents(folder.path + "/askpass.asked") == "12 tries\nPIN:\n")
    }

    @Test func itsStatusSaysWhetherThereIsAnAnswer() async throws {
        let folder = try TemporaryFolder()
        for script in ["echo 1234; exit 3", "exit 3"] {
            await #expect(throws: AskpassProgram.Failure.ended(status: 3)) {
                _ = try await program(script, in: folder).ask(question, by: soon).bytes
            }
        }
        await #expect(throws: AskpassProgram.Failure.ended(status: 128 + SIGTERM)) {
            _ = try await program("kill $$", in: folder).ask(question, by: soon).bytes
        }
    }

    @Test func sayingNothingIsNoAnswer() async throws {
        let folder = try TemporaryFolder()
        await #expect(throws: AskpassProgram.Failure.noAnswer(.atEnd)) {
            _ = try await program("true", in: folder).ask(question, by: soon).bytes
        }
    }

    @Test func oneThatCannotBeRunIsToldSo() async throws {
        await #expect(throws: AskpassProgram.Failure.notStarted(Errno(code: ENOENT))) {
            _ = try await AskpassProgram(path: "/no/such/askpass").ask(question, by: soon).bytes
        }
    }

    /// `exec` keeps the process ID, which is not reused until we have waited for the process.
    @Test(arguments: ["exec sleep 600", "trap '' TERM; while :; do sleep 1; done"])
    func aCancelledTaskEndsIt(script: String) async throws {
        let folder = try TemporaryFolder()
        let askpass = try program("echo $$ >\"$0.id\"; " + script, in: folder)
        let wait = Task { try await askpass.ask(question, by: soon).bytes }
        let idFile = folder.path + "/askpass.id"
        try await eventually("the program runs") { TextFile.contents(idFile).hasSuffix("\n") }
        let process = try #require(pid_t(TextFile.contents(idFile).dropLast()))
        wait.cancel()
        await #expect(throws: AskpassProgram.Failure.noAnswer(.cancelled)) { try await wait.value }
        #expect(kill(process, 0) != 0)
    }

    /// Signals 32 and 33 are the C library's own.
    @Test func itsSignalsAreAsUsual() async throws {
        let folder = try TemporaryFolder()
        let askpass = try program("sed -nE 's/^Sig(Blk|Ign):[[:space:]]*//p' /proc/self/status | paste -s", in: folder)
        let answer = String(decoding: try await askpass.ask(question, by: soon).bytes, as: UTF8.self)
        let sets = answer.split(separator: "\t").compactMap { UInt64($0, radix: 16) }
        #expect(sets.map { $0 & 0x7FFF_FFFF } == [0, 0], "\(answer)")
    }
}
