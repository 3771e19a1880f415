extension ThreadPlanner {
    /// Derives the statistics, the missed targets and `updated_at` from the thread and the status.
    func settle(_ ticket: inout Ticket, _ dice: inout Dice) {
        var stats = TicketStats()
        let visible = ticket.conversations.filter { !$0.isPrivate }
        let agentReplies = visible.filter {
            $0.kind == .agentReply || $0.kind == .publicNote || ($0.kind == .chatMessage && !$0.isIncoming)
        }
        stats.firstRespondedAt = agentReplies.first?.createdAt
        stats.agentRespondedAt = agentReplies.last?.createdAt
        stats.requesterRespondedAt = visible.last { $0.isIncoming && $0.kind != .autoReply }?.createdAt
        stats.statusUpdatedAt = ticket.createdAt
        var updatedAt = ticket.conversations.last.map { $0.createdAt + 1 } ?? ticket.createdAt
        if ticket.isResolved {
            let solution = ticket.conversations.last { $0.stage == .fix }
            let resolvedAt = (solution?.createdAt ?? updatedAt) + Int64(dice.roll(1...40))
            stats.resolvedAt = min(resolvedAt, now - 30)
            if let reopened = ticket.conversations.last(where: { $0.stage == .reopen }), reopened.createdAt < resolvedAt {
                stats.reopenedAt = reopened.createdAt
            }
            stats.statusUpdatedAt = stats.resolvedAt
            updatedAt = max(updatedAt, resolvedAt)
            if ticket.status == 5 { close(&ticket, &stats, &updatedAt, &dice) }
        } else {
            if ticket.status != 2, let last = ticket.conversations.last { stats.statusUpdatedAt = last.createdAt + 1 }
            if ticket.status == 3 { stats.pendingSince = stats.statusUpdatedAt }
            escalate(&ticket, stats, &updatedAt)
        }
        if let due = ticket.firstResponseDueBy {
            ticket.firstResponseEscalated = (stats.firstRespondedAt ?? (ticket.isResolved ? due : now)) > due
        }
        if ticket.isResolved, let due = ticket.dueBy { ticket.isEscalated = (stats.resolvedAt ?? due) > due }
        ticket.stats = stats
        ticket.updatedAt = max(ticket.createdAt, min(updatedAt, now - 20))
    }

    /// Most tickets are closed by a nightly job three days after their solution, all of a night in the same second.
    private func close(_ ticket: inout Ticket, _ stats: inout TicketStats, _ updatedAt: inout Moment, _ dice: inout Dice) {
        let byHand = dice.chance(25)
        let resolvedAt = stats.resolvedAt ?? updatedAt
        let nightly = (max(resolvedAt, updatedAt) + 3 * Moment.day).startOfDay + Moment.day + 8_104
        let closedAt = byHand ? max(resolvedAt, updatedAt) + Int64(dice.roll(30...7_200)) : nightly
        guard closedAt < now - 60 else {
            ticket.status = 4
            return
        }
        stats.closedAt = closedAt
        stats.statusUpdatedAt = closedAt
        updatedAt = max(updatedAt, closedAt)
    }

    /// The background jobs that touch unresolved tickets: the escalation of missed targets every half hour, and a review of
    /// some of what is older than two weeks on Monday mornings. Both give many tickets the same second (fact 124).
    private func escalate(_ ticket: inout Ticket, _ stats: TicketStats, _ updatedAt: inout Moment) {
        if let due = ticket.firstResponseDueBy, stats.firstRespondedAt == nil, due < now { updatedAt = max(updatedAt, tick(after: due)) }
        if let due = ticket.dueBy, due < now {
            ticket.isEscalated = true
            updatedAt = max(updatedAt, tick(after: due))
        }
        let monday = now.startOfDay - Int64(now.weekday) * Moment.day + 5 * Moment.hour + 12
        let review = monday < now ? monday : monday - 7 * Moment.day
        if ticket.id % 5 < 2, review - ticket.createdAt > 14 * Moment.day { updatedAt = max(updatedAt, review) }
    }

    private func tick(after moment: Moment) -> Moment {
        let tick = Moment(seconds: (moment.seconds / 1_800 + 1) * 1_800 + 34)
        return tick < now ? tick : now - 30
    }
}

/// Draws the verdicts of customers: about a quarter of the solved tickets, four in ten with a comment, some of those later.
struct RatingGenerator {
    let seed: UInt64
    let now: Moment

    func rating(of ticket: Ticket) -> (SatisfactionRating, Conversation?)? {
        var dice = Dice(seed, "rating", ticket.id)
        guard ticket.isLive, ticket.isResolved, ticket.requesterID > 70_016_000_000, !ticket.isSample,
            let resolvedAt = ticket.stats.resolvedAt,
            dice.chance(24)
        else { return nil }
        let createdAt = resolvedAt + Int64(dice.roll(900...180_000))
        guard createdAt < now - 60 else { return nil }
        let slow = ticket.isEscalated || ticket.firstResponseEscalated
        let rating = RatingGenerator.scale[dice.weighted(slow ? [18, 14, 14, 20, 14, 9, 11] : [48, 22, 12, 9, 4, 2, 3])]
        var value = SatisfactionRating(
            id: 70_000_400_000 + ticket.id, ticketID: ticket.id, userID: ticket.requesterID, agentID: ticket.responderID,
            groupID: ticket.groupID, rating: rating, speed: dice.chance(50) ? [103, 100, -103][dice.roll(3)] : nil, feedback: nil,
            createdAt: createdAt, updatedAt: createdAt)
        guard dice.chance(40) else { return (value, nil) }
        value.feedback = dice.pick(rating > 100 ? ScenarioText.praise : rating == 100 ? ScenarioText.shrugs : ScenarioText.criticism)
        // A customer clicks first and comments later: same row, later updated_at (fact 184).
        if dice.chance(35) { value.updatedAt = min(createdAt + Int64(dice.roll(30...90_000)), now - 30) }
        let feedback = Conversation(
            id: 70_105_000_000 + ticket.id * 256 + 250, kind: .surveyFeedback, stage: .feedback, authorID: ticket.requesterID,
            createdAt: value.updatedAt, body: "<div>\(MessageText.escaped(value.feedback ?? ""))</div>")
        return (value, feedback)
    }

    static let scale = [103, 102, 101, 100, -101, -102, -103]
}
