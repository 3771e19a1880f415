extension Rows {
    /// A conversation row in the key order of recorded answers (fact 147). Its own `updated_at` never moves (fact 127).
    func conversation(_ conversation: Conversation, of ticket: Ticket, into writer: inout JSONWriter) {
        let text = ThreadText(world: world, ticket: ticket).body(of: conversation)
        let isMail = conversation.kind == .agentReply || (conversation.kind == .customerReply && ticket.source == 1)
        let requester = world.contact(ticket.requesterID)
        writer.object { writer in
            writer.member("body", text.html)
            writer.member("body_text", text.plain)
            writer.member("id", conversation.id)
            writer.member("incoming", conversation.isIncoming)
            writer.member("private", conversation.isPrivate)
            writer.member("user_id", conversation.authorID)
            writer.member("support_email", isMail ? Vendor.supportEmail : nil)
            writer.member("source", conversation.source)
            writer.member("category", conversation.category)
            writer.member("to_emails", recipients(of: conversation, requester))
            writer.member("from_email", sender(of: conversation, requester))
            writer.member("cc_emails", [String]())
            // Null on notes, an empty list on replies (fact 147).
            writer.member("bcc_emails", conversation.kind == .agentReply ? [] : nil as [String]?)
            writer.member("email_failure_count", conversation.failedEmails.isEmpty ? nil : conversation.failedEmails.count)
            writer.nullMember("outgoing_failures")
            writer.nullMember("thread_id")
            writer.nullMember("thread_message_id")
            writer.member("created_at", conversation.createdAt)
            writer.member("updated_at", conversation.createdAt)
            writer.member("last_edited_at", conversation.lastEditedAt)
            writer.member("last_edited_user_id", conversation.lastEditedBy)
            writer.arrayMember("attachments") { writer in
                if conversation.hasAttachment { attachment(of: conversation, into: &writer) }
            }
            writer.member("automation_id", conversation.kind == .automationNote ? 70_000_031_290 : nil as Int64?)
            writer.member("automation_type_id", conversation.kind == .automationNote ? 1 : nil as Int?)
            writer.member("auto_response", conversation.kind == .autoReply)
            writer.member("ticket_id", ticket.id)
            if conversation.id % 3 == 0 { writer.nullMember("threading_type") }
            if conversation.kind == .agentReply, conversation.id % 2 == 0 || !conversation.failedEmails.isEmpty {
                writer.objectMember("delivery_details") { writer in
                    writer.member("failed_emails", conversation.failedEmails)
                    writer.member("pending_emails", [String]())
                }
            }
            writer.nullMember("source_additional_info")
        }
    }

    private func recipients(of conversation: Conversation, _ requester: Contact?) -> [String]? {
        switch conversation.kind {
        case .agentReply: requester?.email.map { [$0] } ?? []
        case .customerReply, .autoReply, .colleagueReply: [Vendor.supportEmail]
        case .forward: ["service@partner-desk.example"]
        case .surveyFeedback, .botGreeting, .chatMessage: nil
        default: []
        }
    }

    private func sender(of conversation: Conversation, _ requester: Contact?) -> String? {
        switch conversation.kind {
        case .agentReply, .forward: "\(Vendor.name) Support <\(Vendor.supportEmail)>"
        case .customerReply, .autoReply: requester.flatMap { contact in contact.email.map { "\(contact.name) <\($0)>" } }
        case .colleagueReply: requester?.email.map { "office@\($0.split(separator: "@").last ?? "")" }
        case .forwardReply: "Partner service desk <service@partner-desk.example>"
        default: nil
        }
    }

    /// A file behind a signed address that is good for five minutes (fact 138).
    private func attachment(of conversation: Conversation, into writer: inout JSONWriter) {
        let names = ["screenshot.png", "error-log.txt", "timesheets.csv", "contract-page-4.pdf", "IMG_2041.jpg"]
        let types = ["image/png", "text/plain", "text/csv", "application/pdf", "image/jpeg"]
        let pick = Int(conversation.id % Int64(names.count))
        let id = conversation.id + 500_000_000
        let expires = now + 300
        let signature = Attachments.signature(id, expires, seed: world.seed)
        writer.object { writer in
            writer.member("id", id)
            writer.member("content_type", types[pick])
            writer.member("size", 1_024 + Int(conversation.id % 90_000))
            writer.member("name", names[pick])
            writer.member(
                "attachment_url",
                "\(base)/_sandbox/attachments/\(id)?Expires=\(expires.seconds)&Signature=\(signature)"
            )
            writer.member("created_at", conversation.createdAt)
            writer.member("updated_at", conversation.createdAt)
        }
    }
}

/// Addresses of attachments: signed, and refused once they are five minutes old (S16).
enum Attachments {
    static func signature(_ id: Int64, _ expires: Moment, seed: UInt64) -> String {
        var dice = Dice(seed ^ UInt64(bitPattern: expires.seconds), "attachment", id)
        return String(dice.next(), radix: 36)
    }
}
