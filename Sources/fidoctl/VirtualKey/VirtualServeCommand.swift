import ArgumentParser
import Dispatch
import Interaction
import Platform
import VirtualAuthenticator

/// `fidoctl virtual serve`
struct VirtualServeCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run a software security key for other programs until stopped.",
        discussion: """
            It is not secure: its private keys are unencrypted in memory and in the state file, and anyone who can read \
            them, or open the device, can log in as you.

            Examples:
              fidoctl virtual serve --uhid --state key.state --touch ask
              fidoctl virtual serve --socket key.socket --scenario tarpit.json --log
            """
    )

    @Flag(help: "Create a HID device of this kernel, a real /dev/hidrawN (needs access to /dev/uhid).")
    var uhid = false

    @Option(
        help: ArgumentHelp(
            "Listen on a SEQPACKET socket that acts as a hidraw node, for test harnesses.",
            discussion: """
                Each message to it is one report with the report number 0 in front, 65 bytes, as one writes it to a hidraw \
                node; each message from it is one report of 64 bytes. The socket has mode 0600.
                """,
            valueName: "path"
        ),
        completion: .file()
    )
    var socket: String?

    @Option(
        help: ArgumentHelp("Serve as the HID function of a bound USB gadget (/dev/hidgN).", valueName: "path"),
        completion: .file()
    )
    var hidg: String?

    @Option(
        help: ArgumentHelp("Keep the key's state in this file; without it, in memory.", valueName: "file"),
        completion: .file()
    )
    var state: String?

    @Option(
        help: ArgumentHelp(
            "What the user does: auto, never, after:SECONDS, or ask (here, on standard input).",
            valueName: "touch"
        )
    )
    var touch = TouchOption.automatic

    @Option(
        help: ArgumentHelp(
            "Wait, fail and misbehave as this file describes (docs/scenarios.md).",
            discussion: "Lines on standard input, here and with --touch ask: touch, wrong-finger, decline, go, unplug.",
            valueName: "file"
        ),
        completion: .file()
    )
    var scenario: String?

    @Flag(help: "Stop when the program that started this one ends, however it ends.")
    var withParent = false

    @Flag(help: "Log every packet and event on standard error, without their contents.")
    var log = false

    @Option(
        help: ArgumentHelp(
            "The serial number under --uhid; by default derived from the state.",
            valueName: "text"
        )
    )
    var serial: String?

    @Option(help: ArgumentHelp("The product name under --uhid.", valueName: "text"))
    var name = "fidoctl virtual key"

    /// The program that starts a key often reads only its first line.
    var endsWithReader: Bool { false }

    func validate() throws {
        guard [uhid, socket != nil, hidg != nil].count(where: { $0 }) == 1 else {
            throw ValidationError(.servePlace)
        }
    }

    func run() async throws {
        // Here, where a signal ends the wait for a pipe's writer.
        let scenario = try scenario.map(Self.readScenario) ?? Scenario()
        let stop = try WakeUp()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue(label: "fidoctl.virtual.serve").async {
                    continuation.resume(with: Result { try serve(scenario, until: stop) })
                }
            }
        } onCancel: {
            stop.call()
        }
    }

    private func serve(_ scenario: Scenario, until stop: WakeUp) throws {
        var watches = withParent ? [try ParentWatch.watch { stop.call() }] : []
        let observe = log ? Self.logger() : Self.warner()
        let key = try powerUp(scenario, observe)
        var server = try KeyServer(key, at: endpoint(serialNumber: key.serialNumber), observe: observe)
        Diagnostics.warn(.virtualKeyProtectsNothing)
        try StandardStream.output.writeLine("ready \(place)")
        if self.scenario != nil || touch.touch == .ask { watches.append(KeyControl(key).watch) }
        try server.run(until: stop.descriptor, watches: watches)
    }

    private func powerUp(_ scenario: Scenario, _ observe: @escaping (VirtualKeyEvent) -> Void) throws -> ScenarioKey {
        do throws(KeyStorageError) {
            return try ScenarioKey(
                scenario,
                storage: state.map { FileStorage(path: $0) } ?? MemoryStorage(),
                presence: touch.presence,
                observe: observe
            )
        } catch {
            throw Failure(error, hint: .stateOptionHint)
        }
    }

    private static func readScenario(_ path: String) throws -> Scenario {
        let file = try InputFile.read(path)
        do throws(ScenarioError) {
            return try Scenario(json: file)
        } catch {
            let detail = TerminalText.escape(error.description)
            throw Failure(.badData, .notAScenario(TerminalText.escape(path), detail), hint: .scenarioHint)
        }
    }

    private func endpoint(serialNumber: String) -> KeyEndpoint {
        if let socket { return .socket(path: socket) }
        if let hidg { return .gadget(path: hidg) }
        return .uhid(name: name, serialNumber: serial ?? serialNumber)
    }

    private var place: String {
        TerminalText.escape(socket.map { "socket \($0)" } ?? hidg.map { "gadget \($0)" } ?? "uhid")
    }

    /// Reports on standard error what the user has to know even without a log; events that a client may repeat, only
    /// once.
    private static func warner() -> (VirtualKeyEvent) -> Void {
        var hasMissedNumber = false
        return { event in
            switch event {
            case .storageFailed(let error): Diagnostics.warn(.virtualKeyState(TerminalText.escape(error.description)))
            case .clientsRefused(let reason): Diagnostics.warn(.clientsRefused(reason))
            case .reportNumberMissing(let byteCount):
                if !hasMissedNumber { Diagnostics.warn(.reportNumberMissing(byteCount: byteCount)) }
                hasMissedNumber = true
            default: break
            }
        }
    }

    private static func logger() -> (VirtualKeyEvent) -> Void {
        let start = ContinuousClock.now
        return { event in
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            let milliseconds = attoseconds / 1_000_000_000_000_000
            let padding = String(repeating: "0", count: 3 - String(milliseconds).count)
            try? StandardStream.error.writeLine("\(seconds).\(padding)\(milliseconds) \(event)")
        }
    }
}
