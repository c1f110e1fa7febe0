/// Outgoing reports, some of them delayed.
struct ReportQueue {
    /// Items that are sent in order.
    struct Batch {
        var due: Duration
        var items: [Item]
        /// Whether the first item waits for `release`.
        var isHeld = false
    }

    enum Item {
        case report([UInt8])
        /// Waits until released or for this time.
        case hold(Duration?)
        case unplug
    }

    private var batches: [Batch] = []

    mutating func append(_ items: [Item], due: Duration) {
        batches.append(Batch(due: due, items: items))
    }

    /// Releases held batches.
    mutating func release() {
        for index in batches.indices where batches[index].isHeld {
            batches[index].isHeld = false
        }
    }

    var nextWakeup: Duration? {
        batches.filter { !$0.isHeld }.map(\.due).min()
    }

    /// Takes the items that are due, including holds that begin. `unplug` is always the last item.
    mutating func take(at now: Duration) -> [Item] {
        var taken: [Item] = []
        for index in batches.indices {
            while !batches[index].isHeld, batches[index].due <= now, !batches[index].items.isEmpty {
                let item = batches[index].items.removeFirst()
                taken.append(item)
                switch item {
                case .report: break
                case .unplug: return taken
                case .hold(let duration?): batches[index].due = now + duration
                case .hold(nil): batches[index].isHeld = true
                }
            }
        }
        batches.removeAll { $0.items.isEmpty }
        return taken
    }
}
