import Domain
import Foundation
import Testing

@testable import Larry

/// Queries changed by their parts, without reading words again.
@Suite struct EditTests {
    private static let index = NameIndex(testNames)
    private static let book = NameBook(testNames)

    private func query(_ question: String) throws -> SupportQuery { try #require(understand(question).query, "\(question)") }

    private func changed(_ question: String, _ edit: QueryEdit) throws -> SupportQuery {
        try edit.applied(to: query(question), index: Self.index, moments: Moments(now: noon))
    }

    /// A change by hand is what the question with the other word would have asked.
    @Test(arguments: [
        ("How many open tickets does Acme have?", QueryEdit(set: [.status: ["pending"]]), "How many pending tickets does Acme have?"),
        ("How many open tickets does Acme have?", QueryEdit(set: [.account: ["Globex GmbH"]]), "How many open tickets does Globex have?"),
        (
            "How many open tickets does Acme have?", QueryEdit(set: [.account: ["acme"], .priority: ["urgent"]]),
            "How many open urgent tickets does Acme have?"
        ),
        ("How many open tickets does Acme have?", QueryEdit(dropped: [.status]), "How many tickets does Acme have?"),
        (
            "How many tickets were created last month?", QueryEdit(set: [.created: ["this week"]]),
            "How many tickets were created this week?"
        ),
        (
            "How many tickets were created last month?", QueryEdit(set: [.created: ["in the last 30 days"]]),
            "How many tickets were created in the last 30 days?"
        ),
        ("How many tickets does Priya Raman have?", QueryEdit(set: [.agent: ["Tom Ashby"]]), "How many tickets does Tom Ashby have?")
    ])
    func isTheQuestionWithTheOtherWord(_ question: String, _ edit: QueryEdit, _ other: String) throws {
        let (edited, asked) = (try changed(question, edit), try query(other))
        #expect(edited.filter == asked.filter, "\(question)")
        #expect(edited.operation == asked.operation)
    }

    @Test func daysAreTakenWithBothEnds() throws {
        let edited = try changed("How many tickets were created last month?", QueryEdit(days: [.created: ("2026-03-01", "2026-03-15")]))
        let period = try #require(edited.filter.period(of: .created))
        #expect(period.from == Day("2026-03-01")?.start && period.to == Day("2026-03-16")?.start)
        #expect(period.phrase == "from 1 March 2026 to 15 March 2026")
        #expect(edited.filter.periods?.count == 1)
    }

    @Test func everySideOfAComparisonIsChanged() throws {
        let edited = try changed("Acme vs Globex", QueryEdit(set: [.priority: ["urgent"]]))
        #expect(edited.sides?.count == 2)
        #expect(edited.sides?.allSatisfy { $0.filter.priority == .init([.urgent]) && $0.filter.account != nil } == true)
    }

    @Test func oneSideOfAComparisonIsChangedAlone() throws {
        let edited = try changed("Acme vs Globex open tickets", QueryEdit(set: [.account: ["Open Systems"]], side: 1))
        #expect(edited.sides?.map(\.filter.account) == [.init([1]), .init([4])])
        #expect(edited.sides?.map(\.label) == ["Acme Corporation", "Open Systems"])
        #expect(edited.sides?.allSatisfy { $0.filter.status == .init([.open]) } == true)
        let times = try changed("tickets this month vs last month", QueryEdit(set: [.created: ["this week"]], side: 0))
        #expect(times.sides?.map(\.label) == ["this week", "last month"])
        #expect(times.sides?.first?.filter.period(of: .created)?.from == Day("2026-05-11")?.start)
    }

    @Test func theSideThatIsLeftIsAFigure() throws {
        let edited = try changed("Acme vs Globex open tickets", QueryEdit(dropped: [.account], side: 0))
        #expect(edited.operation == .count && edited.sides == nil)
        #expect(edited.filter == (try query("How many open tickets does Globex have?")).filter)
    }

    @Test(arguments: [
        QueryEdit(set: [.account: ["Globex"]], side: 0), QueryEdit(set: [.account: ["Open Systems"]], side: 2), QueryEdit(side: 0)
    ])
    func aSideThatCannotBeIsRefused(_ edit: QueryEdit) {
        #expect(throws: Failure.self) { try changed("Acme vs Globex", edit) }
    }

    @Test func sidesAreChipsOfTheirOwn() throws {
        let parts = QueryParts(try query("Acme vs Globex open tickets"), names: Self.book)
        #expect(parts.chips.map(\.part) == [.status, .account, .account])
        #expect(parts.chips.map(\.side) == [nil, 0, 1])
        #expect(parts.chips.last?.text == "Globex GmbH: Account is Globex GmbH")
        #expect(parts.chips.last?.editor == .name(of: .account, now: "Globex GmbH"))
        #expect(parts.lines == ["Number of tickets, compared"])
    }

    @Test(arguments: [
        QueryEdit(set: [.account: ["Initech"]]), QueryEdit(set: [.account: ["Northern"]]), QueryEdit(set: [.status: ["lost"]]),
        QueryEdit(set: [.created: ["in a while"]]), QueryEdit(set: [.created: ["on 3/4/2026"]]), QueryEdit(),
        QueryEdit(set: [.ticket: ["5"]]), QueryEdit(days: [.created: ("2026-03-15", "2026-03-01")]),
        QueryEdit(days: [.created: ("soon", nil)])
    ])
    func whatFitsNothingIsRefusedInASentence(_ edit: QueryEdit) throws {
        do {
            _ = try changed("How many open tickets does Acme have?", edit)
            Issue.record("\(edit) was taken")
        } catch let failure as Failure {
            #expect(failure.kind == .invalid && failure.message.hasSuffix("."))
        }
    }

    @Test func everyPartOfTheFilterIsAChip() throws {
        let query = try query("How many urgent open tickets of Acme assigned to Priya Raman were created last month?")
        let parts = QueryParts(query, names: Self.book)
        #expect(Set(parts.chips.map(\.part)) == [.account, .agent, .status, .priority, .created])
        #expect(parts.lines == ["Count of tickets"] && parts.free.isEmpty)
        // Chips and lines together are the interpretation as it is kept.
        #expect(Set(parts.lines + parts.chips.map(\.text)) == Set(QueryText(query: query, names: Self.book).lines))
        let status = try #require(parts.chips.first { $0.part == .status })
        #expect(status.editor == .options(TicketStatus.allCases.map { .init(value: $0.rawValue, text: $0.label, isChosen: $0 == .open) }))
    }

    @Test func whatIsMissingCanBeAdded() throws {
        let parts = QueryParts(try query("How many open tickets are there?"), names: Self.book)
        #expect(parts.free.map(\.part) == [.account, .agent, .priority, .created])
        // What is grouped by is not fixed to one.
        let grouped = QueryParts(try query("Which accounts have open tickets?"), names: Self.book)
        #expect(!grouped.free.map(\.part).contains(.account))
    }

    @Test func everyOfferedTimeIsUnderstood() throws {
        for phrase in QueryParts.phrases {
            let edited = try changed("How many tickets are there?", QueryEdit(set: [.created: [phrase]]))
            // What is chosen is what the menu shows as chosen afterwards.
            #expect(edited.filter.period(of: .created)?.phrase == phrase)
        }
    }

    // MARK: Where a question is asked from

    private func narrowed(_ question: String, _ topic: Larry.Topic) throws -> SupportQuery {
        topic.narrowing(try query(question), names: Self.book).query
    }

    @Test func aPageAnswersWhose() throws {
        #expect(try narrowed("How many open tickets are there?", .account(1)).filter.account == .init([1]))
        #expect(try narrowed("How many open tickets are there?", .agent(12)).filter.agent == .init([12]))
        // A name in the question counts more than the page, and groups stay groups.
        #expect(try narrowed("How many open tickets does Globex have?", .account(1)).filter.account == .init([2]))
        #expect(try narrowed("Which accounts have open tickets?", .account(1)).filter.account == nil)
        #expect(try narrowed("Who has the most open tickets?", .agent(12)).filter.agent?.ids != [12])
        // Nobody of that number is here.
        #expect(try narrowed("How many open tickets are there?", .account(99)).filter.account == nil)
    }

    @Test(arguments: ["account:12", "agent:7", "ticket:9007199254740993"])
    func aTopicReadsBack(_ text: String) { #expect(Larry.Topic(text)?.text == text) }

    @Test(arguments: ["", "account:", "account:x", "account:-1", "person:1", "ticket"])
    func otherTextsAreNoTopic(_ text: String) { #expect(Larry.Topic(text) == nil) }
}
