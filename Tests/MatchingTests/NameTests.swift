import Domain
import Testing

@testable import Matching

@Suite("Names")
struct NameTests {
    @Test(
        "Legal forms are left out, again and again and from the front, never everything",
        arguments: [
            ("Acme GmbH & Co. KG", "acme"), ("Acme Co., Ltd.", "acme"), ("Acme Limited Liability Company", "acme"), ("AB Volvo", "volvo"),
            ("PT Telkom Indonesia Tbk", "telkom indonesia"), ("ООО Ромашка", "romashka"), ("Ромашка, ООО", "romashka"),
            ("Acme Ltd (UK)", "acme"),
            ("Örnek Anonim Şirketi", "ornek"), ("Örnek San. ve Tic. A.Ş.", "ornek san ve tic"), ("株式会社ソニー", "ソニー"), ("ソニー(株)", "ソニー"),
            ("北京小米科技有限责任公司", "北京小米科技"), ("삼성전자 주식회사", "삼성전자"), ("SA", "sa"), ("COOP", "coop"), ("Acme Pty Limited", "acme"),
            ("Acme (Pty) Ltd", "acme"), ("Acme S.A. de C.V.", "acme"), ("Acme S. de R.L. de C.V.", "acme"), ("Acme Sp. z o.o.", "acme"),
            ("Acme Sp. z o.o. sp. k.", "acme"), ("Acme Spółka z ograniczoną odpowiedzialnością", "acme"), ("Acme s.r.o.", "acme"),
            ("Acme, spol. s r.o.", "acme"), ("Acme Kft.", "acme"), ("Acme Zrt", "acme"), ("UAB Acme", "acme"), ("SIA Acme", "acme"),
            ("Acme OÜ", "acme"), ("Oy Acme Ab", "acme"), ("Acme ApS", "acme"), ("Acme A/S", "acme"), ("Acme ehf.", "acme"),
            ("Acme B.V.", "acme"),
            ("Acme BVBA", "acme"), ("Acme S.à r.l.", "acme"), ("Acme d.o.o.", "acme"), ("Acme EOOD", "acme"), ("ТОВ Акме", "akme"),
            ("Acme Sdn. Bhd.", "acme"), ("Acme Pte. Ltd.", "acme"), ("Acme Pvt. Ltd.", "acme"), ("Công ty TNHH Acme", "acme"),
            ("אקמה בע\"מ", "אקמה"), ("شركة اكمي ذ.م.م", "اكمي"), ("Acme FZ-LLC", "acme"), ("Acme W.L.L.", "acme"), ("Acme Ltda.", "acme"),
            ("Acme SAS", "acme"), ("Acme AE", "acme"), ("The Acme Company, Inc.", "acme"), ("Day Spa", "day spa"), ("Acme SpA", "acme"),
            ("Acme S.p.A.", "acme"), ("Green Ag", "green ag"), ("Green AG", "green"), ("Smith & Sons", "smith sons"),
            ("Schmidt und Söhne", "schmidt sohne"),
            ("Ltd Commodities", "ltd commodities"), ("As Seen on TV", "as seen on tv"), ("Inc.", nil), ("GmbH & Co. KG", nil), ("  - ", nil)
        ])
    func normalForm(_ row: (name: String, key: String?)) {
        #expect(NameForm(row.name)?.keys.first == row.key)
    }

    @Test func theTableKnowsManyCountriesAndItsAge() {
        let table = LegalFormTable.standard
        #expect(table.countries.count >= 60)
        #expect(table.dated > Day(number: 0) && !table.source.isEmpty && !table.licence.isEmpty)
        // Every form can be found: it is written as words are folded.
        for form in Set(table.endings.keys).union(table.beginnings.keys) {
            #expect(form.allSatisfy { $0.isLetter } && LetterFold.fold(form).plain == form, "\(form)")
        }
    }

    @Test(
        "Both spellings of a vowel are one name",
        arguments: [
            ("Müller", "Mueller"), ("Müller", "Muller"), ("Møller", "Moeller"), ("Ångström", "Aangstroem"), ("Ångström", "Angstrom"),
            ("Groß", "Gross"), ("Çelik", "Celik"), ("Škoda", "Skoda"), ("İpek", "ipek"), ("Æro", "Aero"), ("Þór", "Thor")
        ])
    func folds(_ names: (String, String)) throws {
        #expect(try #require(NameForm(names.0)).equals(try #require(NameForm(names.1))))
    }

