import Interaction

/// Formats rows as columns, each as wide as its widest cell.
enum Columns {
    static func lines(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { index in
            rows.map { index < $0.count ? TerminalWidth.columns($0[index]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            zip(row.indices, row).reduce(into: "") { line, column in
                let (index, cell) = column
                line += cell
                // No padding after the last cell.
                guard index < row.count - 1 else { return }
                line += String(repeating: " ", count: widths[index] - TerminalWidth.columns(cell) + 2)
            }
        }
    }
}
