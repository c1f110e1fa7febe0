import Glibc
package import Platform

/// The process's controlling terminal, even if its standard streams are redirected.
package enum ControllingTerminal {
    /// Opens a non-blocking descriptor for reading and writing; throws if the process has no terminal.
    package static func open() throws(Errno) -> Int32 {
        try Errno.retrying { unsafe Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC | O_NONBLOCK) }
    }
}
