import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import Larry
import Markup
import Store
import Testing

@testable import Web

/// Larry's page, panel and stream over requests, by rules alone.
@Suite struct LarryRequestTests {
    /// Three open tickets and one closed of Acme, one open of nobody.
    private func fill(_ fixture: SiteFixture) async throws -> Account {
        let account = try await fixture.site.accounts.create(
            fixture.workspace.id, AccountDraft(name: "Acme <b>GmbH</b>", domains: ["acme.com"]), now: SiteFixture.now
        ) { _, _ in }
        let scope = try await fixture.connect()
        try await fixture.save(
            scope, companies: [Rows.company(7, "Acme GmbH", "acme.com")], agents: [Rows.agent(9, "Ben Agent")],
            tickets: (1...3).map { Rows.ticket($0, "<i>Number</i> \($0)", company: 7, agent: 9, age: Double($0) * 60) }
                + [Rows.ticket(4, "Closed", status: 5, company: 7), Rows.ticket(5, "Of nobody")])
        return account
    }

    private func turn(of location: String?) throws -> String {
        try #require(location?.split(separator: "#turn-").last.map(String.init))
    }

    @Test func aQuestionIsAnsweredWithoutScripts() async throws {
        try await withSite { fixture in
            _ = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let asked = try await browser.post(.larry, ["question": "How many open tickets are there?"])
            let location = try #require(asked.location)
            #expect(asked.status == 303 && location.hasPrefix("/larry?thread="))
            let page = try await browser.get(location)
            #expect(page.text.contains("There are <strong>4</strong> open tickets."))
            #expect(page.text.contains("How I got this") && page.text.contains("/tickets?status=open"))
            // Every part can be changed, and others added, by forms of the page.
            #expect(page.text.contains("name=\"edit\"") && page.text.contains("name=\"status\" value=\"open\" checked"))
            #expect(page.text.contains("name=\"priority\" value=\"urgent\"") && page.text.contains("name=\"created_from\""))
            #expect(page.text.contains("value=\"Acme &lt;b&gt;GmbH&lt;/b&gt;\"") && !page.text.contains("<b>GmbH"))
        }
    }

