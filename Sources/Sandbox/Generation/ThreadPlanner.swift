/// Decides how a ticket went: who wrote when and why, what its status is now, which targets it missed.
struct ThreadPlanner {
    let seed: UInt64
    let now: Moment
    let admin: Int64?

    private struct Step {
        var kind: Conversation.Kind
        var stage: Conversation.Stage
        var gap: Int64
    }

    func plan(_ ticket: inout Ticket, requester: Contact?, _ dice: inout Dice) {
        ticket.status = status(age: now - ticket.createdAt, source: ticket.source, &dice)
        let isChat = ticket.source == 15
        var steps = isChat ? chat(&dice) : mail(ticket, &dice)
        if ticket.status != 4, ticket.status != 5 { steps = unfinished(steps, status: ticket.status, &dice) }
        write(steps, into: &ticket, pace: isChat, &dice)
        settle(&ticket, &dice)
        if dice.chance(14), ticket.isResolved, let agent = ticket.responderID {
            ticket.timeEntries = [timeEntry(of: ticket, agent: agent, &dice)]
        }
    }

    // MARK: Status

    /// Young tickets are mostly open, old ones mostly closed; some stay unresolved for months.
    private func status(age: Int64, source: Int, _ dice: inout Dice) -> Int {
        let days = age / Moment.day
        let unresolved: Double = days < 3 ? 74 : days < 14 ? 44 : days < 90 ? 21 : days < 365 ? 6.5 : 5
        guard dice.chance(unresolved) else { return days < 4 || dice.chance(8) ? 4 : 5 }
        if days < 2, dice.chance(60) { return 2 }
        return [2, 3, 6, 7, 8, 9_000][dice.weighted([34, 22, 18, 9, 14, 3])]
    }

    // MARK: Steps

    private func mail(_ ticket: Ticket, _ dice: inout Dice) -> [Step] {
        var steps: [Step] = []
        let answer = responseTime(ticket.priority, &dice)
        if ticket.source == 10 { steps.append(Step(kind: .customerReply, stage: .answer, gap: customerTime(&dice))) }
        if dice.chance(5) { steps.append(Step(kind: .automationNote, stage: .escalation, gap: 2)) }
        if dice.chance(16) { steps.append(Step(kind: .privateNote, stage: .mention, gap: answer / 2)) }
        if dice.chance(78) {
            steps.append(Step(kind: .agentReply, stage: .ask, gap: answer))
            if dice.chance(5) { steps.append(Step(kind: .autoReply, stage: .outOfOffice, gap: 9)) }
            if dice.chance(84) {
                steps.append(
                    Step(
                        kind: ticket.source == 2 && dice.chance(40) ? .customerNote : .customerReply, stage: .answer,
                        gap: customerTime(&dice)))
            }
        }
        if dice.chance(5) { steps.append(Step(kind: .colleagueReply, stage: .mention, gap: customerTime(&dice))) }
        if dice.chance(46) { steps.append(Step(kind: .privateNote, stage: .note, gap: Int64(dice.roll(8...180)) * 60)) }
        if dice.chance(7) {
            steps.append(Step(kind: .forward, stage: .forward, gap: Int64(dice.roll(10...200)) * 60))
            if dice.chance(70) {
                steps.append(Step(kind: .forwardReply, stage: .forwardAnswer, gap: Int64(dice.roll(2...40)) * Moment.hour))
            }
        }
        if dice.chance(34) { steps.append(Step(kind: .agentReply, stage: .update, gap: Int64(dice.roll(1...9)) * Moment.hour)) }
        if dice.chance(13) {
            steps.append(Step(kind: .customerReply, stage: .nudge, gap: Int64(dice.roll(20...70)) * Moment.hour))
            steps.append(Step(kind: .agentReply, stage: .holding, gap: Int64(dice.roll(1...5)) * Moment.hour))
        }
        if ticket.priority >= 3, dice.chance(22) {
            steps.append(Step(kind: .privateNote, stage: .escalation, gap: Int64(dice.roll(10...90)) * 60))
        }
        steps.append(
            Step(
                kind: dice.chance(4) ? .publicNote : .agentReply, stage: .fix,
                gap: Int64(20 * 3_600 * dice.fraction() * dice.fraction()) + 900))
        if dice.chance(48) { steps.append(Step(kind: .customerReply, stage: .thanks, gap: customerTime(&dice))) }
        if dice.chance(5) {
            steps.append(Step(kind: .customerReply, stage: .reopen, gap: Int64(dice.roll(20...160)) * Moment.hour))
            steps.append(Step(kind: .agentReply, stage: .fix, gap: Int64(dice.roll(1...20)) * Moment.hour))
        }
        if dice.chance(10) { steps.append(Step(kind: .agentReply, stage: .closing, gap: Int64(dice.roll(70...150)) * Moment.hour)) }
        return steps
    }

    /// A web chat: the greeting of the bot, the first message again (fact 146), then quick exchanges.
    private func chat(_ dice: inout Dice) -> [Step] {
        var steps = [Step(kind: .botGreeting, stage: .greeting, gap: 0), Step(kind: .chatMessage, stage: .opening, gap: 0)]
        steps.append(Step(kind: .chatMessage, stage: .ask, gap: Int64(dice.roll(20...240))))
        steps.append(Step(kind: .chatMessage, stage: .answer, gap: Int64(dice.roll(15...180))))
        steps.append(Step(kind: .chatMessage, stage: .fix, gap: Int64(dice.roll(30...300))))
        if dice.chance(70) { steps.append(Step(kind: .chatMessage, stage: .thanks, gap: Int64(dice.roll(10...90)))) }
        return steps
    }