    @Test(
        "Why two names are alike",
        arguments: [
            ("DataLantern", "Data Lantern", .sameLetters), ("Газпром нефть", "Gazprom Neft", .transliteration),
            ("Ελληνικά Πετρέλαια", "Ellinika Petrelaia", .transliteration), ("Чайковский", "Tchaikovsky", .transliteration),
            ("Continentel Logistics", "Continental Logistics", .typo), ("Harbor Freight Lines", "Lines Freight Harbor", .wordOrder),
            ("Intl Paper", "International Paper", .typo), ("Borealis Group", "Borealis", .genericWords),
            ("Borealis", "Borealis Deutschland", .genericWords), ("Delta", "Delta Services", .contained),
            ("Blue Harbor", "Blue Harbor Breweries", .contained), ("IBM", "International Business Machines", .acronym),
            ("KPN Zeeland Kabel", "Koninklijke Post Nederland Zeeland Kabel", .acronymAndRest), ("Accor", "Amcor", .shortTypo),
            ("Cisco", "Disco", .shortTypo), ("Borealis France", "Borealis Italia", .placesDiffer),
            ("Summit Consulting", "Summit Services", .kindsDiffer), ("Neoen", "Neogen", .shortTypo), ("Team 7", "Team 17", nil),
            ("East Japan Railway", "West Japan Railway", nil), ("Visa", "Vista", .similar), ("Northwind", "Southwind", nil)
        ] as [(String, String, NameLikeness.Reason?)])
    func likeness(_ row: (String, String, NameLikeness.Reason?)) throws {
        let alignment = NameAlignment(isCommon: { _ in false })
        let (a, b) = (try #require(NameForm(row.0)), try #require(NameForm(row.1)))
        #expect(alignment.likeness(a, b)?.reason == row.2)
        #expect(alignment.likeness(b, a)?.reason == row.2)
    }

    @Test func aWordOfManyAccountsTellsNothing() throws {
        let alignment = NameAlignment(isCommon: { $0 == "bancorp" })
        let (a, b) = (try #require(NameForm("Bancorp Group")), try #require(NameForm("Bancorp")))
        #expect(alignment.likeness(a, b)?.reason == .similar)
    }

    @Test(arguments: [("kitten", "sitting", 3), ("ab", "ba", 1), ("", "abc", 3), ("abc", "abc", 0)])
    func editDistance(_ row: (String, String, Int)) {
        let (a, b) = (row.0.unicodeScalars.map(\.value), row.1.unicodeScalars.map(\.value))
        #expect(EditDistance.distance(a, b, limit: 9) == row.2)
        #expect(row.2 == 0 || EditDistance.distance(a, b, limit: row.2 - 1) == nil)
    }

    @Test func jaroWinkler() {
        func similarity(_ a: String, _ b: String) -> Double {
            EditDistance.jaroWinkler(a.unicodeScalars.map(\.value), b.unicodeScalars.map(\.value))
        }
        #expect(abs(similarity("martha", "marhta") - 0.961) < 0.001)
        #expect(abs(similarity("dixon", "dicksonx") - 0.813) < 0.001)
        #expect(similarity("abc", "xyz") == 0)
    }
}

@Suite("Matching companies by name")
struct NameLayerTests {
    private static let accounts = [
        account(1, "Northwind Traders GmbH", "northwind.example"), account(2, "Zephyr Labs", "zephyr.io"),
        account(3, "Zephyr Labs", "zephyrlabs.de"),
        account(4, "Quartz Hill Mining", "quartzhill.com"), account(5, "Delta Air Lines Inc", "delta.com"),
        account(6, "Borealis Robotics", "borealis.com"),
        account(7, "Acme Inc.", "acme.com"), account(8, "Ферма Весна", aliases: ["Vesna Farms"]),
        account(9, "International Harvest Machines", "ihm.example"),
        account(10, "Lumen (France)", "lumen.fr"), account(11, "Global Services", "globalservices.example"),
        account(12, "Twin", "twin.com"),
        account(13, "TWIN Ltd", "www.twin.com"), account(14, "Castor AG"), account(15, "Castor Inc"),
        account(16, "Modern Tools", "modem-tools.com"),
        account(17, "Provider", "provider.net")
    ]

    @Test(arguments: [
        ("NORTHWIND TRADERS", [], "name 1"), ("Northwind Traders B.V.", ["gmail.com"], "name 1"),
        ("Northwind Traders", ["northwind.co.uk"], "name 1"),
        ("Northwind Traders", ["sunny-fields.com"], "domains_differ 1"), ("Nortwind Traders", [], "name 1"),
        ("Traders Northwind", [], "name 1"),
        ("Northwind", [], "name 1"), ("northwind.example", [], "name 1"), ("Northwind Foods", [], "none"),
        ("Zephyr Labs", [], "ambiguous_name 2 3"), ("Zephyr Labs", ["zephyr.co.uk"], "ambiguous_name 2 3"),
        ("Quartz Hill Mining", ["qhmining.com.au"], "domains_differ 4"), ("Delta Costruzioni S.r.l.", ["delta.it"], "none"),
        ("Delta Air Lines", ["delta-airlines.com"], "name 5"), ("Acme S.r.l.", ["acme.it"], "ambiguous_name 7"),
        ("Acme Ltd", ["acme.co.uk"], "name 7"),
        ("Ferma Vesna", [], "name 8"), ("Vesna Farms Ltd", [], "name 8"), ("IHM", [], "similar_name 9"),
        ("Lumen (Italia)", [], "ambiguous_name 10"),
        ("Global Services", [], "ambiguous_name 11"), ("Twin", [], "duplicate_accounts 12 13"), ("Castor AG", [], "name 14"),
        ("Castor", [], "ambiguous_name 14 15"), ("Somebody", ["modern-tools.com"], "look_alike_domain 16"),
        ("Modern Tools", ["modern-tools.com"], "look_alike_domain 16"), ("Something Else", ["castor.de"], "similar_name 14 15"),
        ("Something Else", ["borealis.de"], "none"),
        ("N/A", [], "none"), ("GmbH", [], "none"), ("", [], "none"), ("Test", ["gmail.com"], "none")
    ])
    func decides(_ row: (name: String, domains: [String], outcome: String)) {
        let outcome = MatchIndex(accounts: Self.accounts).match(company(row.name, row.domains))
        #expect(brief(outcome) == row.outcome, "\(outcome)")
    }

    @Test func aDomainOfManyStrangersDecidesNothing() {
        func there(_ id: Int64, _ name: String, _ domain: String) -> Company {
            Company(id: ID(id), name: name, domains: [domain], createdAt: anyDay, updatedAt: anyDay)
        }
        let companies = [
            there(1, "Rose Bakery", "provider.net"), there(2, "Oak Dental", "provider.net"), there(3, "Pine Garage", "provider.net"),
            there(4, "Borealis Support", "borealis.com"), there(5, "Borealis France", "borealis.com"), there(6, "Borealis", "borealis.com")
        ]
        let index = MatchIndex(accounts: Self.accounts, companies: companies)
        #expect(brief(index.match(companies[0])) == "crowded_domain 17")
        #expect(brief(index.match(there(9, "Provider", "provider.net"))) == "exact_domain 17")
        for company in companies[3...] { #expect(brief(index.match(company)) == "exact_domain 6") }
        #expect(brief(MatchIndex(accounts: Self.accounts, companies: companies.reversed()).match(companies[1])) == "crowded_domain 17")
    }

    @Test func theEvidenceSaysWhatWasDone() {
        let index = MatchIndex(accounts: Self.accounts)
        #expect(
            index.match(company("Northwind Traders", [])).match?.evidence == [
                "The names are equal after dropping GmbH: Northwind Traders GmbH"
            ])
        #expect(
            index.match(company("Vesna Farms Ltd", [])).match?.evidence == [
                "The name Vesna Farms Ltd is another name of Ферма Весна after dropping Ltd"
            ])
    }
}
