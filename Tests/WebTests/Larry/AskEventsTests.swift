import AsyncHTTPClient
import Domain
import HummingbirdCore
import Foundation
import LanguageModel
import Larry
import Logging
import Markup
import StandInModel
import Store
import Testing

@testable import Web

/// Whoever leaves while an answer is worked out stops the work.
@Suite struct AskEventsTests {
    @Test func leavingStopsTheWork() async throws {
        try await StandInModel.run(script: { _, _ in .hangs() }) { model in
            try await withSite { fixture in
                let scope = try await fixture.connect()
                try await fixture.save(scope, tickets: [Rows.ticket(1, "One")])
                let http = HTTPClient(eventLoopGroupProvider: .singleton)
                let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                let larry = Larry(
                    database: fixture.site.database,
                    model: LanguageModelClient(
                        endpoint: ModelEndpoint(kind: .openai, url: model.url, model: "stand-in", key: nil), http: http, logger: logger))
                let asker = Larry.Asker(workspace: fixture.workspace.id, owner: "person:1")
                let listener = Listener()
                let response = AskEvents(
                    act: try LarryAct(Form(urlEncoded: "summary=1")), larry: larry, asker: asker, now: SiteFixture.now, logger: logger
                ) { _ in .empty }.response
                let stream = Task { try await response.body.write(listener.writer) }
                try await listener.reaches {
                    $0.text.contains("Summarising ticket 1") && $0.text.contains(": ping") && model.asked.count == 1
                }
                #expect(model.asked.count == 1)
                listener.leave()
                // It ends long before the model would have answered or the time were over, and keeps nothing.
                await #expect(throws: Listener.Left.self) { try await stream.value }
                #expect(try await larry.history(of: asker).isEmpty)
                try await http.shutdown()
            }
        }
    }

    @Test func aSummaryIsOfferedOnlyWithAModel() {
        let samples = PageSamples()
        var page = TicketPage(detail: samples.detail(samples.ticket()), thread: [], now: PageSamples.now)
        #expect(!page.html.contains("name=\"summary\""))
        page.summaryToken = "t"
        #expect(page.html.contains("name=\"summary\" value=\"1234\"") && page.html.contains("Summarise"))
    }
}
