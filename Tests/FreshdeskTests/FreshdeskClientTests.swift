import AsyncHTTPClient
import Foundation
import Logging
import Testing

@testable import Freshdesk

@Suite(.serialized) struct FreshdeskClientTests {
    typealias Asked = PortalServer.Asked
    typealias Answer = PortalServer.Answer

    @Test func whatIsSent() async throws {
        let (result, asked) = try await asking { _, _ in
            Answer(
                headers: [
                    "x-ratelimit-total": "50.0", "X-RATELIMIT-REMAINING": "49.0", "X-RateLimit-Used-CurrentRequest": "1",
                    "X-Request-Id": "req-1", "Content-Type": "application/json; charset=utf-8"
                ], body: #"{"id":9007199254740993,"ticket_scope":1,"contact":{"name":"Ana"}}"#)
        } _: {
            let reply = try await $0.me()
            return (reply, await $0.budget.status)
        }
        let (reply, status) = try result.get()
        #expect(reply.value.id == 9_007_199_254_740_993)
        #expect(reply.value.name == "Ana")
        #expect(reply.value.raw.hasPrefix(#"{"id":9007199254740993"#))
        #expect(reply.rate == RateHeaders(total: 50, remaining: 49, used: 1))
        #expect(reply.requestID == "req-1")
        let serverDate = try #require(reply.serverDate)
        #expect(abs(serverDate.timeIntervalSinceNow) < 120)
        #expect(status == .init(total: 50, remaining: 49, resumesAt: nil, requestsMade: 1))
        let sent = try #require(asked.first)
        #expect(asked.count == 1)
        #expect(sent.method == "GET" && sent.target == "/acme/api/v2/agents/me")
        #expect(sent.headers["accept"] == "application/json" && sent.headers["user-agent"] == "Clynto")
        #expect(sent.headers["authorization"] == "Basic " + Data("\(apiKey):X".utf8).base64EncodedString())
    }

    @Test func everyCallIsAGETWithNoSpeculativeParameters() async throws {
        let (result, asked) = try await asking { asked, _ in
            if asked.target.contains("/search/") { return Answer(body: #"{"total":0,"results":[]}"#) }
            let isView = asked.target.split(separator: "?")[0].split(separator: "/").last.map { Int($0) != nil || $0 == "me" } ?? false
            return Answer(body: isView ? #"{"id":1}"# : "[]")
        } _: { client in
            let since = Date(timeIntervalSince1970: 1_668_615_418)
            _ = try await client.me()
            _ = try await client.ticketFields()
            _ = try await client.agents(page: 1)
            _ = try await client.agent(id: 1)
            _ = try await client.groups(page: 2)
            _ = try await client.group(id: 1)
            _ = try await client.companies(page: 3)
            _ = try await client.company(id: 1)
            _ = try await client.contacts(page: 1)
            _ = try await client.contacts(page: 1, state: .deleted, updatedSince: since)
            _ = try await client.contact(id: 1)
            _ = try await client.tickets(.init(updatedSince: since))
            _ = try await client.tickets(.init(updatedSince: since, filter: .spam, include: [.stats, .description], page: 4))
            _ = try await client.ticket(id: 1, include: [.stats])
            _ = try await client.archivedTicket(id: 1)
            _ = try await client.conversations(ticketID: 1, page: 1)
            _ = try await client.searchTickets(query: "(status:2 OR status:3) AND created_at:>'2020-01-01'", page: 1)
            _ = try await client.satisfactionRatings(createdSince: since, page: 1)
            _ = try await client.surveys()
        }
        try result.get()
        #expect(asked.allSatisfy { $0.method == "GET" })
        #expect(
            asked.map { $0.target.replacing("/acme/api/v2/", with: "", maxReplacements: 1) } == [
                "agents/me", "ticket_fields", "agents?page=1&per_page=100", "agents/1", "groups?page=2&per_page=100", "groups/1",
                "companies?page=3&per_page=100", "companies/1", "contacts?page=1&per_page=100",
                "contacts?state=deleted&_updated_since=2022-11-16T16%3A16%3A58Z&page=1&per_page=100", "contacts/1",
                "tickets?updated_since=2022-11-16T16%3A16%3A58Z&order_by=updated_at&order_type=asc&page=1&per_page=100",
                "tickets?updated_since=2022-11-16T16%3A16%3A58Z&order_by=updated_at&order_type=asc&filter=spam&include=description%2Cstats"
                    + "&page=4&per_page=100",
                "tickets/1?include=stats", "tickets/archived/1", "tickets/1/conversations?page=1&per_page=100",
                "search/tickets?query=%22%28status%3A2%20OR%20status%3A3%29%20AND%20created_at%3A%3E%272020-01-01%27%22&page=1",
                "surveys/satisfaction_ratings?created_since=2022-11-16T16%3A16%3A58Z&page=1&per_page=100", "surveys"
            ])
    }

    @Test(arguments: [
        (
            401, #"{"code":"invalid_credentials","message":"You have to be logged in to perform this action."}"#,
            FreshdeskError.invalidCredentials(message: "You have to be logged in to perform this action."), "invalid_credentials"
        ),
        (401, "<html>", .invalidCredentials(message: "Freshdesk did not accept the API key."), "invalid_credentials"),
        (
            403, #"{"code":"access_denied","message":"You are not authorized to perform this action."}"#,
            .forbidden(code: "access_denied", message: "You are not authorized to perform this action."), "forbidden"
        ),
        (
            403, #"{"code":"account_suspended","message":"Suspended."}"#, .accountClosed(code: "account_suspended", message: "Suspended."),
            "forbidden"
        ),
        (403, "", .forbidden(code: nil, message: "Freshdesk does not allow this API key to read it."), "forbidden"),
        (404, "", .notFound(path: "/api/v2/agents/me"), "unexpected"),
        (
            400, #"{"description":"Validation failed","errors":[{"field":"page","message":"Too large","code":"invalid_value"}]}"#,
            .rejected(
                status: 400, description: "Validation failed", errors: [.init(field: "page", message: "Too large", code: "invalid_value")]),
            "unexpected"
        ),
        (406, "", .rejected(status: 406, description: "", errors: []), "unexpected")
    ])
    func finalAnswersAreNotRetried(status: Int, body: String, expected: FreshdeskError, code: String) async throws {
        let (result, asked) = try await asking { _, _ in
            Answer(status: status, body: body)
        } _: {
            try await $0.me().value.id
        }
        #expect(failure(result) == expected)
        #expect(failure(result)?.code == code)
        #expect(failure(result)?.message.isEmpty == false)
        #expect(asked.count == 1)
    }

    @Test(arguments: [
        Answer(status: 502, headers: ["Content-Type": "text/html"], body: "<html>Bad gateway</html>"), Answer(status: 500, body: "{}"),
        Answer(body: "<!doctype html><html></html>"), Answer(body: #"[{"id":1},{"id":"#), Answer(body: ""),
        Answer(body: #"[{"id":1},{"id":2}]"#, breaksOff: true)
    ])
    func faultsAreTriedAgain(first: Answer) async throws {
        let clock = ManualClock(runsAhead: true)
        let (result, asked) = try await asking(
            { _, count in count < 4 ? first : Answer(body: #"[{"id":1},{"id":2}]"#) }, clock: clock
        ) { try await $0.groups(page: 1).value.records.map(\.id) }
        #expect(try result.get() == [1, 2])
        #expect(asked.count == 4)
        #expect(clock.slept == [.milliseconds(250), .milliseconds(500), .seconds(1)])
    }

    @Test(arguments: [
        (Answer(status: 503, body: "<html>"), FreshdeskError.Reason.status(503), "unexpected"),
        (Answer(body: "<html>"), .garbage, "unexpected"), (Answer(body: "[1,2", breaksOff: true), .network, "network")
    ])
    func afterFourAttemptsItIsUnavailable(answer: Answer, reason: FreshdeskError.Reason, code: String) async throws {
        let (result, asked) = try await asking { _, _ in
            answer
        } _: {
            try await $0.groups(page: 1).value.records.count
        }
        guard case .unavailable(let found, let message) = failure(result) else {
            Issue.record("\(result)")
            return
        }
        #expect(found == reason)
        #expect(failure(result)?.code == code)
        #expect(message.contains("127.0.0.1"))
        #expect(asked.count == 4)
    }

    @Test func theCheckOfAKeyMayGiveUpAtOnce() async throws {
        let (result, asked) = try await asking { _, _ in
            Answer(status: 500)
        } _: {
            try await $0.me(retry: .once, timeout: .seconds(5)).value.id
        }
        guard case .unavailable(.status(500), _) = failure(result) else {
            Issue.record("\(result)")
            return
        }
        #expect(asked.count == 1)
        let (limited, _) = try await asking { _, _ in
            Answer(status: 429, headers: ["Retry-After": "34"])
        } _: {
            try await $0.me(retry: .once).value.id
        }
        #expect(failure(limited)?.code == "rate_limited")
    }

    @Test func aSilentOrHangingPortalTimesOut() async throws {
        for hangs in [true, false] {
            let (result, _) = try await asking(
                { _, _ in
                    if !hangs { try await Task.sleep(for: .seconds(60)) }
                    return Answer(body: #"[{"id":1},{"id":2}]"#, hangs: true)
                }, timeout: .milliseconds(200)
            ) { try await $0.me(retry: .once).value.id }
            guard case .unavailable(.timeout, _) = failure(result) else {
                Issue.record("\(result)")
                return
            }
            #expect(failure(result)?.code == "timeout")
        }
    }

    @Test func retryAfterIsHonouredWithoutCountingAsAnAttempt() async throws {
        let clock = ManualClock(runsAhead: true)
        let (result, asked) = try await asking(
            { _, count in
                switch count {
                case 1...3: Answer(status: 429, headers: ["retry-after": "34"], body: "")
                case 4...6: Answer(status: 502)
                default: Answer(body: #"[{"id":1}]"#)
                }
            }, clock: clock
        ) { try await $0.groups(page: 1).value.records.count }
        #expect(try result.get() == 1)
        #expect(asked.count == 7)
        #expect(clock.elapsed >= .seconds(102))
    }

    @Test func limitedForeverAndLimitedForLong() async throws {
        let (forever, asked) = try await asking { _, _ in
            Answer(status: 429, headers: ["Retry-After": "10"])
        } _: {
            try await $0.groups(page: 1).value.records.count
        }
        guard case .rateLimited = failure(forever) else {
            Issue.record("\(forever)")
            return
        }
        #expect(asked.count == 6)
        let clock = ManualClock(runsAhead: true)
        let (long, once) = try await asking({ _, _ in Answer(status: 429, headers: ["Retry-After": "1800"]) }, clock: clock) {
            try await $0.groups(page: 1).value.records.count
        }
        #expect(failure(long) == .mustWait(until: clock.start.addingTimeInterval(1_800)))
        #expect(once.count == 1)
    }
}
