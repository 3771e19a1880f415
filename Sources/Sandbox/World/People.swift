/// Somebody who answers tickets (facts 60–72). The id is also the user id found in `responder_id` and `user_id`.
struct Agent: Sendable {
    enum Standing: Sendable {
        case working
        /// Still listed, with `deactivated: true` (fact 70).
        case deactivated
        /// Downgraded to a contact of the same id (fact 69).
        case becameContact
        /// Known nowhere any more; old tickets still name the id (fact 71).
        case gone
    }

    let id: Int64
    var name: String
    var email: String
    var jobTitle: String?
    var phone: String?
    var timeZone: String
    var isAdmin: Bool
    var isOccasional: Bool
    var standing: Standing
    var groupIDs: [Int64]
    var isAvailable: Bool
    var signature: String?
    var lastActiveAt: Moment?
    var createdAt: Moment
    var updatedAt: Moment

    var isListed: Bool { standing == .working || standing == .deactivated }
}

/// A team of agents (fact 190).
struct Group: Sendable {
    let id: Int64
    var name: String
    var description: String
    var escalateTo: Int64?
    var unassignedFor: String?
    var businessHourID: Int64?
    var autoTicketAssign: Int
    var createdAt: Moment
    var updatedAt: Moment
}

/// A customer organisation of the portal (facts 73–81).
struct Company: Sendable {
    let id: Int64
    var name: String
    var description: String?
    var note: String?
    var domains: [String]
    var healthScore: String?
    var accountTier: String?
    var renewalDate: Moment?
    var industry: String?
    /// A number above 2^53, sent as a string (fact 57).
    var organisationID: Int64?
    var accountKey: String?
    var seats: Int?
    var createdAt: Moment
    var updatedAt: Moment
}

/// A requester (facts 82–100).
struct Contact: Sendable {
    enum Standing: String, Sendable {
        case active, blocked, deleted
    }

    let id: Int64
    var name: String
    var email: String?
    var phone: String?
    var mobile: String?
    var jobTitle: String?
    var address: String?
    var companyID: Int64?
    var otherCompanyIDs: [Int64] = []
    var language: String
    var timeZone: String
    var isVerified: Bool
    var standing: Standing
    var twitterID: String?
    var externalID: String?
    var otherEmails: [String] = []
    var tags: [String] = []
    var preferredSource: String?
    /// Mirrors the last rating without moving `updated_at` (fact 94).
    var csatRating: Int?
    /// A number above 2^53, sent as a number (fact 57).
    var organisationContactID: Int64?
    /// Made by downgrading an agent.
    var wasAgent = false
    var createdAt: Moment
    var updatedAt: Moment

    var firstName: String { name.split(separator: " ").first.map(String.init) ?? name }
    var lastName: String? {
        let parts = name.split(separator: " ")
        return parts.count > 1 ? parts.dropFirst().joined(separator: " ") : nil
    }
}

/// One product of the vendor (fact 192).
struct Product: Sendable {
    let id: Int64
    var name: String
    var description: String
    var createdAt: Moment
    var updatedAt: Moment
}

/// A ticket status as the portal's form names it (fact 173).
struct PortalStatus: Sendable, Equatable {
    let id: Int
    var label: String
    var customerLabel: String
}
