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
        let isComplete = try await readAgents(context, fallback: fields)
        try await readGroups(context, fallback: fields)
        if isComplete {
            let (run, claim, phase) = (context.claim.run, context.claim, name)
            try await context.save { db, mirror in
                let left = try mirror.retireAgents(notSeenIn: run)
                try RunStore.advance(phase, by: PhaseCounts(deleted: left), cursor: nil, claim, db)
            }
        }
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

    /// Lists lack the members of a group, its own view has them (fact 190).
    private func readGroups(_ context: RunContext, fallback fields: [WireTicketField]) async throws {
        var groups: [Group] = []
        do {
            var page = 1
            while true {
                let reply = try await context.client.groups(page: page)
                groups += try await withMembers(reply.value.records, context)
                guard reply.value.hasMore, !reply.value.records.isEmpty else { break }
                page += 1
            }
        } catch FreshdeskError.forbidden {
            groups = Self.choices("default_group", fields).map { Group(id: ID($0.id), name: $0.name) }
        }
        let (all, run) = (groups, context.claim.run)
        try await context.save { _, mirror in try mirror.replace(groups: all, run: run) }
    }

    /// All at once; the request budget keeps their number bounded.
    private func withMembers(_ records: [Record<WireGroup>], _ context: RunContext) async throws -> [Group] {
        try await withThrowingTaskGroup(of: Group.self) { tasks in
            for record in records {
                tasks.addTask {
                    let view = try await context.client.group(id: record.value.id)
                    return Translation.group(record, agentIDs: view.value.value.agentIDs)
                }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
    }

    private static func choices(_ type: String, _ fields: [WireTicketField]) -> [(id: Int64, name: String)] {
        for field in fields where field.type == type {
            if case .named(let named) = field.choices { return named.map { ($0.id, Translation.line($0.name) ?? "Agent \($0.id)") } }
        }
        return []
    }
}
