/// Derives the words of a ticket from the seed when somebody asks for them.
struct ThreadText: Sendable {
    let world: World
    let ticket: Ticket
    private let scenario: Scenario
    private let slots: Slots
    private let requester: Contact?

    init(world: World, ticket: Ticket) {
        self.world = world
        self.ticket = ticket
        scenario = Scenario.all[ticket.scenario % Scenario.all.count]
        requester = world.signingContact(ticket.writerID)
        var dice = Dice(world.seed, "colleague", ticket.id)
        let culture = Culture.of(requester.map { ThreadText.country(of: $0) } ?? "US")
        slots = Slots(seed: world.seed, ticketID: ticket.id, createdAt: ticket.createdAt, colleague: dice.pick(culture.given))
    }

    var subject: String {
        if case .given(let subject) = ticket.subject { return subject }
        var dice = Dice(world.seed, "subject", ticket.id)
        let subject = slots.fill(topic.subject)
        guard ticket.source == 1 else { return subject }
        switch dice.roll(60) {
        case 0: return "Re: " + subject
        case 1: return "Fwd: " + subject
        case 2: return subject.uppercased()
        default: return subject
        }
    }

    /// Which subject this ticket has and which opening belongs to it, counted from 1.
    private var topic: (subject: String, opening: Int) {
        var dice = Dice(world.seed, "topic", ticket.id)
        let subject = dice.pick(scenario.subjects, or: Scenario.Sentence(opening: 0, text: scenario.area))
        let opening = subject.opening > 0 ? subject.opening : dice.roll(1...max(1, scenario.openings.count))
        return (subject.text, opening)
    }

    var description: MessageText {
        if case .given(let html) = ticket.description { return MessageText(html: html, separator: "\n\n") }
        if ticket.source == 10 { return MessageText(paragraphs: outbound, separator: "\n\n") }
        return MessageText(paragraphs: opening, separator: "\n\n")
    }

    func body(of conversation: Conversation) -> MessageText {
        if let body = conversation.body { return MessageText(html: body, separator: "  ") }
        var text = MessageText(paragraphs: paragraphs(of: conversation), separator: "  ")
        if conversation.kind == .customerReply, ticket.source == 1, let quoted = quote(before: conversation) {
            text.html += quoted.html
            text.plain += "  " + quoted.plain
        }
        return text
    }

    // MARK: The first message

    private var opening: [String] {
        var dice = Dice(world.seed, "opening", ticket.id)
        let opening = scenario.openings.first { $0.opening == topic.opening }?.text ?? scenario.openings.first?.text ?? ""
        let middle = slots.fill(opening).split(separator: "¶").map(String.init)
        if ticket.source == 15 || ticket.source == 7 || ticket.source == 13 { return middle }
        if ticket.source == 3 { return ["Call from \(requester?.name ?? "a customer"): " + middle.joined(separator: " ")] }
        return [dice.pick(ThreadText.greetings)] + middle + signature(&dice)
    }

    private var outbound: [String] {
        var dice = Dice(world.seed, "opening", ticket.id)
        return [
            "Hi \(requester?.firstName ?? "there"),",
            dice.pick([
                "We noticed that the nightly export of your account failed twice this week and would like to look at it with you.",
                "As discussed on the phone, here is the summary of our call and what we will do next.",
                "Your trial of the new planner ends soon. Would you like to keep it, and do you have any questions about it?"
            ]), agentSignature(ticket.senderID)
        ]
    }

    private func signature(_ dice: inout Dice) -> [String] {
        guard let requester else { return [] }
        let company = world.signingCompany(requester.companyID)?.name
        switch dice.roll(4) {
        case 0: return ["Thanks,\n\(requester.firstName)"]
        case 1: return ["Best regards\n\(requester.name)"]
        default:
            return [
                "Kind regards,\n" + [requester.name, requester.jobTitle, company, requester.phone].compactMap { $0 }.joined(separator: "\n")
            ]
        }
    }

    private func agentSignature(_ id: Int64?) -> String {
        let name = author(id)
        return "Kind regards,\n\(name)\n\(Vendor.name) Support"
    }

    private func author(_ id: Int64?) -> String {
        world.agent(id)?.name ?? world.signingContact(id)?.name ?? "Your support team"
    }

    // MARK: The thread

