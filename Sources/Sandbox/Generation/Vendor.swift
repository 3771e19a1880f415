/// The company whose help desk this is: Tidewater sells shift planning and time tracking.
enum Vendor {
    static let name = "Tidewater"
    static let domain = "tidewater.example"
    static let supportEmail = "support@tidewater.example"
    static let billingEmail = "billing@tidewater.example"

    struct Team: Sendable {
        let key: String
        let name: String
        let description: String
    }

    static let teams: [Team] = [
        Team(key: "technical", name: "Technical support", description: "Everything that does not work as it should"),
        Team(key: "billing", name: "Billing", description: "Invoices, plans and payments"),
        Team(key: "onboarding", name: "Onboarding", description: "New customers in their first ninety days"),
        Team(key: "integrations", name: "Integrations", description: "Payroll, single sign-on and the API"),
        Team(key: "escalations", name: "Escalations", description: "Cases that need an engineer or a manager"),
        Team(key: "feedback", name: "Product feedback", description: "Wishes and ideas, read every Thursday")
    ]

    static let products: [(name: String, description: String)] = [
        ("Tidewater Schedule", "Rosters and shift planning"),
        ("Tidewater Timesheets", "Time tracking, approval and payroll export"),
        ("Tidewater Mobile", "The app for people on the floor and on the road")
    ]

    struct Person: Sendable {
        let name: String
        let title: String
        let teams: [String]
        let zone: String
        var standing = Agent.Standing.working
        var isOccasional = false
        var isAdmin = false
    }

    /// Who works at the help desk. The first is the key's owner.
    static let people: [Person] = [
        Person(name: "Maren Lindqvist", title: "Head of Support", teams: ["escalations"], zone: "Stockholm", isAdmin: true),
        Person(name: "Daniel Okafor", title: "Support Engineer", teams: ["technical", "integrations"], zone: "London"),
        Person(name: "Sofia Marchetti", title: "Support Specialist", teams: ["technical", "onboarding"], zone: "Rome"),
        Person(name: "Priya Raman", title: "Billing Specialist", teams: ["billing"], zone: "Chennai"),
        Person(name: "Tom Ashby", title: "Onboarding Manager", teams: ["onboarding", "feedback"], zone: "London"),
        Person(
            name: "Grace Kim", title: "Integration Engineer", teams: ["integrations", "escalations"], zone: "Pacific Time (US & Canada)",
            standing: .working),
        Person(name: "Luis Herrera", title: "Support Specialist", teams: ["technical"], zone: "Central Time (US & Canada)"),
        Person(name: "Hannah Vogel", title: "Support Specialist", teams: ["technical", "billing"], zone: "Berlin"),
        Person(name: "Yusuf Demir", title: "Senior Support Engineer", teams: ["technical", "escalations"], zone: "Istanbul"),
        Person(
            name: "Chloe Bennett", title: "Support Specialist", teams: ["technical", "feedback"], zone: "Eastern Time (US & Canada)",
            standing: .working),
        Person(name: "Arjun Mehta", title: "Support Engineer", teams: ["integrations"], zone: "Mumbai"),
        Person(name: "Olivia Grant", title: "Product Manager", teams: ["feedback"], zone: "London", isOccasional: true),
        Person(name: "Ben Whitlock", title: "Support Specialist", teams: ["technical"], zone: "London", standing: .deactivated),
        Person(name: "Elena Petrova", title: "Support Engineer", teams: ["technical"], zone: "Sofia", standing: .becameContact),
        Person(name: "Marcus Doyle", title: "Support Specialist", teams: ["billing"], zone: "Dublin", standing: .gone)
    ]

    /// Display order, id order and language all differ, as in accounts that grew (fact 174).
    static let statuses = [
        PortalStatus(id: 2, label: "Open", customerLabel: "Being processed"),
        PortalStatus(id: 3, label: "Pending", customerLabel: "Awaiting your reply"),
        PortalStatus(id: 4, label: "Resolved", customerLabel: "This ticket has been resolved"),
        PortalStatus(id: 5, label: "Closed", customerLabel: "This ticket has been closed"),
        PortalStatus(id: 8, label: "Wartet auf Entwicklung", customerLabel: "Wird von der Entwicklung geprüft"),
        PortalStatus(id: 6, label: "Waiting on Customer", customerLabel: "Awaiting your reply"),
        PortalStatus(id: 7, label: "Waiting on Third Party", customerLabel: "Being processed"),
        PortalStatus(id: 9_000, label: "Assigned to AI Agent", customerLabel: "Assigned to AI Agent")
    ]

    static let types = ["Question", "Incident", "Problem", "Feature request", "Billing", "Task"]
    static let areas = ["Sign-in", "Scheduling", "Timesheets", "Payroll export", "Billing", "Mobile app", "API", "Permissions", "Reporting"]
    /// What the source field offers; real tickets also carry 15 and 18, which it does not name.
    static let sources: [(label: String, id: Int)] = [
        ("Email", 1), ("Portal", 2), ("Phone", 3), ("Forum", 4), ("Twitter", 5), ("Facebook", 6), ("Chat", 7), ("MobiHelp", 8),
        ("Feedback Widget", 9), ("Outbound Email", 10), ("Ecommerce", 11), ("Bot", 12), ("Whatsapp", 13), ("Partner hotline", 101)
    ]
}
