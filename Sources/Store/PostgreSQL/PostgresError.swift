import Domain
import Foundation

/// What the server or libpq said, before it becomes a `Failure`: the pool and the retry look at it first.
struct PostgresError: Error {
    /// Five letters and digits; empty when there is no answer from a server.
    var state: String
    /// The first line of the server's words. Without DETAIL, which repeats people's values.
    var message: String

    /// The connection is gone, and with it the transaction.
    static func lost(_ message: String) -> PostgresError { PostgresError(state: "08006", message: message) }
    /// The server has said nothing for longer than a statement may take.
    static func silent() -> PostgresError { PostgresError(state: "08C01", message: "no answer in time") }

    var isConnectionLost: Bool { state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "25P03"].contains(state) }

    /// Whether the same transaction may go well when it is begun again: a conflict with another one, or a deadlock.
    var isPassing: Bool { ["40001", "40P01"].contains(state) || isStale }

    /// Whether a prepared statement no longer fits: the schema changed (`cached plan must not change result type`, and nothing else of
    /// ours is a feature that the server lacks), or a pooler we were not told of gave us another server connection.
    var isStale: Bool { ["0A000", "26000", "42P05"].contains(state) }

    /// The sentence for people. `address` names server and database in it, never a password.
    ///
    /// - Parameter mayBeSaved: the commit had been sent, so that without an answer nobody knows what became of it.
    func failure(_ address: PostgresAddress, mayBeSaved: Bool = false) -> Failure {
        let cause = "PostgreSQL \(state): \(message)"
        if mayBeSaved && isConnectionLost {
            return Failure(
                .unavailable, code: "database_undecided",
                "The connection to PostgreSQL at \(address.place) was lost while saving. The last step may have been saved or not; look "
                    + "before you repeat it.", cause: cause)
        }
        func unavailable(_ code: String, _ sentence: String) -> Failure { Failure(.unavailable, code: code, sentence, cause: cause) }
        switch state {
        case "28P01", "28000":
            return unavailable(
                "database_login",
                "PostgreSQL at \(address.place) refused the user \(address.user) or its password. Check CLYNTO_DATABASE_URL.")
        case "3D000":
            return unavailable(
                "database_missing",
                "There is no database \(address.databaseName) on PostgreSQL at \(address.place). Create it, or correct CLYNTO_DATABASE_URL."
            )
        case "42501":
            return unavailable(
                "database_rights",
                "The user \(address.user) may not do this in the database \(address.databaseName). Make it the database's owner.")
        case "53100", "58030":
            return unavailable(
                "database_full", "The database server's disk is full. Nothing of the last step was saved; free some space and try again.")
        case "53200":
            return unavailable("database_memory", "The database server is out of memory. Nothing of the last step was saved.")
        case "53300":
            return unavailable(
                "database_connections",
                "PostgreSQL at \(address.place) has no free connection. Lower `pool` in CLYNTO_DATABASE_URL, or raise the server's limit.")
        case "25006":
            return unavailable(
                "database_read_only",
                "The database \(address.databaseName) may only be read now, as a standby or by its settings. Nothing was saved.")
        case "57014", "55P03", "25P04":
            return unavailable("database_timeout", "The database took too long for a step, and it was given up. Nothing of it was saved.")
        case "40001", "40P01":
            return unavailable("busy", "The database is busy with the same records. Try again in a moment.")
        case "08C01":
            return unavailable(
                "database_lost", "PostgreSQL at \(address.place) does not answer. Check the server and the network; it is tried again.")
        case "57P03":
            return unavailable("database_starting", "PostgreSQL at \(address.place) is starting or stopping. Try again in a moment.")
        case let state where state.hasPrefix("08") || state.hasPrefix("57P") || state == "25P03":
            return unavailable(
                "database_lost", "The connection to PostgreSQL at \(address.place) was lost. Nothing of the last step was saved.")
        case let state where state.hasPrefix("23"):
            return Failure(.conflict, code: "constraint", "This conflicts with something that is already there.", cause: cause)
        default:
            return Failure(.internal, "The database refused a statement.", cause: cause)
        }
    }

    /// The sentence for an attempt to connect that failed. libpq gives no code here, but its verbose message holds the server's.
    static func connecting(_ text: String, _ address: PostgresAddress) -> Failure {
        if let match = text.firstMatch(of: /[A-Z]+:\s+([0-9A-Z]{5}):\s*(.*)/) {
            return PostgresError(state: String(match.1), message: String(match.2)).failure(address)
        }
        let first = String(text.split(separator: "\n").first ?? "")
        let cause = "PostgreSQL: \(first)"
        let words = text.lowercased()
        if words.contains("ssl") || words.contains("certificate") || words.contains("tls") {
            return Failure(
                .unavailable, code: "database_encryption",
                "No encrypted connection to PostgreSQL at \(address.place) could be made as sslmode asks. Check sslmode and sslrootcert in "
                    + "CLYNTO_DATABASE_URL.", cause: cause)
        }
        if words.contains("no password supplied") { return PostgresError(state: "28P01", message: first).failure(address) }
        return Failure(
            .unavailable, code: "database_unreachable",
            "PostgreSQL at \(address.place) cannot be reached. Check that it runs, and host and port in CLYNTO_DATABASE_URL.", cause: cause)
    }
}
