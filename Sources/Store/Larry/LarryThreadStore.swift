package import Domain
package import Foundation

/// What was asked and answered: every turn with its trace. A thread is seen by who asked, and by nobody else.
package struct LarryThreadStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    package struct Turn: Sendable, Equatable {
        package var id: Int64
        package var thread: String
        package var askedAt: Date
        package var question: String
        package var status: String
        package var model: String
        /// The typed query a follow-up edits, as JSON.
        package var frame: String?
        /// The answer as JSON.
        package var answer: String
        /// How it was reached, as JSON.
        package var trace: String
        /// `up` or `down`.
        package var verdict: String?
        package var reason: String?

        package init(
            id: Int64, thread: String, askedAt: Date, question: String, status: String, model: String, frame: String?, answer: String,
            trace: String, verdict: String?, reason: String?
        ) {
            self.id = id
            self.thread = thread
            self.askedAt = askedAt
            self.question = question
            self.status = status
            self.model = model
            self.frame = frame
            self.answer = answer
            self.trace = trace
            self.verdict = verdict
            self.reason = reason
        }
    }

    package struct Thread: Sendable, Equatable {
        package var id: String
        /// The first question.
        package var title: String
        package var turns: Int
        package var lastAt: Date
    }

    /// Turns kept of one owner; the oldest go first.
    static let mostTurns = 500

    package static func newThread() -> String { Randomness.bytes(12).base64URL }

    /// Throws `notFound` when the thread is somebody else's or unknown.
    package func turns(_ workspace: ID<Workspace>, thread: String, owner: String) async throws -> [Turn] {
        let turns = try await database.read { db in
            try db.rows(
                "SELECT * FROM larry_turns WHERE workspace_id = $1 AND thread = $2 AND owner = $3 ORDER BY id", workspace, thread, owner
            ).map(Self.turn)
        }
        guard !turns.isEmpty else { throw Self.unknown }
        return turns
    }

    /// One turn. Throws `notFound` when it is somebody else's or unknown.
    package func turn(_ workspace: ID<Workspace>, _ id: Int64, owner: String) async throws -> Turn {
        let turn = try await database.read { db in
            try db.first("SELECT * FROM larry_turns WHERE workspace_id = $1 AND id = $2 AND owner = $3", workspace, id, owner).map(
                Self.turn)
        }
        guard let turn else { throw Self.unknown }
        return turn
    }

    /// The latest turn of a thread; nil when there is none of this owner's.
    package func last(_ workspace: ID<Workspace>, thread: String, owner: String) async throws -> Turn? {
        try await database.read { db in
            try db.first(
                "SELECT * FROM larry_turns WHERE workspace_id = $1 AND thread = $2 AND owner = $3 ORDER BY id DESC LIMIT 1",
                workspace, thread, owner
            ).map(Self.turn)
        }
    }

    /// Saves a turn and gives it its id.
    package func save(_ workspace: ID<Workspace>, _ turn: Turn, owner: String) async throws -> Int64 {
        try await database.write { db in
            let id = try db.nextNumber(of: "larry_turns", in: workspace)
            try db.run(
                """
                INSERT INTO larry_turns (workspace_id, id, thread, owner, asked_at, question, status, model, frame, answer, trace)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """, workspace, id, turn.thread, owner, turn.askedAt, turn.question, turn.status, turn.model, turn.frame, turn.answer,
                turn.trace)
            let row = try db.first(
                "SELECT id FROM larry_turns WHERE workspace_id = $1 AND owner = $2 ORDER BY id DESC LIMIT 1 OFFSET $3", workspace, owner,
                Self.mostTurns)
            if let oldest: Int64 = try row?.get("id") {
                try db.run("DELETE FROM larry_turns WHERE workspace_id = $1 AND owner = $2 AND id <= $3", workspace, owner, oldest)
            }
            return id
        }
    }

    /// The owner's threads, latest first.
    package func threads(_ workspace: ID<Workspace>, owner: String, limit: Int = 30) async throws -> [Thread] {
        try await database.read { db in
            try db.rows(
                """
                SELECT q.thread, q.turns, q.last_at, t.question FROM (
                    SELECT thread, MIN(id) AS first_id, MAX(id) AS last_id, COUNT(*) AS turns, MAX(asked_at) AS last_at
                    FROM larry_turns WHERE workspace_id = $1 AND owner = $2 GROUP BY thread) q
                JOIN larry_turns t ON t.workspace_id = $1 AND t.id = q.first_id
                ORDER BY q.last_id DESC LIMIT $3
                """, workspace, owner, limit
            ).map {
                Thread(id: try $0.get("thread"), title: try $0.get("question"), turns: try $0.get("turns"), lastAt: try $0.get("last_at"))
            }
        }
    }

    /// Throws `notFound`.
    package func delete(_ workspace: ID<Workspace>, thread: String, owner: String) async throws {
        let count = try await database.write {
            try $0.run("DELETE FROM larry_turns WHERE workspace_id = $1 AND thread = $2 AND owner = $3", workspace, thread, owner)
        }
        guard count > 0 else { throw Self.unknown }
    }

    /// Everything this owner ever asked here.
    package func deleteAll(_ workspace: ID<Workspace>, owner: String) async throws {
        try await database.write { db in
            _ = try db.run("DELETE FROM larry_turns WHERE workspace_id = $1 AND owner = $2", workspace, owner)
        }
    }

    /// What the reader thought of an answer. Throws `notFound`.
    package func judge(_ workspace: ID<Workspace>, turn: Int64, owner: String, verdict: String?, reason: String?) async throws {
        let count = try await database.write {
            try $0.run(
                "UPDATE larry_turns SET verdict = $4, reason = $5 WHERE workspace_id = $1 AND id = $2 AND owner = $3", workspace, turn,
                owner,
                verdict, reason)
        }
        guard count > 0 else { throw Self.unknown }
    }

    package static let unknown = Failure(.notFound, "There is no such conversation with Larry.")

    private static func turn(_ row: Row) throws -> Turn {
        try Turn(
            id: row.get("id"), thread: row.get("thread"), askedAt: row.get("asked_at"), question: row.get("question"),
            status: row.get("status"), model: row.get("model"), frame: row.find("frame"), answer: row.get("answer"),
            trace: row.get("trace"), verdict: row.find("verdict"), reason: row.find("reason"))
    }
}
