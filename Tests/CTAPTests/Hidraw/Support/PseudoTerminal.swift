import Glibc

/// A terminal that a test controls.
final class PseudoTerminal: Sendable {
    /// Our end, for typing and for reading the output.
    let person: Int32
    /// The path of the program's end.
    let path: String

    init() throws {
        person = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // TIOCSPTLCK and TIOCGPTN, which Swift does not import.
        var isLocked: Int32 = 0
        var number: Int32 = 0
        guard person >= 0, unsafe ioctl(person, 0x4004_5431, &isLocked) == 0,
            unsafe ioctl(person, 0x8004_5430, &number) == 0
        else { throw ProgramError(call: "open /dev/ptmx", number: errno) }
        path = "/dev/pts/\(number)"
    }

    deinit {
        close(person)
    }

    /// Types text.
    func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        _ = unsafe write(person, bytes, bytes.count)
    }

    /// Whether the terminal echoes input.
    var echoes: Bool { modes[3] & tcflag_t(ECHO) != 0 }

    /// The terminal's input, output, control and local modes.
    var modes: [tcflag_t] {
        var modes = termios()
        guard unsafe tcgetattr(person, &modes) == 0 else { return [] }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }
}
