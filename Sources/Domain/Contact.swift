package import Foundation

/// A person who writes to support, as Freshdesk keeps them. A ticket's requester is a contact or an agent.
package struct Contact: Sendable, Equatable {
    package var id: ID<Contact>
    package var name: String
    package var email: String?
    package var phone: String?
    package var mobile: String?
    package var jobTitle: String?
    /// Freshdesk's word for a verified e-mail address.
    package var isActive: Bool
    package var companyID: ID<Company>?
    package var createdAt: Date
    package var updatedAt: Date
    /// The rest of the upstream record, as JSON.
    package var raw: String

    package init(
        id: ID<Contact>, name: String, email: String? = nil, phone: String? = nil, mobile: String? = nil, jobTitle: String? = nil,
        isActive: Bool = false, companyID: ID<Company>? = nil, createdAt: Date, updatedAt: Date, raw: String = "{}"
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.phone = phone
        self.mobile = mobile
        self.jobTitle = jobTitle
        self.isActive = isActive
        self.companyID = companyID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.raw = raw
    }
}

/// Whoever asked for help: a contact, or an agent writing on their own behalf.
package struct Requester: Sendable, Equatable {
    package var id: ID<Contact>
    package var name: String
    package var email: String?

    package init(id: ID<Contact>, name: String, email: String?) {
        self.id = id
        self.name = name
        self.email = email
    }
}

/// A contact with company and account.
package struct ContactSummary: Sendable, Equatable {
    package var contact: Contact
    package var company: Named<Company>?
    package var account: MatchedAccount?

    package init(contact: Contact, company: Named<Company>?, account: MatchedAccount?) {
        self.contact = contact
        self.company = company
        self.account = account
    }
}
