import Glibc
import Testing

@testable import CTAPHID

/// A device that expects certain writes and gives certain reports, in one order. A write that is not the expected one
/// and a script that is not used up fail the test.
final class ScriptedDevice: HIDDevice {
    enum Step: Sendable {
        /// A report that must be written now.
        case write([UInt8])
        /// INIT that must be written now, with a nonce that none before it had.
        case writeInit(ChannelID)
        /// A report that the next read gets.
        case read([UInt8])
        /// The report that the next read gets, made from the nonce of the last INIT or of an earlier attempt, from 0.
        case readInit(attempt: Int? = nil, @Sendable (_ nonce: [UInt8]) -> [UInt8])
        /// The next read waits so long in vain.
        case quiet(Duration)
        /// The next read waits in vain for as long as it may.
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

    /// Says that it can be interrupted, so that reads come with the whole time they may take.
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
