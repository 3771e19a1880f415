import Foundation
import Store
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// How a copy goes: one line that is rewritten, on a terminal; and the comparison at its end.
final class CopyDisplay: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let isShown = Mutex(false)

    func show(_ progress: TableCopy.Progress) {
        guard isTerminal else { return }
        isShown.withLock { $0 = true }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(progress.table)  \(Self.count(progress.rows)) rows".utf8))
    }

    /// Takes the line away.
    func end() {
        if isShown.withLock({ $0 }) { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    /// Table by table: rows on both sides, the beginning of the checksum, and whether both are the same.
    static func table(_ tables: [TableCopy.Table]) -> [String] {
        let rows =
            [["table", "rows", "copied", "checksum", ""]]
            + tables.map {
                [
                    $0.name, count($0.source.rows), count($0.destination.rows), String($0.destination.checksum.prefix(16)),
                    $0.isSame ? "same" : "different"
                ]
            }
        let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column == 1 || column == 2 ? space + text : text + space
            }.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }
    }

    /// 1234567 as 1,234,567.
    static func count(_ number: Int) -> String {
        let digits = Array(String(number))
        let groups = digits.indices.map { index in
            (index > 0 && (digits.count - index).isMultiple(of: 3) ? "," : "") + String(digits[index])
        }
        return groups.joined()
    }
}
