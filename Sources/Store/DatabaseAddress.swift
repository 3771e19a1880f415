import Domain
import Foundation

/// Which database to open, as `CLYNTO_DATABASE_URL` says it.
package enum DatabaseAddress: Sendable, Equatable {
    /// The path of a file, absolute or relative to the working directory.
    case sqlite(path: String)
    case postgresql(PostgresAddress)

    /// `sqlite:///var/lib/clynto.sqlite` and `sqlite:////var/lib/clynto.sqlite` are absolute, `sqlite:///./data/clynto.sqlite`
    /// and `sqlite:///../clynto.sqlite` relative; `postgres://` and `postgresql://` as libpq reads them. Nil for what is no database
    /// address.
    package init?(_ text: String) {
        if let address = PostgresAddress(text) {
            self = .postgresql(address)
        } else if let path = Self.path(text) {
            self = .sqlite(path: path)
        } else {
            return nil
        }
    }

    private static func path(_ text: String) -> String? {
        let prefix = "sqlite://"
        // What stands between `sqlite://` and the next slash would be a host; a file has none.
        guard text.lowercased().hasPrefix(prefix), text.dropFirst(prefix.count).hasPrefix("/") else { return nil }
        guard var path = String(text.dropFirst(prefix.count)).removingPercentEncoding, !path.contains("\0") else { return nil }
        if path.hasPrefix("/./") || path.hasPrefix("/../") {
            path.removeFirst()
        } else {
            while path.hasPrefix("//") { path.removeFirst() }
        }
        guard let last = path.split(separator: "/").last, last != ".", last != "..", !path.hasSuffix("/"), last != ":memory:" else {
            return nil
        }
        return path
    }

    /// The file made when nothing is set.
    package static func standard(dataDirectory: String) -> DatabaseAddress {
        .sqlite(path: dataDirectory.hasSuffix("/") ? dataDirectory + "clynto.sqlite" : dataDirectory + "/clynto.sqlite")
    }

    /// As it is printed; never holds a password.
    package var shown: String {
        switch self {
        case .sqlite(let path): path.hasPrefix("/") ? "sqlite://\(path)" : path.hasPrefix(".") ? "sqlite:///\(path)" : "sqlite:///./\(path)"
        case .postgresql(let address): address.shown
        }
    }

    /// Opens the database; PostgreSQL connects when it is first used. Throws a `Failure` with a sentence.
    ///
    /// - Parameter listening: where PostgreSQL is reached without a pooler, to listen for notifications.
    package func open(listening: DatabaseAddress? = nil) throws -> any Database {
        switch self {
        case .sqlite(let path):
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            } catch {
                throw Failure(.unavailable, "The folder \(folder.path) cannot be made: \(error.localizedDescription)")
            }
            return try SQLiteDatabase(path: path)
        case .postgresql(let address):
            if case .postgresql(let direct)? = listening { return PostgresDatabase(address, listening: direct) }
            return PostgresDatabase(address)
        }
    }
}
