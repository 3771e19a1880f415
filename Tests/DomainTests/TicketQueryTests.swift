import Domain
import Foundation
import Testing

@Suite struct TicketQueryTests {
    @Test(arguments: [
        "status=open,pending", "status=!closed,resolved", "priority=urgent", "source=email,outbound_email", "agent=12,none", "account=none",
        "company=!9007199254740993", "type=Incident", "tag=vip", "match=review,none", "csat=positive,neutral", "created=30d",
        "updated=2026-01-01..2026-02-01", "resolved=..2026-02-01", "resolved=2026-02-01..", "created=2026-01-01T10:30:00Z..",
        "q=single%20sign",
        "status=open&sort=priority", "sort=-waiting&limit=200", "tag=a%5C,b,c"
    ])
    func printsBackWhatItReads(_ text: String) throws {
        let (query, faults) = TicketQuery.parse(Self.items(text))
        #expect(faults.isEmpty)
        #expect(query.queryString == text)
    }

    @Test(arguments: [
        ("status=opened", "status"), ("agent=abc", "agent"), ("agent=-3", "agent"), ("agent=0", "agent"), ("sort=name", "sort"),
        ("limit=0", "limit"),
        ("limit=201", "limit"), ("created=soon", "created"), ("created=2026-02-30..", "created"), ("created=..", "created"),
        ("created=2026-02-01..2026-01-01", "created"), ("cursor=zzz", "cursor"), ("colour=red", "colour"),
        ("status=open&status=closed", "status"),
        ("match=maybe", "match"), ("created=0d", "created"), ("created=999999999999999999999d", "created")
    ])
    func namesTheFaultyParameter(_ text: String, _ parameter: String) {
        let (_, faults) = TicketQuery.parse(Self.items(text))
        #expect(faults.map(\.name) == [parameter])
    }

    @Test func anEmptyFieldIsNoFilter() {
        let (query, faults) = TicketQuery.parse(Self.items("status=&q=&agent="))
        #expect(query == TicketQuery())
        #expect(faults.isEmpty)
    }

    @Test func aCursorIsBoundToFiltersAndSort() throws {
        var query = TicketQuery.parse(Self.items("status=open")).query
        query.cursor = TicketCursor(fingerprint: query.fingerprint, direction: .after, key: 5, id: 7, offset: 50)
        #expect(TicketQuery.parse(Self.items(query.queryString)).faults.isEmpty)
        let elsewhere = query.queryString.replacing("status=open", with: "status=closed")
        #expect(TicketQuery.parse(Self.items(elsewhere)).faults.map(\.code) == ["stale_cursor"])
        // The page's size may change on the way.
        #expect(TicketQuery.parse(Self.items(query.queryString + "&limit=100")).faults.isEmpty)
    }

    @Test func anyTagOrTypeSurvivesTheLink() throws {
        for text in ["a,b", "!vip", "back\\slash", "50 %", "a&b=c", "naïve 請", "\"quoted\"", "#1", "+plus"] {
            var query = TicketQuery()
            query.tag = .init([text, "other"])
            query.type = .init([text], isNegated: true)
            #expect(TicketQuery.parse(Self.items(query.queryString)).query == query, "\(text)")
        }
    }

    static func items(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").map { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).removingPercentEncoding ?? ""
            }
            return (pair[0], pair.count > 1 ? pair[1] : "")
        }
    }
}
