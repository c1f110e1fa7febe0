import ArgumentParser
import Interaction

/// The options for the source of a PIN. A PIN itself is never an argument, since other users can read those.
struct PINOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Read the PIN from this open file descriptor: one line.", valueName: "descriptor"),
        transform: Self.descriptor
    )
    var pinFd: Int32?

    @Option(
        help: ArgumentHelp("Read the PIN from this file, which only you may access: one line.", valueName: "file"),
        completion: .file()
    )
    var pinFile: String?

    @Option(
        help: ArgumentHelp(
            "Run this program to ask for the PIN; it takes the prompt as its argument.",
            valueName: "program"
        ),
        completion: .file()
    )
    var askpass: String?

    /// Whether an option names the source of the PIN.
    var isGiven: Bool { pinFd != nil || pinFile != nil || askpass != nil }

    /// A descriptor that is open for reading and is not a terminal.
    static func descriptor(_ argument: String) throws -> Int32 {
        let descriptor = try InheritedDescriptor.parse(argument, of: "--pin-fd", for: .reading)
        guard !Environment.isTerminal(descriptor) else {
            throw ValidationError(.pinFromTerminal(descriptor))
        }
        return descriptor
    }
}
