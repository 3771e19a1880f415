import Testing

@testable import Sandbox

@Suite struct OptionsTests {
    @Test(
        arguments: [
            ("none", nil, 60), ("free", 50, 3_600), ("growth", 200, 3_600), ("growth2026", 100, 60), ("trial", 50, 60), ("pro", 400, 60),
            ("enterprise", 700, 60), ("garden", 3_000, 3_600), ("forest", 5_000, 3_600)
        ] as [(String, Int?, Int)])
    func plans(name: String, total: Int?, window: Int) throws {
        let plan = try Plan.named(name)
        #expect(plan.total == total)
        #expect(plan.window == window)
    }

    @Test func unknownPlanNamesTheKnownOnes() {
        let error = #expect(throws: SandboxError.self) { try Plan.named("gold") }
        #expect(error?.description.contains("enterprise") == true)
        #expect(error?.description.contains("gold") == true)
    }

    @Test(
        arguments: [
            ("csat_403", Fault.Kind.csat403, Fault.Reach.always, nil), ("rate_limit=12", .rateLimit, .always, 12),
            ("slow:250", .slow, .always, 250),
            ("truncate=3", .truncate, .next(3), nil), ("server_error=/surveys", .serverError, .path("/surveys"), nil),
            ("reset=1/10", .reset, .every(10), nil), ("bulk_500_ticket:12", .ticket500, .always, 12),
            ("forbidden=/contacts", .forbidden, .path("/contacts"), nil), ("rate_limit_stuck", .stuckRateLimit, .always, nil),
            ("scope=3", .scope, .always, 3), ("scope", .scope, .always, 2), ("reset=2@40", .reset, .next(2), nil)
        ] as [(String, Fault.Kind, Fault.Reach, Int64?)])
    func faults(text: String, kind: Fault.Kind, reach: Fault.Reach, amount: Int64?) throws {
        let fault = try Fault(parsing: text)
        #expect(fault.kind == kind)
        #expect(fault.reach == reach)
        #expect(fault.amount == amount)
    }

    @Test(arguments: [
        "", "nonsense", "truncate=many", "csat_403=2", "bulk_500_ticket", "rate_limit=-1", "reset=1/0", "forbidden", "missing=surveys",
        "scope=1", "bad_key@soon"
    ])
    func badFaults(text: String) {
        #expect(throws: SandboxError.self) { try Fault(parsing: text) }
    }

    @Test func unknownFaultNamesTheKnownOnes() {
        let error = #expect(throws: SandboxError.self) { try Fault(parsing: "flood") }
        #expect(error?.description.contains("server_error") == true)
    }

    @Test func keyFollowsFromTheSeed() {
        #expect(SandboxOptions(seed: 4).apiKey == SandboxOptions(seed: 4).apiKey)
        #expect(SandboxOptions(seed: 4).apiKey != SandboxOptions(seed: 5).apiKey)
        #expect(SandboxOptions(seed: 4, apiKey: "mine").apiKey == "mine")
    }

    @Test func demoAccountsCoverMostCompanies() {
        let accounts = SandboxPortal.demoAccounts
        #expect(accounts.count > 50)
        #expect(Set(accounts.map(\.externalID)).count == accounts.count)
        #expect(accounts.allSatisfy { Moment($0.renewalDate) != nil && Double($0.arr) != nil && $0.ownerEmail.contains("@") })
        let written = CompanyCatalogue.written
        #expect(written.count > 65)
        #expect(Set(written.map(\.name)).count == written.count)
        let exact = written.filter { company in company.account?.domains.contains { company.domains.contains($0) } == true }
        #expect(exact.count > written.count / 2)
        #expect(written.contains { $0.account == nil })
        #expect(written.contains { $0.account != nil && $0.account?.domains.first != $0.domains.first })
    }
}
