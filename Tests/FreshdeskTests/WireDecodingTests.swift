import Foundation
import Testing

@testable import Freshdesk

@Suite struct WireDecodingTests {
    @Test func ticket() throws {
        let ticket = try WireTicket(
            json: #"""
                {"cc_emails":null,"fwd_emails":[],"reply_cc_emails":["a@example.com"],"spam":false,"group_id":"103000085325","priority":3,
                 "requester_id":9007199254740993,"responder_id":null,"source":77,"company_id":null,"status":9000,"subject":null,
                 "to_emails":null,"id":"1848295627395445800","type":null,"due_by":null,"fr_due_by":"2022-10-25T23:01:34Z",
                 "is_escalated":true,
                 "custom_fields":{"cf_amount":"124.0","cf_n":12345678901234567890},"created_at":"2022-10-20T05:00:00+05:30",
                 "updated_at":"2022-10-25T23:01:34Z","tags":null,"brand_new_key":{"a":[1]},
                 "stats":{"resolved_at":null,"first_responded_at":"2022-10-21T00:00:00Z"},
                 "requester":{"id":5,"name":"","email":null,"ip_address":"10.0.0.1"}}
                """#)
        #expect(ticket.id == 1_848_295_627_395_445_800)
        #expect(ticket.requesterID == 9_007_199_254_740_993)
        #expect(ticket.groupID == 103_000_085_325)
        #expect(ticket.status == 9_000 && ticket.source == 77 && ticket.priority == 3)
        #expect(ticket.subject == nil && ticket.type == nil && ticket.responderID == nil && ticket.description == nil)
        #expect(ticket.ccEmails.isEmpty && ticket.toEmails.isEmpty && ticket.tags.isEmpty)
        #expect(ticket.replyCCEmails == ["a@example.com"])
        #expect(ticket.createdAt == WireTime.parse("2022-10-19T23:30:00Z"))
        #expect(ticket.customFields == #"{"cf_amount":"124.0","cf_n":12345678901234567890}"#)
        #expect(ticket.isEscalated && !ticket.isDeleted && !ticket.isSpam)
        #expect(ticket.stats?.firstRespondedAt == WireTime.parse("2022-10-21T00:00:00Z"))
        #expect(ticket.stats?.resolvedAt == nil)
        #expect(ticket.requester?.id == 5 && ticket.requester?.email == nil)
    }

    @Test func everyKeyButTheIDIsOptional() throws {
        let text = #"{"id":1}"#
        #expect(try WireTicket(json: text).tags.isEmpty)
        #expect(try WireConversation(json: text).attachments.isEmpty)
        #expect(try WireContact(json: text).otherCompanies.isEmpty)
        #expect(try WireCompany(json: text).domains.isEmpty)
        #expect(try WireAgent(json: text).groupIDs.isEmpty)
        #expect(try WireGroup(json: text).agentIDs.isEmpty)
        #expect(try WireTicketField(json: text).choices == .none)
        #expect(try WireSatisfactionRating(json: text).rating == nil)
        #expect(try WireSurvey(json: text).questions.isEmpty)
        #expect(try WireAttachment(json: text).size == nil)
    }

    @Test(arguments: [#"{}"#, #"{"id":null}"#, #"{"id":"x"}"#, #"{"id":1.5}"#, #"{"id":{}}"#, #"{"id":99999999999999999999}"#])
    func withoutAnIDUnreadable(text: String) {
        #expect(throws: JSONFault.self) { try WireTicket(json: text) }
    }

    @Test func wrongTypesAreMissingFieldsNotLostRecords() throws {
        let ticket = try WireTicket(
            json:
                #"""
                {"id":1,"subject":42,"status":"3","tags":"vip","created_at":17,"stats":[],
                "attachments":{"id":2,"name":"a"},"spam":"false"}
                """#
        )
        #expect(ticket.subject == "42" && ticket.status == 3 && ticket.tags == ["vip"] && ticket.createdAt == nil && ticket.stats == nil)
        #expect(ticket.attachments.map(\.id) == [2])
        #expect(!ticket.isSpam)
    }

    @Test func conversation() throws {
        let entry = try WireConversation(
            json: #"""
                {"body":"<div>Hi 😀</div>","body_text":"Hi 😀","id":67105086068,"incoming":false,"private":true,"user_id":null,
                 "source":2,
                 "category":2,"to_emails":null,"from_email":null,"cc_emails":[],"bcc_emails":null,"created_at":"2022-11-16T16:17:05Z",
                 "updated_at":"2022-11-16T16:17:05Z","last_edited_at":"2022-11-17T00:00:00Z","automation_id":9,"ticket_id":22,
                 "attachments":[{"id":1,"name":"a.png","content_type":"image/png","file_size":10,"attachment_url":"https://x/signed"},
                  {"name":"no id"}]}
                """#)
        #expect(entry.isPrivate && !entry.isIncoming && entry.userID == nil && entry.automationID == 9 && entry.ticketID == 22)
        #expect(entry.body == "<div>Hi 😀</div>")
        #expect(entry.lastEditedAt == WireTime.parse("2022-11-17T00:00:00Z"))
        #expect(entry.attachments.map(\.size) == [10])
    }

    @Test func contactsHaveOtherCompaniesInBothShapes() throws {
        let listed = try WireContact(json: #"{"id":1,"name":"A","other_companies":[7,"8"],"csat_rating":103}"#)
        #expect(listed.otherCompanies.map(\.companyID) == [7, 8])
        #expect(listed.csatRating == 103)
        let viewed = try WireContact(
            json: #"{"id":1,"other_companies":[{"company_id":7,"view_all_tickets":true}],"other_emails":["b@x.com"]}"#)
        #expect(viewed.otherCompanies == [.init(companyID: 7, viewsAllTickets: true)])
        #expect(viewed.otherEmails == ["b@x.com"])
    }

    @Test func agentAndCompany() throws {
        let agent = try WireAgent(
            json:
                #"""
                {"id":7,"occasional":true,"ticket_scope":2,"group_ids":[1,2],
                "contact":{"name":"Ana","email":"ana@x.com","active":false}}
                """#
        )
        #expect(
            agent.name == "Ana" && agent.email == "ana@x.com" && agent.ticketScope == 2 && agent.groupIDs == [1, 2] && agent.isOccasional)
        let company = try WireCompany(
            json:
                #"""
                {"id":7,"name":"Acme","domains":["acme.com"],"renewal_date":"2020-12-31T00:00:00Z",
                "org_company_id":"1824150771514184704","health_score":3}
                """#
        )
        #expect(company.domains == ["acme.com"] && company.healthScore == "3" && company.renewalDate != nil)
    }

    @Test func choicesInEveryShape() throws {
        func choices(_ type: String, _ json: String) throws -> WireTicketField.Choices {
            try WireTicketField(json: #"{"id":1,"type":"\#(type)","choices":\#(json)}"#).choices
        }
        let statuses = try choices(
            "default_status", #"{"2":["Open","Being processed"],"8":["Neu","Neu"],"6":["Wartet",""],"9000":"AI agent"}"#)
        #expect(
            statuses
                == .statuses([
                    .init(id: 2, label: "Open", customerLabel: "Being processed"), .init(id: 8, label: "Neu", customerLabel: "Neu"),
                    .init(id: 6, label: "Wartet", customerLabel: ""), .init(id: 9_000, label: "AI agent", customerLabel: nil)
                ]))
        #expect(
            try choices("default_status", #"[{"id":2,"label":"Open","label_for_customers":"Being processed"}]"#)
                == .statuses([.init(id: 2, label: "Open", customerLabel: "Being processed")]))
        #expect(try choices("default_status", #"{"Open":2}"#) == .statuses([.init(id: 2, label: "Open", customerLabel: nil)]))
        #expect(
            try choices("default_agent", #"{"Ana":103018312012,"Bo":"9007199254740993"}"#)
                == .named([.init(id: 103_018_312_012, name: "Ana"), .init(id: 9_007_199_254_740_993, name: "Bo")]))
        #expect(try choices("custom_dropdown", #"["a","b"]"#) == .labels(["a", "b"]))
        #expect(try choices("nested_field", #"[{"a":["x"]}]"#) == .nested(#"[{"a":["x"]}]"#))
        #expect(try choices("nested_field", #"{"a":{"b":["x"]}}"#) == .nested(#"{"a":{"b":["x"]}}"#))
        #expect(try choices("default_agent", "null") == .none)
        #expect(try choices("default_agent", "{}") == .named([]))
    }

    @Test func unresolvedStatuses() throws {
        let fields = [
            try WireTicketField(json: #"{"id":1,"type":"default_subject"}"#),
            try WireTicketField(
                json:
                    #"""
                    {"id":2,"type":"default_status","choices":{"2":["Open","x"],"3":["P","x"],"4":["R","x"],"5":["C","x"],
                    "8":["N","x"],"9000":["A","x"]}}
                    """#
            )
        ]
        #expect(fields.unresolvedStatusIDs == [2, 3, 8, 9_000])
        #expect(fields.statuses.count == 6)
        #expect(fields.named("default_agent").isEmpty)
    }

    @Test func ratingsAndSurveys() throws {
        let rating = try WireSatisfactionRating(
            json:
                #"""
                {"id":1,"ticket_id":23,"feedback":null,"created_at":"2015-08-28T010:08:16Z",
                "ratings":{"default_question":-103,"question_7":"100"}}
                """#
        )
        #expect(rating.rating == -103 && rating.answers["question_7"] == 100)
        #expect(rating.createdAt == WireTime.parse("2015-08-28T10:08:16Z"))
        let survey = try WireSurvey(
            json:
                #"""
                {"id":1,"title":"T","questions":[{"id":"default_question","label":"?",
                "accepted_ratings":[103,100,-103],"default":true}]}
                """#
        )
        #expect(survey.questions.first?.acceptedRatings == [103, 100, -103])
        #expect(survey.isActive == nil)
    }

    /// Example answers kept outside the repository; runs over every file when `FRESHDESK_PAYLOADS` names their folder.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["FRESHDESK_PAYLOADS"] != nil))
    func everyExampleDecodes() throws {
        let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["FRESHDESK_PAYLOADS"] ?? "")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var decoded = 0
        for file in files where file.pathExtension == "json" {
            let bytes = Array(try Data(contentsOf: file))
            let name = file.lastPathComponent
            for (prefix, check) in PayloadCheck.byPrefix where name.hasPrefix(prefix) {
                try check(bytes, name)
                decoded += 1
                break
            }
        }
        #expect(decoded > 40, "only \(decoded) files were recognised")
    }
}

/// What each kind of example file must decode as.
private enum PayloadCheck {
    typealias Check = @Sendable (_ bytes: [UInt8], _ name: String) throws -> Void

    /// The first fitting prefix decides.
    static let byPrefix: [(String, Check)] = [
        ("agents_list", list(WireAgent.self) { $0.name != nil && $0.email != nil && $0.createdAt != nil }),
        ("agents_me", one(WireAgent.self) { $0.ticketScope == 1 }), ("agent_view", one(WireAgent.self) { $0.name != nil }),
        ("companies_list", list(WireCompany.self) { $0.name != nil && $0.createdAt != nil && $0.customFields != nil }),
        ("company_view", one(WireCompany.self) { !$0.domains.isEmpty }),
        ("contacts_list", list(WireContact.self) { $0.name != nil && $0.createdAt != nil }),
        ("contact_view", one(WireContact.self) { $0.name != nil }),
        ("groups_list", list(WireGroup.self) { $0.name != nil && $0.createdAt != nil }),
        ("group_view", one(WireGroup.self) { !$0.agentIDs.isEmpty }),
        ("conversations", list(WireConversation.self) { $0.createdAt != nil && $0.body != nil && $0.source != nil }),
        ("ticket_archived_conversations", list(WireConversation.self) { $0.createdAt != nil }),
        ("ticket_fields", list(WireTicketField.self) { $0.type != nil || $0.name != nil }),
        ("satisfaction_ratings", list(WireSatisfactionRating.self) { $0.rating != nil && $0.createdAt != nil }),
        ("ticket_satisfaction_ratings", list(WireSatisfactionRating.self) { $0.rating != nil }),
        ("surveys", list(WireSurvey.self) { $0.title != nil && !$0.questions.isEmpty }),
        ("tickets_list", list(WireTicket.self) { $0.status != nil && $0.updatedAt != nil && $0.createdAt != nil }),
        ("search_tickets", search(WireTicket.self)), ("search_contacts", search(WireContact.self)),
        ("search_companies", search(WireCompany.self)), ("ticket_with_conversations", object), ("ticket_associated", object),
        ("ticket_summary", one(WireConversation.self) { $0.body != nil }), ("ticket_time_entries", array),
        ("ticket_view", one(WireTicket.self) { $0.status != nil && $0.updatedAt != nil }),
        ("ticket_", one(WireTicket.self) { $0.status != nil }), ("error_", object), ("webhook_", object)
    ]

    static func list<Value: WireRecord>(_ type: Value.Type, _ isGood: @escaping @Sendable (Value) -> Bool) -> Check {
        { bytes, name in
            let elements = try JSONSlices.elements(of: bytes)
            let reader = RecordReader<Value>(bytes, elements: elements)
            #expect(reader.unreadable.isEmpty, "\(name): \(reader.unreadable.map(\.reason))")
            #expect(reader.records.count == elements.count && !elements.isEmpty, "\(name)")
            for record in reader.records { #expect(isGood(record.value), "\(name): \(record.raw.prefix(200))") }
        }
    }

    static func one<Value: WireRecord>(_ type: Value.Type, _ isGood: @escaping @Sendable (Value) -> Bool) -> Check {
        { bytes, name in
            let value = try Value(JSONObject(bytes))
            #expect(isGood(value), "\(name)")
        }
    }

    static func search<Value: WireRecord>(_ type: Value.Type) -> Check {
        { bytes, name in
            let (elements, members) = try JSONSlices.elements(of: bytes, under: "results")
            let reader = RecordReader<Value>(bytes, elements: elements)
            #expect(reader.unreadable.isEmpty && !reader.records.isEmpty && members["total"] != nil, "\(name)")
        }
    }

    static let object: Check = { bytes, _ in _ = try JSONObject(bytes) }
    static let array: Check = { bytes, _ in _ = try JSONSlices.elements(of: bytes) }
}
