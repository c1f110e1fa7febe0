import ArgumentParser
import Glibc
import Synchronization
import Interaction

/// A file descriptor that the caller opened and names in an option.
enum InheritedDescriptor {
    enum Use {
        case reading, writing
    }

    /// The numbers from 0 to `limit` that are not recorded were free when the program started: a descriptor opened there
    /// later is not inherited.
    private static let inherited = Mutex<(numbers: [Int32], limit: Int32)>(([], 0))

    /// Records which descriptors are inherited. Call it before opening anything.
    ///
    /// Closed standard streams are replaced so that no other file gets their numbers; using them still fails.
    static func record() {
        let open = openDescriptors()
        inherited.withLock { $0 = open }
        for number in STDIN_FILENO...STDERR_FILENO where number < open.limit && !open.numbers.contains(number) {
            _ = unsafe Glibc.open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Parses the option's argument; throws unless a file is open there for this use.
    static func parse(_ argument: String, of option: String, for use: Use) throws(ValidationError) -> Int32 {
        guard let descriptor = Int32(argument), descriptor >= 0 else {
            throw ValidationError(.descriptorNumber(option))
        }
        let isNew = inherited.withLock { descriptor < $0.limit && !$0.numbers.contains(descriptor) }
        let flags = isNew ? -1 : fcntl(descriptor, F_GETFL)
        guard flags >= 0, flags & O_ACCMODE != (use == .reading ? O_WRONLY : O_RDONLY) else {
            throw ValidationError(.descriptorClosed(option, descriptor, isForReading: use == .reading))
        }
        // Child processes, such as an askpass program, must not inherit it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// Asks with one system call: poll(2) marks the numbers at which nothing is open.
    private static func openDescriptors() -> (numbers: [Int32], limit: Int32) {
        // poll(2) refuses more entries than the process may have descriptors.
        let limit = max(0, min(1024, Int32(clamping: sysconf(CInt(_SC_OPEN_MAX)))))
        var entries = (0..<limit).map { pollfd(fd: $0, events: 0, revents: 0) }
        guard unsafe poll(&entries, nfds_t(entries.count), 0) >= 0 else { return ([], 0) }
        return (entries.filter { $0.revents & CShort(POLLNVAL) == 0 }.map(\.fd), limit)
    }
}
