import Domain
import Foundation
import LanguageModel
import Testing

@testable import Larry

/// Questions as people type them, each against a plain one of the same meaning; and those that must not come to a figure.
@Suite struct NaturalQuestionTests {
    /// Who asks: an agent, and owner of two accounts.
    private static let names: SupportNames = {
        var names = testNames
        names.accounts[0].owner = "priya@vendor.example"
        names.accounts[3].owner = "Priya@vendor.example"
        return names
    }()

    private func ask(_ question: String, as email: String? = "priya@vendor.example") -> Understanding {
        Interpreter(index: NameIndex(Self.names), now: noon, email: email).understand(question)
    }

    // MARK: Who asks

    @Test(arguments: [
        ("show me my open tickets", "show Priya Raman's open tickets"),
        ("how many tickets are assigned to me?", "how many tickets are assigned to Priya Raman?"),
        ("How many urgent tickets do I have?", "How many urgent tickets does Priya Raman have?"),
        ("how many tickets did I close last week", "how many tickets did Priya Raman close last week"),
        ("what is my CSAT this quarter", "what is Priya Raman's CSAT this quarter")
    ])
    func myTicketsAreTheAgents(_ question: String, _ plain: String) throws {
        let (own, named) = (try #require(ask(question).query, "\(ask(question))"), try #require(ask(plain).query))
        #expect(own.filter == named.filter && own.filter.agent == .init([11]))
        #expect(own.operation == named.operation && own.measure == named.measure)
    }

    @Test(arguments: ["which of my accounts have urgent tickets", "how many open tickets do my customers have"])
    func myAccountsAreThoseIOwn(_ question: String) throws {
        let query = try #require(ask(question).query, "\(ask(question))")
        #expect(query.filter.account == .init([1, 4]) && query.filter.agent == nil)
    }

    /// A stranger's “my” is never everybody's.
    @Test(arguments: ["show me my open tickets", "how many tickets are assigned to me?", "which of my accounts have urgent tickets"])
    func nobodysTicketsAreNotEverybodys(_ question: String) {
        for email in ["ana@elsewhere.example", nil] {
            guard case .clarify(let text, let options) = ask(question, as: email) else {
                Issue.record("\(question): \(ask(question, as: email))")
                continue
            }
            #expect(text.contains("e-mail address") && options.count == 1)
        }
    }

    @Test func whoIsSpokenToIsNotMeant() throws {
        #expect(try #require(ask("tell me how many open tickets Acme has").query).filter.agent == nil)
        #expect(try #require(ask("can I see the urgent tickets?").query).filter.agent == nil)
        #expect(try #require(ask("I want to know how many tickets are pending").query).filter.agent == nil)
    }

    // MARK: What was understood must be used

    @Test(arguments: [
        "how many tickets had more than 5 replies", "number of tickets with csat below 50", "how many tickets were solved within a day",
        "tickets resolved in less than 4 hours", "how many tickets per customer on average?", "average number of tickets per week",
        "do we have more open tickets than last week", "did open tickets go up last month", "how many of the last 100 tickets are urgent",
        "how many tickets missed their SLA last month"
    ])
    func noWordIsDroppedForAFigure(_ question: String) {
        let understanding = ask(question)
        #expect(understanding.query == nil, "\(understanding)")
    }

    /// Each with its plain wording.
    @Test(arguments: [
        ("how many tickets do not have an account", "how many tickets have no account"),
        ("how many tickets don't have an agent", "how many tickets are unassigned"),
        ("tickets that do not have a reply", "tickets without a reply"),
        ("show tickets with no response in over 3 days", "tickets without a reply older than 3 days"),
        ("tickets not answered in 3 days", "unanswered tickets older than 3 days"),
        ("how many tickets since the beginning of the month", "how many tickets since 1 May"),
        ("How many tickets were opened in the first week of May", "How many tickets were opened between 1 May and 7 May"),
        ("how many tickets in the last week of April", "how many tickets between 24 April and 30 April"),
        ("how many different customers contacted us last week", "how many customers contacted us last week"),
        ("everything from Acme in April", "tickets from Acme in April"),
        ("which tickets have been open longest", "which are the oldest open tickets"),
        ("longest running open ticket", "oldest open ticket"),
        ("when did Acme last contact us?", "when was Acme's last ticket created"), ("Is Acme happy?", "What is the CSAT of Acme?"),
        ("what's the busiest day of the week", "which weekday has the most tickets")
    ])
    func meansThePlainWords(_ question: String, _ plain: String) throws {
        let (found, wanted) = (try #require(ask(question).query, "\(ask(question))"), try #require(ask(plain).query, "\(ask(plain))"))
        #expect(bare(found.filter) == bare(wanted.filter))
        #expect(found.operation == wanted.operation && found.keys == wanted.keys && found.measure == wanted.measure)
        #expect(found.detail == wanted.detail && found.order == wanted.order && found.limit == wanted.limit)
    }

    /// Without the words of its times.
    private func bare(_ filter: SupportFilter) -> SupportFilter {
        var filter = filter
        filter.periods = filter.periods?.map { SupportPeriod($0.field, from: $0.from, to: $0.to, phrase: "") }
        return filter
    }

    @Test func sortedByAgeBeginsWithTheOldest() throws {
        let query = try #require(ask("open tickets sorted by age").query)
        #expect(query.operation == .list && query.order == .created && query.isDescending == false && query.limit == 10)
        #expect(query.filter == (try #require(ask("oldest open tickets").query)).filter)
    }

    @Test func givingIsNotRating() throws {
        let query = try #require(ask("give me all high priority tickets of Acme from last month").query)
        #expect(query.filter.periods?.map(\.field) == [.created] && query.operation == .list)
    }

    @Test func fastestIsATime() throws {
        let query = try #require(ask("which team closes tickets fastest").query)
        #expect(query.measure == .resolution && query.keys == [.group] && query.isDescending == false && query.filter.status == nil)
    }

    @Test func whoUsesAThingIsNoGroup() throws {
        #expect(try #require(ask("which channels do customers use most").query).keys == [.source])
    }

    @Test func overdueTodayIsOverdueNow() throws {
        #expect(try #require(ask("is there anything overdue today?").query).filter.periods == nil)
    }

    @Test func tagsAreJoined() throws {
        #expect(try #require(ask("tickets tagged vip or billing").query).filter.tag == .init(["vip", "billing"]))
    }

    @Test func silenceOfAnAccountLooksBack() throws {
        let query = try #require(ask("which accounts haven't contacted us in 60 days").query)
        #expect(query.having == .init(.exactly, 0) && query.keys == [.account])
        #expect(query.filter.period(of: .created)?.from == noon.addingTimeInterval(-60 * 86_400))
    }

    @Test(arguments: [
        ("did ticket volume go up last month?", "2026-04-01", "2026-03-01"), ("did tickets drop this week", "2026-05-11", "2026-05-04"),
        ("are we getting more tickets than last month", "2026-05-01", "2026-04-01")
    ])
    func aChangeIsAComparison(_ question: String, _ first: String, _ second: String) throws {
        let query = try #require(ask(question).query, "\(ask(question))")
        #expect(query.operation == .compare)
        #expect(query.sides?.map { $0.filter.period(of: .created)?.from } == [Day(first)?.start, Day(second)?.start])
    }

    @Test func theNinetyDaysBeforeAreOthers() throws {
        let query = try #require(ask("csat for Acme over the last 90 days vs previous 90 days").query)
        let sides = try #require(query.sides?.compactMap { $0.filter.period(of: .rated) })
        #expect(sides.count == 2 && sides[0].from == sides[1].to && sides[1].from == noon.addingTimeInterval(-180 * 86_400))
    }

    @Test func aTopicOfTicketsIsNoAct() {
        #expect(ask("refund requests from Phone House") != .refused(Sentences.refusal(.act)))
        for act in ["refund Acme", "change the priority of ticket 5", "export all tickets", "delete everything"] {
            #expect(ask(act) == .refused(Sentences.refusal(.act)), "\(act)")
        }
    }

    // MARK: A ticket's page

    private static let page: Frame = {
        var query = SupportQuery(.list)
        query.filter.ticket = [812]
        query.limit = 1
        return Frame(query: query, tickets: [812], agents: [11], accounts: [1])
    }()

    @Test(arguments: [
        ("who is the agent?", SupportQuery.Detail.agent), ("who owns it", .agent), ("whose ticket is this", .agent),
        ("who's on it?", .agent),
        ("who is it assigned to", .agent), ("who is the requester?", .requester), ("who is the customer?", .account),
        ("which account is this?", .account), ("what is the status", .status), ("what is the priority?", .priority),
        ("which team?", .group),
        ("when was it opened?", .created)
    ])
    func aTicketsPageAnswersOfTheTicket(_ question: String, _ detail: SupportQuery.Detail) throws {
        let understanding = understand(question, after: Self.page)
        let query = try #require(understanding.query, "\(understanding)")
        #expect(query.operation == .list && query.filter.ticket == [812] && query.detail == detail, "\(query)")
    }

    @Test(arguments: [
        "who are the agents?", "who has the most open tickets?", "how many tickets does Acme have?", "which accounts have open tickets?"
    ])
    func otherQuestionsOnATicketsPageStandOnTheirOwn(_ question: String) throws {
        let query = try #require(understand(question, after: Self.page).query)
        #expect(query.filter.ticket == nil)
    }

    @Test func whetherATicketIsOpenIsYesOrNo() throws {
        let query = try #require(understand("is it still open?", after: Self.page).query)
        #expect(query.operation == .count && query.isYesNo == true)
        #expect(query.filter.ticket == [812] && query.filter.status == .init([.open]))
    }

    // MARK: What a model is asked

    @Test func aFollowUpReachesTheModelWithWhatItEdits() throws {
        let interpreter = Interpreter(index: NameIndex(testNames), now: noon)
        let query = try #require(understand("How many open tickets does Acme have?").query)
        let frame = Frame(query: query, tickets: [], agents: [], accounts: [1])
        let edit = interpreter.interpret("and the gnarly urgent ones?", after: frame)
        #expect(edit.previous == query)
        #expect(edit.understood?.account == .init([1]) && edit.understood?.priority == .init([.urgent]))
        let whole = interpreter.interpret("How many gnarly tickets does Globex have?", after: frame)
        #expect(whole.previous == nil && whole.understood?.account == .init([2]) && whole.understood?.status == nil)
    }
}
