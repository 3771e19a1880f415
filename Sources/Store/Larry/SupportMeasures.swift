import Domain
import Foundation

/// A measure as SQL: what is taken of each row, and what is made of all of them.
struct SupportMeasures {
    var measure: SupportQuery.Measure
    var statistic: SupportQuery.Statistic

    init(_ query: SupportQuery) {
        measure = query.measure
        statistic = query.statistic ?? .median
    }

    var isMedian: Bool { measure.isDuration && statistic == .median }

    /// What rows the measure is taken over.
    static func subject(of query: SupportQuery) -> SupportQuery.Subject {
        query.measure == .satisfaction ? .ratings : query.measure.isDuration ? .tickets : query.subject
    }

    /// The expression over one row: milliseconds, 1 or 0 of a rating, or nil where rows are counted.
    func expression(_ rows: inout SupportRows, now: Date) -> String? {
        switch measure {
        case .rows: return nil
        case .firstResponse: return "(t.first_responded_at - t.created_at)"
        case .resolution: return "(t.resolved_at - t.created_at)"
        case .age: return "(CAST(\(rows.bind(now.sqlValue)) AS BIGINT) - t.created_at)"
        case .satisfaction: return "CASE WHEN r.rating > 100 THEN 1 ELSE 0 END"
        }
    }

    /// The statement that answers `key1`, `key2`, `value` and `sample`, group by group, straight over the rows: an engine then reads an
    /// index in the order of its groups instead of sorting all rows.
    ///
    /// A sum of integers is a decimal to PostgreSQL and an average one too, hence the casts.
    /// - Parameters:
    ///   - keys: expressions, none to two.
    ///   - expression: of a row, as `expression` gave it; nil where rows are counted.
    ///   - source: FROM and WHERE.
    func statement(keys: [String], _ expression: String?, _ source: String, _ dialect: Dialect) -> String {
        let names = keys.indices.map { "key\($0 + 1)" }
        let columns = zip(keys, names).map { "\($0) AS \($1), " }.joined()
        let grouping = names.isEmpty ? "" : " GROUP BY " + names.joined(separator: ", ")
        guard let expression else {
            return "SELECT \(columns)CAST(COUNT(*) AS DOUBLE PRECISION) AS value, COUNT(*) AS sample \(source)\(grouping)"
        }
        func plain(_ function: String, over measure: String, _ factor: String = "") -> String {
            """
            SELECT \(columns)\(factor)CAST(\(function)(\(measure)) AS DOUBLE PRECISION) AS value, COUNT(*) AS sample
            \(source) AND \(expression) IS NOT NULL\(grouping)
            """
        }
        // The average of integers is whole on no engine once they are doubles.
        if measure == .satisfaction { return plain("AVG", over: "CAST(\(expression) AS DOUBLE PRECISION)", "100 * ") }
        switch statistic {
        case .average: return plain("AVG", over: expression)
        case .minimum: return plain("MIN", over: expression)
        case .maximum: return plain("MAX", over: expression)
        case .sum: return plain("SUM", over: expression)
        case .median:
            return """
                SELECT \(columns)\(dialect.median(expression)) AS value, COUNT(*) AS sample
                \(source) AND \(expression) IS NOT NULL\(grouping)
                """
        }
    }

    /// The middle one or two of all rows, of which there are `sample`: sorted up to there and no further.
    static func middle(of expression: String, _ source: String, sample: Int) -> String {
        """
        SELECT \(expression) AS measure \(source) AND \(expression) IS NOT NULL
        ORDER BY measure LIMIT \(sample.isMultiple(of: 2) ? 2 : 1) OFFSET \((sample - 1) / 2)
        """
    }

    /// The value of a row that `statement` answered, as answers show it.
    func value(of row: Row) throws -> Double? {
        guard isMedian else { return figure(try row.find("value")) }
        switch try row.value("value") {
        case .text(let numbers): return figure(Self.median(of: numbers))
        case .double(let value): return figure(value)
        case .integer(let value): return figure(Double(value))
        default: return nil
        }
    }

    /// The middle of whole numbers with commas between, the mean of the middle two; nil for none.
    static func median(of text: String) -> Double? {
        var numbers: [Int64] = []
        var (number, isNegative, hasDigits): (Int64, Bool, Bool) = (0, false, false)
        func end() {
            if hasDigits { numbers.append(isNegative ? -number : number) }
            (number, isNegative, hasDigits) = (0, false, false)
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                number = number &* 10 &+ Int64(byte - UInt8(ascii: "0"))
                hasDigits = true
            case UInt8(ascii: "-"): isNegative = true
            default: end()
            }
        }
        end()
        guard !numbers.isEmpty else { return nil }
        numbers.sort()
        let middle = numbers.count / 2
        return numbers.count.isMultiple(of: 2) ? Double(numbers[middle - 1] + numbers[middle]) / 2 : Double(numbers[middle])
    }

    /// As answers show it: seconds for durations, percent and counts as they are.
    func figure(_ value: Double?) -> Double? {
        guard let value else { return nil }
        return measure.isDuration ? value / 1000 : value
    }
}
