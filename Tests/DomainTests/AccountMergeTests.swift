import Domain
import Foundation
import Testing

@Suite struct AccountMergeTests {
    private static let early = Date(timeIntervalSince1970: 1_000)
    private static let late = Date(timeIntervalSince1970: 2_000)

    private static func account(_ id: Int64, _ name: String, _ change: (inout Account) -> Void = { _ in }) -> Account {
        var account = Account(id: ID(id), name: name, createdAt: early, updatedAt: early)
        change(&account)
        return account
    }

    @Test func whatTheKeptOneLacksIsTakenOver() throws {
        let kept = Self.account(1, "Acme") {
            $0.domains = ["Acme.com"]; $0.createdAt = Self.late
        }
        let gone = Self.account(2, "ACME ") {
            $0.domains = ["acme.com", "acme.de"]
            $0.aliases = ["Acme Europe"]
            $0.externalID = "K"
            $0.renewalDate = Day(number: 20_000)
        }
        let merged = try AccountMerge.merged(kept, with: gone, now: Self.late)
        // The same name in other letters is no other name, the same domain no further one.
        #expect(merged.aliases == ["Acme Europe"] && merged.domains == ["Acme.com", "acme.de"])
        #expect(merged.externalID == "K" && merged.furtherExternalIDs.isEmpty && merged.renewalDate == Day(number: 20_000))
        #expect(merged.createdAt == Self.early && merged.updatedAt == Self.late && merged.id == 1 && merged.name == "Acme")
    }

    @Test func twoKeysAreBothKept() throws {
        let kept = Self.account(1, "Acme") {
            $0.externalID = "A"; $0.furtherExternalIDs = ["X"]
        }
        let gone = Self.account(2, "Beta") {
            $0.externalID = "B"; $0.furtherExternalIDs = ["Y", "X"]
        }
        let merged = try AccountMerge.merged(kept, with: gone, now: Self.late)
        #expect(merged.externalID == "A" && merged.furtherExternalIDs == ["X", "B", "Y"])
        #expect(AccountMerge.restored(merged, before: kept, merged: merged, at: Self.late).furtherExternalIDs == ["X"])
    }

    @Test func untouchedItIsAsBefore() throws {
        var kept = Self.account(1, "Acme") {
            $0.domains = ["acme.com"]; $0.tags = ["gold"]; $0.ownerEmail = "a@x.example"
        }
        let gone = Self.account(2, "Beta") {
            $0.domains = ["beta.com"]; $0.tags = ["gold", "eu"]; $0.arr = 5; $0.externalID = "B"
        }
        let merged = try AccountMerge.merged(kept, with: gone, now: Self.late)
        kept.updatedAt = Self.late
        #expect(AccountMerge.restored(merged, before: kept, merged: merged, at: Self.late) == kept)
    }

    @Test func tooMuchTogetherIsRefused() {
        let kept = Self.account(1, "Acme") { $0.domains = (0..<60).map { "a\($0).example" } }
        let gone = Self.account(2, "Beta") { $0.domains = (0..<60).map { "b\($0).example" } }
        let failure = #expect(throws: Failure.self) { try AccountMerge.merged(kept, with: gone, now: Self.late) }
        #expect(failure?.kind == .invalid && failure?.message.contains("120 domains") == true)
        #expect(throws: Failure.self) { try AccountMerge.merged(kept, with: kept, now: Self.late) }
    }
}
