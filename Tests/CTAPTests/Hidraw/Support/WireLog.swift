/// The packets in the log of `fidoctl virtual serve --log`.
struct WireLog: Sendable {
    /// One packet: `-> 00000001 CBOR 57` is a message's first to the key, `<- 00000001 +0` a continuation from it.
    struct Entry: Hashable, Sendable, CustomStringConvertible {
        enum Direction: String, Hashable, Sendable {
            case toKey = "->"
            case fromKey = "<-"
        }

        let direction: Direction
        let channel: String
        /// A command's name, or `+` and the sequence number of a continuation.
        let packet: String
        let line: String

        var isContinuation: Bool { packet.hasPrefix("+") }
        var description: String { line }
    }

    let entries: [Entry]

    init(lines: [String]) {
        self.init(entries: Self.entries(lines))
    }

    private init(entries: [Entry]) {
        self.entries = entries
    }

    private static func entries(_ lines: [String]) -> [Entry] {
        lines.compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let arrow = words.firstIndex(where: { $0 == "->" || $0 == "<-" }), words.count > arrow + 2,
                let direction = Entry.Direction(rawValue: words[arrow])
            else { return nil }
            return Entry(direction: direction, channel: words[arrow + 1], packet: words[arrow + 2], line: line)
        }
    }

    var toKey: [Entry] { entries.filter { $0.direction == .toKey } }
    var cancels: [Entry] { toKey.filter { $0.packet == "CANCEL" } }
    /// The names of the commands to the key, without continuations.
    var commands: [String] { toKey.filter { !$0.isContinuation }.map(\.packet) }

    /// The packets except those of the last client, from its INIT on; late packets of other clients stay.
    var withoutLastClient: WireLog {
        let broadcast = "ffffffff"
        guard
            let start = entries.lastIndex(where: { $0.direction == .toKey && $0.channel == broadcast })
        else { return self }
        let earlier = entries[..<start]
        let others = Set(earlier.map(\.channel)).subtracting([broadcast])
        return WireLog(entries: earlier + entries[start...].filter { others.contains($0.channel) })
    }
}
