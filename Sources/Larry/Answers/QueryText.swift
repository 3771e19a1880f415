import Domain
import Foundation

/// A query in words, line by line: what was asked of the data.
struct QueryText {
    let query: SupportQuery
    let names: NameBook

    /// All lines as one, such as “Count of tickets · Status is open”.
    var sentence: String { lines.joined(separator: " · ") }

    var lines: [String] {
        var lines = [operation]
        if query.operation == .compare {
            for side in query.sides ?? [] {
                lines.append(
                    "\(side.label.capitalisedFirst): " + FilterText(filter: side.filter, names: names).lines.joined(separator: "; "))
            }
        } else {
            lines += FilterText(filter: query.filter, names: names).lines
        }
        return lines + rest
    }

    /// What stands beside operation and filter.
    var rest: [String] {
        var lines: [String] = []
        if let part = query.part {
            lines.append(
                "Share of those where "
                    + FilterText(filter: part, names: names).lines.map { $0.prefix(1).lowercased() + $0.dropFirst() }.joined(
                        separator: " and "))
        }
        if let having = query.having {
            lines.append("Only groups with \(having.comparison.rawValue.replacing("_", with: " ")) \(Figures.count(having.number))")
        }
        if let sample = query.minimumSample { lines.append("Only groups with at least \(sample) behind the figure") }
        if let limit = query.limit { lines.append("The first \(limit), ties included") }
        return lines
    }

    var operation: String {
        let noun = query.subject == .conversations ? "messages" : query.subject.rawValue
        let keys = (query.keys ?? []).map { $0 == .contact ? "requester" : $0.rawValue }.joined(separator: " and ")
        let statistic = query.statistic.map { "\($0.rawValue) " } ?? ""
        let measure: String
        switch query.measure {
        case .rows: measure = "number of \(noun)"
        case .firstResponse: measure = "\(statistic)time from creation to first response"
        case .resolution: measure = "\(statistic)time from creation to resolution"
        case .age: measure = "\(statistic)age"
        case .satisfaction: measure = "positive ÷ all ratings"
        }
        switch query.operation {
        case .count: return "Count of \(noun)"
        case .list: return "List of \(noun)" + (query.order.map { ", by \($0.rawValue.replacing("_", with: " "))" } ?? "")
        case .aggregate: return measure.capitalisedFirst
        case .group: return "\(measure.capitalisedFirst) by \(keys)"
        case .trend: return "\(measure.capitalisedFirst) per \(keys)"
        case .compare: return "\(measure.capitalisedFirst), compared"
        case .share: return "Share of \(noun)"
        }
    }
}
