/// The written companies first, then as many composed ones as a larger portal needs; names are unique (fact 77).
struct CompanyNames {
    let seed: UInt64

    func companies(count: Int) -> [CatalogueCompany] {
        var companies = Array(CompanyCatalogue.written.prefix(count))
        var taken = Set(companies.map(\.name))
        var dice = Dice(seed, "company names")
        while companies.count < count {
            let company = composed(&dice, number: companies.count)
            guard taken.insert(company.name).inserted else { continue }
            companies.append(company)
        }
        return companies
    }

    private func composed(_ dice: inout Dice, number: Int) -> CatalogueCompany {
        let country = CompanyNames.countries[dice.weighted(CompanyNames.countries.map(\.weight))]
        let first = dice.pick(CompanyNames.first)
        let second = dice.pick(CompanyNames.second)
        let trade = CompanyNames.trades[dice.roll(CompanyNames.trades.count)]
        let form = dice.chance(55) ? " " + dice.pick(country.forms) : ""
        let name =
            dice.chance(70)
            ? "\(first)\(second) \(trade.word)\(form)"
            : "\(first) & \(second.prefix(1).uppercased() + second.dropFirst()) \(trade.word)\(form)"
        let stem = AddressLetters.of(first + second) + (dice.chance(50) ? "-" + AddressLetters.of(trade.word) : "")
        var domains = dice.chance(4) ? [] : ["\(stem).\(country.domain)"]
        if !domains.isEmpty, dice.chance(12) { domains.append("\(stem).com") }
        if !domains.isEmpty, dice.chance(6) { domains = ["www." + domains[0]] }
        if !domains.isEmpty, dice.chance(4) { domains = [domains[0].uppercased()] }
        let tier: String? = dice.chance(8) ? nil : dice.pick(["Basic", "Basic", "Premium", "Premium", "Enterprise"])
        return CatalogueCompany(
            name: name, domains: domains, industry: trade.industry, tier: tier, country: country.code, weight: dice.roll(1...14),
            account: nil)
    }

    private struct Country {
        let code: String
        let domain: String
        let forms: [String]
        let weight: Int
    }

    private static let countries: [Country] = [
        Country(code: "US", domain: "com", forms: ["Inc.", "LLC", "Corp.", "Co."], weight: 10),
        Country(code: "GB", domain: "co.uk", forms: ["Ltd", "plc", "LLP"], weight: 5),
        Country(code: "DE", domain: "de", forms: ["GmbH", "AG", "GmbH & Co. KG"], weight: 3),
        Country(code: "FR", domain: "fr", forms: ["SAS", "SARL"], weight: 2),
        Country(code: "IN", domain: "in", forms: ["Pvt. Ltd.", "Limited"], weight: 2),
        Country(code: "NO", domain: "no", forms: ["AS"], weight: 1),
        Country(code: "NL", domain: "nl", forms: ["B.V."], weight: 1),
        Country(code: "ES", domain: "es", forms: ["S.L.", "S.A."], weight: 1),
        Country(code: "BR", domain: "com.br", forms: ["Ltda", "S.A."], weight: 1)
    ]
    private static let first = Names.words(
        """
        Amber Ash Birch Black Bright Broad Cedar Clear Cliff Copper Crown Dale East Elm Fair Falcon Fern Flint Glen Gold Granite Green \
        Grey
        Hazel Heath High Holly Iron Kings Lake Lime Long Maple Marsh Mill Moss North Oak Old Otter Pine Raven Red River Rock Rose Salt Sea
        Silver South Spring Stone Summer Thorn West White Wild Willow Winter Wood York
        """)
    private static let second = Names.words(
        "bank bay bourne bridge brook burn bury combe croft dale field ford gate grove ham haven hill holt hurst land ley mere mont moor "
            + "port ridge shaw side stead stone ton vale view water way well wick wood worth")
    private static let trades: [(word: String, industry: String)] = [
        ("Logistics", "Transportation"), ("Care Homes", "Healthcare"), ("Clinics", "Healthcare"), ("Foods", "Food & Beverage"),
        ("Retail", "Retail"), ("Security", "Security"), ("Cleaning", "Facilities"), ("Hotels", "Hospitality"), ("Builders", "Construction"),
        ("Energy", "Energy"), ("Couriers", "Transportation"), ("Schools", "Education"), ("Staffing", "Staffing"), ("Motors", "Automotive"),
        ("Textiles", "Manufacturing"), ("Engineering", "Manufacturing"), ("Catering", "Hospitality"), ("Properties", "Real Estate"),
        ("Airport Services", "Aviation"), ("Fitness", "Leisure"), ("Pharmacy", "Healthcare"), ("Farms", "Agriculture")
    ]
}

/// Words split at blanks and line ends.
enum Names {
    static func words(_ text: String) -> [String] { Culture.words(text) }
}
