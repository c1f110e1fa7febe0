import Glibc

/// Pipes for tests that read from descriptors.
enum Pipes {
    static func open() throws -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw ProgramError(call: "pipe", number: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// The descriptor as an option's argument, as if a program had started with it.
    static func inherited(_ descriptor: Int32) -> String {
        _ = fcntl(descriptor, F_SETFD, 0)
        return String(descriptor)
    }

    static func close(_ descriptors: Int32...) {
        for descriptor in descriptors { _ = Glibc.close(descriptor) }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        _ = unsafe Glibc.write(descriptor, bytes, bytes.count)
    }

    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }
}
