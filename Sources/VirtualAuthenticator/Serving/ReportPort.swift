/// Where the reports of a key that other programs use come from and go to.
protocol ReportPort: AnyObject {
    /// What a report from a client may arrive on.
    var descriptors: [Int32] { get }

    /// The descriptor that says when a report can be sent again after `send` could not; `nil` where that never happens.
    var writeDescriptor: Int32? { get }

    /// The shortest pause between reports, where faster ones would be lost.
    var pace: Duration { get }

    /// Takes what has arrived: reports without report number.
    func receive(from readable: Set<Int32>) throws(ServeError) -> [[UInt8]]

    /// Sends one report to every client; `false` when it must be tried again later.
    func send(_ report: [UInt8]) throws(ServeError) -> Bool

    /// Pulls the key out.
    func close()
}

/// Why a key cannot be served, or stopped being served.
package enum ServeError: Error, Hashable, Sendable {
    /// The system refused an operation; `reason` is its own text.
    case io(operation: String, path: String, reason: String)
    /// Something other than a left-over socket has the socket's name.
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
