import Glibc

/// The size of the terminal that standard error goes to.
package struct TerminalSize {
    package let columns: Int
    package let rows: Int

    /// The current size; 80 by 24 if the terminal does not report one.
    package static func now() -> TerminalSize {
        var size = winsize()
        let isKnown = unsafe ioctl(StandardStream.error.descriptor, UInt(TIOCGWINSZ), &size) == 0
        return TerminalSize(
            columns: isKnown && size.ws_col > 0 ? Int(size.ws_col) : 80,
            rows: isKnown && size.ws_row > 0 ? Int(size.ws_row) : 24
        )
    }
}
