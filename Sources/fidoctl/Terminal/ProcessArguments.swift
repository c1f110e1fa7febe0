import Glibc

/// What the process was started with.
enum ProcessArguments {
    /// The arguments without the program's name, from the kernel.
    ///
    /// A statically linked Swift runtime looks for them on the stack, and in some environments finds none.
    static func all() -> [String] {
        let descriptor = unsafe open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return Array(CommandLine.arguments.dropFirst()) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = unsafe read(descriptor, &buffer, buffer.count), count > 0 {
            bytes += buffer.prefix(count)
        }
        // Each argument ends with a zero.
        return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().dropFirst()
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
