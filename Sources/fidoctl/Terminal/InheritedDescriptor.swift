import ArgumentParser
import Glibc
import Synchronization
import Interaction

/// A file descriptor that the caller opened and names in an option.
enum InheritedDescriptor {
    enum Use {
        case reading, writing
    }

    /// The descriptors that were open when the program started, of those below `limit`.
    private static let inherited = Mutex<[Int32]>([])
    private static let limit: Int32 = 1024

    /// Records which descriptors are inherited. Call it before opening anything.
    ///
    /// Closed standard streams are replaced so that no other file gets their numbers; using them still fails.
    static func record() {
        let numbers = openDescriptors()
        inherited.withLock { $0 = numbers }
        for number in STDIN_FILENO...STDERR_FILENO where !numbers.contains(number) {
            _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Parses the option's argument; throws unless a file is open there for this use.
    static func parse(_ argument: String, of option: String, for use: Use) throws(ValidationError) -> Int32 {
        guard let descriptor = Int32(argument), descriptor >= 0 else {
            throw ValidationError(.descriptorNumber(option))
        }
        let isInherited = descriptor >= limit || inherited.withLock { $0.contains(descriptor) }
        let flags = isInherited ? fcntl(descriptor, F_GETFL) : -1
        guard flags >= 0, flags & O_ACCMODE != (use == .reading ? O_WRONLY : O_RDONLY) else {
            throw ValidationError(.descriptorClosed(option, descriptor, isForReading: use == .reading))
        }
        // Child processes, such as an askpass program, must not inherit it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// The open descriptors below `limit`, with one system call: poll(2) marks the others.
    private static func openDescriptors() -> [Int32] {
        // poll(2) refuses more entries than the process may have descriptors.
        let count = min(limit, Int32(clamping: sysconf(CInt(_SC_OPEN_MAX))))
        var entries = (0..<max(0, count)).map { pollfd(fd: $0, events: 0, revents: 0) }
        guard unsafe poll(&entries, nfds_t(entries.count), 0) >= 0 else { return entries.map(\.fd) }
        return entries.filter { $0.revents & CShort(POLLNVAL) == 0 }.map(\.fd)
    }
}
