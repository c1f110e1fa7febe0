import ArgumentParser
import Glibc

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
        guard let descriptor = Int32(argument), descriptor >= 0 else {
            throw ValidationError("--pin-fd takes the number of a file descriptor.")
        }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, flags & O_ACCMODE != O_WRONLY else {
            throw ValidationError("--pin-fd \(descriptor): no file is open there for reading.")
        }
        guard !Environment.isTerminal(descriptor) else {
            throw ValidationError("--pin-fd \(descriptor) is a terminal: leave the option out to type the PIN.")
        }
        // Children, such as an askpass program, have no business with it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }
}
