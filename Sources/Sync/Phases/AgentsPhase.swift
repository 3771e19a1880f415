import Domain
import Freshdesk
import Logging
import Store

/// Agents with their groups, and the portal's statuses. A key without admin rights gets the names that tickets can be assigned to.
struct AgentsPhase: Phase {
    let name = PhaseName.agents

    func run(_ context: RunContext) async throws {
        try await context.begin(name)
        let fields = try await ticketFields(context)
        try await saveStatuses(fields, context)
        let listsAgents = try await readAgents(context, fallback: fields)
        let listsGroups = try await readGroups(context, fallback: fields)
        if listsAgents { try await retireMissingAgents(context) }
        if listsGroups { try await forgetDeletedGroups(context) }
        try await context.end(name)
    }

    private func ticketFields(_ context: RunContext) async throws -> [WireTicketField] {
        do {
            return try await context.client.ticketFields().value.records.map(\.value)
        } catch FreshdeskError.forbidden {
            return []
        }
    }

    private func saveStatuses(_ fields: [WireTicketField], _ context: RunContext) async throws {
        let labels = fields.lazy.compactMap { field -> [StatusLabel]? in
            guard case .statuses(let statuses) = field.choices else { return nil }
            return statuses.map { StatusLabel(code: $0.id, label: Translation.line($0.label) ?? TicketStatus.fallbackLabel(code: $0.id)) }
        }.first
        guard let labels else { return }
        try await context.save { _, mirror in try mirror.replace(statuses: labels) }
    }

    /// False when the key may not list agents; then those of the ticket form stand in (fact 72).
    private func readAgents(_ context: RunContext, fallback fields: [WireTicketField]) async throws -> Bool {
        let run = context.claim.run
        do {
            try await ListWalk.read(context, name, { try await context.client.agents(page: $0) }) { _, mirror, records in
                try mirror.save(records.map(Translation.agent), run: run)
            }
            return true
        } catch FreshdeskError.forbidden(_, let message) {
            context.logger.warning("Agents may not be listed with this key", metadata: ["reason": "\(message)"])
            context.warn(Warnings.agentsUnavailable)
            let agents = Self.choices("default_agent", fields).map { Agent(id: ID($0.id), name: $0.name) }
            try await context.savePage(name, cursor: ListWalk.PageCursor(page: 1)) { _, mirror in try mirror.save(agents, run: run) }
            return false
        }
    }

    /// Lists lack the members of a group, its own view has them (fact 190). Groups that were read before the run had to wait are not
    /// asked for again.
    private func readGroups(_ context: RunContext, fallback fields: [WireTicketField]) async throws -> Bool {
        let (run, scope) = (context.claim.run, context.scope)
        let known = try await context.database.read { try MirrorStore($0, scope: scope).groupsSeen(in: run) }
        do {
            var page = 1
            while true {
                let reply = try await context.client.groups(page: page)
                let unread = reply.value.records.filter { !known.contains($0.value.id) }
                let answers = await Answers.of(unread) { try await withMembers($0, context) }
                let groups = answers.values.compactMap(\.self)
                try await context.save { _, mirror in try mirror.replace(groups: groups, run: run) }
                if let fault = answers.fault { throw fault }
                guard reply.value.hasMore, !reply.value.records.isEmpty else { return true }
                page += 1
            }
        } catch FreshdeskError.forbidden {
            let groups = Self.choices("default_group", fields).map { Group(id: ID($0.id), name: $0.name) }
            try await context.save { _, mirror in try mirror.replace(groups: groups, run: run) }
            return false
        }
    }

    /// An agent who was deleted is a contact now (fact 69).
    private func retireMissingAgents(_ context: RunContext) async throws {
        let run = context.claim.run
        let (missing, held) = try await context.save { _, mirror in
            try (mirror.agentsNotSeen(in: run), mirror.count("agents", "is_active"))
        }
        let absence = Absence<Agent, Record<WireAgent>>(
            kind: "agents", noun: "agent", phase: name, held: held, fetch: { try await $0.agent(id: $1.rawValue) })
        let (phase, claim) = (name, context.claim)
        try await absence.confirm(missing, context) { found in
            try await context.save { db, mirror in
                var counts = try mirror.save(found.alive.map(Translation.agent), run: run)
                try mirror.retire(agents: found.gone)
                counts.deleted += found.gone.count
                try RunStore.count(counts, of: phase, claim, db)
            }
        }
    }

    private func forgetDeletedGroups(_ context: RunContext) async throws {
        let run = context.claim.run
        let (missing, held) = try await context.save { _, mirror in try (mirror.groupsNotSeen(in: run), mirror.count("groups")) }
        let absence = Absence<Group, Record<WireGroup>>(
            kind: "groups", noun: "group", phase: name, held: held, fetch: { try await $0.group(id: $1.rawValue) })
        try await absence.confirm(missing, context) { found in
            try await context.save { _, mirror in try mirror.delete(groups: found.gone) }
        }
    }

    /// Nil for a group that was deleted since it was listed.
    private func withMembers(_ record: Record<WireGroup>, _ context: RunContext) async throws -> Group? {
        switch try await Verdict.of({ try await context.client.group(id: record.value.id) }) {
        case .found(let view): return Translation.group(record, agentIDs: view.value.agentIDs)
        case .gone: return nil
        case .hidden: return Translation.group(record, agentIDs: [])
        case .failed(let reason):
            try await context.fail("group \(record.value.id)", of: name, because: reason)
            return Translation.group(record, agentIDs: [])
        }
    }

    private static func choices(_ type: String, _ fields: [WireTicketField]) -> [(id: Int64, name: String)] {
        for field in fields where field.type == type {
            if case .named(let named) = field.choices { return named.map { ($0.id, Translation.line($0.name) ?? "Agent \($0.id)") } }
        }
        return []
    }
}
