import Domain
package import Foundation

/// Slows the guessing of passwords down. Global: it counts before anybody is known.
///
/// Attempts are counted by e-mail and by network address, known or not, under a hash: people type passwords into the e-mail field.
package struct SignInStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// When a count of failures begins to delay, and when it is forgotten.
    struct Limit: Sendable {
        /// The failure from which on there is a delay: 1 s, doubled with each further one.
        var delayedFrom: Int
        /// A count is forgotten after this long without an attempt, in seconds.
        var forgottenAfter: TimeInterval

        static let email = Limit(delayedFrom: 5, forgottenAfter: 86_400)
        /// More, for less long: a whole office may stand behind one address.
        static let address = Limit(delayedFrom: 20, forgottenAfter: 3600)
    }

    /// The longest delay, in seconds.
    static let longestDelay: TimeInterval = 15 * 60

    /// Global. Asks for leave to check a password, and counts the attempt as failed until `succeed` says otherwise. Returns nil to go
    /// ahead, else the moment before which every attempt is refused.
    ///
    /// Counted first and not afterwards, so that many attempts at once do not all slip through before the first has failed.
    package func begin(email: String, address: String, now: Date) async throws -> Date? {
        do {
            try await database.write { db in
                try Self.count(Self.emailSubject(email), limit: .email, now: now, in: db)
                try Self.count(Self.addressSubject(address), limit: .address, now: now, in: db)
            }
            return nil
        } catch let blocked as Blocked {
            return blocked.until
        }
    }

    /// Global. Until when attempts are refused now; nil when they are not.
    package func blockedUntil(email: String, address: String, now: Date) async throws -> Date? {
        try await database.read { db in
            try db.first(
                "SELECT MAX(blocked_until) AS until FROM sign_ins WHERE subject IN ($1, $2) AND blocked_until > $3",
                Self.emailSubject(email), Self.addressSubject(address), now
            )?.find("until")
        }
    }

    /// Global. The password was right: the e-mail's count is cleared, and this attempt is taken off the address's.
    ///
    /// Off, not cleared: otherwise anybody with an account of their own could sign in between guesses at others' and start afresh.
    package func succeed(email: String, address: String) async throws {
        try await database.write { db in
            try db.run("DELETE FROM sign_ins WHERE subject = $1", Self.emailSubject(email))
            try db.run(
                "UPDATE sign_ins SET failures = failures - 1, blocked_until = 0 WHERE subject = $1 AND failures > 0",
                Self.addressSubject(address))
        }
    }

    /// Global. Drops counts that are forgotten anyway. Returns how many.
    @discardableResult
    package func purge(now: Date) async throws -> Int {
        try await database.write { try $0.run("DELETE FROM sign_ins WHERE last_at <= $1", now - Limit.email.forgottenAfter) }
    }

    /// The delay after so many failures, in seconds.
    static func delay(after failures: Int, limit: Limit) -> TimeInterval {
        guard failures >= limit.delayedFrom else { return 0 }
        // 2^10 s is beyond the longest delay; larger exponents are cut so that no count overflows.
        return min(longestDelay, TimeInterval(1 << min(failures - limit.delayedFrom, 10)))
    }

    /// Refused; thrown to take back what the transaction has counted already.
    private struct Blocked: Error {
        var until: Date
    }

    /// Counts one attempt in one statement, which also decides: of attempts at the same moment each sees the ones before it.
    private static func count(_ subject: String, limit: Limit, now: Date, in db: any Queries) throws {
        let counted = try db.first(
            """
            INSERT INTO sign_ins (subject, failures, blocked_until, last_at) VALUES ($1, 1, 0, $2)
            ON CONFLICT (subject) DO UPDATE SET
                failures = CASE WHEN sign_ins.last_at <= $3 THEN 1 ELSE sign_ins.failures + 1 END, last_at = $2
            WHERE sign_ins.blocked_until <= $2
            RETURNING failures
            """, subject, now, now - limit.forgottenAfter)
        guard let counted else {
            let row = try db.first("SELECT blocked_until FROM sign_ins WHERE subject = $1", subject)
            throw Blocked(until: try row?.get("blocked_until") ?? now)
        }
        let delay = delay(after: try counted.get("failures"), limit: limit)
        if delay > 0 { try db.run("UPDATE sign_ins SET blocked_until = $2 WHERE subject = $1", subject, now + delay) }
    }

    private static func emailSubject(_ email: String) -> String {
        TokenHash.of(Secret("email:" + ((try? EmailAddress.folded(email)) ?? email.trimmed.lowercased())))
    }

    private static func addressSubject(_ address: String) -> String {
        TokenHash.of(Secret("address:" + NetworkAddress.subscriber(address)))
    }
}
