import Glibc

/// A terminal with a test in front of it.
final class PseudoTerminal: Sendable {
    /// Our end: what is typed is written here, and what is shown is read here.
    let person: Int32
    /// The program's end, by name.
    let path: String

    init() throws {
        person = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // TIOCSPTLCK and TIOCGPTN, which Swift does not see.
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

    /// Types keys.
    func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        _ = unsafe write(person, bytes, bytes.count)
    }

    /// Whether what is typed is shown.
    var echoes: Bool { modes[3] & tcflag_t(ECHO) != 0 }

    /// The terminal's modes, which programs change: for input, output, control and local.
    var modes: [tcflag_t] {
        var modes = termios()
        guard unsafe tcgetattr(person, &modes) == 0 else { return [] }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }
}
