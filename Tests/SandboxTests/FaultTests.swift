import Foundation
import Testing

@testable import Sandbox

@Suite struct FaultTests {
    let desk = Desk(tickets: 40, companies: 5)

    private func set(_ fault: String) async throws {
        try await desk.control("faults", "{\"set\": [\"\(fault)\"]}")
    }

    @Test func aBadKeyIsBadEverywhere() async throws {
        try await set("bad_key")
        #expect(await desk.get("agents/me").status == 401)
        #expect(await desk.get("tickets").status == 401)
        try await desk.control("faults", "{\"clear\": [\"bad_key\"]}")
        #expect(await desk.get("agents/me").status == 200)
    }

    @Test func aRateLimitLastsItsSeconds() async throws {
        try await set("rate_limit=20")
        let reply = await desk.get("tickets")
        #expect(reply.status == 429)
        #expect(reply.header("Retry-After").flatMap { Int($0) }.map { (1...20).contains($0) } == true)
        try await desk.control("clock", "{\"advance\": 21}")
        #expect(await desk.get("tickets").status == 200)
    }

    @Test func aRateLimitMayNotSayHowLong() async throws {
        try await set("rate_limit_bare=20")
        let reply = await desk.get("tickets")
        #expect(reply.status == 429)
        #expect(reply.header("Retry-After") == nil)
        try await desk.control("clock", "{\"advance\": 21}")
        #expect(await desk.get("tickets").status == 200)
    }

    @Test func aRateLimitMayStay() async throws {
        try await set("rate_limit_stuck=2")
        for _ in 0..<3 {
            let reply = await desk.get("tickets")
            #expect(reply.status == 429)
            #expect(reply.header("Retry-After") == "2")
            try await desk.control("clock", "{\"advance\": 60}")
        }
        try await desk.control("faults", "{\"clear\": [\"rate_limit_stuck\"]}")
        #expect(await desk.get("tickets").status == 200)
    }

    @Test func aFaultMayBeginLater() async throws {
        let desk = try Desk(tickets: 20, companies: 3) { $0.faults = [try Fault(parsing: "bad_key@2")] }
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(await desk.get("agents/me").status) }
        #expect(statuses == [200, 200, 401, 401])
        try await desk.control("faults", "{\"clear\": true, \"set\": [\"server_error=/surveys@1\"]}")
        #expect(await desk.get("surveys").status == 200)
        #expect(await desk.get("surveys").status >= 500)
    }

    @Test func whatAKeyMayNotReadAndWhatThereIsNot() async throws {
        for fault in ["forbidden=/contacts", "forbidden=/search", "missing=/surveys"] { try await set(fault) }
        #expect(await desk.get("contacts").error.code == "access_denied")
        #expect(await desk.get("search/tickets?query=%22status:2%22").status == 403)
        #expect(await desk.get("surveys/satisfaction_ratings").status == 404)
        #expect(await desk.get("companies").status == 200)
    }

    @Test func anOccasionalAgentsKey() async throws {
        #expect(await desk.get("agents/me").object.flag("occasional") == false)
        try await set("occasional_key")
        #expect(await desk.get("agents/me").object.flag("occasional") == true)
    }

    @Test func serverErrorsForACountOfRequests() async throws {
        try await set("server_error=2")
        for _ in 0..<2 {
            let reply = await desk.get("tickets")
            #expect((500...504).contains(reply.status))
            #expect(reply.header("Content-Type")?.hasPrefix("text/html") == true)
        }
        #expect(await desk.get("tickets").status == 200)
    }

    @Test func serverErrorsForAPath() async throws {
        try await set("server_error=/surveys")
        #expect(await desk.get("surveys").status >= 500)
        #expect(await desk.get("tickets").status == 200)
    }

    @Test func everyNthRequest() async throws {
        try await set("server_error=1/3")
        var failures = 0
        for _ in 0..<9 where await desk.get("tickets").status >= 500 { failures += 1 }
        #expect(failures == 3)
    }

    @Test func truncatedJSON() async throws {
        let whole = await desk.get("tickets/30")
        try await set("truncate=1")
        let cut = await desk.get("tickets/30")
        #expect(cut.status == 200)
        #expect(cut.object.isEmpty)
        #expect(!cut.text.isEmpty && cut.text.utf8.count < whole.text.utf8.count)
        #expect(await !desk.get("tickets/30").object.isEmpty)
    }

    @Test func htmlInsteadOfJSON() async throws {
        try await set("html=1")
        let reply = await desk.get("tickets")
        #expect(reply.status == 200)
        #expect(reply.text.contains("<html>"))
    }

    @Test func oneTicketAlwaysFails() async throws {
        try await set("bulk_500_ticket:30")
        #expect(await desk.get("tickets/30").status == 500)
        #expect(await desk.get("tickets/30/conversations").status == 500)
        #expect(await desk.get("tickets/31").status == 200)
    }

    @Test func slowAndSilentAnswersSayHowLong() async throws {
        try await set("slow=250")
        #expect(await desk.get("tickets").answer.delay == 250)
        try await set("timeout=1")
        #expect(await desk.get("tickets").answer.delivery == .silence(milliseconds: 60_000))
        try await set("reset=1")
        #expect(await desk.get("tickets").answer.delivery == .cutConnection)
    }

    @Test func suspendedAccount() async throws {
        try await set("suspended")
        #expect(await desk.get("agents/me").error.code == "account_suspended")
    }

    @Test func theNewSurveysReplaceTheOld() async throws {
        #expect(await desk.get("customer-satisfaction/surveys").status == 404)
        try await set("new_csat")
        #expect(await desk.get("surveys/satisfaction_ratings").text == "[]")
        let survey = try #require(await desk.get("customer-satisfaction/surveys").object.list("data").first?.text("id"))
        #expect(await !desk.get("customer-satisfaction/surveys/\(survey)/responses").object.list("data").isEmpty)
    }

    @Test func faultsAreListedAndCleared() async throws {
        try await set("csat_403")
        try await set("slow")
        #expect(await desk.get("/_sandbox/faults").object["faults"] as? [String] == ["csat_403", "slow"])
        try await desk.control("faults", "{\"clear\": true}")
        #expect(await desk.get("/_sandbox/faults").object["faults"] as? [String] == [])
        #expect(await desk.send("POST", "/_sandbox/faults", body: "{\"set\": [\"flood\"]}").status == 400)
    }

    @Test func faultsFromTheOptions() async throws {
        let desk = try Desk(tickets: 20, companies: 3) { $0.faults = [try Fault(parsing: "csat_403")] }
        #expect(await desk.get("surveys").status == 403)
    }
}
