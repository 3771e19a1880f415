import Crypto
import CryptoExtras
import Domain
import Foundation

/// Passwords as scrypt hashes in the form `scrypt$n$r$p$salt$hash` (numbers in decimal, salt and hash in base64url).
///
/// The parameters stand in each hash, so that they can be raised here later and old hashes still verify.
package enum Password {
    /// Shortest accepted password. Length is what helps; there are no rules about kinds of characters.
    package static let shortest = 10
    /// Longest accepted password: room for any sentence, and a bound on what a stranger can make the server hash.
    package static let longest = 200

    /// The cost: with the block size it makes each guess take 32 MB and about a tenth of a second of one core, the most that a small
    /// machine gives away on a sign-in without being brought down by a handful at once.
    static let cost = 1 << 15
    /// Scrypt's own default; more changes memory and time in step with the cost.
    static let blockSize = 8
    /// One lane: further lanes only help an attacker's many cores.
    static let parallelism = 1
    static let saltByteCount = 16
    static let hashByteCount = 32

    /// Throws `invalid` with a sentence for the field `password` when the length does not fit.
    package static func validate(_ password: Secret) throws {
        let text = normalized(password)
        if text.count < shortest { throw fault("Use at least \(shortest) characters.", code: "too_short") }
        // Scalars, not characters: one character may be a thousand combining marks.
        if text.unicodeScalars.count > longest { throw fault("Use at most \(longest) characters.", code: "too_long") }
    }

    /// The hash to store. Takes about a tenth of a second: call it through `PasswordHasher`.
    static func hash(_ password: Secret) throws -> String {
        let salt = Randomness.bytes(saltByteCount)
        let hash = Hash(cost: cost, blockSize: blockSize, parallelism: parallelism, salt: salt, bytes: Data())
        let key = try hash.derive(normalized(password), byteCount: hashByteCount)
        return ["scrypt", "\(cost)", "\(blockSize)", "\(parallelism)", salt.base64URL, key.withUnsafeBytes { Data($0) }.base64URL]
            .joined(separator: "$")
    }

    /// Whether `password` is the one behind `encoded`, compared in constant time. False for anything that is no hash.
    static func verify(_ password: Secret, against encoded: String) -> Bool {
        let text = normalized(password)
        guard text.unicodeScalars.count <= longest, let hash = Hash(encoded),
            let key = try? hash.derive(text, byteCount: hash.bytes.count)
        else { return false }
        // `SymmetricKey` compares in constant time.
        return key == SymmetricKey(data: hash.bytes)
    }

    /// Whether `encoded` was made with other parameters than today's.
    static func isOutdated(_ encoded: String) -> Bool {
        guard let hash = Hash(encoded) else { return true }
        return hash.cost != cost || hash.blockSize != blockSize || hash.parallelism != parallelism || hash.bytes.count != hashByteCount
    }

    /// A hash of today's parameters that no password fits, verified for unknown people so that the time taken tells nothing.
    static let dummy =
        ["scrypt", "\(cost)", "\(blockSize)", "\(parallelism)"]
        .joined(separator: "$") + "$" + Data(count: saltByteCount).base64URL + "$" + Data(count: hashByteCount).base64URL

    /// The same characters typed on different keyboards may be composed differently.
    private static func normalized(_ password: Secret) -> String { password.reveal().precomposedStringWithCanonicalMapping }

    private static func fault(_ message: String, code: String) -> Failure {
        Failure(.invalid, code: code, message, fields: [.init("password", message, code: code)])
    }

    /// A stored hash's parts.
    private struct Hash {
        var cost: Int
        var blockSize: Int
        var parallelism: Int
        var salt: Data
        var bytes: Data

        init(cost: Int, blockSize: Int, parallelism: Int, salt: Data, bytes: Data) {
            self.cost = cost
            self.blockSize = blockSize
            self.parallelism = parallelism
            self.salt = salt
            self.bytes = bytes
        }

        /// Nil for what is no hash, and for parameters that would take more than some 256 MB: no stored text may exhaust the machine.
        init?(_ encoded: String) {
            let parts = encoded.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]), let blockSize = Int(parts[2]),
                let parallelism = Int(parts[3]), let salt = Data(base64URL: parts[4]), let bytes = Data(base64URL: parts[5]),
                (2...1 << 18).contains(cost), cost.nonzeroBitCount == 1, (1...8).contains(blockSize), (1...4).contains(parallelism),
                (16...64).contains(bytes.count)
            else { return nil }
            self.init(cost: cost, blockSize: blockSize, parallelism: parallelism, salt: salt, bytes: bytes)
        }

        func derive(_ password: String, byteCount: Int) throws -> SymmetricKey {
            try KDF.Scrypt.deriveKey(
                from: Data(password.utf8), salt: salt, outputByteCount: byteCount, rounds: cost, blockSize: blockSize,
                parallelism: parallelism)
        }
    }
}

/// Hashes one password at a time: each takes 32 MB and a core, and a crowd at the sign-in page must not take all of both.
actor PasswordHasher {
    static let shared = PasswordHasher()

    func hash(_ password: Secret) throws -> String { try Password.hash(password) }

    func verify(_ password: Secret, against encoded: String) -> Bool { Password.verify(password, against: encoded) }
}
