import Foundation

/// Draws a whole portal from a seed. Text stays underived until it is asked for, so that 20,000 tickets are there in seconds.
struct PortalGenerator {
    let options: SandboxOptions
    let now: Moment

    func world() -> World {
        var world = World(seed: options.seed, subdomain: options.subdomain, start: now, policies: options.policies)
        addTeams(to: &world)
        let companies = addCompanies(to: &world)
        let requesters = addContacts(to: &world, companies: companies)
        var tickets = TicketGenerator(world: world, requesters: requesters, now: now).tickets(count: options.tickets)
        if options.curiosities { Curiosities(now: now, seed: options.seed).place(into: &tickets, world: world) }
        if options.trash { discard(&tickets) }
        rate(&tickets, in: &world)
        world.setTickets(tickets)
        return world
    }

    // MARK: The help desk

    private func addTeams(to world: inout World) {
        let founded = now - 1_100 * Moment.day
        for (position, team) in Vendor.teams.enumerated() {
            world.groups.append(
                Group(
                    id: 70_000_575_040 + Int64(position), name: team.name, description: team.description,
                    escalateTo: nil, unassignedFor: position == 0 ? "30m" : nil, businessHourID: 70_000_039_280,
                    autoTicketAssign: position == 0 ? 1 : 0, createdAt: founded, updatedAt: founded + Int64(position * 40) * Moment.day))
        }
        for (position, product) in Vendor.products.enumerated() {
            world.products.append(
                Product(
                    id: 70_000_001_410 + Int64(position), name: product.name, description: product.description, createdAt: founded,
                    updatedAt: founded + 3 * Moment.day))
        }
        for (position, person) in staff().enumerated() {
            world.agents.append(agent(person, position, founded))
        }
        for index in world.groups.indices { world.groups[index].escalateTo = index == 0 ? world.agents[0].id : nil }
    }

    /// The written people, and more of them for large portals.
    private func staff() -> [Vendor.Person] {
        var people = Vendor.people
        var dice = Dice(options.seed, "staff")
        let culture = Culture.of("US")
        let more = min(40, options.tickets / 900)
        var names = Set(people.map(\.name))
        while people.count < Vendor.people.count + more {
            let name = "\(dice.pick(culture.given)) \(dice.pick(culture.family))"
            guard names.insert(name).inserted else { continue }
            let teams = [Vendor.teams[dice.weighted([5, 2, 1, 2, 1, 1])].key]
            people.append(
                Vendor.Person(
                    name: name, title: "Support Specialist", teams: teams, zone: dice.pick(["London", "Berlin", "Chennai"]),
                    standing: .working))
        }
        return people
    }

    private func agent(_ person: Vendor.Person, _ position: Int, _ founded: Moment) -> Agent {
        var dice = Dice(options.seed, "agent", Int64(position))
        let created = founded + Int64(dice.roll(0...400)) * Moment.day
        let groups = Vendor.teams.enumerated().filter { person.teams.contains($0.element.key) }.map { 70_000_575_040 + Int64($0.offset) }
        let works = person.standing == .working
        let lastActive = works ? now - Int64(dice.roll(2...600)) * Moment.minute : created + 300 * Moment.day
        let first = person.name.split(separator: " ").first.map(String.init) ?? person.name
        let address = person.name.split(separator: " ").map { AddressLetters.of(String($0)) }.joined(separator: ".")
        return Agent(
            id: 70_013_469_900 + Int64(position) * 13, name: person.name, email: "\(address)@\(Vendor.domain)", jobTitle: person.title,
            phone: dice.chance(40) ? "+44 20 7946 0\(dice.roll(100...999))" : nil, timeZone: person.zone, isAdmin: person.isAdmin,
            isOccasional: person.isOccasional, standing: person.standing, groupIDs: groups, isAvailable: works && dice.chance(60),
            signature: dice.chance(70) ? "<div dir=\"ltr\"><p>Kind regards,<br>\(first)<br>\(Vendor.name) Support</p></div>" : nil,
            lastActiveAt: lastActive, createdAt: created, updatedAt: lastActive)
    }

    // MARK: Customers

