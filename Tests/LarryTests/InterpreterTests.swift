import Domain
import Foundation
import Testing

@testable import Larry

/// A Wednesday, 13 May 2026, 10:30 UTC.
let noon = Date(timeIntervalSince1970: 1_778_668_200)

/// A workspace's names with traps among them.
let testNames: SupportNames = {
    var names = SupportNames()
    names.accounts = [
        .init(id: 1, name: "Acme Corporation", aliases: [], domains: ["acme.com"]),
        .init(id: 2, name: "Globex GmbH", aliases: ["GBX"], domains: ["globex.de"]),
        .init(id: 3, name: "Urgent Care Partners", aliases: [], domains: ["urgentcare.example"]),
        .init(id: 4, name: "Open Systems", aliases: [], domains: ["opensystems.example"]),
        .init(id: 5, name: "March Analytics", aliases: [], domains: []),
        .init(id: 6, name: "Northern Lights", aliases: [], domains: []),
        .init(id: 7, name: "Northern Bank", aliases: [], domains: []),
        .init(id: 8, name: "Phone House", aliases: [], domains: [])
    ]
    names.agents = [
        .init(id: 11, name: "Priya Raman", email: "priya@vendor.example"), .init(id: 12, name: "Tom Ashby", email: "tom@vendor.example"),
        .init(id: 13, name: "Jonas Weber", email: nil)
    ]
    names.groups = [.init(id: 21, name: "Billing", email: nil), .init(id: 22, name: "Technical Support", email: nil)]
    names.tags = ["vip", "go-live", "billing"]
    names.types = ["Incident", "Problem", "Question", "Feature Request"]
    names.statuses = [StatusLabel(code: 6, label: "Waiting on Customer")]
    return names
}()

func understand(_ question: String, after frame: Frame? = nil) -> Understanding {
    Interpreter(index: NameIndex(testNames), now: noon).understand(question, after: frame)
}

@Suite struct InterpreterTests {
    // MARK: The five examples of the product's description, word for word

    @Test func ticketsOfTheLastThirtyDays() throws {
        let query = try #require(understand("what tickets has Acme opened in the last 30 days?").query)
        #expect(query.operation == .list && query.subject == .tickets)
        #expect(query.filter.account == .init([1]))
        #expect(query.filter.status == nil)
        let period = try #require(query.filter.period(of: .created))
        #expect(period.from == noon.addingTimeInterval(-30 * 86_400))
    }

    @Test func theAgentOfTheLatestEscalation() throws {
        let query = try #require(understand("who's the agent for Acme's most recent escalation?").query)
        #expect(query.operation == .list && query.limit == 1 && query.detail == .agent)
        #expect(query.filter.isEscalated == true && query.filter.account == .init([1]))
        #expect(query.order == .created && query.isDescending == true)
    }

    @Test func openTicketsRightNow() throws {
        let query = try #require(understand("How many open tickets does Acme have right now?").query)
        #expect(query.operation == .count && query.filter.status == .init([.open]) && query.filter.account == .init([1]))
        #expect(query.ticketQuery?.queryString == "status=open&account=1")
    }

    @Test func theLastTicketsContent() throws {
        let query = try #require(understand("What was Acme's last ticket about?").query)
        #expect(query.operation == .list && query.limit == 1 && query.detail == .about && query.filter.account == .init([1]))
    }

    @Test func accountsWithUrgentTickets() throws {
        let query = try #require(understand("Which accounts have filed urgent tickets in the last week?").query)
        #expect(query.operation == .group && query.keys == [.account] && query.filter.priority == .init([.urgent]))
        #expect(query.filter.period(of: .created)?.from == noon.addingTimeInterval(-7 * 86_400))
    }

    // MARK: Names

    @Test(arguments: [
        ("How many tickets does Urgent Care Partners have?", Int64(3)), ("How many tickets does Open Systems have?", 4),
        ("How many tickets does March Analytics have?", 5), ("How many tickets does Phone House have?", 8),
        ("how many tickets does gbx have", 2), ("How many tickets has globex.de opened?", 2), ("how many tickets does globx have", 2)
    ])
    func namesEatTheirWords(_ question: String, _ account: Int64) throws {
        let query = try #require(understand(question).query)
        #expect(query.filter.account == .init([account]))
        #expect(query.filter.priority == nil && query.filter.status == nil && query.filter.source == nil && query.filter.periods == nil)
    }

