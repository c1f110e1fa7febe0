import CTAP2
import Testing

/// The table of docs/user-verification.md.
enum UserVerificationTable {
    /// The expectation for one kind of key, operation and requirement.
    struct Cell: Sendable, CustomTestStringConvertible {
        enum Operation: String, Sendable { case register, assert }

        /// The name of a file in scenarios/keys.
        let key: String
        let operation: Operation
        let requirement: UserVerificationRequirement
        /// The text of the page's cell.
        let text: String

        var testDescription: String { "\(key), \(operation.rawValue), \(requirement.rawValue)" }
    }

    /// Rows begin with a key's file and an operation, both in backquotes.
    static let cells: [Cell] = TextFile.contents(Product.project + "/docs/user-verification.md")
        .split(separator: "\n")
        .flatMap { line -> [Cell] in
            let columns = line.split(separator: "|").map { $0.trimmed }
            guard columns.count == 5, columns[0].hasPrefix("`"), columns[0].hasSuffix(".json`"),
                let operation = Cell.Operation(rawValue: columns[1].filter { $0 != "`" })
            else { return [] }
            let key = columns[0].filter { $0 != "`" }
            return zip([.required, .preferred, .discouraged], columns[2...]).map {
                Cell(key: key, operation: operation, requirement: $0, text: $1)
            }
        }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
