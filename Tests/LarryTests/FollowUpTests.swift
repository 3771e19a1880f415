import Domain
import Foundation
import Testing

@testable import Larry

@Suite struct FollowUpTests {
    private func frame(_ question: String, tickets: [Int64] = [], agents: [Int64] = [], accounts: [Int64] = []) throws -> Frame {
        Frame(query: try #require(understand(question).query), tickets: tickets, agents: agents, accounts: accounts)
    }

    @Test func aValueOfAnEmptySlotAdds() throws {
        let query = try #require(understand("and urgent ones?", after: frame("How many open tickets does Acme have?")).query)
        #expect(query.operation == .count && query.filter.priority == .init([.urgent]) && query.filter.status == .init([.open]))
        #expect(query.filter.account == .init([1]))
    }

    @Test func aValueOfAFilledSlotReplaces() throws {
        let first = try frame("How many open tickets does Acme have?")
        #expect(understand("what about Globex?", after: first).query?.filter.account == .init([2]))
        #expect(understand("and pending?", after: first).query?.filter.status == .init([.pending]))
    }

    @Test func aTimeReplacesTheTimeAndKeepsItsField() throws {
        let query = try #require(understand("and last month?", after: frame("How many tickets were resolved this month?")).query)
        #expect(query.filter.periods?.count == 1)
        #expect(query.filter.period(of: .resolved)?.from == Day("2026-04-01")?.start)
    }

    @Test func themAreTheRowsOfTheLastAnswer() throws {
        let first = try frame("How many open tickets does Acme have?")
        let owners = try #require(understand("who owns them?", after: first).query)
        #expect(owners.operation == .group && owners.keys == [.agent] && owners.filter.status == .init([.open]))
        let list = try #require(understand("list them", after: first).query)
        #expect(list.operation == .list && list.filter.account == .init([1]))
        let limited = try frame("What was Acme's last ticket about?", tickets: [77])
        let agent = try #require(understand("who is the agent for it?", after: limited).query)
        #expect(agent.filter.ticket == [77] && agent.detail == .agent)
    }

    @Test func thatAgentIsTheOneJustNamed() throws {
        let first = try frame("Who has the most unresolved tickets?", agents: [12])
        #expect(understand("How many urgent tickets does that agent have?", after: first).query?.filter.agent == .init([12]))
    }

    @Test func aWholeQuestionStandsOnItsOwn() throws {
        let query = try #require(
            understand("How many tickets are unassigned?", after: frame("How many open tickets does Acme have?")).query)
        #expect(query.filter.account == nil && query.filter.status == nil)
    }
}
