/// A customer account of the demonstration workspace: what a vendor's billing list would hold about a company.
package struct DemoAccount: Sendable, Equatable {
    package let name: String
    /// As typed; not always those of the Freshdesk company.
    package let domains: [String]
    package let externalID: String
    package let ownerEmail: String
    /// Annual revenue, a plain decimal.
    package let arr: String
    /// `YYYY-MM-DD`
    package let renewalDate: String

    /// Figures that follow from the position alone, so that every start shows the same accounts.
    static func drawn(position: Int, name: String, domains: [String], tier: String) -> DemoAccount {
        var dice = Dice(2_011, "account", Int64(position))
        let arr =
            switch tier {
            case "Enterprise": dice.roll(48...160) * 1_000
            case "Premium": dice.roll(12...46) * 500 * 2
            case "Basic": dice.roll(24...96) * 100
            default: dice.roll(12...30) * 100
            }
        let owner = dice.pick(["ines.carvalho", "tom.ashby", "priya.raman", "jonas.weber"])
        let month = String(dice.roll(101...112)).dropFirst()
        let renewal = "2027-\(month)-\(dice.chance(70) ? "01" : "15")"
        return DemoAccount(
            name: name, domains: domains, externalID: "ACC-\(1_001 + position * 7)", ownerEmail: "\(owner)@\(Vendor.domain)",
            arr: "\(arr).00",
            renewalDate: renewal)
    }
}

/// What the simulated portal offers to a demonstration workspace.
package enum SandboxPortal {
    /// Accounts for most of the portal's companies: the bulk by an equal domain, some only by a normalised domain or by name,
    /// some companies by none.
    package static let demoAccounts: [DemoAccount] = CompanyCatalogue.written.compactMap(\.account)
}
