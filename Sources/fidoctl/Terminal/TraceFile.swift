import CTAP2
import CTAPHID
import Glibc

/// The wire log that `--trace` asks for: one JSON object a line, readable by its owner alone.
final class TraceFile: Sendable {
    private let descriptor: Int32
    private let start = ContinuousClock.now

    /// Begins the file anew.
    init(path: String) throws(Failure) {
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(.io, .cannotWriteFile(TerminalText.escape(path), SystemError(number: errno).reason))
        }
    }

    deinit {
        close(descriptor)
    }

    /// A device that logs into the file what goes through it.
    func tracing(_ device: sending any HIDDevice, name: String) -> sending any HIDDevice {
        TraceDevice(device, name: name, since: start, isSecret: Self.isSecret) { [self] record in
            let line = Array((record.line + "\n").utf8)
            // A log that cannot be written, on a full disk say, must not end what it logs.
            _ = unsafe write(descriptor, line, line.count)
        }
    }

    /// Whether a request and its reply are about a PIN.
    private static func isSecret(_ command: HIDCommand, _ payload: [UInt8]) -> Bool {
        command == .cbor && payload.first == CTAPCommand.clientPIN.rawValue
    }
}
