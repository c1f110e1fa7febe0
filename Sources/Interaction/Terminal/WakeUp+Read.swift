package import CTAPHID
package import Platform

extension WakeUp {
    /// The reason that a wait for input ended.
    package enum ReadWait: Hashable {
        case readable
        /// A call, which takes precedence over input and stays pending: every later wait ends at once.
        case called
        case timedOut
    }

    /// Waits until `other` can be read, or has ended.
    package func waitToRead(_ other: CInt, by deadline: Deadline) -> ReadWait {
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
