import Domain
import Testing

@testable import Matching

@Suite("Shared domains")
struct SharedDomainsTests {
    @Test(
        arguments: [
            ("gmail.com", .freeMail), ("googlemail.com", .freeMail), ("mail.gmail.com", .freeMail), ("hotmail.co.uk", .freeMail),
            ("live.fr", .freeMail), ("yahoo.co.jp", .freeMail), ("icloud.com", .freeMail), ("gmx.de", .freeMail), ("web.de", .freeMail),
            ("t-online.de", .freeMail), ("proton.me", .freeMail), ("tutanota.com", .freeMail), ("tuta.io", .freeMail),
            ("hey.com", .freeMail),
            ("daum.net", .freeMail), ("naver.com", .freeMail), ("qq.com", .freeMail), ("163.com", .freeMail), ("126.com", .freeMail),
            ("sina.com", .freeMail), ("mail.ru", .freeMail), ("yandex.ru", .freeMail), ("zoho.com", .freeMail), ("mail.com", .freeMail),
            ("comcast.net", .freeMail), ("btinternet.com", .freeMail), ("virginmedia.com", .freeMail), ("orange.fr", .freeMail),
            ("free.fr", .freeMail), ("libero.it", .freeMail), ("tampabay.rr.com", .freeMail),
            ("mailinator.com", .disposableMail), ("yopmail.com", .disposableMail),
            ("zendesk.com", .platform), ("www.zendesk.com", .platform), ("support.zendesk.com", .platform), ("atlassian.net", .platform),
            ("onmicrosoft.com", .platform), ("sharepoint.com", .platform), ("wordpress.com", .platform), ("my.salesforce.com", .platform),
            ("linkedin.com/company/acme", .platform), ("uk.linkedin.com/in/x", .platform), ("facebook.com/joespizza", .platform),
            ("m.facebook.com", .platform), ("linktr.ee/acme", .platform), ("sites.google.com/view/acme", .platform),
            ("co.uk", .publicSuffix), ("uk.com", .publicSuffix), ("github.io", .publicSuffix), ("myshopify.com", .publicSuffix),
            ("acme.com", nil), ("google.com", nil), ("notgmail.com", nil), ("gmail.com.acme.com", nil), ("comcast.com", nil),
            ("acme.zendesk.com", nil), ("acme.zendesk.com/hc/en-us", nil), ("acme.onmicrosoft.com", nil), ("acme.my.salesforce.com", nil),
            ("acme.github.io", nil), ("docs.acme.github.io", nil)
        ] as [(String, SharedDomains.Reason?)])
    func reason(_ row: (typed: String, reason: SharedDomains.Reason?)) throws {
        let domain = try #require(DomainName(cleaning: row.typed))
        #expect(SharedDomains().reason(for: domain) == row.reason)
        #expect(SharedDomains().isShared(domain) == (row.reason != nil))
    }

    @Test func aWorkspaceExcludesDomainsWithTheirSubdomains() throws {
        let shared = SharedDomains(excluded: ["https://www.Agency.com/", "münchen.de", "not a domain"])
        for typed in ["agency.com", "www.agency.com", "mail.agency.com", "xn--mnchen-3ya.de"] {
            #expect(shared.reason(for: try #require(DomainName(cleaning: typed))) == .excluded)
        }
        #expect(shared.reason(for: try #require(DomainName(cleaning: "otheragency.com"))) == nil)
    }

    @Test func everyReasonHasASentence() throws {
        let domain = try #require(DomainName(cleaning: "gmail.com"))
        for reason in SharedDomains.Reason.allCases { #expect(reason.sentence(domain).hasPrefix("gmail.com ")) }
    }

    @Test(arguments: SharedDomains.tables.indices)
    func tablesAreCleanDatedAndLarge(_ index: Int) throws {
        let table = SharedDomains.tables[index]
        #expect(table.dated > (try #require(Day("2026-01-01"))))
        #expect(table.age(on: table.dated.adding(days: 30)) == 30)
        #expect(table.domains.count >= 60)
        for entry in table.domains { #expect(DomainName(cleaning: entry)?.host == entry, "\(entry) in \(table.name)") }
        #expect(SharedDomains.age(on: table.dated.adding(days: 30)) >= 30)
    }

    @Test func freeMailCoversTheWorld() { #expect(DomainTable.freeMail.domains.count >= 400) }

    @Test func noDomainIsInTwoTables() {
        let all = SharedDomains.tables.flatMap(\.domains)
        let twice = Dictionary(grouping: all, by: \.self).filter { $0.value.count > 1 }.keys
        #expect(twice.isEmpty, "\(twice.sorted())")
    }
}
