import CTAPHID
import Dispatch
import Glibc
import Interaction
import Platform

/// The terminal's keyboard, read key by key on a queue of its own; a cancelled task stops waiting at once.
final class KeyboardInput: Sendable {
    let descriptor: Int32
    private let stop: WakeUp
    private let queue = DispatchQueue(label: "fidoctl.keyboard")

    /// The process's terminal, wherever its standard input comes from; `nil` when it has none.
    init?() {
        guard let stop = try? WakeUp(), let descriptor = try? ControllingTerminal.open() else { return nil }
        (self.stop, self.descriptor) = (stop, descriptor)
    }

    deinit {
        close(descriptor)
    }

    /// The next byte that is typed; `nil` when the deadline passed, the task was cancelled or the terminal is gone.
    func byte(by deadline: Deadline) async -> UInt8? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [self] in continuation.resume(returning: waitForByte(by: deadline)) }
            }
        } onCancel: {
            stop.call()
        }
    }

    private func waitForByte(by deadline: Deadline) -> UInt8? {
        while stop.waitToRead(descriptor, by: deadline) == .readable {
            var byte: UInt8 = 0
            switch unsafe read(descriptor, &byte, 1) {
            case 1: return byte
            case 0: return nil
            default: guard errno == EAGAIN || errno == EINTR else { return nil }
            }
        }
        return nil
    }
}
