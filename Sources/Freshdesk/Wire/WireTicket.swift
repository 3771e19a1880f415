package import Foundation

/// A ticket as lists, views and searches send it (facts 110–117, 136). Codes are open sets: an unknown number is kept.
package struct WireTicket: WireRecord, Equatable {
    package var id: Int64
    package var subject: String?
    /// HTML; only with `include=description` on lists, always on views and searches (facts 111, 136, 168).
    package var description: String?
    package var descriptionText: String?
    package var status: Int?
    package var priority: Int?
    package var source: Int?
    package var type: String?
    package var tags: [String]
    package var requesterID: Int64?
    package var responderID: Int64?
    package var companyID: Int64?
    package var groupID: Int64?
    package var productID: Int64?
    package var emailConfigID: Int64?
    package var supportEmail: String?
    package var toEmails: [String]
    package var ccEmails: [String]
    package var forwardEmails: [String]
    package var replyCCEmails: [String]
    package var isEscalated: Bool
    package var isFirstResponseEscalated: Bool
    package var isSpam: Bool
    /// Absent counts as false (fact 115).
    package var isDeleted: Bool
    package var isArchived: Bool
    package var dueBy: Date?
    package var firstResponseDueBy: Date?
    package var nextResponseDueBy: Date?
    package var createdAt: Date?
    package var updatedAt: Date?
    /// 1 parent, 2 child, 3 tracker, 4 related (fact 137).
    package var associationType: Int?
    /// The object's own JSON text, values as written (fact 116).
    package var customFields: String?
    package var stats: WireStats?
    package var requester: WireRequester?
    package var company: WireNamed?
    /// Only views carry a ticket's own attachments.
    package var attachments: [WireAttachment]
    /// With `include=conversations`: the ten oldest at most (fact 135).
    package var conversations: [WireConversation]

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        subject = json.string("subject")
        description = json.string("description")
        descriptionText = json.string("description_text")
        status = json.code("status")
        priority = json.code("priority")
        source = json.code("source")
        type = json.string("type")
        tags = json.strings("tags")
        requesterID = json.int("requester_id")
        responderID = json.int("responder_id")
        companyID = json.int("company_id")
        groupID = json.int("group_id")
        productID = json.int("product_id")
        emailConfigID = json.int("email_config_id")
        supportEmail = json.string("support_email")
        toEmails = json.strings("to_emails")
        ccEmails = json.strings("cc_emails")
        forwardEmails = json.strings("fwd_emails")
        replyCCEmails = json.strings("reply_cc_emails")
        isEscalated = json.bool("is_escalated") ?? false
        isFirstResponseEscalated = json.bool("fr_escalated") ?? false
        isSpam = json.bool("spam") ?? false
        isDeleted = json.bool("deleted") ?? false
        isArchived = json.bool("archived") ?? false
        dueBy = json.time("due_by")
        firstResponseDueBy = json.time("fr_due_by")
        nextResponseDueBy = json.time("nr_due_by")
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
        associationType = json.code("association_type")
        customFields = json.raw("custom_fields")
        stats = json.object("stats").map(WireStats.init)
        requester = json.object("requester").map(WireRequester.init)
        company = json.object("company").map(WireNamed.init)
        attachments = json.records("attachments")
        conversations = json.records("conversations")
    }
}

/// The times of a ticket's life. Not an index of activity: replies may leave no trace here (facts 117–119).
package struct WireStats: Equatable, Sendable {
    package var agentRespondedAt: Date?
    package var requesterRespondedAt: Date?
    package var firstRespondedAt: Date?
    package var statusUpdatedAt: Date?
    package var reopenedAt: Date?
    package var resolvedAt: Date?
    package var closedAt: Date?
    package var pendingSince: Date?

    init(_ json: JSONObject) {
        agentRespondedAt = json.time("agent_responded_at")
        requesterRespondedAt = json.time("requester_responded_at")
        firstRespondedAt = json.time("first_responded_at")
        statusUpdatedAt = json.time("status_updated_at")
        reopenedAt = json.time("reopened_at")
        resolvedAt = json.time("resolved_at")
        closedAt = json.time("closed_at")
        pendingSince = json.time("pending_since")
    }
}

/// The requester embedded in a ticket; network addresses that some accounts add are not read (fact 100).
package struct WireRequester: Equatable, Sendable {
    package var id: Int64?
    package var name: String?
    package var email: String?
    package var mobile: String?
    package var phone: String?

    init(_ json: JSONObject) {
        id = json.int("id")
        name = json.string("name")
        email = json.string("email")
        mobile = json.string("mobile")
        phone = json.string("phone")
    }
}

/// An embedded record of which only id and name are sent, such as a ticket's company.
package struct WireNamed: Equatable, Sendable {
    package var id: Int64?
    package var name: String?

    init(_ json: JSONObject) {
        id = json.int("id")
        name = json.string("name")
    }
}
