import ArgumentParser
import Glibc
import Synchronization
import Interaction

/// A file descriptor that the caller opened and names in an option.
enum InheritedDescriptor {
    enum Use {
        case reading, writing
    }

    /// The numbers that were free when the program started; a descriptor opened there later is not inherited.
    private static let free = Mutex<Set<Int32>>([])

    /// Records which descriptors are not inherited. Call it before opening anything.
    ///
    /// Closed standard streams are replaced so that no other file gets their numbers; using them still fails.
    static func recordFreeDescriptors() {
        free.withLock { $0 = Set((0..<1024).filter { fcntl($0, F_GETFD) < 0 }) }
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Parses the option's argument; throws unless a file is open there for this use.
    static func parse(_ argument: String, of option: String, for use: Use) throws(ValidationError) -> Int32 {
        guard let descriptor = Int32(argument), descriptor >= 0 else {
            throw ValidationError(.descriptorNumber(option))
        }
        let flags = free.withLock { $0.contains(descriptor) } ? -1 : fcntl(descriptor, F_GETFL)
        guard flags >= 0, flags & O_ACCMODE != (use == .reading ? O_WRONLY : O_RDONLY) else {
            throw ValidationError(.descriptorClosed(option, descriptor, isForReading: use == .reading))
        }
        // Child processes, such as an askpass program, must not inherit it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }
}