    /// Cuts a thread where a ticket of this status stands.
    private func unfinished(_ steps: [Step], status: Int, _ dice: inout Dice) -> [Step] {
        let body = steps.filter { $0.stage != .fix && $0.stage != .thanks && $0.stage != .closing && $0.stage != .reopen }
        var cut: [Step]
        switch status {
        case 2 where dice.chance(45): cut = []
        case 9_000: cut = []
        default: cut = Array(body.prefix(1 + dice.roll(max(1, body.count))))
        }
        switch status {
        case 3, 6:
            cut.append(Step(kind: .agentReply, stage: dice.chance(60) ? .holding : .ask, gap: Int64(dice.roll(1...20)) * Moment.hour))
        case 7: cut.append(Step(kind: .forward, stage: .forward, gap: Int64(dice.roll(1...20)) * Moment.hour))
        case 8: cut.append(Step(kind: .privateNote, stage: .escalation, gap: Int64(dice.roll(1...20)) * Moment.hour))
        case 9_000: cut.append(Step(kind: .botGreeting, stage: .greeting, gap: 2))
        default: break
        }
        return cut
    }

    private func responseTime(_ priority: Int, _ dice: inout Dice) -> Int64 {
        let hours = [22, 10, 5, 2][max(0, min(3, priority - 1))]
        let seconds = Int64(Double(hours) * 3_600 * (0.05 + 0.9 * dice.fraction() * dice.fraction()))
        return max(180, dice.chance(9) ? seconds * 6 : seconds)
    }

    private func customerTime(_ dice: inout Dice) -> Int64 {
        Int64(600 + 40 * 3_600 * dice.fraction() * dice.fraction())
    }

    // MARK: Writing it down

    private func write(_ steps: [Step], into ticket: inout Ticket, pace isChat: Bool, _ dice: inout Dice) {
        var moments: [Moment] = []
        var moment = ticket.createdAt
        for step in steps {
            moment = moment + max(0, step.gap)
            if !isChat, step.kind == .agentReply || step.kind == .privateNote { moment = working(moment, &dice) }
            moments.append(moment)
        }
        let room = now - ticket.createdAt - 90
        if let last = moments.last, last - ticket.createdAt > room {
            if ticket.isResolved {
                let span = Double(last - ticket.createdAt)
                moments = moments.map { ticket.createdAt + Int64(Double($0 - ticket.createdAt) / span * Double(room)) }
            } else {
                moments = moments.filter { $0 - ticket.createdAt <= room }
            }
        }
        ticket.conversations.reserveCapacity(moments.count + 1)
        for (index, (step, createdAt)) in zip(steps, moments).enumerated() {
            ticket.conversations.append(conversation(step, index, createdAt, of: ticket, &dice))
        }
        if ticket.status == 2, !ticket.conversations.contains(where: { $0.kind == .agentReply }), dice.chance(55) {
            ticket.responderID = nil
        }
    }

    private func conversation(_ step: Step, _ index: Int, _ createdAt: Moment, of ticket: Ticket, _ dice: inout Dice) -> Conversation {
        var conversation = Conversation(
            id: 70_105_000_000 + ticket.id * 256 + Int64(index), kind: step.kind, stage: step.stage, authorID: nil, createdAt: createdAt)
        switch step.kind {
        case .botGreeting, .automationNote: conversation.authorID = nil
        case .customerReply, .customerNote, .autoReply, .surveyFeedback, .colleagueReply: conversation.authorID = ticket.requesterID
        case .forwardReply: conversation.authorID = nil
        case .chatMessage: conversation.authorID = conversation.isIncoming ? ticket.requesterID : ticket.responderID ?? admin
        default: conversation.authorID = ticket.responderID ?? admin
        }
        if step.kind == .privateNote, dice.chance(6) {
            conversation.lastEditedAt = min(createdAt + Int64(dice.roll(60...7_200)), now - 30)
            conversation.lastEditedBy = conversation.authorID
        }
        if step.stage == .answer, dice.chance(22) { conversation.hasAttachment = true }
        if step.kind == .agentReply, dice.chance(1) { conversation.failedEmails = ["bounced@\(Vendor.domain)"] }
        return conversation
    }

    /// Most agents write between seven and nineteen on weekdays.
    private func working(_ moment: Moment, _ dice: inout Dice) -> Moment {
        guard !dice.chance(12) else { return moment }
        var moment = moment
        let hour = (moment.seconds - moment.startOfDay.seconds) / 3_600
        if hour < 7 { moment = moment.startOfDay + 7 * Moment.hour + Int64(dice.roll(5_400)) }
        if hour >= 19 { moment = moment.startOfDay + 31 * Moment.hour + Int64(dice.roll(5_400)) }
        while moment.weekday > 4 { moment = moment + Moment.day }
        return moment
    }

    private func timeEntry(of ticket: Ticket, agent: Int64, _ dice: inout Dice) -> TimeEntry {
        let created = (ticket.conversations.last?.createdAt ?? ticket.createdAt) + Int64(dice.roll(20...200))
        return TimeEntry(
            id: 70_011_000_000 + ticket.id * 8, agentID: agent, seconds: dice.roll(5...90) * 60,
            note: dice.pick(["", "Analysis", "Call with the customer", "Data correction"]), isBillable: dice.chance(60), createdAt: created,
            updatedAt: created + (dice.chance(20) ? 75 : 0))
    }
}