    @Test(arguments: [
        "How many open tickets does Initech have?", "Who handles Zorblax's tickets?", "How many tickets from Wayne Enterprises are open?",
        "show tickets of \"Foo Bar\""
    ])
    func anUnknownNameIsNeverEverybody(_ question: String) {
        guard case .notFound(_, let options) = understand(question) else {
            Issue.record("\(question): \(understand(question))")
            return
        }
        #expect(options.count == 3)
    }

    @Test func twoFittingNamesAreAskedBack() {
        guard case .clarify(_, let options) = understand("How many tickets does Northern have?") else {
            Issue.record("\(understand("How many tickets does Northern have?"))")
            return
        }
        #expect(options.map(\.label) == ["Northern Lights", "Northern Bank"])
        #expect(options.first.map { understand($0.question).query?.filter.account } == .init([6]))
    }

    // MARK: Meaning

    @Test(arguments: [
        ("How many unresolved tickets are there?", "status=open,pending"), ("How many open tickets are there?", "status=open"),
        ("How many tickets are not closed?", "status=!closed"), ("tickets that are neither resolved nor closed", "status=open,pending"),
        ("How many tickets are unassigned?", "agent=none"), ("How many tickets have no account?", "match=!matched"),
        ("How many tickets came in by phone?", "source=phone"), ("How many tickets are not urgent?", "priority=!urgent"),
        ("How many high or urgent tickets are open?", "status=open&priority=high,urgent"),
        ("How many tickets are tagged vip?", "tag=vip"), ("How many incidents are open?", "status=open&type=Incident"),
        ("How many tickets in the Billing group are pending?", "status=pending&group=21"),
        ("How many tickets mention refund?", "q=refund"),
        ("How many tickets about single sign-on problems?", "q=single%20sign%20on%20problems"),
        ("How many tickets were closed yesterday?", "resolved=2026-05-12..2026-05-13"),
        ("How many tickets did Priya close last week?", "agent=11&resolved=2026-05-04..2026-05-11"),
        ("How many tickets did Acme open last month?", "account=1&created=2026-04-01..2026-05-01"),
        ("How many tickets opened last week are closed?", "status=closed&created=2026-05-04..2026-05-11")
    ])
    func figuresLinkToTheirTickets(_ question: String, _ link: String) throws {
        let query = try #require(understand(question).query, "\(understand(question))")
        #expect(query.operation == .count || query.operation == .list)
        #expect(
            query.ticketQuery?.fromFirstPage.filterItems.map { "\($0.name)=\($0.value)" }.joined(separator: "&").replacing(" ", with: "%20")
                == link)
    }

    @Test func aPortalsOwnStatusIsItsNumber() throws {
        let query = try #require(understand("How many tickets are waiting on customer?").query)
        #expect(query.filter.statusCode == .init([6]))
        #expect(query.ticketQuery == nil)
    }

    // MARK: Outcomes

    @Test(arguments: [
        "How many tickets were open at the end of March?", "Why did Acme open so many tickets?", "What is Acme's annual revenue?",
        "How many tickets will Acme open next month?", "What is our NPS?", "Which customers are angry?"
    ])
    func whatIsNotInTheRowsIsSaid(_ question: String) {
        guard case .unsupported = understand(question) else {
            Issue.record("\(question): \(understand(question))")
            return
        }
    }

    @Test(arguments: ["What's the weather in Paris?", "Tell me a joke", "Who won the world cup in 2014?"])
    func otherSubjectsAreDeclined(_ question: String) {
        #expect(understand(question) == .offDomain)
    }

    @Test func everyContentWordIsUsedOrNamed() {
        guard case .notUnderstood(let words, let options) = understand("How many purple tickets does Acme have?") else {
            Issue.record("\(understand("How many purple tickets does Acme have?"))")
            return
        }
        #expect(words == ["purple"])
        #expect(options.first.map { understand($0.question).query?.filter.account } == .init([1]))
    }
}
