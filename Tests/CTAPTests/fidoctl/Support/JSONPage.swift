import Testing
import WebAuthn

/// The tables of docs/json.md, or of a page like it, to check documents against.
struct JSONPage {
    /// The type of each member by its path, for each command.
    private let tables: [String: [String: String]]

    var commands: [String] { Array(tables.keys) }
    var types: Set<String> { Set(tables.values.flatMap(\.values)) }

    /// `heading` begins the heading of a section with a table.
    init(_ name: String = "json.md", heading: String = "## fidoctl ") throws {
        let page = TextFile.whole(Product.project + "/docs/" + name)
        var tables: [String: [String: String]] = [:]
        for section in page.split(separator: "\n" + heading).dropFirst() {
            let own = section[..<(section.firstRange(of: "\n## ")?.lowerBound ?? section.endIndex)]
            let lines = own.split(separator: "\n")
            let command = String(try #require(lines.first))
            tables[command] = [:]
            for line in lines where line.hasPrefix("| `") {
                let cells = line.split(separator: "|").map { $0.trimming(while: { $0 == " " || $0 == "`" }) }
                try #require(cells.count >= 2, "\(line)")
                let isNew = tables[command]?.updateValue(cells[1], forKey: cells[0]) == nil
                try #require(isNew, "\(cells[0]) is there twice")
            }
        }
        self.tables = tables.mapValues { Self.expanded($0, by: tables) }
    }

    /// The differences between `json` and the command's table; empty if there are none.
    func problems(in json: String, of command: String) throws -> [String] {
        let table = try #require(tables[command], "there is no section on \(command)")
        return problems(in: try JSON.decode(WebAuthn.JSONValue.self, from: Array(json.utf8)), at: "", table)
    }

    private func problems(in value: WebAuthn.JSONValue, at path: String, _ table: [String: String]) -> [String] {
        switch value {
        case .array(let elements): return elements.flatMap { problems(in: $0, at: path + "[]", table) }
        case .object(let members):
            let prefix = path.isEmpty ? "" : path + "."
            let own = table.filter {
                $0.key.hasPrefix(prefix) && !$0.key.dropFirst(prefix.count).contains(where: { ".[".contains($0) })
            }
            let missing = own.filter {
                !$0.value.hasSuffix("if any") && members[String($0.key.dropFirst(prefix.count))] == nil
            }
            return missing.keys.sorted().map { "\($0) is missing" }
                + members.sorted { $0.key < $1.key }.flatMap { name, value in
                    guard let type = own[prefix + name] else { return ["\(prefix + name) is not in the table"] }
                    guard Self.fits(value, type) else { return ["\(prefix + name) is not: \(type)"] }
                    guard type != "any" else { return [] }
                    return problems(in: value, at: prefix + name, table)
                }
        default: return []
        }
    }

    private static func fits(_ value: WebAuthn.JSONValue, _ type: String) -> Bool {
        let bare = type.replacing(", if any", with: "")
        let alternatives = bare.split(separator: " or ").map(String.init)
        if alternatives.count > 1 { return alternatives.contains { fits(value, $0) } }
        if bare == "any" { return true }
        return switch value {
        case .string(let text): bare == "string" || bare == "bytes" && (try? Base64URL.decode(text)) != nil
        case .number: bare == "number"
        case .bool: bare == "boolean"
        case .object: bare == "object"
        case .array(let elements):
            switch bare {
            case "array of objects": elements.allSatisfy { fits($0, "object") }
            case "array of strings": elements.allSatisfy { fits($0, "string") }
            default: false
            }
        case .null: bare == "null"
        }
    }

    /// Replaces `a.*` with the type "as `b` of `command`" by the members of that table.
    private static func expanded(_ table: [String: String], by tables: [String: [String: String]]) -> [String: String] {
        var expanded: [String: String] = [:]
        for (path, type) in table {
            guard path.hasSuffix(".*"), let match = type.wholeMatch(of: #/as `?(.+?)`? of `?(.+?)`?/#) else {
                expanded[path] = type
                continue
            }
            let prefix = match.output.1 + "."
            for (other, type) in tables[String(match.output.2)] ?? [:] where other.hasPrefix(prefix) {
                expanded[String(path.dropLast()) + String(other.dropFirst(prefix.count))] = type
            }
        }
        return expanded
    }
}

extension StringProtocol {
    fileprivate func trimming(while isUnwanted: (Character) -> Bool) -> String {
        let start = self.drop(while: isUnwanted)
        let end = start.reversed().drop(while: isUnwanted).count
        return String(start.prefix(end))
    }
}
