package import Foundation

/// How a simulated portal is set up. The same seed, sizes and `now` give the same portal, byte for byte.
package struct SandboxOptions: Sendable {
    /// The portal's name: `/{subdomain}/api/v2/…` is answered, any other name is not found.
    package var subdomain = "demo"
    /// The key of the portal's administrator; by default derived from the seed.
    package var apiKey: String
    package var seed: UInt64
    package var tickets = 800
    package var companies = 60
    /// Milliseconds before every answer.
    package var latency = 0
    package var plan = Plan.unlimited
    /// Some tickets lie in the trash and in spam.
    package var trash = false
    package var faults: [Fault] = []
    /// Among the tickets are the few that break careless mirrors and pages: huge, hostile, very long.
    package var curiosities = true
    /// The moment the portal's clock starts at; nil is the real time.
    package var now: Date?
    /// The portal's clock stands still but for what advances it, so that a test decides which changes share a second.
    package var clockStands = false
    package var policies = SandboxPolicies()

    /// - Parameters:
    ///   - seed: what everything is drawn from.
    ///   - apiKey: nil derives a key of Freshdesk's usual form from the seed.
    package init(seed: UInt64 = 1, apiKey: String? = nil) {
        self.seed = seed
        self.apiKey = apiKey ?? SandboxOptions.key(of: seed)
    }

    private static func key(of seed: UInt64) -> String {
        var dice = Dice(seed, "api key")
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        return String((0..<20).map { _ in letters[dice.roll(letters.count)] })
    }
}
