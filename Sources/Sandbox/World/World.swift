/// Everything the portal holds, in memory. Ticket ids count from 1 without a hole, so a ticket's place is its id − 1.
struct World: Sendable {
    let seed: UInt64
    let subdomain: String
    /// When the portal was generated; everything seeded lies before it.
    let start: Moment
    var policies: SandboxPolicies
    var agents: [Agent] = []
    var groups: [Group] = []
    var products: [Product] = []
    /// In display order.
    var statuses = Vendor.statuses
    private(set) var companies: [Int64: Company] = [:]
    private(set) var contacts: [Int64: Contact] = [:]
    /// People and companies as they signed before they were changed: a message that was sent keeps its words.
    private var signatures: (companies: [Int64: Company], contacts: [Int64: Contact]) = ([:], [:])
    private(set) var tickets: [Ticket] = []
    var ratings: [SatisfactionRating] = []
    /// Tickets by (updated_at, tie), oldest first.
    private var updatedOrder: [Int32]?
    private var companyOrder: [Int64]?
    private var contactOrder: [Int64]?
    /// What search still believes about tickets that changed a moment ago (fact 166).
    var searchMemory = SearchMemory()
    /// Grows with every change; search results are remembered for one revision.
    private(set) var revision = 0
    private var nextIDs: [IDSpace: Int64] = [:]
    /// What changed since somebody last asked.
    private(set) var touched = Touched()

    init(seed: UInt64, subdomain: String, start: Moment, policies: SandboxPolicies) {
        self.seed = seed
        self.subdomain = subdomain
        self.start = start
        self.policies = policies
    }
}

extension World {
    /// An id no generated record has.
    mutating func freshID(_ space: IDSpace) -> Int64 {
        let id = nextIDs[space] ?? space.rawValue
        nextIDs[space] = id + 1
        return id
    }

    func ticket(_ id: Int64) -> Ticket? {
        guard id >= 1, id <= Int64(tickets.count), !tickets[Int(id) - 1].isGone else { return nil }
        return tickets[Int(id) - 1]
    }

    func agent(_ id: Int64?) -> Agent? {
        guard let id else { return nil }
        return agents.first { $0.id == id }
    }

    func company(_ id: Int64?) -> Company? {
        id.flatMap { companies[$0] }
    }

    func contact(_ id: Int64?) -> Contact? {
        id.flatMap { contacts[$0] }
    }

    /// The company as it was named when words were written.
    func signingCompany(_ id: Int64?) -> Company? {
        id.flatMap { signatures.companies[$0] ?? companies[$0] }
    }

    /// The contact as words were signed.
    func signingContact(_ id: Int64?) -> Contact? {
        id.flatMap { signatures.contacts[$0] ?? contacts[$0] }
    }

    /// Notes a change of something that is changed in place.
    mutating func touch(_ kind: Touched.Kind, _ id: Int64) {
        touched.add(kind, id)
        revision += 1
    }

    /// What changed since the last call.
    mutating func takeTouched() -> Touched {
        defer { touched = Touched() }
        return touched
    }

    mutating func put(_ company: Company) {
        touched.add(.company, company.id)
        if signatures.companies[company.id] == nil, let old = companies[company.id] { signatures.companies[company.id] = old }
        companies[company.id] = company
        companyOrder = nil
        revision += 1
    }

    mutating func removeCompany(_ id: Int64) {
        touched.add(.company, id)
        if signatures.companies[id] == nil, let old = companies[id] { signatures.companies[id] = old }
        companies[id] = nil
        companyOrder = nil
        revision += 1
    }

    mutating func put(_ contact: Contact) {
        touched.add(.contact, contact.id)
        if signatures.contacts[contact.id] == nil, let old = contacts[contact.id] { signatures.contacts[contact.id] = old }
        if contacts[contact.id]?.name != contact.name { contactOrder = nil }
        contacts[contact.id] = contact
        revision += 1
    }

