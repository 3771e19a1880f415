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

    /// What rows the measure is taken over.
    static func subject(of query: SupportQuery) -> SupportQuery.Subject {
        query.measure == .satisfaction ? .ratings : query.measure.isDuration ? .tickets : query.subject
    }

    /// The expression over one row: milliseconds, 1 or 0 of a rating, or nil where rows are counted.
    func expression(_ rows: inout SupportRows, now: Date) -> String? {
        switch measure {
        case .rows: return nil
        case .firstResponse: return "t.first_responded_at - t.created_at"
        case .resolution: return "t.resolved_at - t.created_at"
        case .age: return "CAST(\(rows.bind(now.sqlValue)) AS BIGINT) - t.created_at"
        case .satisfaction: return "CASE WHEN r.rating > 100 THEN 1 ELSE 0 END"
        }
    }

    /// The statement over rows of `key1`, `key2` and `measure`; answers `key1`, `key2`, `value` and `sample`.
    ///
    /// A sum of integers is a decimal to PostgreSQL and an average one too, hence the casts. The median by window functions: the same
    /// on both engines.
    func statement(over inner: String, isGrouped: Bool) -> String {
        let keys = isGrouped ? "key1, key2, " : ""
        let grouping = isGrouped ? " GROUP BY key1, key2" : ""
        guard measure != .rows else {
            return "SELECT \(keys)CAST(COUNT(*) AS DOUBLE PRECISION) AS value, COUNT(*) AS sample FROM (\(inner)) measured\(grouping)"
        }
        func plain(_ function: String) -> String {
            """
            SELECT \(keys)CAST(\(function)(measure) AS DOUBLE PRECISION) AS value, COUNT(*) AS sample FROM (\(inner)) measured
            WHERE measure IS NOT NULL\(grouping)
            """
        }
        if measure == .satisfaction {
            // The average of integers is whole on no engine once they are doubles.
            return """
                SELECT \(keys)100 * AVG(CAST(measure AS DOUBLE PRECISION)) AS value, COUNT(*) AS sample FROM (\(inner)) measured\(grouping)
                """
        }
        switch statistic {
        case .average: return plain("AVG")
        case .minimum: return plain("MIN")
        case .maximum: return plain("MAX")
        case .sum: return plain("SUM")
        case .median:
            let partition = isGrouped ? "PARTITION BY key1, key2 " : ""
            return """
                SELECT \(keys)CAST(AVG(measure) AS DOUBLE PRECISION) AS value, MAX(places) AS sample FROM (
                    SELECT \(keys)measure, ROW_NUMBER() OVER (\(partition)ORDER BY measure) AS place,
                        COUNT(*) OVER (\(isGrouped ? "PARTITION BY key1, key2" : "")) AS places
                    FROM (\(inner)) measured WHERE measure IS NOT NULL) ranked
                WHERE 2 * place BETWEEN places AND places + 2\(grouping)
                """
        }
    }

    /// As answers show it: seconds for durations, percent and counts as they are.
    func figure(_ value: Double?) -> Double? {
        guard let value else { return nil }
        return measure.isDuration ? value / 1000 : value
    }
}
