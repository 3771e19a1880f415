import Foundation
import TestTools
import Testing

@testable import Freshdesk

@Suite struct WireTimeTests {
    @Test(arguments: [
        ("2022-11-16T16:16:58Z", 1_668_615_418.0),
        ("2022-11-16T16:16:58+00:00", 1_668_615_418),
        ("2022-11-16T21:46:58+05:30", 1_668_615_418),
        ("2022-11-16T11:16:58-0500", 1_668_615_418),
        ("2022-11-16T17:16:58+01", 1_668_615_418),
        ("2022-11-16t16:16:58z", 1_668_615_418),
        ("2022-11-16 16:16:58", 1_668_615_418),
        ("2022-11-16T16:16:58.500Z", 1_668_615_418.5),
        ("2022-11-16T16:16Z", 1_668_615_360),
        ("2022-11-16", 1_668_556_800),
        ("2015-08-28T010:08:16Z", 1_440_756_496),
        ("1970-01-01T00:00:00Z", 0),
        ("2024-02-29T00:00:00Z", 1_709_164_800),
        ("1969-12-31T23:59:59Z", -1)
    ])
    func read(text: String, seconds: Double) throws {
        let date = try #require(WireTime.parse(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.001)
    }

    @Test(arguments: [
        "", "null", "yesterday", "2022-13-01T00:00:00Z", "2023-02-29", "2022-11-16T24:00:00Z", "2022-11-16T16:60:00Z",
        "2022-11-16T16:16:58Zx", "2022-11-16T", "16/11/2022", "2022-11-16T16:16:58+5:xx", "99999-01-01"
    ])
    func hopeless(text: String) {
        #expect(WireTime.parse(text) == nil)
    }

    @Test func writtenTimesReadBack() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let seconds = Double(Int64.random(in: -2_000_000_000...8_000_000_000, using: &random))
            let text = WireTime.format(Date(timeIntervalSince1970: seconds))
            #expect(WireTime.parse(text)?.timeIntervalSince1970 == seconds, "\(text)")
        }
        #expect(WireTime.format(Date(timeIntervalSince1970: 1_668_615_418.9)) == "2022-11-16T16:16:58Z")
        #expect(WireTime.format(Date(timeIntervalSince1970: -0.5)) == "1969-12-31T23:59:59Z")
    }

    @Test func headerDates() {
        #expect(WireTime.parseHeader("Wed, 16 Nov 2022 16:16:58 GMT")?.timeIntervalSince1970 == 1_668_615_418)
        #expect(WireTime.parseHeader("nonsense") == nil)
        #expect(WireTime.parseHeader("Wed, 16 Foo 2022 16:16:58 GMT") == nil)
    }
}