    mutating func removeContact(_ id: Int64) {
        touched.add(.contact, id)
        if signatures.contacts[id] == nil, let old = contacts[id] { signatures.contacts[id] = old }
        contacts[id] = nil
        contactOrder = nil
        revision += 1
    }

    /// Adds a ticket whose id is the next one.
    mutating func append(_ ticket: Ticket) {
        touched.add(.ticket, ticket.id, moved: true)
        tickets.append(ticket)
        revision += 1
        guard updatedOrder != nil else { return }
        let position = Int32(tickets.count - 1)
        let place = insertionPlace(of: position)
        updatedOrder?.insert(position, at: place)
    }

    /// Changes a ticket in place and keeps the order by `updated_at` right.
    mutating func change(_ id: Int64, _ change: (inout Ticket) -> Void) {
        let position = Int(id) - 1
        guard tickets.indices.contains(position) else { return }
        revision += 1
        let before = tickets[position].updatedAt
        let people = Ticket.FirstPeople(requesterID: tickets[position].requesterID, responderID: tickets[position].responderID)
        defer {
            touched.add(.ticket, id, moved: tickets[position].updatedAt != before)
            let ticket = tickets[position]
            if ticket.firstPeople == nil, ticket.requesterID != people.requesterID || ticket.responderID != people.responderID {
                tickets[position].firstPeople = people
            }
        }
        if updatedOrder != nil {
            let place = insertionPlace(of: Int32(position))
            change(&tickets[position])
            guard tickets[position].updatedAt != before else { return }
            updatedOrder?.remove(at: place)
            let newPlace = insertionPlace(of: Int32(position))
            updatedOrder?.insert(Int32(position), at: newPlace)
        } else {
            change(&tickets[position])
        }
    }

    mutating func setTickets(_ tickets: [Ticket]) {
        self.tickets = tickets
        updatedOrder = nil
        revision += 1
    }

    mutating func policiesChanged() {
        updatedOrder = nil
        revision += 1
    }

    /// Positions of all tickets by (updated_at, tie), oldest first.
    mutating func positionsByUpdate() -> [Int32] {
        if let updatedOrder { return updatedOrder }
        let order = (0..<Int32(tickets.count)).sorted { comesBefore($0, $1) }
        updatedOrder = order
        return order
    }

    /// The first place in `positionsByUpdate` whose ticket is not older than `moment`.
    func firstPlace(in order: [Int32], notBefore moment: Moment) -> Int {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if tickets[Int(order[middle])].updatedAt < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func insertionPlace(of position: Int32) -> Int {
        guard let order = updatedOrder else { return 0 }
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if comesBefore(order[middle], position) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func comesBefore(_ left: Int32, _ right: Int32) -> Bool {
        let (one, other) = (tickets[Int(left)].updatedAt.seconds, tickets[Int(right)].updatedAt.seconds)
        return one == other ? tie(left) < tie(right) : one < other
    }

    /// Where a ticket stands among those of the same second (Q3).
    private func tie(_ position: Int32) -> Int64 {
        switch policies.tieOrder {
        case .ascending: return Int64(position)
        case .descending: return -Int64(position)
        case .shuffled:
            var dice = Dice(seed, "tie", Int64(position))
            return Int64(dice.next() >> 2)
        }
    }
}

extension World {
    /// Ids of all companies in the portal's alphabetical order.
    mutating func companyIDsByName() -> [Int64] {
        if let companyOrder { return companyOrder }
        let order = Collation.sorted(companies.values.map { ($0.name, $0.id) })
        companyOrder = order
        return order
    }

    /// Ids of all contacts, of every standing, in the portal's alphabetical order.
    mutating func contactIDsByName() -> [Int64] {
        if let contactOrder { return contactOrder }
        let order = Collation.sorted(contacts.values.map { ($0.name, $0.id) })
        contactOrder = order
        return order
    }
}