    private func paragraphs(of conversation: Conversation) -> [String] {
        var dice = Dice(world.seed, "message", conversation.id)
        let sentence = slots.fill(sentence(for: conversation, &dice))
        let first = requester?.firstName ?? "there"
        switch conversation.kind {
        case .agentReply, .publicNote:
            return [
                dice.pick(["Hi \(first),", "Hello \(first),", "Dear \(requester?.name ?? first),"]), sentence,
                agentSignature(conversation.authorID)
            ]
        case .customerReply, .customerNote, .colleagueReply:
            let name = author(conversation.authorID).split(separator: " ").first.map(String.init) ?? ""
            return dice.chance(60) ? [dice.pick(["Hi,", "Hello,", "Thanks for looking into this."]), sentence, name] : [sentence, name]
        case .forwardReply:
            return ["Hi,", sentence, "Partner service desk"]
        case .forward:
            return ["Hi,", sentence, agentSignature(conversation.authorID)]
        case .botGreeting:
            return ["Hi, this is the \(Vendor.name) assistant. What can we help you with?"]
        default:
            return [sentence]
        }
    }

    private func sentence(for conversation: Conversation, _ dice: inout Dice) -> String {
        switch conversation.stage {
        case .ask: matching(scenario.asks, or: ScenarioText.asks, &dice)
        case .answer: matching(scenario.answers, or: ScenarioText.answers, &dice)
        case .note: matching(scenario.notes, or: ScenarioText.notes, &dice)
        case .update: matching(scenario.updates, or: ScenarioText.holdings, &dice)
        case .fix: matching(scenario.fixes, or: ScenarioText.fixes, &dice)
        case .thanks: dice.pick(ScenarioText.thanks)
        case .nudge: dice.pick(ScenarioText.nudges)
        case .holding: dice.pick(ScenarioText.holdings)
        case .forward: dice.pick(ScenarioText.forwards)
        case .forwardAnswer: dice.pick(ScenarioText.forwardAnswers)
        case .outOfOffice: dice.pick(ScenarioText.outOfOffice)
        case .reopen: dice.pick(ScenarioText.reopens)
        case .closing: dice.pick(ScenarioText.closings)
        case .escalation: dice.pick(ScenarioText.escalations)
        case .mention: conversation.kind == .colleagueReply ? dice.pick(ScenarioText.colleagueReplies) : dice.pick(ScenarioText.mentions)
        case .opening: opening.joined(separator: " ")
        case .feedback, .given, .greeting: ""
        }
    }

    /// A sentence of the scenario that belongs to the ticket's opening, or one that always fits.
    private func matching(_ sentences: [Scenario.Sentence], or general: [String], _ dice: inout Dice) -> String {
        let opening = topic.opening
        let fitting = sentences.filter { $0.opening == opening || $0.opening == 0 }
        return fitting.isEmpty ? dice.pick(general) : fitting[dice.roll(fitting.count)].text
    }

    /// The last agent reply, quoted as mail programs do; for about half of the mails.
    private func quote(before conversation: Conversation) -> MessageText? {
        var dice = Dice(world.seed, "quote", conversation.id)
        guard dice.chance(55),
            let previous = ticket.conversations.last(where: {
                $0.kind == .agentReply && $0.createdAt < conversation.createdAt && $0.body == nil
            })
        else { return nil }
        let date = previous.createdAt.text().replacing("T", with: " ").dropLast(4)
        let heading = "On \(date), \(Vendor.name) Support <\(Vendor.supportEmail)> wrote:"
        let quoted = MessageText(paragraphs: paragraphs(of: previous), separator: "  ")
        var text = quoted
        text.html =
            "<br><div class=\"freshdesk_quote\"><blockquote class=\"freshdesk_quote\">" + MessageText.escaped(heading) + "<br>"
            + quoted.html
            + "</blockquote></div>"
        text.plain = heading + "  " + quoted.plain
        return text
    }

    private static let greetings = ["Hello,", "Hi there,", "Hi,", "Dear support team,", "Good morning,", "Hello Tidewater team,"]

    private static func country(of contact: Contact) -> String {
        switch contact.language {
        case "de": "DE"
        case "fr": "FR"
        case "es": "ES"
        case "nb-NO": "NO"
        case "ja-JP": "JP"
        case "ar": "AE"
        case "pl": "PL"
        case "nl": "NL"
        case "pt-BR": "BR"
        case "it": "IT"
        default: contact.timeZone == "Mumbai" ? "IN" : "US"
        }
    }
}
