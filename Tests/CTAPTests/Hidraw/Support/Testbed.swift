import Glibc
import Synchronization

/// A test's own hidraw devices: the programs that it starts find its keys in /dev.
///
/// By default the devices are simulated: programs see them through the preload shim, and a key is a process that
/// listens on a socket. With FIDOCTL_TEST_KERNEL set, as in the virtual machine, they are the kernel's, through uhid.
final class Testbed: Sendable {
    static let usesKernel = environmentVariable("FIDOCTL_TEST_KERNEL") != nil

    /// For `--timeout`, where a program has to reach its key before time is up: in the virtual machine, which emulates its
    /// processor, that takes seconds.
    static func timeLimit(_ seconds: Int) -> String { String(usesKernel ? 5 * seconds : seconds) }

    /// The same for what a test waits for itself.
    static func bound(_ seconds: Int) -> Duration { .seconds(usesKernel ? 5 * seconds : seconds) }

    /// The test bed's folder; `dev/hidrawN` in it is the socket of a simulated key.
    let folder: String
    private let environment: [String: String]
    private let started = Mutex<[Program]>([])

    /// Creates a test bed for `use`; afterwards ends all programs and deletes everything.
    static func with<Result>(
        udev: Bool = true,
        _ use: (Testbed) async throws -> Result
    ) async throws -> Result {
        let bed = try await Testbed(udev: udev)
        do {
            let result = try await use(bed)
            await bed.remove()
            return result
        } catch {
            await bed.remove()
            throw error
        }
    }

    private init(udev: Bool) async throws {
        var template = Array("/tmp/testbed.XXXXXX".utf8CString)
        guard let made = unsafe mkdtemp(&template) else { throw ProgramError(call: "mkdtemp", number: errno) }
        folder = unsafe String(cString: made)
        guard !Self.usesKernel else {
            environment = ["LC_ALL": "C.UTF-8"]
            return
        }
        try await TestbedCommands.shared.run("make", [folder] + (udev ? [] : ["--no-udev"]))
        // Keep a sanitizer's library.
        let libraries = [environmentVariable("LD_PRELOAD"), try await TestbedCommands.shim()].compactMap(\.self)
        environment = [
            "LD_PRELOAD": libraries.joined(separator: ":"), "FIDOCTL_TEST_HIDRAW": folder, "LC_ALL": "C.UTF-8",
        ]
    }

    private func remove() async {
        for program in started.withLock({ $0 }).reversed() { await program.stop() }
        _ = try? await Program(["/bin/rm", "-rf", folder]).end()
    }

    /// Starts a program that finds the test bed's keys.
    func start(
        _ arguments: [String],
        environment more: [String: String] = [:],
        terminal: PseudoTerminal? = nil
    ) throws -> Program {
        let program = try Program(arguments, environment: environment.merging(more) { $1 }, terminal: terminal)
        started.withLock { $0.append(program) }
        return program
    }

    /// Starts `fidoctl` with these arguments; it finds the test bed's keys.
    func fidoctl(_ arguments: String...) throws -> Program {
        try start([Product.fidoctl] + arguments)
    }

    /// Plugs in a software key as hidraw`number`, or with a number that the kernel chooses. `serving` are options of
    /// `fidoctl virtual serve`, `description` those of `testbed plug`, such as `--product`.
    func plug(
        _ number: Int = 0,
        serving: [String] = ["--touch", "auto"],
        description: [String] = []
    ) async throws -> PluggedKey {
        let serial = "\(folder)#\(number)"
        let place = Self.usesKernel ? ["--uhid", "--serial", serial] : ["--socket", socket(number)]
        // Without the shim, which is for clients only.
        let server = try Program(
            [Product.fidoctl, "virtual", "serve", "--log"] + place + serving,
            environment: ["LC_ALL": "C.UTF-8"]
        )
        guard Self.usesKernel else { return try await plug(number, server, description) }
        try await waitUntilReady(server)
        let key = PluggedKey(bed: self, server: server, number: try await Self.kernelNumber(serial: serial))
        try await eventually("\(key.path) may be opened") { unsafe access(key.path, R_OK | W_OK) == 0 }
        return key
    }

    /// Plugs in a key of scripts/interop/odd_keys.py; only as a simulated device.
    func plug(oddKey name: String) async throws -> PluggedKey {
        let server = try Program([Product.python, Product.project + "/scripts/interop/odd_keys.py", name, socket(0)])
        return try await plug(0, server, [])
    }

    private func plug(_ number: Int, _ server: Program, _ description: [String]) async throws -> PluggedKey {
        try await waitUntilReady(server)
        try await TestbedCommands.shared.run("plug", [folder, String(number)] + description)
        return PluggedKey(bed: self, server: server, number: number)
    }

    private func waitUntilReady(_ server: Program) async throws {
        started.withLock { $0.append(server) }
        try await server.output.wait(for: "ready")
    }

    private func socket(_ number: Int) -> String { "\(folder)/dev/hidraw\(number)" }

    /// The N of /dev/hidrawN that the kernel gave to the device with this serial number.
    private static func kernelNumber(serial: String) async throws -> Int {
        var found: Int?
        try await eventually("there is a hidraw device with serial number \(serial)") {
            found = (0..<64).first { TextFile.contents("/sys/class/hidraw/hidraw\($0)/device/uevent").contains(serial) }
            return found != nil
        }
        return found ?? 0
    }

    /// Sets the error with which open() fails on a simulated key's node, or restores access.
    func deny(_ number: Int, error: Int32 = EACCES) async throws {
        try await TestbedCommands.shared.run("deny", [folder, String(number), String(error)])
    }

    func allow(_ number: Int) async throws {
        try await TestbedCommands.shared.run("allow", [folder, String(number)])
    }
}
