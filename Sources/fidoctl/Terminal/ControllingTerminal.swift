import Glibc
import Platform

/// The process's own terminal, wherever its standard streams lead.
enum ControllingTerminal {
    /// A descriptor for reading and writing without waiting; throws where the process has no terminal.
    static func open() throws(Errno) -> Int32 {
        try Errno.retrying { unsafe Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC | O_NONBLOCK) }
    }
}
