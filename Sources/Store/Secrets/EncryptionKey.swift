import Crypto
package import Foundation

/// One key of 32 bytes that secrets are sealed with. Prints its id only.
package struct EncryptionKey: Sendable, Equatable {
    /// First 8 hex digits of the key's SHA-256; stands in front of everything the key sealed.
    package let id: String
    let symmetricKey: SymmetricKey

    package static let byteCount = 32

    /// Nil unless there are 32 bytes.
    package init?(bytes: Data) {
        guard bytes.count == Self.byteCount else { return nil }
        id = String(TokenHash.hex(of: bytes).prefix(8))
        symmetricKey = SymmetricKey(data: bytes)
    }

    /// Nil unless `text` is the base64 of 32 bytes.
    package init?(base64 text: String) {
        guard let bytes = Data(base64Encoded: text) else { return nil }
        self.init(bytes: bytes)
    }

    private init(drawn key: SymmetricKey) {
        symmetricKey = key
        id = String(TokenHash.hex(of: key.withUnsafeBytes { Data($0) }).prefix(8))
    }

    package static func random() -> EncryptionKey { EncryptionKey(drawn: SymmetricKey(size: .bits256)) }

    /// The key as a line of a key file.
    func base64() -> Secret { Secret(symmetricKey.withUnsafeBytes { Data($0) }.base64EncodedString()) }
}

extension EncryptionKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "key \(id)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
