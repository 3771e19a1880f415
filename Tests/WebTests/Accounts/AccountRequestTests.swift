import Markup
import HummingbirdTesting
import HTTPTypes
import Domain
import Foundation
import Store
import Testing

@testable import Web

@Suite struct AccountRequestTests {
    @Test func aNewDomainMovesTickets() async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            try await fixture.save(
                scope, companies: [Rows.company(7, "Globex GmbH", "acme.com")],
                tickets: (1...12).map { Rows.ticket($0, "T\($0)", company: 7) })
            let browser = try await fixture.browser(.admin)
            let created = try await browser.post(.accountNew, ["name": "Acme", "domains": "acme.org"])
            #expect(created.location == "/accounts/1")
            let page = try await browser.get("/accounts/1")
            #expect(page.text.contains("Acme is created.") && !page.text.contains("now belong"))
            // The sentence is said once.
            #expect(try await !browser.get("/accounts/1").text.contains("Acme is created."))

            let edited = try await browser.post(.accountEdit(1), ["name": "Acme", "domains": "acme.org\nacme.com"])
            #expect(edited.location == "/accounts/1")
            let after = try await browser.get("/accounts/1")
            #expect(after.text.contains("12 tickets now belong to Acme."))
            #expect(after.text.contains("Globex GmbH"))
            #expect(try await browser.get("/tickets?account=1").text.contains("12 tickets"))

            #expect(try await browser.get(.accountDelete(1)).text.contains("12 tickets"))
            #expect(try await browser.post(.accountDelete(1)).location == "/accounts")
            #expect(try await browser.get("/tickets?account=none").text.contains("12 tickets"))
            let log = try await browser.get(.audit).text
            for action in ["account.create", "account.update", "account.delete"] { #expect(log.contains(action)) }
        }
    }

    @Test func aRefusedFormKeepsWhatWasTyped() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.admin)
            let answer = try await browser.post(
                .accountNew, ["name": " ", "domains": "typed.example", "arr": "1,000", "renewal_date": "soon", "owner_email": "nobody"])
            #expect(answer.status == 422)
            for text in ["Give the account a name.", "typed.example", "1,000", "plain number", "YYYY-MM-DD", "not an e-mail address"] {
                #expect(answer.text.contains(text), "\(text)")
            }
            _ = try await browser.post(.accountNew, ["name": "One", "external_id": "A"])
            let taken = try await browser.post(.accountNew, ["name": "Two", "external_id": "A"])
            #expect(taken.status == 422 && taken.text.contains("is the one of One already"))
            let odd = try await browser.post(.accountNew, ["name": "Odd", "domains": "localhost"])
            #expect(odd.status == 303)
            #expect(try await browser.get(odd.location ?? "").text.contains("localhost"))
        }
    }

    @Test func importsAFileAfterALook() async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            try await fixture.save(scope, companies: [Rows.company(7, "Acme GmbH", "acme.com")], tickets: [Rows.ticket(1, "T", company: 7)])
            let browser = try await fixture.browser(.admin)
            let file = "name,domains,arr,colour\nAcme,acme.com,1200,red\nBroken,,1e3,\n\"Globex, Inc.\",,,\n"
            let look = try await browser.upload(.accountImport, field: "file", file: file)
            #expect(
                look.status == 200 && look.text.contains("colour") && look.text.contains("not a plain number")
                    && look.text.contains("Globex, Inc."))
            #expect(try await fixture.site.accounts.list(fixture.workspace.id, after: nil, limit: 10).rows.isEmpty)
            let done = try await browser.post(.accountImport, ["csv": file, "confirm": "yes"])
            #expect(done.location == "/accounts")
            let list = try await browser.get(.accounts)
            #expect(list.text.contains("2 created, 1 left out because of errors. 1 ticket now belongs"))
            #expect(list.text.contains("Globex, Inc."))
            let headless = try await browser.upload(.accountImport, field: "file", file: "Acme,acme.com\n")
            #expect(headless.status == 422 && headless.text.contains("no header"))
            #expect(try await browser.post(.accountImport, ["csv": ""]).status == 422)
            let binary = try await browser.upload(.accountImport, field: "file", file: String(repeating: "x", count: 100) + "\u{0}")
            #expect(binary.status == 422)
        }
    }

    @Test func aFileOfFiveMegabytesFitsAndAnEndlessOneDoesNot() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.admin)
            func file(bytes: Int) -> String { "name,notes\nAcme,\"\(String(repeating: "x", count: bytes - 20))\"\n" }
            let read = try await browser.upload(.accountImport, field: "file", file: file(bytes: AccountCSV.longest))
            #expect(read.status == 200 && read.text.contains("1 to create"))
            let large = try await browser.upload(.accountImport, field: "file", file: file(bytes: AccountCSV.longest + 1_000))
            #expect(large.status == 422 && large.text.contains("larger than 5 MB"))
            let endless = try await browser.upload(.accountImport, field: "file", file: file(bytes: 2 * AccountCSV.longest + 100_000))
            #expect(endless.status == 413)
        }
    }

    @Test func makesAccountsFromCompanies() async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            try await fixture.save(
                scope,
                companies: [
                    Rows.company(1, "Acme", "acme.com"), Rows.company(2, "Acme Support", "www.acme.com", "acme.io"),
                    Rows.company(3, "No domain"),
                    Rows.company(4, "Left alone", "alone.example")
                ], tickets: [Rows.ticket(1, "A", company: 1), Rows.ticket(2, "B", company: 2), Rows.ticket(3, "C", company: 3)])
            let browser = try await fixture.browser(.admin)
            #expect(try await browser.get(.accounts).text.contains("4 companies belong to no account"))
            #expect(try await browser.post(.accountsFromCompanies).status == 422)
            let token = try #require(browser.csrf.get(""))
            let made = try await browser.send(
                .post, "/accounts/from-companies", headers: [.contentType: "application/x-www-form-urlencoded"],
                body: "company=1&company=2&company=3&csrf_token=\(token)")
            #expect(made.location == "/accounts")
            let list = try await browser.get(.accounts).text
            #expect(list.contains("2 accounts created. 3 tickets now belong to them.") && list.contains("1 company belongs to no account"))
            let accounts = try await fixture.site.accounts.list(fixture.workspace.id, after: nil, limit: 10).rows.map(\.account)
            #expect(accounts.map(\.name) == ["Acme", "No domain"])
            #expect(accounts[0].aliases == ["Acme Support"])
            // A second press makes nothing twice.
            _ = try await browser.post(.accountsFromCompanies, ["company": "3"])
            #expect(try await fixture.site.accounts.list(fixture.workspace.id, after: nil, limit: 10).rows.count == 2)
            _ = try await browser.post(.accountsFromCompanies, ["all": "yes"])
            #expect(try await fixture.site.accounts.list(fixture.workspace.id, after: nil, limit: 10).rows.count == 3)
        }
    }
}
