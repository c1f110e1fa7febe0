import Glibc
import Testing
@testable import Interaction
@testable import fidoctl

/// Which files are accepted as the source of a PIN.
@Suite struct PINFileTests {
    private func failure(_ path: String) -> Failure? {
        do throws(Failure) {
            Pipes.close(try PINFile.open(path))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [0o600, 0o400, 0o700] as [mode_t])
    func oneOfOursAloneMay(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("pin", "1234\n")
        #expect(unsafe chmod(file, mode) == 0)
        #expect(failure(file) == nil)
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o666, 0o601] as [mode_t])
    func oneThatIsOpenToOthersMayNot(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("pin", "1234\n")
        #expect(unsafe chmod(file, mode) == 0)
        let refusal = failure(file)
        #expect(refusal?.code == .usage)
        #expect(refusal?.message.english.contains("0" + String(mode, radix: 8)) == true)
        #expect(refusal?.hint?.english.contains("chmod 600") == true)
    }

    @Test(.enabled(if: geteuid() == 0)) func oneOfSomebodyElseMayNot() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("pin", "1234\n")
        #expect(unsafe chown(file, 65534, 65534) == 0)
        #expect(failure(file)?.code == .usage)
    }

    @Test func whatIsNoRegularFileMayNot() throws {
        let folder = try TemporaryFolder()
        let fifo = folder.path + "/fifo"
        #expect(unsafe mkfifo(fifo, 0o600) == 0)
        for path in [fifo, folder.path, "/dev/null"] {
            #expect(failure(path)?.code == .badData, "\(path)")
        }
    }

    @Test func aFileThatIsNotThereIsToldSo() {
        let refusal = failure("/no/such/\u{1B}[2Jfile")
        #expect(refusal?.code == .io)
        #expect(refusal?.message.english.contains("\u{1B}") == false)
    }
}
