import Domain
import Foundation
import Freshdesk
import Store

/// Reads one ticket's whole thread from the portal.
struct ThreadReader: Sendable {
    let client: FreshdeskClient
    /// Every agent's id: `incoming` alone does not say who wrote (fact 153).
    let agents: Set<Int64>

    /// A thread as read, or what became of its ticket.
    struct Thread: Sendable {
        var pending: MirrorStore.PendingThread
        /// The ticket itself, where its own view was asked.
        var ticket: Ticket?
        var conversations: [Conversation] = []
        var unreadable: [UnreadableRecord] = []
        /// Whether the second of the ticket's last change was not over yet: more may have followed in it.
        var isOpen = false
        /// Why the thread could not be read.
        var fault: String?
        /// The portal has the ticket no more, or the key may no longer see it: nothing was read.
        var isGone = false
        var isHidden = false

        /// Whether the conversations are the ticket's.
        var isRead: Bool { fault == nil && !isGone && !isHidden && ticket.map { !$0.isDeleted && !$0.isSpam } ?? true }

        /// The `updated_at` that the conversations belong to.
        var version: Date { ticket?.updatedAt ?? pending.updatedAt }
    }

    /// How many conversations a ticket's view carries at most (fact 135).
    private static let conversationsInView = 10

    /// One ticket that cannot be read must not stop the rest (B16), so its failure is part of the answer; what concerns the whole
    /// portal (a wrong key, the rate limit, no network) is thrown.
    func read(_ pending: MirrorStore.PendingThread) async throws -> Thread {
        var thread = Thread(pending: pending)
        do {
            if pending.hasStats {
                try await readPages(into: &thread)
            } else {
                try await readView(into: &thread)
            }
        } catch let error as FreshdeskError {
            switch error {
            case .notFound, .forbidden: try await findOut(about: &thread, error)
            case .rejected, .unavailable(.garbage, _), .unavailable(.status, _): thread.fault = error.message
            default: throw error
            }
        }
        return thread
    }

    /// A thread that is refused: its ticket was trashed or purged since it was listed, or has left the key's sight.
    private func findOut(about thread: inout Thread, _ error: FreshdeskError) async throws {
        let id = thread.pending.ticketID.rawValue
        switch try await Verdict.of({ try await client.ticket(id: id, include: [.stats]) }) {
        case .found(let record):
            let ticket = Translation.ticket(record, hasStats: true)
            thread.ticket = ticket
            if !ticket.isDeleted, !ticket.isSpam { thread.fault = error.message }
        case .gone: thread.isGone = true
        case .hidden: thread.isHidden = true
        case .failed(let reason): thread.fault = reason
        }
    }

    private func readPages(into thread: inout Thread) async throws {
        let ticket = thread.pending.ticketID
        var conversations: [ID<Conversation>: Conversation] = [:]
        var page = 1
        while true {
            let answer = try await client.conversations(ticketID: ticket.rawValue, page: page)
            if page == 1 { thread.isOpen = Self.isOpen(thread.version, at: answer.serverDate) }
            let reply = answer.value
            for record in reply.records where !record.value.isDeleted {
                let conversation = Translation.conversation(record.value, raw: record.raw, of: ticket, isAgent: agents.contains)
                conversations[conversation.id] = conversation
            }
            thread.unreadable += reply.unreadable
            guard reply.hasMore, !reply.records.isEmpty else { break }
            page += 1
        }
        thread.conversations = Self.inOrder(conversations.values)
    }

    /// A ticket that came through the search lacks its stats; its own view has them, and up to ten conversations, for one request
    /// (reference 6.2). With ten there may be more.
    private func readView(into thread: inout Thread) async throws {
        let ticket = thread.pending.ticketID
        let answer = try await client.ticket(id: ticket.rawValue, include: [.stats, .conversations])
        let record = answer.value
        thread.ticket = Translation.ticket(record, hasStats: true)
        thread.isOpen = Self.isOpen(thread.version, at: answer.serverDate)
        guard record.value.conversations.count < Self.conversationsInView else { return try await readPages(into: &thread) }
        let texts = (try? JSONObject(record.raw).objects("conversations").map(\.text)) ?? []
        thread.conversations = Self.inOrder(
            zip(record.value.conversations, texts).filter { !$0.0.isDeleted }
                .map { Translation.conversation($0, raw: $1, of: ticket, isAgent: agents.contains) })
    }

    /// Times count whole seconds: only when the portal's clock has left a change's second can nothing more happen in it.
    private static func isOpen(_ version: Date, at serverDate: Date?) -> Bool {
        guard let serverDate else { return false }
        return serverDate.timeIntervalSince1970.rounded(.down) <= version.timeIntervalSince1970.rounded(.down)
    }

    /// The portal's order is not promised (fact 145).
    private static func inOrder(_ conversations: some Sequence<Conversation>) -> [Conversation] {
        conversations.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }
}
