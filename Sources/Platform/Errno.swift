import Glibc

/// The reason a system call failed.
package struct Errno: Error, Hashable, Sendable {
    package let code: CInt

    package init(code: CInt) {
        self.code = code
    }

    /// The reason of the call that just failed on this thread.
    package static var current: Errno { Errno(code: errno) }

    package static let again = Errno(code: EAGAIN)
    package static let exists = Errno(code: EEXIST)
    package static let interrupted = Errno(code: EINTR)
    package static let notFound = Errno(code: ENOENT)

    /// Repeats a call as long as a signal interrupts it; a negative result throws the reason.
    @discardableResult
    package static func retrying<I: SignedInteger>(_ call: () -> I) throws(Errno) -> I {
        while true {
            let result = call()
            guard result < 0 else { return result }
            let error = current
            guard error == .interrupted else { throw error }
        }
    }
}

extension Errno: CustomStringConvertible {
    /// The system's own text.
    package var description: String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
