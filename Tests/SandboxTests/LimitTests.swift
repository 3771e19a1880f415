import Foundation
import Testing

@testable import Sandbox

@Suite struct LimitTests {
    @Test(arguments: [
        ("tickets", 1), ("tickets?include=stats", 3), ("tickets?include=stats,requester,description", 7), ("tickets/20", 1),
        ("tickets/20?include=conversations", 2), ("tickets/20?include=requester,company", 3), ("tickets/20/conversations", 1),
        ("search/tickets?query=%22status:2%22", 1), ("nothing", 1)
    ])
    func credits(path: String, credits: Int) async {
        let desk = Desk(tickets: 30, companies: 4) { $0.plan = Plan.all[6] }
        let reply = await desk.get(path)
        #expect(reply.header("X-RateLimit-Used-CurrentRequest") == "\(credits)")
        #expect(reply.header("X-RateLimit-Remaining").flatMap { Double($0) } == Double(700 - credits))
    }

    @Test func measuredCreditsOfAView() async throws {
        let desk = Desk(tickets: 30, companies: 4) { $0.policies.measuredCredits = true }
        #expect(await desk.get("tickets/20?include=requester,stats").header("X-RateLimit-Used-CurrentRequest") == "2")
    }

    @Test func anEmptyWindowAnswers429UntilItEnds() async throws {
        let desk = try Desk(tickets: 30, companies: 4) { $0.plan = try Plan.named("trial") }
        for _ in 0..<50 { #expect(await desk.get("agents/me").status == 200) }
        let refused = await desk.get("agents/me")
        #expect(refused.status == 429)
        let wait = try #require(refused.header("Retry-After").flatMap { Int($0) })
        #expect((1...60).contains(wait))
        #expect(refused.header("X-RateLimit-Remaining").flatMap { Double($0) } == 0)
        #expect(refused.header("X-RateLimit-Used-CurrentRequest") == "0")
        try await desk.control("clock", "{\"advance\": \(wait)}")
        #expect(await desk.get("agents/me").status == 200)
    }

    @Test func wrongKeysCountToo() async throws {
        let desk = try Desk(tickets: 30, companies: 4) { $0.plan = try Plan.named("trial") }
        for _ in 0..<50 { #expect(await desk.get("agents/me", key: "wrong").status == 401) }
        #expect(await desk.get("agents/me").status == 429)
    }

    @Test func hourlyPlansOpenAfterAnHour() async throws {
        let desk = try Desk(tickets: 30, companies: 4) { $0.plan = try Plan.named("free") }
        for _ in 0..<50 { _ = await desk.get("agents/me") }
        try await desk.control("clock", "{\"advance\": 3500}")
        #expect(await desk.get("agents/me").status == 429)
        try await desk.control("clock", "{\"advance\": 100}")
        #expect(await desk.get("agents/me").status == 200)
    }

    @Test(arguments: [("growth2026", "tickets", 40), ("growth2026", "contacts", 40), ("pro", "tickets", 100)])
    func hiddenLimitsOfLists(plan: String, path: String, limit: Int) async throws {
        let desk = try Desk(tickets: 30, companies: 4) { $0.plan = try Plan.named(plan) }
        for _ in 0..<limit { #expect(await desk.get(path).status == 200) }
        let refused = await desk.get(path)
        #expect(refused.status == 429)
        #expect(refused.header("Retry-After") != nil)
        let remaining = try #require(refused.header("X-RateLimit-Remaining").flatMap { Double($0) })
        #expect(remaining > 50)
        #expect(await desk.get("agents/me").status == 200)
        try await desk.control("clock", "{\"advance\": 60}")
        #expect(await desk.get(path).status == 200)
    }

    @Test func aSlidingWindowFreesOneByOne() throws {
        let plan = try Plan.named("trial")
        var allowance = Allowance(plan: plan, slidingWindow: true)
        for second in 0..<50 { #expect(allowance.admit(credits: 1, list: nil, at: Double(second)) == .admitted) }
        #expect(allowance.admit(credits: 1, list: nil, at: 50) == .refused(retryAfter: 10))
        #expect(allowance.admit(credits: 1, list: nil, at: 60.5) == .admitted)
        #expect(allowance.admit(credits: 1, list: nil, at: 60.6) == .refused(retryAfter: 1))
        var fixed = Allowance(plan: plan, slidingWindow: false)
        for second in 0..<50 { #expect(fixed.admit(credits: 1, list: nil, at: Double(second)) == .admitted) }
        #expect(fixed.admit(credits: 1, list: nil, at: 59) == .refused(retryAfter: 1))
        #expect(fixed.remaining(at: 60) == 50)
    }

    @Test func statisticsCountWhatHappened() async throws {
        let desk = try Desk(tickets: 30, companies: 4) { $0.plan = try Plan.named("trial") }
        for _ in 0..<49 { _ = await desk.get("agents/me") }
        _ = await desk.get("tickets/12/conversations")
        _ = await desk.get("tickets/13/conversations")
        let stats = await desk.get("/_sandbox/stats").object
        #expect(stats.int("requests") == 51)
        #expect(stats.int("writes") == 0)
        #expect(stats.int("rate_limited") == 1)
        #expect(stats.int("credits") == 50)
        #expect((stats["paths"] as? [String: Int])?["GET /tickets/:id/conversations"] == 2)
        try await desk.control("stats/reset")
        #expect(await desk.get("/_sandbox/stats").object.int("requests") == 0)
    }
}
