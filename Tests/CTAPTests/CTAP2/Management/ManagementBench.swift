@testable import CTAP2
import CTAPHID
import Synchronization

/// The common parts of the tests of management.
enum ManagementBench {
    static let token = {
        let secret = Secret(copying: [UInt8](repeating: 0x42, count: 32))
        return try? PINUVAuthToken(.two, secret: secret, permissions: .credentialManagement, rpId: nil)
    }()

    static var operation: CTAP2.Operation { Operation(within: .seconds(60)) }

    /// An operation that records its progress reports.
    static func operation(reporting news: Log<KeyActivity>) -> CTAP2.Operation {
        Operation(within: .seconds(60)) { news.append($0) }
    }

    static func session(
        _ log: RequestLog = RequestLog(),
        answer: @escaping @Sendable (CTAPCommand, CBORMap) -> [UInt8]
    ) -> Session {
        Session(Connection(AnsweringKey(log: log, answer: answer)))
    }
}

/// Events in their order.
final class Log<Element: Sendable>: Sendable {
    private let content = Mutex<[Element]>([])

    var elements: [Element] { content.withLock { $0 } }

    func append(_ element: Element) {
        content.withLock { $0.append(element) }
    }
}
