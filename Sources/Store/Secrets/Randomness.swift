import Crypto
package import Foundation

/// The one place where `Store` draws random bytes, and the text forms of what is made from them.
package enum Randomness {
    /// Bytes of every token, key and link: 256 bits, far beyond guessing.
    static let tokenByteCount = 32

    /// Bytes from the operating system's generator.
    static func bytes(_ count: Int) -> Data {
        var generator = SystemRandomNumberGenerator()
        return Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// 32 random bytes as base64url without padding (43 characters): session and API tokens, one-time links, webhook keys.
    package static func token() -> Secret { Secret(bytes(tokenByteCount).base64URL) }
}

/// What is stored in place of a token.
package enum TokenHash {
    /// SHA-256 of a token's text in lower-case hex (64 digits).
    ///
    /// A plain hash is enough: tokens carry 256 random bits, so that there is nothing to guess, and a look-up by the hash leaks no
    /// timing about the token.
    package static func of(_ token: Secret) -> String { hex(of: Data(token.reveal().utf8)) }

    static func hex(of bytes: Data) -> String {
        SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension Data {
    /// Base64 with `-` and `_` and without padding, safe in links, cookies and file names.
    package var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil when `text` is not base64url without padding.
    package init?(base64URL text: String) {
        guard text.utf8.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        self.init(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding)
    }

    private static let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
