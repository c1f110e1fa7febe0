import Glibc

/// The system's reason for a refusal.
struct Errno: Error, Hashable {
    var code: Int32

    static let again = Errno(code: EAGAIN)
    static let exists = Errno(code: EEXIST)
    static let interrupted = Errno(code: EINTR)
    static let notFound = Errno(code: ENOENT)

    /// Whether a disk, a quota or the largest file size is used up.
    var meansNoSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }

    /// Calls until no signal interrupts; a negative result throws the reason.
    static func retrying<I: SignedInteger>(_ call: () -> I) throws(Errno) -> I {
        while true {
            let result = call()
            guard result < 0 else { return result }
            let error = Errno(code: errno)
            guard error == .interrupted else { throw error }
        }
    }
}

extension Errno: CustomStringConvertible {
    /// The system's own text.
    var description: String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
