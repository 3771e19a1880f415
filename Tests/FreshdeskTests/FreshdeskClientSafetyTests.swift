import AsyncHTTPClient
import Foundation
import Logging
import Testing

@testable import Freshdesk

/// What the client must never do, and what strange answers must not do to it.
@Suite(.serialized) struct FreshdeskClientSafetyTests {
    typealias Asked = PortalServer.Asked
    typealias Answer = PortalServer.Answer

    @Test func redirectsAreNotFollowedAndTheKeyStaysHome() async throws {
        let strangers = try await PortalServer.run(answer: { _, _ in Answer(body: #"{"id":1}"#) }) { stranger in
            let address = "http://localhost:\(stranger.port)/api/v2/agents/me"
            let (result, asked) = try await asking { _, _ in
                Answer(status: 302, headers: ["Location": address], body: "")
            } _: {
                try await $0.me().value.id
            }
            guard case .rejected(302, let description, _) = failure(result) else {
                Issue.record("\(result)")
                return stranger.asked
            }
            #expect(description.contains("redirect"))
            #expect(asked.count == 1)
            return stranger.asked
        }
        #expect(strangers.isEmpty)
    }

    @Test func evenAClientThatFollowsRedirectsTakesNoKeyAlong() async throws {
        let strangers = try await PortalServer.run(answer: { _, _ in Answer(body: #"{"id":1}"#) }) { stranger in
            let address = "http://localhost:\(stranger.port)/x"
            try await PortalServer.run(answer: { _, _ in Answer(status: 302, headers: ["Location": address], body: "") }) { server in
                let http = HTTPClient(eventLoopGroupProvider: .singleton)
                let error = await #expect(throws: FreshdeskError.self) {
                    try await portalClient(port: server.port, http: http).me(retry: .once)
                }
                try await http.shutdown()
                guard case .rejected(302, _, _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
            return stranger.asked
        }
        #expect(strangers.allSatisfy { $0.headers["authorization"] == nil })
    }

    @Test func aLinkElsewhereOnlySaysThatThereIsMore() async throws {
        let strangers = try await PortalServer.run(answer: { _, _ in Answer() }) { stranger in
            let link = "< http://localhost:\(stranger.port)/api/v2/groups?page=2>;rel=\"next\""
            let (result, asked) = try await asking { asked, _ in
                Answer(headers: asked.target.contains("page=1&") ? ["Link": link] : [:], body: #"[{"id":1}]"#)
            } _: { client in
                let first = try await client.groups(page: 1).value.hasMore
                return [first, try await client.groups(page: 2).value.hasMore]
            }
            #expect(try result.get() == [true, false])
            #expect(asked.map(\.target).last == "/acme/api/v2/groups?page=2&per_page=100")
            return stranger.asked
        }
        #expect(strangers.isEmpty)
    }

    @Test func aFullPageWithoutLinkMeansMore() async throws {
        let page = "[" + (1...100).map { #"{"id":\#($0)}"# }.joined(separator: ",") + "]"
        let (result, _) = try await asking { _, _ in
            Answer(body: page)
        } _: {
            let page = try await $0.companies(page: 1).value
            return (page.records.count, page.hasMore)
        }
        #expect(try result.get() == (100, true))
    }

    @Test func badRecordsAreReportedBesideTheGoodOnes() async throws {
        let (result, _) = try await asking { _, _ in
            Answer(body: #"{"total":3,"results":[{"id":1,"subject":"😀"},{"subject":"lost"},{"id":3}]}"#)
        } _: {
            try await $0.searchTickets(query: "status:2", page: 1).value
        }
        let page = try result.get()
        #expect(page.total == 3 && page.records.map(\.id) == [1, 3] && page.records.first?.subject == "😀")
        #expect(page.unreadable.count == 1)
    }

    @Test func theOtherNameOfUpdatedSinceIsFoundAndRemembered() async throws {
        let (result, asked) = try await asking { asked, _ in
            guard asked.target.contains("_updated_since") else { return Answer(body: #"[{"id":1}]"#) }
            let body =
                #"{"description":"Validation failed","errors":[{"field":"_updated_since","message":"Unexpected","code":"invalid_field"}]}"#
            return Answer(status: 400, body: body)
        } _: { client in
            for page in 1...2 { _ = try await client.companies(page: page, updatedSince: Date(timeIntervalSince1970: 0)) }
        }
        try result.get()
        #expect(asked.map { $0.target.contains("?_updated_since=") } == [true, false, false])
    }

    @Test func anEndlessBodyIsBounded() async throws {
        let (result, _) = try await asking({ _, _ in Answer(body: "[" + String(repeating: " ", count: 5_000) + "]") }, bodyLimit: 1_000) {
            try await $0.me(retry: .once).value.id
        }
        guard case .unavailable(.garbage, _) = failure(result) else {
            Issue.record("\(result)")
            return
        }
    }

    @Test func nobodyThereAndNoTLS() async throws {
        let port = try await PortalServer.run(answer: { _, _ in Answer() }) { $0.port }
        try await withHTTP { http in
            let error = await #expect(throws: FreshdeskError.self) { try await portalClient(port: port, http: http).me(retry: .once) }
            #expect(error?.code == "network")
        }
        let tls = try await PortalServer.run(answer: { _, _ in Answer() }) { server in
            try await withHTTP { http in
                await #expect(throws: FreshdeskError.self) {
                    try await portalClient(port: server.port, scheme: "https", http: http).me(retry: .once)
                }
            }
        }
        guard case .unavailable(.tls, let message) = tls else {
            Issue.record("\(String(describing: tls))")
            return
        }
        #expect(message.contains("TLS"))
    }

    @Test func namesThatCannotBeFound() {
        struct NIOConnectionError: Error { var connectionErrors: [Int] }
        #expect(TransportFault.reason(of: NIOConnectionError(connectionErrors: [])) == .dns)
        #expect(TransportFault.reason(of: NIOConnectionError(connectionErrors: [1])) == .network)
    }

    @Test func cancellingStopsAtOnce() async throws {
        let began = AsyncStream<Void>.makeStream()
        try await PortalServer.run(answer: { _, _ in
            began.continuation.yield()
            try await Task.sleep(for: .seconds(60))
            return Answer()
        }) { server in
            try await withHTTP { http in
                let client = try portalClient(port: server.port, http: http)
                let task = Task { try await client.groups(page: 1).value.records.count }
                for await _ in began.stream { break }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(server.asked.count == 1)
            }
        }
    }

    @Test func theKeyIsNeverPrinted() async throws {
        try await withHTTP { http in
            let client = try portalClient(port: 1, http: http)
            var dumped = ""
            dump(client, to: &dumped)
            let encoded = Data("\(apiKey):X".utf8).base64EncodedString()
            for text in ["\(client)", String(reflecting: client), dumped, String(describing: Optional(client))] {
                #expect(!text.contains(apiKey) && !text.contains(encoded))
            }
        }
    }

    @Test func twelveRequestsAtOnce() async throws {
        let running = Locked((now: 0, most: 0))
        let (result, asked) = try await asking { _, _ in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            try await Task.sleep(for: .milliseconds(5))
            running.withLock { $0.now -= 1 }
            return Answer()
        } _: { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<150 { group.addTask { _ = try await client.conversations(ticketID: Int64(id), page: 1) } }
                try await group.waitForAll()
            }
        }
        try result.get()
        #expect(asked.count == 150)
        let most = running.withLock { $0.most }
        #expect(most <= 12 && most > 4, "\(most)")
    }
}
