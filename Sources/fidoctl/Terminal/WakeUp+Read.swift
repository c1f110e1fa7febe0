import CTAPHID
import Platform

extension WakeUp {
    /// What a wait for input ended with.
    enum ReadWait: Hashable {
        case readable
        /// By a call, which outranks input and is kept: every later wait ends with it at once.
        case called
        case timedOut
    }

    /// Waits until `other` can be read, or has ended.
    func waitToRead(_ other: CInt, by deadline: Deadline) -> ReadWait {
        let interests = [other, descriptor].map { Poll.Interest(descriptor: $0) }
        while !deadline.hasPassed {
            guard let ready = try? Poll.wait(for: interests, within: deadline.remaining).readable, !ready.isEmpty else {
                continue
            }
            return ready.contains(descriptor) ? .called : .readable
        }
        return .timedOut
    }
}
