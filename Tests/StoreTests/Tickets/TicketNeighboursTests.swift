import Domain
import Foundation
import Store
import TestDatabases
import Testing

/// Walking from ticket to ticket visits what paging lists, in the same order.
@Suite struct TicketNeighboursTests {
    @Test(arguments: Engine.allCases) func walkingFollowsTheList(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save(
                (Int64(1)...14).map { id in
                    var ticket = StoreTests.ticket(id, subject: id.isMultiple(of: 2) ? "Even" : "Odd", status: id > 12 ? 4 : 2)
                    ticket.updatedAt = noon.addingTimeInterval(-hour * Double(id / 3))
                    ticket.dueBy = id.isMultiple(of: 3) ? nil : noon.addingTimeInterval(hour * Double(id % 4))
                    return ticket
                })
            for text in ["", "sort=due", "sort=-due", "status=open&sort=-created", "q=even&sort=waiting"] {
                let list = try await mirror.list(text)
                #expect(list.count > 3, "\(text)")
                for (index, id) in list.enumerated() {
                    let found = try await mirror.tickets.neighbours(of: id, in: query(text), mirror.workspace, now: noon)
                    #expect(found.previous == (index == 0 ? nil : list[index - 1]), "\(text): before \(id)")
                    #expect(found.next == (index == list.count - 1 ? nil : list[index + 1]), "\(text): after \(id)")
                    #expect(found.position == index + 1 && found.total == Total(count: list.count, isExact: true), "\(text): \(id)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func aTicketThatLeftTheListKeepsItsPlace(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let other = try await MirrorFixture(store, workspace: "Contoso", subdomain: "contoso")
            _ = try await mirror.save((1...3).map { ticket($0, status: $0 == 2 ? 5 : 2, updated: -hour * Double($0)) })
            _ = try await other.save([ticket(4, updated: -hour * 1.5)])
            let found = try await mirror.tickets.neighbours(of: 2, in: query("status=open"), mirror.workspace, now: noon)
            #expect(found.previous == 1 && found.next == 3 && found.position == nil)
            #expect(found.total == Total(count: 2, isExact: true))
            let fault = await failure { try await mirror.tickets.neighbours(of: 4, in: TicketQuery(), mirror.workspace, now: noon) }
            #expect(fault?.kind == .notFound)
        }
    }
}