    private func addCompanies(to world: inout World) -> [(company: Company, country: String, weight: Int)] {
        var rows: [(Company, String, Int)] = []
        for (position, written) in CompanyNames(seed: options.seed).companies(count: options.companies).enumerated() {
            var dice = Dice(options.seed, "company", Int64(position))
            let created = now - Int64(dice.roll(30...1_050)) * Moment.day - Int64(dice.roll(86_400))
            let renewal = (now + Int64(dice.roll(-20...380)) * Moment.day).startOfDay
            let company = Company(
                id: 70_000_210_000 + Int64(position) * 17, name: written.name,
                description: dice.chance(30) ? "\(written.industry), customer since \(created.date.year)" : nil,
                note: dice.chance(15)
                    ? dice.pick(["Invoices by post", "Ask for the works council before changing rules", "Key account"]) : nil,
                domains: written.domains,
                healthScore: written.tier == nil ? nil : dice.pick(["Happy", "Doing okay", "At risk", "Happy"]),
                accountTier: written.tier, renewalDate: written.tier == nil ? nil : renewal, industry: written.industry,
                organisationID: dice.chance(60) ? 1_824_150_771_514_184_704 + Int64(position) * 1_021 : nil,
                accountKey: dice.chance(50) ? written.account?.externalID : nil,
                seats: dice.chance(75) ? dice.roll(8...900) : nil, createdAt: created,
                updatedAt: created + Int64(dice.roll(1 + Int((now - created) / 3_600))) * Moment.hour)
            world.put(company)
            rows.append((company, written.country, written.weight))
        }
        return rows
    }

    private func addContacts(to world: inout World, companies: [(company: Company, country: String, weight: Int)]) -> Requesters {
        var generator = ContactGenerator(seed: options.seed, now: now)
        var requesters = Requesters()
        for row in companies {
            let employees = generator.people(of: row.company, country: row.country, weight: row.weight)
            let people = generator.secondCompanies(of: employees, companies: companies.map(\.company))
            for person in people { world.put(person) }
            requesters.add(people, weight: row.weight)
        }
        let strangers = generator.strangers(count: max(6, options.companies / 2), companies: companies.map(\.company))
        for person in strangers { world.put(person) }
        requesters.strangers = strangers
        for agent in world.agents where agent.standing == .becameContact { world.put(generator.formerAgent(agent)) }
        for person in generator.setAside(count: max(2, options.companies / 12)) { world.put(person) }
        return requesters
    }

    // MARK: Trash and verdicts

    /// Moves a few recent tickets into the trash and into spam.
    private func discard(_ tickets: inout [Ticket]) {
        let wanted = max(2, tickets.count / 60)
        var dice = Dice(options.seed, "trash")
        for round in 0..<wanted where tickets.count > 12 {
            let position = dice.roll(3..<tickets.count)
            let dayOfDeletion = now - Int64(dice.roll(1...28)) * Moment.day
            guard tickets[position].isLive else { continue }
            if round % 3 == 0 {
                tickets[position].place = .spam
                tickets[position].subject = .given(dice.pick(Curiosities.spamSubjects))
                tickets[position].description = .given("<div>" + dice.pick(Curiosities.spamBodies) + "</div>")
                tickets[position].companyID = nil
                tickets[position].conversations = []
            } else {
                let deletedAt = max(dayOfDeletion, tickets[position].updatedAt + 60)
                guard deletedAt < now else { continue }
                tickets[position].place = .trash(since: deletedAt)
            }
        }
    }

    private func rate(_ tickets: inout [Ticket], in world: inout World) {
        for position in tickets.indices {
            guard let (rating, feedback) = RatingGenerator(seed: options.seed, now: now).rating(of: tickets[position]) else { continue }
            world.ratings.append(rating)
            if let feedback {
                tickets[position].conversations.append(feedback)
                tickets[position].conversations.sort { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
                tickets[position].updatedAt = max(tickets[position].updatedAt, feedback.createdAt + 8)
            }
            if var contact = world.contact(rating.userID) {
                contact.csatRating = rating.rating
                world.put(contact)
            }
        }
        world.ratings.sort { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }
}

extension Dice {
    /// A number in a half-open range.
    mutating func roll(_ range: Range<Int>) -> Int {
        range.lowerBound + roll(range.count)
    }
}

/// Who writes tickets, with the share of each company.
struct Requesters: Sendable {
    private(set) var people: [[Contact]] = []
    private(set) var weights: [Int] = []
    private(set) var totalWeight = 0
    var strangers: [Contact] = []

    mutating func add(_ people: [Contact], weight: Int) {
        let writers = people.filter { $0.standing == .active }
        guard !writers.isEmpty else { return }
        self.people.append(writers)
        weights.append(weight)
        totalWeight += weight
    }

    /// One writer: mostly the first few people of a company, every tenth time somebody without a company.
    func draw(_ dice: inout Dice) -> Contact? {
        if people.isEmpty || (!strangers.isEmpty && dice.chance(10)) {
            return strangers.isEmpty ? nil : strangers[dice.roll(strangers.count)]
        }
        var rest = dice.roll(totalWeight)
        var company = 0
        while company < weights.count - 1, rest >= weights[company] {
            rest -= weights[company]
            company += 1
        }
        let writers = people[company]
        return writers[min(dice.roll(writers.count), dice.roll(writers.count))]
    }
}
