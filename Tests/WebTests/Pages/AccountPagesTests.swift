import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("Accounts' pages")
struct AccountPagesTests {
    let samples = PageSamples()

    @Test("Figures lead to the tickets they count; zero leads nowhere")
    func figures() {
        let html = samples.accountsPage([samples.accountSummary(open: 1204)]).html.rendered
        #expect(html.contains("href=\"/tickets?status=open&amp;account=12\" class=\"figure\">1,204<"))
        #expect(html.contains("href=\"/tickets?status=open,pending&amp;priority=urgent&amp;account=12\""))
        #expect(html.contains("1,250,000") && html.contains("31 Dec 2026"))
        #expect(!samples.accountsPage([samples.accountSummary(open: 0)]).html.rendered.contains("/tickets?status=open&amp;account=12"))
    }

    @Test("Only those who may are offered to create accounts")
    func offers() {
        let manager = samples.accountsPage([], unmatched: 213).html.rendered
        #expect(manager.contains("213 companies belong to no account") && manager.contains("/accounts/from-companies"))
        #expect(manager.contains("/accounts/new") && manager.contains("/accounts/import"))
        let member = samples.accountsPage([], mayManage: false, unmatched: 213).html.rendered
        #expect(!member.contains("/accounts/from-companies") && !member.contains("/accounts/new"))
        #expect(!samples.accountsPage([samples.accountSummary()]).html.rendered.contains("/accounts/from-companies"))
    }

    @Test("A company's free mail domain is said not to count")
    func sharedDomains() {
        func page(_ domain: String) -> String {
            let company = CompanySummary(
                company: Company(id: 7, name: "Sagebrush", domains: [domain], createdAt: PageSamples.now, updatedAt: PageSamples.now),
                account: nil,
                tickets: 3)
            return AccountsFromCompaniesPage(companies: [company], total: 1, csrf: "token").html.rendered
        }
        #expect(page("gmail.com").contains("Free mail domain, not used for matching"))
        #expect(!page("sagebrush.example").contains("not used"))
    }

    @Test("A search without a find is not the same as no accounts")
    func emptySearch() {
        #expect(samples.accountsPage([], search: "zzz").html.rendered.contains("No account matches"))
        #expect(samples.accountsPage([]).html.rendered.contains("No accounts yet"))
    }

    @Test("The Support section: every figure with its list")
    func support() {
        let html = samples.accountPage().html.rendered
        for address in [
            "/tickets?status=open&amp;account=12", "/tickets/1200",
            "/tickets?account=12&amp;created=\(Day(containing: PageSamples.now).monday.adding(days: -84))..",
            "/tickets?account=12&amp;csat=!none&amp;updated=90d",
            "/tickets?status=resolved&amp;account=12", "/tickets?priority=urgent&amp;account=12", "/tickets?agent=4&amp;account=12",
            "/tickets?account=12", "/tickets?requester=9"
        ] {
            #expect(html.contains("href=\"\(address)\""), "\(address)")
        }
        for text in [
            "New in 13 weeks", "1 urgent, 2 low", "1.5 h", "75 %", "of 4 ratings in 90 days", "Show as a table", "Why this account?", "63 %"
        ] {
            #expect(html.contains(text), "\(text)")
        }
    }

    @Test("Without tickets the page names the one reason that applies")
    func reasons() {
        func text(domains: [String] = ["acme.com"], hasCompanies: Bool = false, standing: MirrorStanding = .filled) -> String {
            samples.accountPage(domains: domains, hasTickets: false, hasCompanies: hasCompanies, standing: standing).html.rendered
        }
        #expect(text(standing: .notConnected).contains("No portal is connected"))
        #expect(text(standing: .syncing).contains("Nothing is synced yet"))
        #expect(text(hasCompanies: true).contains("No tickets in the window"))
        #expect(text().contains("No company matches this account") && text().contains("Check its domains"))
        #expect(text(domains: []).contains("Add a domain"))
        #expect(!samples.accountPage(hasTickets: false, hasCompanies: false, mayManage: false).html.rendered.contains("/accounts/12/edit"))
    }

    @Test("A refused form comes back as it was typed, each fault at its field")
    func form() {
        var fields = AccountFields()
        fields.arr = "12 k"
        fields.domains = "acme.com\nacme.io"
        let page = AccountFormPage(
            fields: fields, faults: [.init("arr", "Write a plain number."), .init("csrf", "Send the form again.")], csrf: "token")
        let html = page.html.rendered
        #expect(html.contains("value=\"12 k\"") && html.contains("acme.com\nacme.io</textarea>"))
        #expect(html.contains("aria-describedby=\"field-arr-fault field-arr-hint\"") && html.contains("Write a plain number."))
        #expect(html.contains("Send the form again.") && html.contains("name=\"csrf_token\" value=\"token\""))
        #expect(html.contains("action=\"/accounts/new\"") && !html.contains("Delete this account"))
        let edit = AccountFormPage(account: Named(id: 12, name: "Acme"), fields: fields, csrf: "token").html.rendered
        #expect(edit.contains("action=\"/accounts/12/edit\"") && edit.contains("href=\"/accounts/12/delete\""))
    }

