import ArgumentParser
import Glibc

/// A file descriptor that the caller opened and names in an option.
enum InheritedDescriptor {
    enum Use: String {
        case reading, writing
    }

    /// Parses the option's argument; a file must be open there for this use.
    static func parse(_ argument: String, of option: String, for use: Use) throws(ValidationError) -> Int32 {
        guard let descriptor = Int32(argument), descriptor >= 0 else {
            throw ValidationError("\(option) takes the number of a file descriptor.")
        }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, flags & O_ACCMODE != (use == .reading ? O_WRONLY : O_RDONLY) else {
            throw ValidationError("\(option) \(descriptor): no file is open there for \(use.rawValue).")
        }
        // Child processes, such as an askpass program, must not inherit it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }
}
