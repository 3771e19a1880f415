import Foundation
import Testing

@testable import Sandbox

@Suite struct DeterminismTests {
    private func dump(seed: UInt64, now: Date = Desk.start, tickets: Int = 90) async -> [UInt8] {
        let desk = Desk(tickets: tickets, companies: 10, seed: seed) {
            $0.now = now
            $0.trash = true
        }
        return await desk.portal.dump(Call(method: "GET", target: "/_sandbox/dump", host: "h", authorization: nil, accept: nil)).body
    }

    /// The moment of the dump is the only thing that runs on; it stands in `now` and in the addresses of attachments.
    private func timeless(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).replacing(/"now":"[^"]*"/, with: "").replacing(/Expires=\d+&Signature=\w+/, with: "")
    }

    @Test func theSameSeedIsTheSamePortal() async {
        let one = await dump(seed: 21)
        let other = await dump(seed: 21)
        #expect(timeless(one) == timeless(other))
        #expect(one.count > 100_000)
    }

    @Test func anotherSeedIsAnotherPortal() async {
        #expect(timeless(await dump(seed: 21)) != timeless(await dump(seed: 22)))
    }

    @Test func rowsAreEqualByteForByteHoweverTheyAreRead() async throws {
        let desk = Desk(tickets: 60, companies: 6)
        let truth = try await desk.dump().list("tickets")
        for ticket in truth.suffix(15) {
            let listed = await desk.get("tickets/\(ticket.int("id") ?? 0)/conversations?per_page=100").rows
            let texts = ticket.list("conversations").compactMap { $0.text("body") }
            #expect(listed.compactMap { $0.text("body") } == texts)
        }
    }

    @Test func aLargePortalIsComplete() async {
        let desk = Desk(tickets: 20_000, companies: 400)
        let world = await desk.portal.world
        #expect(world.tickets.count == 20_000)
        #expect(world.companies.count == 400)
        let ids = world.tickets.flatMap { $0.conversations.map(\.id) }
        #expect(Set(ids).count == ids.count)
        #expect(Set(world.companies.values.map(\.name)).count == 400)
    }

    @Test(arguments: [0, 1, 2, 13])
    func tinyPortals(tickets: Int) async {
        let desk = Desk(tickets: tickets, companies: min(tickets, 2))
        #expect(await desk.all(Desk.everything).count == tickets)
        #expect(await desk.get("contacts").status == 200)
        #expect(await desk.get("surveys/satisfaction_ratings").status == 200)
    }
}
