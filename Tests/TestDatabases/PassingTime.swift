package import Foundation
package import Store

extension Store.Database {
    /// Lets so many seconds pass by the database's clock: everything that is timed by it moves into the past.
    package func letTimePass(_ seconds: TimeInterval) async throws {
        let timed = [
            "sync_runs": ["queued_at", "resumes_at", "lease_until", "waiting_since"],
            "webhook_events": ["received_at", "due_at", "lease_until"]
        ]
        try await write { db in
            for (table, columns) in timed {
                let assignments = columns.map { "\($0) = \($0) - $1" }.joined(separator: ", ")
                try db.run("UPDATE \(table) SET \(assignments)", Int64(seconds * 1000))
            }
        }
    }
}