    @Test("An account's fields give back the account")
    func fieldsRoundTrip() throws {
        let account = samples.account(domains: ["acme.com", "acme.io"])
        let (draft, faults) = AccountFields(account).draft()
        #expect(faults.isEmpty)
        let valid = try draft.validated()
        #expect(valid.domains == account.domains && valid.aliases == account.aliases && valid.tags == account.tags)
        #expect(valid.arr == account.arr && valid.renewalDate == account.renewalDate && valid.externalID == account.externalID)
        #expect(valid.name == account.name && valid.ownerEmail == account.ownerEmail)
    }

    @Test(
        "Typed figures and days are read or refused, never guessed",
        arguments: [
            ("120000", true), ("99.50", true), ("", true), ("12 k", false), ("1,000", false), ("1.2.3", false), (".5", false),
            ("1e9", false),
            ("٣", false)
        ])
    func amounts(text: String, isRead: Bool) {
        let (draft, faults) = AccountFields([("name", "Acme"), ("arr", text)]).draft()
        #expect(faults.isEmpty == isRead)
        #expect((draft.arr != nil) == (isRead && !text.isEmpty))
    }

    @Test("Lists may be typed in lines, or with commas and semicolons; a name keeps its comma")
    func lists() {
        let (draft, _) = AccountFields([
            ("domains", "a.com, b.com;c.com\r\nd.com\n\na.com"), ("aliases", "Acme, Inc.\nACME"), ("tags", "x, y")
        ]).draft()
        #expect(draft.domains == ["a.com", "b.com", "c.com", "d.com"])
        #expect(draft.aliases == ["Acme, Inc.", "ACME"] && draft.tags == ["x", "y"])
        #expect(AccountFields([("renewal_date", "31.12.2026")]).draft().faults.map(\.name) == ["renewal_date"])
    }

    @Test("Deleting is asked about, with what it means")
    func deletion() {
        let html = AccountDeletePage(account: Named(id: 12, name: "Acme"), tickets: 1204, csrf: "token").html.rendered
        #expect(html.contains("Delete Acme?") && html.contains("1,204 tickets beside it stay") && html.contains("method=\"post\""))
    }

    @Test("An import is looked over before it is saved")
    func importing() {
        let html = AccountImportPage(preview: samples.importPlan(), csv: "name\n<Acme>", csrf: "token").html.rendered
        #expect(html.contains("1 to create, 1 to update, 1 unchanged, 1 left out because of errors."))
        #expect(html.contains("Import 2 accounts") && html.contains("name=\"confirm\" value=\"yes\""))
        #expect(html.contains("value=\"name\n&lt;Acme&gt;\"") && html.contains("colour"))
        let nothing = AccountImport(rows: [.init(line: 2, name: "", verdict: .error(["No name."]), notes: [])], unknownColumns: [])
        #expect(!AccountImportPage(preview: nothing, csv: "x", csrf: "token").html.rendered.contains("type=\"submit\""))
        let start = AccountImportPage(csv: "", fault: "The file is empty.", csrf: "token").html.rendered
        #expect(start.contains("enctype=\"multipart/form-data\"") && start.contains("The file is empty."))
    }

    @Test("Every company is ticked, and all may be taken at once")
    func fromCompanies() {
        let html = AccountsFromCompaniesPage(companies: [samples.company(7), samples.company(8)], total: 213, csrf: "token").html.rendered
        #expect(html.contains("name=\"company\" value=\"7\" checked") && html.contains("name=\"company\" value=\"8\" checked"))
        #expect(html.contains("name=\"all\" value=\"yes\"") && html.contains("Create all 213") && html.contains("The first 2 of 213"))
        #expect(
            AccountsFromCompaniesPage(companies: [], total: 0, csrf: "token").html.rendered.contains("Every company belongs to an account"))
    }

    @Test("Sums are grouped", arguments: [("1250000", "1,250,000"), ("99.5", "99.50"), ("0", "0"), ("1234.567", "1,234.57")])
    func money(text: String, shown: String) throws {
        #expect(Money.text(try #require(Decimal(string: text))) == shown)
    }

    @Test("A match says by which rule, and how sure")
    func matchReason() {
        #expect(MatchReason.sentence(samples.matched(.contactDomain)) == "Matched by requester's e-mail domain, 97 % sure.")
        #expect(MatchReason.sentence(samples.matched(.manual)) == "Chosen by a person.")
    }
}
