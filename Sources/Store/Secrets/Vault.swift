import Crypto
package import Domain
import Foundation
import Synchronization

/// Seals secrets before they are stored and opens them again: AES-256-GCM under the key ring.
///
/// A sealed secret is the text `v1.<key id>.<base64url of nonce, ciphertext and tag>`. Version, key id, workspace and purpose are
/// authenticated with it, so that a secret copied to another workspace or column does not open.
package final class Vault: Sendable {
    /// What a secret is for.
    package enum Purpose: String, Sendable, CaseIterable {
        case freshdeskKey = "freshdesk_key"
        case webhookKey = "webhook_key"
        case noticeURL = "notice_url"
    }

    package let source: KeySource
    /// What the operator should mend about the keys, found when the vault was opened.
    package let warnings: [KeyWarning]
    private let held: Mutex<KeyRing>

    private static let version = "v1"

    init(source: KeySource, ring: KeyRing, warnings: [KeyWarning] = []) {
        self.source = source
        self.warnings = warnings
        held = Mutex(ring)
    }

    package var ring: KeyRing { held.withLock { $0 } }

    /// `secret` sealed under the current key.
    ///
    /// The key file is read again each time: sealing is rare, and a key that `clynto keys rotate` has retired must not be used.
    package func seal(_ secret: Secret, for purpose: Purpose, workspace: ID<Workspace>) throws -> String {
        try Self.seal(secret, under: try reread().current, for: purpose, workspace: workspace)
    }

    /// The secret inside `sealed`.
    ///
    /// Throws `unavailable` with code `wrong_key` when its key is not in the ring, even after reading the key file again, and with
    /// code `damaged_secret` when it was changed or sealed for another workspace or purpose.
    package func open(_ sealed: String, for purpose: Purpose, workspace: ID<Workspace>) throws -> Secret {
        let sealed = try Sealed(sealed)
        var keys = ring.keys(of: sealed.keyID)
        if keys.isEmpty { keys = try reread().keys(of: sealed.keyID) }
        guard !keys.isEmpty else { throw Self.wrongKey(source) }
        let context = Self.context(keyID: sealed.keyID, purpose: purpose, workspace: workspace)
        for key in keys {
            if let box = try? AES.GCM.SealedBox(combined: sealed.bytes),
                let bytes = try? AES.GCM.open(box, using: key.symmetricKey, authenticating: context),
                let text = String(bytes: bytes, encoding: .utf8)
            {
                return Secret(text)
            }
        }
        throw Self.damaged
    }

    /// The id of the key that `sealed` needs; nil when it is not a sealed secret.
    static func keyID(of sealed: String) -> String? { (try? Sealed(sealed))?.keyID }

    /// Reads the keys again and holds them from now on.
    @discardableResult
    func reread() throws -> KeyRing {
        let ring = try source.ring()
        held.withLock { $0 = ring }
        return ring
    }

    private static func seal(
        _ secret: Secret, under key: EncryptionKey, for purpose: Purpose, workspace: ID<Workspace>
    ) throws -> String {
        let context = context(keyID: key.id, purpose: purpose, workspace: workspace)
        let box = try AES.GCM.seal(Data(secret.reveal().utf8), using: key.symmetricKey, authenticating: context)
        guard let bytes = box.combined else { throw Failure(.internal, "A secret could not be sealed.", cause: "odd nonce length") }
        return "\(version).\(key.id).\(bytes.base64URL)"
    }

    private static func context(keyID: String, purpose: Purpose, workspace: ID<Workspace>) -> Data {
        Data("clynto.\(version).\(keyID).\(purpose.rawValue).\(workspace)".utf8)
    }

    /// A sealed secret's parts.
    private struct Sealed {
        var keyID: String
        var bytes: Data

        init(_ text: String) throws {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, parts[0] == Vault.version, parts[1].utf8.count == 8, let bytes = Data(base64URL: parts[2]) else {
                throw Vault.damaged
            }
            keyID = parts[1]
            self.bytes = bytes
        }
    }

    static func wrongKey(_ source: KeySource) -> Failure {
        let name = if case .file(let path) = source { "The key file \(path)" } else { "The key in CLYNTO_SECRET_KEY" }
        return Failure(
            .unavailable, code: "wrong_key",
            "\(name) does not fit this database: secrets in it were sealed with another key. Nothing was overwritten. "
                + "Put the right key back, or point to the database that belongs to this key.")
    }

    private static let damaged = Failure(
        .unavailable, code: "damaged_secret", "A stored secret is damaged and cannot be opened. Connect again with the key.")
}
