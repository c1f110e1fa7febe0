import Glibc
import Testing

@testable import CTAPHID

/// A device that expects writes and returns reports in a fixed order. An unexpected write, or an unfinished script,
/// fails the test.
final class ScriptedDevice: HIDDevice {
    enum Step: Sendable {
        /// The next write must be this report.
        case write([UInt8])
        /// The next write must be INIT, with a new nonce.
        case writeInit(ChannelID)
        /// The next read returns this report.
        case read([UInt8])
        /// The next read returns a report made from the nonce of the last INIT, or of an earlier attempt by index.
        case readInit(attempt: Int? = nil, @Sendable (_ nonce: [UInt8]) -> [UInt8])
        /// The next read gets nothing for this time.
        case quiet(Duration)
        /// The next read gets nothing until its limit.
        case silence
        /// Something to do before the next step.
        case perform(@Sendable () -> Void)
        /// The next read or write fails.
        case fail(CTAPHIDError)
    }

    let inputReportSize: Int
    let outputReportSize: Int
    private var steps: ArraySlice<Step>
    private var nonces: [[UInt8]] = []
    private var isClosed = false

    init(_ steps: [Step], inputReportSize: Int = 64, outputReportSize: Int = 64) {
        self.steps = steps[...]
        self.inputReportSize = inputReportSize
        self.outputReportSize = outputReportSize
    }

    func write(_ report: [UInt8]) throws(CTAPHIDError) {
        if isClosed { throw .disconnected }
        perform()
        switch steps.first {
        case .write(let expected):
            steps.removeFirst()
            #expect(report.hex == expected.hex)
        case .writeInit(let channel):
            steps.removeFirst()
            let packet = Packet(report: report)
            #expect(packet?.channel == channel)
            #expect(packet?.kind == .initialization(.`init`, byteCount: 8))
            let nonce = Array(packet?.data.prefix(8) ?? [])
            #expect(!nonces.contains(nonce))
            nonces.append(nonce)
        case .fail(let error):
            steps.removeFirst()
            throw error
        default: Issue.record("not in the script: write \(report.hex)")
        }
        perform()
    }

    func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        if isClosed { throw .disconnected }
        perform()
        defer { perform() }
        switch steps.first {
        case .read(let report):
            steps.removeFirst()
            return report
        case .readInit(let attempt, let make):
            steps.removeFirst()
            return make(attempt.map { nonces[$0] } ?? nonces.last ?? [])
        case .quiet(let length) where duration > .zero:
            steps.removeFirst()
            wait(length)
        case .silence where duration > .zero:
            steps.removeFirst()
            wait(duration)
        case .fail(let error) where duration > .zero:
            steps.removeFirst()
            throw error
        default: wait(min(duration, .milliseconds(1)))
        }
        return nil
    }

    /// Non-nil, so that reads are called with their whole limit instead of slices.
    var interrupt: (@Sendable () -> Void)? { {} }

    func close() {
        isClosed = true
    }

    var isUsedUp: Bool { steps.isEmpty }

    func expectUsedUp(_ location: SourceLocation) {
        #expect(isUsedUp, "the script was not used up", sourceLocation: location)
    }

    private func perform() {
        while case .perform(let action) = steps.first {
            steps.removeFirst()
            action()
        }
    }

    private func wait(_ duration: Duration) {
        guard duration > .zero else { return }
        usleep(UInt32(duration / .microseconds(1)))
    }
}
