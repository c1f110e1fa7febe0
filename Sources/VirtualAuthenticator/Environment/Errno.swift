import Glibc

/// The system's reason for a refusal.
struct Errno: Error, Hashable {
    var code: Int32

    static let again = Errno(code: EAGAIN)
    static let exists = Errno(code: EEXIST)
    static let notFound = Errno(code: ENOENT)

    /// Calls until no signal interrupts; a negative result throws the reason.
    static func retrying<I: SignedInteger>(_ call: () -> I) throws(Errno) -> I {
        while true {
            let result = call()
            guard result < 0 else { return result }
            let code = errno
            guard code == EINTR else { throw Errno(code: code) }
        }
    }
}

extension Errno: CustomStringConvertible {
    /// The system's own text.
    var description: String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
