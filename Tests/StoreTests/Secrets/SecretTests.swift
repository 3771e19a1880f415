import Foundation
import Store
import Testing

@Suite struct SecretTests {
    private struct Form {
        var subdomain = "acme"
        var key = Secret("hunter2-hunter2")
    }

    @Test func nothingPrintsIt() {
        let secret = Secret("hunter2-hunter2")
        var dumped = ""
        dump(Form(), to: &dumped)
        let prints = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(Form())", String(reflecting: [secret]),
            "\(Optional(secret) as Any)", dumped
        ]
        for text in prints { #expect(!text.contains("hunter2"), "\(text)") }
        #expect("\(secret)".contains("•"))
        #expect(secret.reveal() == "hunter2-hunter2")
    }

    @Test func keysPrintTheirIDOnly() throws {
        let key = try #require(EncryptionKey(bytes: Data(repeating: 7, count: 32)))
        // First 8 hex digits of `printf '\7%.0s' {1..32} | sha256sum`.
        #expect(key.id == "4bb06f8e")
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "key 4bb06f8e")
        #expect(!dumped.contains("symmetric"))
    }

    @Test func tokensAreLongAndDifferent() throws {
        let tokens = (0..<100).map { _ in Randomness.token().reveal() }
        #expect(Set(tokens).count == 100)
        for token in tokens { #expect(Data(base64URL: token)?.count == 32, "\(token)") }
    }

    @Test func aTokenIsStoredAsItsSHA256() {
        #expect(TokenHash.of(Secret("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: ["A+B", "A/B", "QUI=", "A", "Ä", "QUI\n"])
    func oddBase64URLIsRefused(_ text: String) { #expect(Data(base64URL: text) == nil) }

    @Test func base64URLKeepsEveryByte() {
        for length in 0...67 {
            let bytes = Data((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 251) })
            #expect(Data(base64URL: bytes.base64URL) == bytes)
        }
    }
}
