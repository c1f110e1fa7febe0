import ArgumentParser
import Glibc
import Synchronization
import Interaction

/// A file descriptor that the caller opened and names in an option.
enum InheritedDescriptor {
    enum Use {
        case reading, writing
    }

    /// Whether a descriptor is inherited, for those that were changed here. Any other one is if it is not close-on-exec:
    /// exec(2) leaves no others open, and this program opens none.
    private static let known = Mutex<[Int32: Bool]>([:])

    /// Replaces closed standard streams, so that no other file gets their numbers; using them still fails. Call it before
    /// opening anything.
    static func fillStandardStreams() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            _ = unsafe Glibc.open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
            known.withLock { $0[number] = false }
        }
    }

    /// Parses the option's argument; throws unless a file is open there for this use.
    static func parse(_ argument: String, of option: String, for use: Use) throws(ValidationError) -> Int32 {
        guard let descriptor = Int32(argument), descriptor >= 0 else {
            throw ValidationError(.descriptorNumber(option))
        }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, isInherited(descriptor), flags & O_ACCMODE != (use == .reading ? O_WRONLY : O_RDONLY) else {
            throw ValidationError(.descriptorClosed(option, descriptor, isForReading: use == .reading))
        }
        known.withLock { $0[descriptor] = true }
        // Child processes, such as an askpass program, must not inherit it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    private static func isInherited(_ descriptor: Int32) -> Bool {
        known.withLock { $0[descriptor] } ?? (fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0)
    }
}
