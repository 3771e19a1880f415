import Domain
import Foundation
import Testing

@testable import Store

@Suite struct PasswordTests {
    /// The third test vector of RFC 7914, section 12.
    private static let vector: String = {
        let hex =
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        let digits = Array(hex)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        return "scrypt$16384$8$1$\(Data("SodiumChloride".utf8).base64URL)$\(Data(bytes).base64URL)"
    }()

    @Test func aKnownVectorVerifies() {
        #expect(Password.verify(Secret("pleaseletmein"), against: Self.vector))
        #expect(!Password.verify(Secret("pleaseletmeIn"), against: Self.vector))
        #expect(Password.isOutdated(Self.vector))
    }

    @Test func aHashHasItsParametersAndAFreshSalt() throws {
        let one = try Password.hash(Secret("correct horse battery"))
        let two = try Password.hash(Secret("correct horse battery"))
        #expect(one.hasPrefix("scrypt$32768$8$1$"))
        #expect(one.split(separator: "$").count == 6)
        #expect(one != two)
        #expect(!Password.isOutdated(one))
        #expect(Password.verify(Secret("correct horse battery"), against: one))
        #expect(!Password.verify(Secret("correct horse batterz"), against: one))
    }

    @Test func compositionOfCharactersDoesNotCount() throws {
        let hash = try Password.hash(Secret("Mu\u{308}nchen im Mai"))
        #expect(Password.verify(Secret("M\u{FC}nchen im Mai"), against: hash))
    }

    /// The dummy must cost as much as a real hash, and fit nothing.
    @Test func theDummyIsOfTodaysParameters() {
        #expect(!Password.isOutdated(Password.dummy))
        #expect(!Password.verify(Secret(""), against: Password.dummy))
    }

    @Test(arguments: [
        "", "scrypt", "plain", "scrypt$32768$8$1$$", "scrypt$32767$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "scrypt$1073741824$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "scrypt$2$8$1$AAAA$AAAA",
        "scrypt$-2$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"
    ])
    func whatIsNoHashFitsNothing(_ encoded: String) { #expect(!Password.verify(Secret("correct horse"), against: encoded)) }

    @Test(arguments: [("", "too_short"), ("123456789", "too_short"), ("ééééééééé", "too_short")])
    func shortPasswordsAreRefused(_ password: String, _ code: String) async {
        let failure = await failure { try Password.validate(Secret(password)) }
        #expect(failure?.kind == .invalid)
        #expect(failure?.fields == [.init("password", "Use at least 10 characters.", code: code)])
    }

    @Test func lengthIsCountedInCharactersAndBounded() async throws {
        try Password.validate(Secret("1234567890"))
        try Password.validate(Secret("🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂"))
        try Password.validate(Secret(String(repeating: "x", count: 200)))
        let combining = "0123456789" + String(repeating: "\u{301}", count: 1000)
        for long in [String(repeating: "x", count: 201), combining] {
            let failure = await failure { try Password.validate(Secret(long)) }
            #expect(failure?.fields.map(\.code) == ["too_long"])
        }
    }
}
