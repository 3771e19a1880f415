import Domain
import Foundation

/// Where the database is.
enum DatabaseAddress: Sendable, Equatable {
    /// The path of a file, absolute or relative to the working directory.
    case sqlite(path: String)

    /// `sqlite:///var/lib/clynto.sqlite` and `sqlite:////var/lib/clynto.sqlite` are absolute, `sqlite:///./data/clynto.sqlite`
    /// and `sqlite:///../clynto.sqlite` relative. Nil for what is no database address.
    ///
    /// Throws `invalid` for an engine this build does not have.
    init?(_ text: String) throws {
        let lowered = text.lowercased()
        if lowered.hasPrefix("postgres://") || lowered.hasPrefix("postgresql://") {
            throw SettingReader.failure(
                .databaseURL,
                "\(Setting.databaseURL.rawValue) names a PostgreSQL server, but this build has SQLite only. "
                    + "Use sqlite:///path/to/clynto.sqlite."
            )
        }
        let prefix = "sqlite://"
        // What stands between `sqlite://` and the next slash would be a host; a file has none.
        guard lowered.hasPrefix(prefix), text.dropFirst(prefix.count).hasPrefix("/") else { return nil }
        guard var path = String(text.dropFirst(prefix.count)).removingPercentEncoding, !path.contains("\0") else { return nil }
        if path.hasPrefix("/./") || path.hasPrefix("/../") {
            path.removeFirst()
        } else {
            while path.hasPrefix("//") { path.removeFirst() }
        }
        guard let last = path.split(separator: "/").last, last != ".", last != "..", !path.hasSuffix("/"), last != ":memory:" else {
            return nil
        }
        self = .sqlite(path: path)
    }

    /// The file made when nothing is set.
    static func standard(dataDirectory: String) -> DatabaseAddress {
        .sqlite(path: dataDirectory.hasSuffix("/") ? dataDirectory + "clynto.sqlite" : dataDirectory + "/clynto.sqlite")
    }

    /// As it is printed; never holds a password.
    var shown: String {
        switch self {
        case .sqlite(let path): path.hasPrefix("/") ? "sqlite://\(path)" : path.hasPrefix(".") ? "sqlite:///\(path)" : "sqlite:///./\(path)"
        }
    }
}
