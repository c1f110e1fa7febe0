import CTAPHID
import Glibc
import Interaction

/// The other programs that have a key's node open, or hold its lock.
struct OtherPrograms: Sendable {
    /// Names and process IDs, escaped.
    let openers: [String]
    let lockHolder: String?
    /// Whether the programs of other users are visible.
    let seesAll: Bool

    init(with node: DeviceNode, in surroundings: Surroundings) {
        let own = String(getpid())
        let processes = surroundings.names(in: "/proc").filter { UInt32($0) != nil && $0 != own }
        openers = processes.filter { process in
            surroundings.names(in: "/proc/\(process)/fd").contains { number in
                surroundings.linkTarget(of: "/proc/\(process)/fd/\(number)") == node.path
            }
        }
        .map { Self.name($0, in: surroundings) }
        lockHolder = Self.lockHolder(of: node, in: surroundings).map { Self.name($0, in: surroundings) }
        seesAll = surroundings.userID == 0
    }

    /// The program that a touch would go to.
    var first: String? { lockHolder ?? openers.first }

    var findings: [Finding] {
        let open: Finding =
            openers.isEmpty
            ? .ok(.holders, .notOpenElsewhere(seesAll: seesAll))
            : .warning(.holders, .openElsewhere, .openElsewhere(openers), step: .inUseHint)
        let lock: Finding =
            if let lockHolder {
                .warning(.lock, .openElsewhere, .lockedBy(lockHolder), step: .inUseHint)
            } else {
                .ok(.lock, .notLocked)
            }
        return [open, lock]
    }

    /// A line is `1: FLOCK  ADVISORY  WRITE 4242 00:05:127 0 EOF`; waiting ones have `->` in front.
    private static func lockHolder(of node: DeviceNode, in surroundings: Surroundings) -> String? {
        for line in surroundings.lines("/proc/locks") {
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[1] == "FLOCK", fields[5] == node.file, UInt32(fields[4]) != nil else {
                continue
            }
            return String(fields[4])
        }
        return nil
    }

    private static func name(_ process: String, in surroundings: Surroundings) -> String {
        let name = surroundings.text("/proc/\(process)/comm") ?? "?"
        return "\(TerminalText.escape(name)) (\(process))"
    }
}
