import ArgumentParser
import Dispatch
import VirtualAuthenticator

/// `fidoctl virtual serve`
struct VirtualServeCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Be a software-emulated security key for other programs, until stopped.",
        discussion: """
            It protects nothing: its private keys lie in the clear in memory and in the state file, and whoever can read \
            them, or reach the device, is you.
            """
    )

    @Flag(help: "Be a HID device of this kernel, a real /dev/hidrawN (needs access to /dev/uhid).")
    var uhid = false

    @Option(
        help: ArgumentHelp(
            "Listen on a SEQPACKET socket, one report a message: a hidraw node for test harnesses.",
            valueName: "path"
        )
    )
    var socket: String?

    @Option(help: ArgumentHelp("Be the HID function of a bound USB gadget (/dev/hidgN).", valueName: "path"))
    var hidg: String?

    @Option(help: ArgumentHelp("Keep the key's state in this file; without it, in memory.", valueName: "file"))
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
            "Wait, fail and lie as this file says (docs/scenarios.md).",
            discussion: "Lines on standard input, here and with --touch ask: touch, wrong-finger, decline, go, unplug.",
            valueName: "file"
        )
    )
    var scenario: String?

    @Flag(help: "Tell every packet and event on standard error, without their contents.")
    var log = false

    @Option(
        help: ArgumentHelp(
            "The serial number under --uhid; by default one that goes with the state.",
            valueName: "text"
        )
    )
    var serial: String?

    @Option(help: ArgumentHelp("The product name under --uhid.", valueName: "text"))
    var name = "fidoctl virtual key"

    func validate() throws {
        guard [uhid, socket != nil, hidg != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("Say where: one of --uhid, --socket and --hidg.")
        }
    }

    func run() async throws {
        let stop = try StopPipe()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue(label: "fidoctl.virtual.serve").async {
                    continuation.resume(with: Result { try serve(until: stop) })
                }
            }
        } onCancel: {
            stop.signal()
        }
    }

    private func serve(until stop: StopPipe) throws {
        let key = try ScenarioKey(
            scenario.map(Self.readScenario) ?? Scenario(),
            storage: state.map { FileStorage(path: $0) } ?? MemoryStorage(),
            presence: touch.presence,
            observe: log ? Self.logger() : nil
        )
        var server = try KeyServer(key, at: endpoint(serialNumber: key.serialNumber))
        Notice.tell(.virtualKeyProtectsNothing)
        try StandardStream.output.writeLine("ready \(place)")
        let isControlled = scenario != nil || touch.touch == .ask
        try server.run(until: stop.descriptor, watches: isControlled ? [KeyControl(key).watch] : [])
    }

    private static func readScenario(_ path: String) throws -> Scenario {
        let file = try InputFile.read(path)
        do throws(ScenarioError) {
            return try Scenario(json: file)
        } catch {
            throw Failure(.badData, .badFile(TerminalText.escape(path), TerminalText.escape(error.description)))
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
