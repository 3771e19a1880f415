package import Domain
import Foundation
import Store

extension Larry {
    /// What the page shows from which a question is asked: it answers “whose?” where the question does not.
    package enum Topic: Sendable, Hashable {
        case account(ID<Account>)
        case agent(ID<Agent>)
        case ticket(ID<Ticket>)

        /// Reads `account:12`, `agent:7`, `ticket:812`.
        package init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            switch parts[0] {
            case "account": if let id = ID<Account>(parts[1]) { self = .account(id) } else { return nil }
            case "agent": if let id = ID<Agent>(parts[1]) { self = .agent(id) } else { return nil }
            case "ticket": if let id = ID<Ticket>(parts[1]) { self = .ticket(id) } else { return nil }
            default: return nil
            }
        }

        package var text: String {
            switch self {
            case .account(let id): "account:\(id)"
            case .agent(let id): "agent:\(id)"
            case .ticket(let id): "ticket:\(id)"
            }
        }

        /// A ticket's page is as if the ticket had just been asked for, so that “who owns it?” means this one.
        func frame(in workspace: ID<Workspace>, now: Date, _ store: SupportQueryStore) async throws -> Frame? {
            guard case .ticket(let id) = self else { return nil }
            var query = SupportQuery(.list)
            query.filter.ticket = [id.rawValue]
            query.limit = 1
            guard let ticket = try await store.answer(workspace, query, now: now).tickets.first else { return nil }
            return Frame(
                query: query, tickets: [id.rawValue], agents: [ticket.agent?.id.rawValue].compactMap { $0 },
                accounts: [ticket.account?.account.id.rawValue].compactMap { $0 })
        }

        /// The query with this account or agent where it names none, and a line that says so.
        func narrowing(_ query: SupportQuery, names: NameBook) -> (query: SupportQuery, remark: String?) {
            let filters = [query.filter] + (query.sides ?? []).map(\.filter) + [query.part].compactMap { $0 }
            let keys = query.keys ?? []
            var narrowed = query
            switch self {
            case .account(let id):
                guard names.has(account: id.rawValue), query.subject != .accounts, !keys.contains(.account),
                    filters.allSatisfy({ $0.account == nil && $0.contact == nil && $0.ticket == nil && $0.isMatched == nil })
                else { return (query, nil) }
                narrowed.setEverywhere { $0.account = .init([id.rawValue]) }
                return (narrowed, "Of \(names.account(id.rawValue)), whose page is open")
            case .agent(let id):
                guard names.has(agent: id.rawValue), query.subject != .agents, !keys.contains(.agent),
                    filters.allSatisfy({ $0.agent == nil && $0.author == nil && $0.ticket == nil })
                else { return (query, nil) }
                narrowed.setEverywhere { filter in
                    if query.subject == .conversations { filter.author = .init([id.rawValue]) } else { filter.agent = .init([id.rawValue]) }
                }
                return (narrowed, "Of \(names.agent(id.rawValue)), whose page is open")
            case .ticket: return (query, nil)
            }
        }
    }
}

extension SupportQuery {
    /// The comparison of these sides; of one alone, its figure.
    func comparing(_ sides: [Side]) -> SupportQuery {
        var query = self
        query.sides = sides
        query.isYesNo = nil
        guard sides.count < 2 else { return query }
        query.operation = measure == .rows ? .count : .aggregate
        query.filter = sides.first?.filter ?? filter
        query.sides = nil
        return query
    }

    /// Changes the filter, or that of every side of a comparison.
    mutating func setEverywhere(_ change: (inout SupportFilter) -> Void) {
        change(&filter)
        sides = sides?.map { side in
            var side = side
            change(&side.filter)
            return side
        }
    }
}
