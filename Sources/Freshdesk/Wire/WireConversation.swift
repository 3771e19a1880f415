package import Foundation

/// One entry of a ticket's thread; the first message is the ticket's description, not an entry (facts 146–153).
package struct WireConversation: WireRecord, Equatable {
    package var id: Int64
    package var ticketID: Int64?
    /// Null for bots and some imports.
    package var userID: Int64?
    package var body: String?
    package var bodyText: String?
    package var isIncoming: Bool
    package var isPrivate: Bool
    package var source: Int?
    package var category: Int?
    package var fromEmail: String?
    package var toEmails: [String]
    package var ccEmails: [String]
    package var bccEmails: [String]
    package var supportEmail: String?
    package var createdAt: Date?
    package var updatedAt: Date?
    /// The only time that moves when a note is edited (fact 127).
    package var lastEditedAt: Date?
    package var lastEditedUserID: Int64?
    package var automationID: Int64?
    package var isAutoResponse: Bool
    package var isDeleted: Bool
    package var attachments: [WireAttachment]

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        ticketID = json.int("ticket_id")
        userID = json.int("user_id")
        body = json.string("body")
        bodyText = json.string("body_text")
        isIncoming = json.bool("incoming") ?? false
        isPrivate = json.bool("private") ?? false
        source = json.code("source")
        category = json.code("category")
        fromEmail = json.string("from_email")
        toEmails = json.strings("to_emails")
        ccEmails = json.strings("cc_emails")
        bccEmails = json.strings("bcc_emails")
        supportEmail = json.string("support_email")
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
        lastEditedAt = json.time("last_edited_at")
        lastEditedUserID = json.int("last_edited_user_id")
        automationID = json.int("automation_id")
        isAutoResponse = json.bool("auto_response") ?? false
        isDeleted = json.bool("deleted") ?? false
        attachments = json.records("attachments")
    }
}

/// An attachment. Its address is signed and dead within minutes, so it is not read at all (fact 138, B26).
package struct WireAttachment: WireRecord, Equatable {
    package var id: Int64
    package var name: String?
    package var contentType: String?
    /// Bytes; older accounts call it `file_size` (fact 139).
    package var size: Int64?
    package var createdAt: Date?
    package var updatedAt: Date?

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        name = json.string("name")
        contentType = json.string("content_type")
        size = json.int("size") ?? json.int("file_size")
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
    }
}
