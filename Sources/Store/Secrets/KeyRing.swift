import Domain
import Foundation

/// The keys a process holds: one that seals, and older ones that still open.
package struct KeyRing: Sendable, Equatable {
    package var current: EncryptionKey
    /// Newest first.
    package var older: [EncryptionKey]

    package init(current: EncryptionKey, older: [EncryptionKey] = []) {
        self.current = current
        self.older = older
    }

    package var keys: [EncryptionKey] { [current] + older }

    /// The keys of this id; more than one only if two keys share their first 32 hash bits.
    func keys(of id: String) -> [EncryptionKey] { keys.filter { $0.id == id } }

    /// The ring with a new current key in front; all keys held so far still open.
    package func rotated() -> KeyRing { KeyRing(current: .random(), older: keys) }

    /// The ring without the older keys that nothing needs.
    ///
    /// The key that was current before always stays: a process that has not read the new ring may be sealing with it right now.
    func pruned(keeping used: Set<String>) -> KeyRing {
        let kept = older.enumerated().filter { $0.offset == 0 || used.contains($0.element.id) }.map(\.element)
        return KeyRing(current: current, older: kept)
    }

    /// Reads base64 keys separated by white space, newest first: a key file's lines or the value of `CLYNTO_SECRET_KEY`.
    ///
    /// Empty lines and lines beginning with `#` are skipped, repeated keys count once.
    /// Throws `invalid` with a sentence that names `place` and never the text.
    static func parse(_ text: String, place: String) throws -> KeyRing {
        let lines = text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        var keys: [EncryptionKey] = []
        for word in lines.flatMap({ $0.split(whereSeparator: \.isWhitespace) }) {
            guard let key = EncryptionKey(base64: String(word)) else {
                throw Failure(
                    .invalid, code: "malformed_key",
                    "\(place) does not hold the base64 of 32 bytes where a key should be. Nothing was overwritten. Put the right key back.")
            }
            if !keys.contains(key) { keys.append(key) }
        }
        guard let first = keys.first else {
            throw Failure(.invalid, code: "malformed_key", "\(place) holds no key. Nothing was overwritten. Put the right key back.")
        }
        return KeyRing(current: first, older: Array(keys.dropFirst()))
    }

    /// The ring as a key file's text.
    func text() -> Secret { Secret(keys.map { $0.base64().reveal() + "\n" }.joined()) }
}

/// Where the keys come from.
package enum KeySource: Sendable {
    /// The value of `CLYNTO_SECRET_KEY`: one base64 key, or several separated by spaces, newest first.
    case value(Secret)
    /// The path of a key file: one base64 key a line, newest first.
    case file(String)

    /// The keys as they are now. Throws `invalid` when malformed, `unavailable` when the file cannot be read.
    func ring() throws -> KeyRing {
        switch self {
        case .value(let secret): try KeyRing.parse(secret.reveal(), place: "CLYNTO_SECRET_KEY")
        case .file(let path): try KeyFile(path: path).ring()
        }
    }
}

/// Something about the keys that the operator should mend although the program runs.
package struct KeyWarning: Sendable, Equatable {
    package var code: String
    package var message: String
}
