import ArgumentParser
import CTAP2
import CTAPHID
import Interaction
import Platform

/// `fidoctl ping`
struct PingCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "ping",
        abstract: "Measure the round-trip time of messages to a key; needs no touch."
    )

    @Option(help: ArgumentHelp("Bytes in each message, up to 7609.", valueName: "bytes"))
    var size = 64

    @Option(help: ArgumentHelp("Number of messages.", valueName: "number"))
    var count = 10

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func validate() throws {
        guard (0...Int(UInt16.max)).contains(size) else { throw ValidationError(.pingSize) }
        guard (1...100_000).contains(count) else { throw ValidationError(.pingCount) }
    }

    func run() async throws {
        let messages = count
        let payload = [UInt8].random(count: size)
        let (durations, name) = try await key.withKey(for: .use(command: "ping")) { key throws(CTAPHIDError) in
            var durations: [Duration] = []
            for _ in 0..<messages {
                durations.append(try await key.session.connection.ping(payload, by: key.operation.deadline))
            }
            return durations
        }
        let report = PingReport(device: name.path, size: size, durations: durations)
        try output.print(report, lines: report.lines)
    }
}

/// The round-trip times of messages.
struct PingReport: Encodable {
    struct Milliseconds: Encodable {
        var min: Double
        var median: Double
        var max: Double
    }

    var device: String
    /// Bytes in each message.
    var size: Int
    var count: Int
    /// From the first report written to the last one read.
    var milliseconds: Milliseconds

    init(device: String, size: Int, durations: [Duration]) {
        let sorted = durations.map { ($0 / .microseconds(1)).rounded() }.sorted()
        let median = sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        self.device = device
        self.size = size
        count = sorted.count
        milliseconds = Milliseconds(
            min: (sorted.first ?? 0) / 1_000,
            median: median.rounded() / 1_000,
            max: (sorted.last ?? 0) / 1_000
        )
    }

    var lines: [String] {
        let (min, median, max) = (milliseconds.min, milliseconds.median, milliseconds.max)
        return [
            (Text.pinged(count, size: size) + .milliseconds(min: min, median: median, max: max)).localized
        ]
    }
}
