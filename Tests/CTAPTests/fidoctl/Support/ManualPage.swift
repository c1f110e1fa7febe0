import Foundation
import Testing

/// A page of docs/manual.
struct ManualPage {
    let text: String

    /// `name` is that of the page with its section, such as `fidoctl-list.1`.
    init(_ name: String) throws {
        text = TextFile.whole("\(Self.folder)/\(name).md")
        try #require(!text.isEmpty, "no page \(name)")
    }

    private static let folder = Product.project + "/docs/manual"

    /// The names of all pages, with their sections.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }
            .map { String($0.dropLast(".md".count)) }
    }

    /// What stands between a heading and the next; `nil` if the page does not have the heading.
    func section(_ heading: String) -> Substring? {
        guard let start = text.firstRange(of: "\n\(heading)\n") else { return nil }
        let rest = text[start.upperBound...]
        return rest[..<(rest.firstRange(of: "\n#")?.lowerBound ?? rest.endIndex)]
    }

    /// The command lines among its examples that call the program.
    var examples: [String] {
        (section("# EXAMPLES") ?? "").split(separator: "\n").filter { $0.hasPrefix("    fidoctl ") }
            .map { String($0.dropFirst(4)) }
    }
}
