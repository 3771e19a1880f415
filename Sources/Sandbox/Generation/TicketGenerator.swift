/// Draws the tickets of two years: growing week by week, quiet at weekends and around the new year, about a tenth unresolved.
struct TicketGenerator {
    let world: World
    let requesters: Requesters
    let now: Moment
    private let teams: [String: (groupID: Int64, agents: [Agent])]
    private let planner: ThreadPlanner

    init(world: World, requesters: Requesters, now: Moment) {
        self.world = world
        self.requesters = requesters
        self.now = now
        var teams: [String: (Int64, [Agent])] = [:]
        for (position, team) in Vendor.teams.enumerated() where world.groups.indices.contains(position) {
            let id = world.groups[position].id
            teams[team.key] = (id, world.agents.filter { $0.groupIDs.contains(id) })
        }
        self.teams = teams
        planner = ThreadPlanner(seed: world.seed, now: now, admin: world.agents.first?.id)
    }

    func tickets(count: Int) -> [Ticket] {
        creationMoments(count: count).enumerated().map { position, created in
            ticket(id: Int64(position + 1), createdAt: created)
        }
    }

    // MARK: When

    /// Creation moments, oldest first: a share for every day, then a time of day.
    private func creationMoments(count: Int) -> [Moment] {
        guard count > 0 else { return [] }
        var dice = Dice(world.seed, "creation")
        let days: Int64 = 730
        let first = now.startOfDay - days * Moment.day
        var cumulative: [Double] = []
        var total = 0.0
        for day in 0...days {
            total += share(of: first + day * Moment.day, day: day, of: days)
            cumulative.append(total)
        }
        var moments: [Moment] = []
        moments.reserveCapacity(count)
        var day = 0
        for number in 0..<count {
            let target = (Double(number) + dice.fraction()) / Double(count) * total
            while day < cumulative.count - 1, cumulative[day] < target { day += 1 }
            while day > 0, cumulative[day - 1] > target { day -= 1 }
            let start = first + Int64(day) * Moment.day
            var moment = start + Int64(hourOfDay(&dice)) * Moment.hour + Int64(dice.roll(3_600))
            if moment >= now - 240 { moment = now - Int64(dice.roll(240...40_000)) }
            moments.append(moment)
        }
        return moments.sorted()
    }

    private func share(of day: Moment, day number: Int64, of days: Int64) -> Double {
        let growth = 0.45 + 1.1 * Double(number) / Double(days)
        let week = [1.35, 1.15, 1.05, 1.0, 0.9, 0.22, 0.18][day.weekday]
        let date = day.date
        var season = 1.0
        if date.month == 12, date.day > 20 { season = 0.35 }
        if date.month == 1, date.day < 4 { season = 0.4 }
        if date.month == 8 { season = 0.8 }
        if date.month == 9 || date.month == 1, date.day > 4 { season = 1.15 }
        if date.day <= 3 { season *= 1.2 }
        return growth * week * season
    }

    private func hourOfDay(_ dice: inout Dice) -> Int {
        dice.weighted([1, 1, 1, 1, 1, 3, 6, 12, 20, 24, 22, 18, 14, 18, 20, 18, 14, 10, 7, 5, 4, 3, 2, 1])
    }

    // MARK: What

    private func ticket(id: Int64, createdAt: Moment) -> Ticket {
        var dice = Dice(world.seed, "ticket", id)
        let source = TicketGenerator.sources[dice.weighted(TicketGenerator.sourceWeights)]
        let isChat = source == 15 || source == 7 || source == 13 || source == 18
        let scenarioIndex = isChat && dice.chance(70) ? Scenario.chat : dice.weighted(Scenario.weights)
        let scenario = Scenario.all[scenarioIndex]
        let requester = requesters.draw(&dice)
        let priority = [1, 2, 3, 4][dice.weighted(scenario.team == "escalations" ? [5, 25, 45, 25] : [38, 40, 17, 5])]
        var ticket = Ticket(
            id: id, createdAt: createdAt, updatedAt: createdAt, status: 2, priority: priority, source: source,
            requesterID: requester?.id ?? 0, responderID: nil, groupID: nil, companyID: requester?.companyID,
            productID: dice.chance(55) ? world.products[dice.roll(world.products.count)].id : nil,
            type: dice.chance(8) ? nil : scenario.type, tags: tags(scenario, &dice), scenario: scenarioIndex)
        ticket.customFields.area = dice.chance(75) ? scenario.area : nil
        ticket.customFields.affectedUsers = dice.chance(25) ? dice.roll(1...120) : nil
        ticket.customFields.creditAmount =
            scenario.team == "billing" && dice.chance(20) ? "\(dice.roll(20...900)).\(dice.pick(["0", "5", "25"]))" : nil
        ticket.customFields.environment =
            dice.chance(15) ? dice.pick(["Chrome 141, Windows 11", "iOS 19.1", "Android 16", "Firefox, macOS"]) : nil
        ticket.customFields.isReproduced = dice.chance(12)
        ticket.customFields.followUpOn = dice.chance(4) ? (createdAt + Int64(dice.roll(3...20)) * Moment.day).dayText : nil
        let team = teams[scenario.team]
        ticket.groupID = dice.chance(3) ? nil : team?.groupID
        ticket.responderID = responder(team?.agents ?? [], at: createdAt, &dice)
        let targets = TicketGenerator.targets[priority - 1]
        ticket.dueBy = createdAt + targets.resolution
        ticket.firstResponseDueBy = createdAt + targets.response
        planner.plan(&ticket, requester: requester, &dice)
        return ticket
    }

    private func tags(_ scenario: Scenario, _ dice: inout Dice) -> [String] {
        var tags = dice.chance(70) ? scenario.tags : []
        if dice.chance(6) { tags.append(dice.pick(["vip", "payday", "go-live", "renewal", "needs-docs", "bug"])) }
        return tags
    }

    /// Somebody of the team who was there then: people who left still stand on old tickets.
    private func responder(_ team: [Agent], at moment: Moment, _ dice: inout Dice) -> Int64? {
        let age = (now - moment) / Moment.day
        let present = team.filter { agent in
            switch agent.standing {
            case .working: true
            case .deactivated: age > 60
            case .becameContact: age > 150
            case .gone: age > 240
            }
        }
        guard !present.isEmpty else { return world.agents.first?.id }
        // The first of a team take more than the last.
        return present[min(dice.roll(present.count), dice.roll(present.count))].id
    }

    private static let sources = [1, 2, 3, 15, 9, 10, 7, 18, 101, 13]
    private static let sourceWeights = [56, 23, 7, 4, 2, 3, 1, 1, 2, 1]
    /// Seconds to the first answer and to the solution, by priority (1 low … 4 urgent).
    static let targets: [(response: Int64, resolution: Int64)] = [
        (30 * Moment.hour, 240 * Moment.hour), (20 * Moment.hour, 144 * Moment.hour), (10 * Moment.hour, 96 * Moment.hour),
        (4 * Moment.hour, 48 * Moment.hour)
    ]
}
