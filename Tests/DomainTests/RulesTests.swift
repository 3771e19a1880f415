import Domain
import Foundation
import Testing

@Suite struct RulesTests {
    @Test(arguments: [
        ("2026-03-09", 20521), ("1970-01-01", 0), ("1969-12-31", -1), ("2024-02-29", 19782)
    ])
    func daysReadAndPrint(_ text: String, _ number: Int) throws {
        let day = try #require(Day(text))
        #expect(day.number == number)
        #expect(day.description == text)
    }

    @Test(arguments: ["2026-02-30", "2026-2-3", "20260203", "", "2026-13-01", "yesterday", "2026-01-01T00:00:00Z"])
    func onlyDaysAreDays(_ text: String) { #expect(Day(text) == nil) }

    /// Dates are counted by hand; the system's calendar knows the same ones from the day it is the Gregorian one, 15 October 1582.
    @Test func civilDatesAreTheCalendars() {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        for number in Array(stride(from: -141_427, through: 2_900_000, by: 379)) + [-1, 0, 1, 59, 60, 11_016, 11_017, 19_782, 47_540] {
            let day = Day(number: number)
            let parts = calendar.dateComponents([.year, .month, .day], from: day.start)
            #expect(day.civil.year == parts.year && day.civil.month == parts.month && day.civil.day == parts.day, "\(number)")
            #expect(Day(day.description) == day)
            let moment = day.start.addingTimeInterval(Double(number.magnitude % 86_400) + 0.75)
            #expect(moment.rfc3339 == moment.formatted(.iso8601))
        }
    }

    /// Before that, too, as RFC 3339 has it.
    @Test(arguments: [("0001-01-01", -719_162), ("0000-03-01", -719_468), ("0000-02-29", -719_469), ("1582-10-14", -141_428)])
    func daysBeforeTheCalendar(_ text: String, _ number: Int) {
        #expect(Day(number: number).description == text && Day(text)?.number == number)
    }

    @Test(arguments: [
        ("", ""), ("a b", "a%20b"), ("open,pending", "open,pending"), ("!a:b", "!a:b"), ("x&y=1#?/", "x%26y%3D1%23%3F%2F"),
        ("é\u{7F}\n", "%C3%A9%7F%0A"), ("a+b%20", "a%2Bb%2520")
    ])
    func queryValuesAreEncoded(_ text: String, _ encoded: String) {
        #expect(text.encodedForQuery == encoded)
        #expect(text.encodedForQuery.removingPercentEncoding == text)
        #expect(!text.encodedForPath.contains { ",:!/?#".contains($0) })
    }

    @Test(arguments: [("", ""), (" a ", "a"), ("a", "a"), ("\u{A0}a\u{2028}", "a"), ("\ta b\r\n", "a b"), ("é ", "é"), (" ", "")])
    func textIsTrimmed(_ text: String, _ trimmed: String) { #expect(text.trimmed == trimmed) }

    @Test func weeksBeginOnMonday() throws {
        for (day, monday) in [
            ("2026-03-09", "2026-03-09"), ("2026-03-15", "2026-03-09"), ("1970-01-01", "1969-12-29"), ("1969-12-28", "1969-12-22")
        ] {
            #expect(try #require(Day(day)).monday.description == monday)
        }
    }

    @Test(arguments: [
        (2, TicketStatus.open), (3, .pending), (4, .resolved), (5, .closed), (6, .pending), (8, .pending), (9000, .pending), (0, .pending)
    ])
    func everyUnknownStatusIsPending(_ code: Int, _ status: TicketStatus) {
        #expect(TicketStatus(code: code) == status)
    }

    /// A rating and its score in thirds.
    private static let scores: [(rating: Int, thirds: Int)] = [(103, 3), (102, 2), (101, 1), (100, 0), (-101, -1), (-102, -2), (-103, -3)]

    @Test(arguments: scores) func scoresFollowTheScale(_ rating: Int, _ thirds: Int) {
        #expect(abs(SatisfactionRating.score(of: rating) * 3 - Double(thirds)) < 1e-9)
    }

    @Test func classicRatingsMoveToTodaysScale() {
        #expect([1, 2, 3, 103, -101].map(SatisfactionRating.fromUpstream) == [103, 100, -103, 103, -101])
        #expect([103, 100, -103].map { Sentiment(rating: $0) } == [.positive, .neutral, .negative])
    }

    @Test func noRatingsHaveNoShare() {
        #expect(SatisfactionShare(positive: 0, count: 0).percentPositive == nil)
        #expect(SatisfactionShare(positive: 1, count: 4).percentPositive == 25)
    }

    @Test(arguments: Permission.allCases) func rolesGrowUpwards(_ permission: Permission) {
        if Role.member.can(permission) { #expect(Role.admin.can(permission)) }
        if Role.admin.can(permission) { #expect(Role.owner.can(permission)) }
        #expect(Role.owner.can(permission))
    }

    @Test func membersOnlyLook() {
        #expect(Permission.allCases.filter(Role.member.can) == [.look])
        #expect(!Role.admin.can(.deleteSyncedData) && !Role.admin.can(.manageOwners) && Role.admin.can(.manageConnection))
    }

    // MARK: Schedule

    private func at(_ text: String) throws -> Date { try #require(Date(rfc3339: text)) }

    @Test func slotsAreADayApart() throws {
        let schedule = Schedule(hourUTC: 3)
        let first = try at("2026-03-02T03:00:00Z")
        #expect(schedule.latest(notAfter: try at("2026-03-02T02:59:59Z")) == (try at("2026-03-01T03:00:00Z")))
        #expect(schedule.latest(notAfter: first) == first)
        // Four days down: the latest slot alone.
        #expect(schedule.latest(notAfter: try at("2026-03-06T10:00:00Z")) == (try at("2026-03-06T03:00:00Z")))
        #expect(schedule.next(after: first) == (try at("2026-03-03T03:00:00Z")))
    }

    // MARK: The card

    @Test func theCardsStateFollowsItsOrder() {
        let connection = Connection(
            id: 1, workspaceID: 1, subdomain: "acme", state: .connected, backfillDays: 90, reservePercent: 20, connectedAt: .distantPast)
        var gone = connection
        gone.state = .disconnected
        func run(_ state: SyncRun.State) -> SyncRun {
            SyncRun(
                id: 1, workspaceID: 1, trigger: .manual, state: state, actor: nil, queuedAt: .distantPast, startedAt: nil, endedAt: nil,
                resumedFrom: nil, requests: 0, rateLimit: .init(total: nil, remaining: nil, resumesAt: nil),
                error: .init(code: .network, message: "No route"), phases: [])
        }
        func card(_ connection: Connection?, _ state: SyncRun.State?) -> IntegrationCard {
            IntegrationCard(
                connection: connection, run: state.map(run), nextSyncAt: .distantFuture, records: RecordCounts(), webhookURL: nil,
                warnings: [])
        }
        #expect(card(nil, nil).state == .notConnected)
        #expect(card(connection, nil).state == .connected)
        let expected: [(SyncRun.State, IntegrationCard.State)] = [
            (.queued, .syncing), (.running, .syncing), (.waiting, .waiting), (.failed, .error), (.succeeded, .connected),
            (.partial, .connected),
            (.cancelled, .connected)
        ]
        for (state, shown) in expected { #expect(card(connection, state).state == shown) }
        #expect(SyncRun.State.allCases.allSatisfy { card(gone, $0).state == .disconnected })
        #expect(card(connection, .failed).error?.message == "No route")
        #expect(card(connection, .running).error == nil)
        #expect(card(gone, .failed).nextSyncAt == nil)
    }

    /// What is left divided by the pace: the allowance less the reserve, or the run's own where that is slower.
    @Test(
        arguments: [
            (requests: 0, elapsed: 0.0, total: 50, window: 60, left: 400, expected: 600.0),
            (requests: 0, elapsed: 0, total: 50, window: 3_600, left: 400, expected: 36_000),
            (requests: 1_000, elapsed: 10, total: 50, window: 60, left: 400, expected: 600),
            (requests: 30, elapsed: 60, total: 50, window: 60, left: 400, expected: 800),
            (requests: 100, elapsed: 10, total: nil, window: 60, left: 400, expected: 40),
            (requests: 19, elapsed: 10, total: nil, window: 60, left: 400, expected: nil),
            (requests: 100, elapsed: 10, total: 50, window: 60, left: nil, expected: nil)
        ] as [(requests: Int, elapsed: TimeInterval, total: Int?, window: Int, left: Int?, expected: TimeInterval?)])
    func theTimeLeftFollowsFromTheRequests(
        _ one: (requests: Int, elapsed: TimeInterval, total: Int?, window: Int, left: Int?, expected: TimeInterval?)
    ) throws {
        let now = try at("2026-03-02T03:00:00Z")
        var run = SyncRun(
            id: 1, workspaceID: 1, trigger: .manual, state: .running, actor: nil, queuedAt: now, startedAt: now - one.elapsed, endedAt: nil,
            resumedFrom: nil, requests: one.requests, rateLimit: .init(total: one.total, remaining: nil, resumesAt: nil), error: nil,
            phases: [], requestsLeft: one.left)
        func left() -> TimeInterval? { run.secondsLeft(at: now, reservePercent: 20, window: one.window) }
        #expect(left() == one.expected)
        run.state = .waiting
        run.rateLimit.resumesAt = now + 90_000
        #expect(left() == one.expected.map { max(90_000, $0) })
        run.state = .succeeded
        #expect(left() == nil)
    }

    @Test func draftsAreCleanedAndFaultsNamed() throws {
        let clean = try AccountDraft(name: "  Acme ", domains: ["acme.example", " acme.example", ""], ownerEmail: " ").validated()
        #expect(clean == AccountDraft(name: "Acme", domains: ["acme.example"]))
        let bad = AccountDraft(name: " ", ownerEmail: "nobody", arr: -1)
        do {
            _ = try bad.validated()
            Issue.record("a nameless account was accepted")
        } catch let failure as Failure {
            #expect(failure.fields.map(\.name) == ["name", "owner_email", "arr"])
        }
    }
}
