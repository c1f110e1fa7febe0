import Glibc
import Interaction

/// The process's command line.
struct ProcessArguments: Sendable {
    /// The arguments without the program's name; bytes that are not UTF-8 are repaired.
    let texts: [String]
    /// The first argument that is not UTF-8, for display. Its repaired form would name a different file or value.
    let malformed: String?

    init(texts: [String]) {
        self.texts = texts
        malformed = nil
    }

    /// The name of a link to fidoctl that takes no arguments and is `fidoctl serve --framing google`.
    static let googlePlugin = "fidoctl-google-auth"

    /// Splits what the kernel has in /proc/self/cmdline: each argument ends with a zero.
    init(commandLine: [UInt8]) {
        let line = commandLine.split(separator: 0, omittingEmptySubsequences: false).dropLast()
        let arguments = line.dropFirst()
        let isPlugin =
            line.first?.split(separator: UInt8(ascii: "/")).last?.elementsEqual(Self.googlePlugin.utf8) == true
        texts =
            (isPlugin ? ["serve", "--framing", "google"] : []) + arguments.map { String(decoding: $0, as: UTF8.self) }
        malformed = arguments.first { String(validating: $0, as: UTF8.self) == nil }.map(Self.shown)
    }

    /// This process's arguments, from the kernel.
    ///
    /// A statically linked Swift runtime looks for them on the stack, and in some environments finds none.
    static func current() -> ProcessArguments {
        let descriptor = unsafe open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return ProcessArguments(texts: Array(CommandLine.arguments.dropFirst())) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = unsafe read(descriptor, &buffer, buffer.count), count > 0 {
            bytes += buffer.prefix(count)
        }
        return ProcessArguments(commandLine: bytes)
    }

    /// The argument with every byte beyond ASCII as `\x…`.
    private static func shown(_ argument: some Sequence<UInt8>) -> String {
        argument.reduce(into: "") { text, byte in
            text += byte < 0x80 ? TerminalText.escape(String(Unicode.Scalar(byte))) : "\\x" + String(byte, radix: 16)
        }
    }
}
