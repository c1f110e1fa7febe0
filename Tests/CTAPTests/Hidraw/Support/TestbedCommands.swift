/// The process of `scripts/testbed commands` that plugs and unplugs for all tests.
actor TestbedCommands {
    static let shared = TestbedCommands()

    private var program: Program?
    private var answers = 0

    /// Runs one command of `scripts/testbed`, whose arguments must not contain single quotes.
    func run(_ command: String, _ arguments: [String]) async throws {
        let program = try program ?? Program([Product.testbed, "commands"])
        self.program = program
        answers += 1
        let awaited = answers
        program.write(([command] + arguments).map(Self.quoted).joined(separator: " "))
        try await program.output.wait { $0.count >= awaited ? () : nil }
    }

    /// The path of the preload library, which is built if it is out of date.
    static func shim() async throws -> String {
        try await library.value
    }

    private static let library = Task {
        let program = try Program([Product.testbed, "shim"])
        guard try await program.end() == .exit(0), let path = program.output.lines.first else {
            throw WaitedInVain(log: program.errors, reason: "the shim was not built")
        }
        return path
    }

    private static func quoted(_ argument: String) -> String {
        "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
