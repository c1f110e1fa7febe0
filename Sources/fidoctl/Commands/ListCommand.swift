import ArgumentParser
import CTAPHID
import Interaction

/// `fidoctl list`
struct ListCommand: FidoctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the plugged keys, without opening them.",
        discussion: """
            Keys that you have no permission to open are listed too, with the reason and a remedy.

            Examples:
              fidoctl list
              fidoctl list --watch
            """
    )

    @Flag(help: "Keep reporting keys that are plugged in and unplugged, until interrupted.")
    var watch = false

    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        guard !watch else { return try await follow() }
        let devices = DeviceList.scan()
        // The memory only supplies names: listing works without it.
        let memory = KeyMemory.loadIfPossible()
        let named = devices.map { (device: $0, ownName: memory.ownName(serial: $0.serialNumber)) }
        try output.print(
            named.map { DeviceReport($0.device, ownName: $0.ownName) },
            lines: named.flatMap { DeviceReport.lines($0.device, ownName: $0.ownName) }
        )
        if devices.isEmpty {
            Diagnostics.note(.noKey)
        }
    }

    private func follow() async throws {
        for await event in DeviceMonitor.events() {
            switch event {
            case .added(let device):
                let lines = DeviceReport.lines(device)
                try output.print(
                    DeviceChange(event: "key-added", key: DeviceReport(device)),
                    lines: lines.prefix(1).map { "+ " + $0 } + lines.dropFirst().map { "  " + $0 }
                )
            case .removed(let device):
                try output.print(
                    DeviceChange(event: "key-removed", key: DeviceReport(device)),
                    lines: DeviceReport.lines(device).prefix(1).map { "- " + $0 }
                )
            case .initialScanComplete: break
            }
        }
        throw Failure(.cancelled, .cancelled)
    }
}

/// A line of `list --watch --json`.
private struct DeviceChange: Encodable {
    /// As in `--events`.
    var event: String
    var key: DeviceReport
}