    @Test func aChipAsksAgainWithTheChangedQuery() async throws {
        try await withSite { fixture in
            _ = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let first = try await browser.post(.larry, ["question": "How many open tickets are there?"])
            let turn = try turn(of: first.location)
            let second = try await browser.post(.larry, ["edit": turn, "status": "closed"])
            #expect(second.status == 303)
            let page = try await browser.get(try #require(second.location))
            #expect(page.text.contains("There is <strong>1</strong> closed ticket.") && page.text.contains("There are <strong>4</strong>"))
            #expect(page.text.contains("Count of tickets · Status is closed"))
            let account = try await browser.post(.larry, ["edit": turn, "account": "Acme <b>GmbH</b>", "priority": ""])
            #expect(try await browser.get(try #require(account.location)).text.contains("has <strong>3</strong> open tickets."))
            let dropped = try await browser.post(.larry, ["edit": turn, "drop": "status", "status": "closed"])
            #expect(try await browser.get(try #require(dropped.location)).text.contains("There are <strong>5</strong> tickets."))
            // A follow-up leans on the changed query.
            let next = try await browser.post(
                .larry, ["question": "and urgent ones?", "thread": try #require(thread(dropped.location))])
            #expect(try await browser.get(try #require(next.location)).text.contains("There are no urgent tickets."))
        }
    }

    @Test func aSideOfAComparisonIsAChip() async throws {
        try await withSite { fixture in
            _ = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let first = try await browser.post(.larry, ["question": "compare open and closed tickets"])
            let page = try await browser.get(try #require(first.location))
            #expect(page.text.contains("name=\"side\" value=\"0\"") && page.text.contains("name=\"side\" value=\"1\""))
            #expect(page.text.contains("Leave this side out"))
            let turn = try turn(of: first.location)
            let changed = try await browser.post(.larry, ["edit": turn, "side": "1", "status": "pending"])
            let after = try await browser.get(try #require(changed.location))
            #expect(after.text.contains("Open: Status is open") && after.text.contains("Pending: Status is pending"))
            let alone = try await browser.post(.larry, ["edit": turn, "side": "1", "drop": "status"])
            #expect(try await browser.get(try #require(alone.location)).text.contains("There are <strong>4</strong> open tickets."))
            #expect(try await browser.post(.larry, ["edit": turn, "side": "7", "status": "pending"]).status == 422)
        }
    }

    @Test func theTicketWhosePageIsOpenIsMeant() async throws {
        try await withSite { fixture in
            _ = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            for question in ["who is the agent?", "who owns it", "whose ticket is this?"] {
                let asked = try await browser.post(.larry, ["question": question, "about": "ticket:2"])
                let page = try await browser.get(try #require(asked.location))
                #expect(page.text.contains("Ben Agent") && page.text.contains("Ticket is 2"), "\(question)")
            }
        }
    }

    /// Whoever is no agent has no tickets of their own, and is not shown everybody's.
    @Test func myTicketsAreNotEverybodys() async throws {
        try await withSite { fixture in
            _ = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let asked = try await browser.post(.larry, ["question": "How many of my tickets are open?"])
            let page = try await browser.get(try #require(asked.location))
            #expect(page.text.contains("cannot tell which tickets are yours") && !page.text.contains("There are <strong>"))
        }
    }

    private func thread(_ location: String?) -> String? {
        location.flatMap { $0.split(separator: "thread=").last?.prefix { $0 != "#" && $0 != "&" } }.map(String.init)
    }

    @Test func whatFitsNothingIsSaid() async throws {
        try await withSite { fixture in
            _ = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let turn = try turn(of: try await browser.post(.larry, ["question": "How many open tickets are there?"]).location)
            for (part, value) in [("account", "Globex"), ("status", "lost"), ("created", "in a while"), ("created_from", "soon")] {
                let answer = try await browser.post("/larry", ["edit": turn, "\(part)": value])
                #expect(answer.status == 422 && answer.text.contains(value), "\(part)")
            }
            #expect(try await browser.post(.larry, ["edit": turn]).status == 422)
            #expect(try await browser.post(.larry, ["question": " "]).status == 422)
            #expect(try await browser.post(.larry, ["edit": "x", "status": "open"]).status == 404)
            // Somebody else's answer is not there.
            let other = try await fixture.browser(.owner)
            #expect(try await other.post(.larry, ["edit": turn, "status": "closed"]).status == 404)
        }
    }

    private func events(_ browser: Browser, _ fields: String) async throws -> Answer {
        try await browser.send(
            .post, "/larry",
            headers: [
                .contentType: "application/x-www-form-urlencoded", .origin: browser.origin, .accept: "text/event-stream"
            ], body: fields + "&csrf_token=" + (browser.csrf.get("") ?? "").encodedForQuery)
    }

    @Test func anAnswerComesAsEvents() async throws {
        try await withSite { fixture in
            _ = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let answer = try await events(browser, "question=How+many+open+tickets+are+there%3F")
            #expect(answer.status == 200 && answer.headers[.contentType]?.hasPrefix("text/event-stream") == true)
            #expect(answer.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            let names = answer.text.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { $0.dropFirst(7) }
            #expect(names.last == "turn" && names.first == "stage" && names.count == 3)
            let data = try #require(answer.text.split(separator: "\n").last { $0.hasPrefix("data: ") })
            let turn = try #require(JSON(parsing: data.dropFirst(6).utf8))
            #expect(turn["said"] == "There are 4 open tickets.")
            guard case .string(let html) = turn["html"], case .string(let place) = turn["place"] else {
                Issue.record("no markup")
                return
            }
            #expect(html.contains("<strong>4</strong>") && html.contains("csrf_token"))
            #expect(try await browser.get(place).text.contains("There are <strong>4</strong> open tickets."))

            let fault = try await events(browser, "edit=99&status=open")
            #expect(fault.text.contains("event: fault") && !fault.text.contains("event: turn"))
            // Without the page's token nothing is asked.
            let forged = try await browser.send(
                .post, "/larry",
                headers: [.contentType: "application/x-www-form-urlencoded", .origin: browser.origin, .accept: "text/event-stream"],
                body: "question=x")
            #expect(forged.status == 403)
        }
    }

    @Test func thePanelKnowsThePage() async throws {
        try await withSite { fixture in
            let account = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let about = "account:\(account.id)"
            let page = try await browser.get(.account(account.id))
            #expect(page.text.contains("data-src=\"/larry/panel?about=account:\(account.id)\""))
            #expect(page.text.contains("href=\"/larry?about=account:\(account.id)\""))
            #expect(try await browser.get(.ticket(1)).text.contains("/larry/panel?about=ticket:1"))
            #expect(try await browser.get(.agent(9)).text.contains("/larry/panel?about=agent:9"))
            #expect(try await browser.get(.allTickets).text.contains("data-src=\"/larry/panel\""))
            #expect(!(try await browser.get(.larry).text.contains("larry-panel")))

            let panel = try await browser.get("/larry/panel?about=\(about)")
            #expect(panel.status == 200 && panel.text.contains("About Acme &lt;b&gt;GmbH&lt;/b&gt;") && !panel.text.contains("<html"))
            // What is not there, and a thread that is gone, are no fault.
            #expect(try await browser.get("/larry/panel?about=account:99&thread=gone").status == 200)

            let asked = try await browser.post(.larry, ["question": "How many open tickets are there?", "about": about])
            let answer = try await browser.get(try #require(asked.location))
            #expect(answer.text.contains("has <strong>3</strong> open tickets.") && answer.text.contains("whose page is open"))
            let whose = try await browser.post(.larry, ["question": "who is the agent for it?", "about": "ticket:1"])
            #expect(try await browser.get(try #require(whose.location)).text.contains("Ben Agent is the agent of ticket"))
        }
    }

    @Test func judgementsCanBeTakenBack() async throws {
        try await withSite { fixture in
            _ = try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let location = try #require(try await browser.post(.larry, ["question": "How many tickets are there?"]).location)
            let turn = try turn(of: location)
            let thread = try #require(self.thread(location))
            #expect(try await browser.get(location).text.contains("Was this right?"))
            #expect(
                try await browser.post(.larryJudge, ["turn": turn, "thread": thread, "verdict": "down", "reason": "Wrong account"]).status
                    == 303)
            #expect(try await browser.get(location).text.contains("You found this wrong: wrong account."))
            #expect(try await browser.post(.larryJudge, ["turn": turn, "thread": thread, "verdict": ""]).status == 303)
            #expect(try await browser.get(location).text.contains("Was this right?"))
            #expect(try await fixture.browser(.owner).post(.larryJudge, ["turn": turn, "verdict": "up"]).status == 404)
            #expect(try await browser.post(.larryForget, ["thread": thread]).status == 303)
            #expect(try await browser.get(location).status == 404)
        }
    }

    @Test func settingsOfLarry() async throws {
        try await withSite { fixture in
            let (admin, member) = (try await fixture.browser(.admin), try await fixture.browser(.member))
            #expect(try await admin.post(.zone, ["zone": "Europe/Berlin"]).status == 303)
            #expect(try await admin.get(.workspace).text.contains("value=\"Europe/Berlin\" selected"))
            #expect(try await admin.post(.zone, ["zone": "Nowhere/Else"]).status == 422)
            #expect(try await member.post(.zone, ["zone": "UTC"]).status == 403)
            #expect(try await member.get(.workspace).text.contains("Europe/Berlin"))
            #expect(try await admin.post(.assistant, ["notes": "admins"]).status == 303)
            #expect(try await admin.post(.assistant, ["notes": "strangers"]).status == 422)
            #expect(try await member.post(.assistant, ["notes": "everybody"]).status == 403)
            let settings = try await fixture.site.workspaces.assistant(of: fixture.workspace.id)
            #expect(settings == AssistantSettings(zone: try #require(CivilZone(name: "Europe/Berlin")), notes: .admins))
            let log = try await fixture.site.audit.list(fixture.workspace.id, cursor: nil, limit: 10).rows.map(\.action)
            #expect(log.contains("workspace.zone") && log.contains("workspace.summary_notes"))
        }
    }
}
