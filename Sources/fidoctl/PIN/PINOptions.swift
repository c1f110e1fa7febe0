import ArgumentParser

/// The options that say where a PIN comes from; a PIN itself is never an argument, since those are for all to see.
struct PINOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Read the PIN from this open file descriptor: one line.", valueName: "descriptor"),
        transform: Self.descriptor
    )
    var pinFd: Int32?

    @Option(help: ArgumentHelp("Read the PIN from this file of yours alone: one line.", valueName: "file"))
    var pinFile: String?

    @Option(
        help: ArgumentHelp(
            "Run this program to ask for the PIN: it gets the question as its argument.",
            valueName: "program"
        )
    )
    var askpass: String?

    /// A descriptor that is open for reading, and that nobody types at.
    private static func descriptor(_ argument: String) throws -> Int32 {
        let descriptor = try InheritedDescriptor.parse(argument, of: "--pin-fd", for: .reading)
        guard !Environment.isTerminal(descriptor) else {
            throw ValidationError("--pin-fd \(descriptor) is a terminal: leave the option out to type the PIN.")
        }
        return descriptor
    }
}
