import Domain
import Foundation

/// What a model must get right before it is asked anything that counts.
///
/// A model that is nearly always wrong writes perfectly valid queries. So each endpoint is examined once, with questions whose query
/// the rules know; one that fails is never asked, and the rules answer alone.
enum Examination {
    static let now = Date(timeIntervalSince1970: 1_778_668_200)

    /// Names that exist nowhere else.
    static let names: SupportNames = {
        var names = SupportNames()
        names.accounts = [
            .init(id: 1, name: "Larkspur Dairy", aliases: [], domains: []),
            .init(id: 2, name: "Quillfeather Press", aliases: [], domains: [])
        ]
        names.agents = [.init(id: 7, name: "Oswin Tarrant", email: nil)]
        return names
    }()

    static let questions = [
        "How many open tickets does Larkspur Dairy have?", "How many urgent tickets are assigned to Oswin Tarrant?",
        "How many tickets did Quillfeather Press open in April 2026?", "Which accounts have pending tickets?",
        "What is the median first response time?", "How many escalated tickets does Quillfeather Press have?"
    ]

    /// Right answers needed.
    static let enough = 5

    /// What the rules make of a question of the examination.
    static func right(_ question: String) -> SupportQuery? {
        Interpreter(index: NameIndex(names), now: now).understand(question).query
    }

    /// Whether two queries ask for the same rows and the same figure; wording and list order do not count.
    static func isSame(_ left: SupportQuery, _ right: SupportQuery) -> Bool {
        left.operation == right.operation && left.subject == right.subject && left.measure == right.measure && left.keys == right.keys
            && left.statistic == right.statistic && bare(left.filter) == bare(right.filter)
    }

    private static func bare(_ filter: SupportFilter) -> SupportFilter {
        var filter = filter
        filter.periods = filter.periods?.map { SupportPeriod($0.field, from: $0.from, to: $0.to, phrase: "") }
        if filter.periods?.isEmpty == true { filter.periods = nil }
        return filter
    }
}
