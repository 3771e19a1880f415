/// One question to the synced rows, typed and closed: all that Larry can ask, whoever chose it.
///
/// It holds no SQL and no free expression; `Store` turns it into one statement with the workspace's id as its first argument.
package struct SupportQuery: Codable, Hashable, Sendable {
    package enum Subject: String, Codable, Hashable, Sendable, CaseIterable {
        case tickets, accounts, agents, contacts, conversations, ratings
    }

    package enum Operation: String, Codable, Hashable, Sendable, CaseIterable {
        case count, list, aggregate, group, trend, compare, share
    }

    /// What is measured; `rows` counts them.
    package enum Measure: String, Codable, Hashable, Sendable, CaseIterable {
        case rows
        /// Creation to the first answer, over answered tickets.
        case firstResponse = "first_response"
        /// Creation to resolution, over tickets that were resolved.
        case resolution
        /// Creation to now.
        case age
        /// Positive ÷ all ratings, in percent.
        case satisfaction

        package var isDuration: Bool { self == .firstResponse || self == .resolution || self == .age }
    }

    package enum Statistic: String, Codable, Hashable, Sendable, CaseIterable {
        case average, median, minimum, maximum, sum
    }

    /// By what rows are grouped.
    package enum Key: String, Codable, Hashable, Sendable, CaseIterable {
        case account, agent, contact, group, status, priority, source, type, tag, day, week, month, weekday, hour

        package var isTime: Bool {
            switch self {
            case .day, .week, .month, .weekday, .hour: true
            default: false
            }
        }

        /// Whether a group is a row with an id.
        package var hasID: Bool { self == .account || self == .agent || self == .contact || self == .group }
    }

    /// A condition on a group's value.
    package struct Having: Codable, Hashable, Sendable {
        package enum Comparison: String, Codable, Hashable, Sendable, CaseIterable {
            case moreThan = "more_than"
            case atLeast = "at_least"
            case fewerThan = "fewer_than"
            case atMost = "at_most"
            case exactly
        }

        package var comparison: Comparison
        package var number: Double

        package init(_ comparison: Comparison, _ number: Double) {
            self.comparison = comparison
            self.number = number
        }

        package func holds(_ value: Double) -> Bool {
            switch comparison {
            case .moreThan: value > number
            case .atLeast: value >= number
            case .fewerThan: value < number
            case .atMost: value <= number
            case .exactly: value == number
            }
        }
    }

    /// By what a list is ordered.
    package enum Order: String, Codable, Hashable, Sendable, CaseIterable {
        case created, updated, resolved, priority, due
        /// How long the customer has waited for an answer.
        case waiting
        /// By name, of accounts, agents and contacts.
        case name
        /// By how long the first answer or the resolution took.
        case firstResponseTime = "first_response_time"
        case resolutionTime = "resolution_time"
    }

    /// What is asked of the tickets of a list.
    package enum Detail: String, Codable, Hashable, Sendable, CaseIterable {
        case about, agent, requester, account, status, priority, created, resolved, due, group, satisfaction, source, type, tags, updated
    }

    /// One side of a comparison.
    package struct Side: Codable, Hashable, Sendable {
        package var label: String
        package var filter: SupportFilter

        package init(_ label: String, _ filter: SupportFilter) {
            self.label = label
            self.filter = filter
        }
    }

    package var operation: Operation
    package var subject: Subject
    package var filter: SupportFilter
    package var measure: Measure = .rows
    /// Of a duration; the median where nothing else is said.
    package var statistic: Statistic?
    /// One or two keys of a group; the bucket of a trend.
    package var keys: [Key]?
    /// The moment by which a trend or a grouping by time counts.
    package var timeField: SupportPeriod.Field?
    package var having: Having?
    /// Groups with fewer rows behind their value are left out.
    package var minimumSample: Int?
    /// Whether rows that have no such thing make a group of their own.
    package var includesNone: Bool?
    package var order: Order?
    package var isDescending: Bool?
    /// The first so many; ties with the last one stay in.
    package var limit: Int?
    package var detail: Detail?
    package var sides: [Side]?
    /// The part whose share is asked.
    package var part: SupportFilter?
    /// A question that wants yes or no.
    package var isYesNo: Bool?

    package init(_ operation: Operation, _ subject: Subject = .tickets, _ filter: SupportFilter = SupportFilter()) {
        self.operation = operation
        self.subject = subject
        self.filter = filter
    }

    /// Longest list of ids an answer carries.
    package static let longestList = 200
}

extension SupportFilter {
    /// The filter with the parts of another added; where both set the same part, the other's counts.
    package func narrowed(by other: SupportFilter) -> SupportFilter {
        var result = self
        result.ticket = other.ticket ?? ticket
        result.account = other.account ?? account
        result.agent = other.agent ?? agent
        result.contact = other.contact ?? contact
        result.group = other.group ?? group
        result.status = other.status ?? status
        result.statusCode = other.statusCode ?? statusCode
        result.priority = other.priority ?? priority
        result.source = other.source ?? source
        result.type = other.type ?? type
        result.tag = other.tag ?? tag
        result.text = other.text ?? text
        result.isMatched = other.isMatched ?? isMatched
        result.isResponded = other.isResponded ?? isResponded
        result.isEscalated = other.isEscalated ?? isEscalated
        result.isOverdue = other.isOverdue ?? isOverdue
        result.isRated = other.isRated ?? isRated
        result.sentiment = other.sentiment ?? sentiment
        result.kind = other.kind ?? kind
        result.isIncoming = other.isIncoming ?? isIncoming
        result.author = other.author ?? author
        for period in other.periods ?? [] { result.set(period) }
        return result
    }
}
