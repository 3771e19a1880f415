/// The people who write to the help desk.
struct ContactGenerator {
    let seed: UInt64
    let now: Moment
    private var next: Int64 = 0
    private var addresses: Set<String> = []

    init(seed: UInt64, now: Moment) {
        self.seed = seed
        self.now = now
    }

    /// Three people of a small company, about a dozen of a large one.
    mutating func people(of company: Company, country: String, weight: Int) -> [Contact] {
        var dice = Dice(seed, "people", company.id)
        let count = 2 + min(12, weight / 3) + dice.roll(3)
        return (0..<count).map { _ in
            var person = person(country: country, &dice)
            person.companyID = company.id
            person.email = address(of: person.name, at: mailDomain(of: company, &dice), &dice)
            person.jobTitle = dice.pick(ContactGenerator.titles)
            return person
        }
    }

    /// A few people also belong to a second company.
    func secondCompanies(of people: [Contact], companies: [Company]) -> [Contact] {
        guard companies.count > 1 else { return people }
        return people.map { person in
            var dice = Dice(seed, "second company", person.id)
            var person = person
            let other = companies[dice.roll(companies.count)].id
            if dice.chance(4), other != person.companyID { person.otherCompanyIDs = [other] }
            return person
        }
    }

    /// People without a company: some whose domain is a customer's all the same, many with a free mailbox, some of firms nobody
    /// knows, some with no mail address at all.
    mutating func strangers(count: Int, companies: [Company]) -> [Contact] {
        var dice = Dice(seed, "strangers")
        let withDomains = companies.filter { !$0.domains.isEmpty }
        return (0..<count).map { round in
            var person = person(country: dice.pick(["US", "GB", "DE", "IN", "FR"]), &dice)
            switch round % 6 {
            case 0, 1, 4:
                if !withDomains.isEmpty {
                    person.email = address(of: person.name, at: mailDomain(of: withDomains[dice.roll(withDomains.count)], &dice), &dice)
                }
            case 2, 3:
                let free = dice.pick([
                    "gmail.com", "outlook.com", "yahoo.co.uk", "gmx.de", "icloud.com", "proton.me", "hotmail.com", "web.de"
                ])
                person.email = address(of: person.name, at: free, &dice)
            default:
                if dice.chance(40) {
                    person.email = nil
                    person.phone = phone("US", &dice)
                } else {
                    person.email = address(
                        of: person.name, at: dice.pick(["freelance-planning.net", "hrconsult-west.biz", "temps.agency"]), &dice)
                }
            }
            return person
        }
    }

    /// Blocked and deleted people, who are in no default list (fact 84).
    mutating func setAside(count: Int) -> [Contact] {
        var dice = Dice(seed, "set aside")
        return (0..<count).map { round in
            var person = person(country: "US", &dice)
            person.email = address(of: person.name, at: dice.pick(["promo-blast.biz", "bulkmailer.top", "oldmail.org"]), &dice)
            person.standing = round % 2 == 0 ? .blocked : .deleted
            return person
        }
    }

    /// What becomes of an agent who is deleted (fact 69).
    func formerAgent(_ agent: Agent) -> Contact {
        Contact(
            id: agent.id, name: agent.name, email: agent.email, jobTitle: agent.jobTitle, language: "en", timeZone: agent.timeZone,
            isVerified: true, standing: .active, wasAgent: true, createdAt: agent.createdAt, updatedAt: agent.updatedAt)
    }

    private mutating func person(country: String, _ dice: inout Dice) -> Contact {
        let culture = Culture.of(country)
        let name = "\(dice.pick(culture.given)) \(dice.pick(culture.family))"
        let created = now - Int64(dice.roll(20...900)) * Moment.day - Int64(dice.roll(86_400))
        next += 1
        return Contact(
            id: 70_016_000_000 + next * 29, name: name, email: nil, phone: dice.chance(35) ? phone(country, &dice) : nil,
            mobile: dice.chance(20) ? phone(country, &dice) : nil, jobTitle: nil,
            address: dice.chance(10)
                ? "\(dice.roll(1...240)) \(dice.pick(["High Street", "Station Road", "Main Street", "Dock Road"]))" : nil,
            language: culture.language, timeZone: culture.zone, isVerified: dice.chance(70), standing: .active,
            twitterID: dice.chance(3) ? "@\(AddressLetters.of(name))" : nil,
            externalID: dice.chance(25) ? "U-\(dice.roll(10_000...99_999))" : nil,
            otherEmails: [], tags: dice.chance(8) ? [dice.pick(["vip", "planner", "finance", "it-contact"])] : [],
            preferredSource: dice.chance(40) ? dice.pick(["email", "portal", "phone"]) : nil,
            organisationContactID: dice.chance(60) ? 1_848_295_627_395_445_801 + next * 7 : nil, createdAt: created,
            updatedAt: created + Int64(dice.roll(1 + Int((now - created) / 3_600))) * Moment.hour)
    }

    private mutating func address(of name: String, at domain: String, _ dice: inout Dice) -> String? {
        let parts = name.split(separator: " ").map { AddressLetters.of(String($0)) }.filter { !$0.isEmpty }
        guard let first = parts.first else { return nil }
        let last = parts.dropFirst().joined(separator: "-")
        let local =
            switch dice.roll(5) {
            case 0: String(first.prefix(1)) + last
            case 1: "\(last.isEmpty ? first : last).\(first)"
            default: last.isEmpty ? first : "\(first).\(last)"
            }
        var address = "\(local)@\(domain)"
        var number = 1
        while !addresses.insert(address.lowercased()).inserted {
            number += 1
            address = "\(local)\(number)@\(domain)"
        }
        return dice.chance(4) ? address.capitalizedFirst : address
    }

    /// The domain people of a company write from: as its administrators typed it, without what mail cannot have.
    private func mailDomain(of company: Company, _ dice: inout Dice) -> String {
        guard !company.domains.isEmpty else {
            return AddressLetters.of(company.name).prefix(18) + ".com"
        }
        var domain = company.domains[min(dice.roll(company.domains.count), dice.roll(company.domains.count))].lowercased()
        for prefix in ["https://", "http://", "www."] where domain.hasPrefix(prefix) { domain.removeFirst(prefix.count) }
        if let slash = domain.firstIndex(of: "/") { domain = String(domain[..<slash]) }
        while domain.hasSuffix(".") { domain.removeLast() }
        return domain
    }

    private func phone(_ country: String, _ dice: inout Dice) -> String {
        "\(Culture.of(country).dial)\(dice.roll(10...99)) \(dice.roll(100...999))"
    }

    private static let titles = [
        "Operations Manager", "HR Manager", "Shift Planner", "Payroll Clerk", "IT Administrator", "Site Manager", "Office Manager",
        "Finance Controller", "Team Lead", "Warehouse Supervisor", "Head of People", "Scheduling Coordinator", "Store Manager",
        "Systems Analyst", "Managing Director", "Assistant to the Director"
    ]
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
