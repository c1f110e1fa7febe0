/// The transport of reports between a key and other programs.
protocol ReportPort: AnyObject {
    /// The descriptors on which reports from clients arrive.
    var descriptors: [Int32] { get }

    /// The descriptor that becomes writable after `send` returned `false`; `nil` if `send` never does.
    var writeDescriptor: Int32? { get }

    /// The minimum pause between reports, if faster ones would be lost.
    var pace: Duration { get }

    /// Receives the reports that have arrived, without report numbers.
    func receive(from readable: Set<Int32>) throws(ServeError) -> [[UInt8]]

    /// Sends one report to every client; `false` if it must be retried later.
    func send(_ report: [UInt8]) throws(ServeError) -> Bool

    /// Unplugs the key.
    func close()
}

/// Why a key cannot be served, or stopped being served.
package enum ServeError: Error, Hashable, Sendable {
    /// The system refused an operation; `reason` is its own text.
    case io(operation: String, path: String, reason: String)
    /// A file other than a stale socket has the socket's name.
    case occupied(path: String, reason: String)
    /// The socket's name is longer than the system allows.
    case pathTooLong(path: String, maximum: Int)
}

extension ServeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .io(let operation, let path, let reason): "\(operation) \(path): \(reason)"
        case .occupied(let path, let reason): "\(path) is taken: \(reason)"
        case .pathTooLong(let path, let maximum): "\(path) is longer than \(maximum) bytes"
        }
    }
}
