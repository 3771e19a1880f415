import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("Agents' pages")
struct AgentPagesTests {
    let samples = PageSamples()

    @Test("A share of fewer than five ratings is not shown", arguments: [(0, nil), (4, nil), (5, "60 %")] as [(Int, String?)])
    func ratings(count: Int, percent: String?) {
        let agent = samples.agent(ratings: SatisfactionShare(positive: min(count, 3), count: count))
        #expect(AgentFigures(summary: agent).percent == percent)
        let html = samples.agentsPage([agent]).html.rendered
        #expect(html.contains("too few") == (count > 0 && percent == nil))
    }

    @Test("Agents stay in the order given: by name, not by figures")
    func noRanking() throws {
        let html = samples.agentsPage([
            samples.agent(1, name: "Ana"), samples.agent(2, name: "Bo"), samples.agent(3, name: "Cy", isActive: false)
        ])
        .html.rendered
        let places = try ["/agents/1\"", "/agents/2\"", "/agents/3\""].map { try #require(html.range(of: $0)).lowerBound }
        #expect(places == places.sorted())
        #expect(html.contains("2 agents, 1 left") && !html.contains("aria-sort"))
    }

    @Test("Those who left and occasional ones are told apart in words")
    func standing() {
        let html = samples.agentsPage([samples.agent(1, isActive: false), samples.agent(2, isOccasional: true)]).html.rendered
        #expect(html.contains(">Left<") && html.contains(">Occasional<"))
        #expect(!samples.agentsPage([samples.agent()]).html.rendered.contains(">Left<"))
    }

    @Test("Search looks at name, address and group")
    func search() {
        let agents = [samples.agent(1, name: "Ana"), samples.agent(2, name: "Bo")]
        #expect(samples.agentsPage(agents, search: "ANA").html.rendered.contains("1 agent<"))
        #expect(samples.agentsPage(agents, search: "tier 2").html.rendered.contains("2 agents<"))
        #expect(samples.agentsPage(agents, search: "zzz").html.rendered.contains("No agent matches"))
    }

    @Test("A profile leads to the agent's lists")
    func profile() {
        let page = AgentPage(
            agent: samples.agent(), tickets: [samples.ticket()], total: Total(count: 10_000, isExact: false), portal: PageSamples.portal,
            now: PageSamples.now)
        let html = page.html.rendered
        for address in [
            "/tickets?status=open&amp;agent=4", "/tickets?status=open,pending&amp;agent=4", "/tickets?agent=4", "/accounts/12",
            "/tickets?group=2"
        ] {
            #expect(html.contains("href=\"\(address)\""), "\(address)")
        }
        #expect(html.contains("All 10,000+ tickets") && html.contains("8 ratings in 90 days") && html.contains("75 %"))
        var none = page
        none.tickets = []
        #expect(none.html.rendered.contains("No ticket of the window is assigned to Priya."))
    }
}
