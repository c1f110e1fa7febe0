import CProcess
import Glibc
import Interaction

/// The process's command line.
struct ProcessArguments: Sendable {
    /// The arguments without the program's name; bytes that are not UTF-8 are repaired.
    let texts: [String]
    /// The first argument that is not UTF-8, for display. Its repaired form would name a different file or value.
    let malformed: String?

    /// The name of a link to fidoctl that takes no arguments and is `fidoctl serve --framing google`.
    static let googlePlugin = "fidoctl-google-auth"

    /// `line` begins with the program's name.
    init(line: [[UInt8]]) {
        let arguments = line.dropFirst()
        let isPlugin =
            line.first?.split(separator: UInt8(ascii: "/")).last?.elementsEqual(Self.googlePlugin.utf8) == true
        texts =
            (isPlugin ? ["serve", "--framing", "google"] : []) + arguments.map { String(decoding: $0, as: UTF8.self) }
        malformed = arguments.first { String(validating: $0, as: UTF8.self) == nil }.map(Self.shown)
    }

    /// This process's arguments.
    static func current() -> ProcessArguments {
        var count: CInt = 0
        guard let values = unsafe process_arguments(&count) else { return ProcessArguments(line: []) }
        let line = (0..<Int(count)).compactMap { index in
            unsafe values[index].map { unsafe Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
        }
        return ProcessArguments(line: line)
    }

    /// The argument with every byte beyond ASCII as `\x…`.
    private static func shown(_ argument: some Sequence<UInt8>) -> String {
        argument.reduce(into: "") { text, byte in
            text += byte < 0x80 ? TerminalText.escape(String(Unicode.Scalar(byte))) : "\\x" + String(byte, radix: 16)
        }
    }
}
