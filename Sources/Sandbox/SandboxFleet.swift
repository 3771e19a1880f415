/// Many small portals for one server, alike but for their seeds, sizes and plans.
package enum SandboxFleet {
    /// Portals named `demo-1`, `demo-2` and so on.
    ///
    /// - Parameters:
    ///   - base: what they have in common; its number of tickets is the mean.
    ///   - plans: dealt out in turn.
    ///   - hasOneKey: all take the key of `base`; else each has its own.
    package static func options(count: Int, base: SandboxOptions, plans: [Plan], hasOneKey: Bool) -> [SandboxOptions] {
        (0..<count).map { index in
            let seed = base.seed &+ UInt64(index)
            var options = base
            options.seed = seed
            if !hasOneKey { options.apiKey = SandboxOptions(seed: seed).apiKey }
            options.subdomain = "demo-\(index + 1)"
            options.plan = plans[index % plans.count]
            // From half of the mean to half as much again.
            var dice = Dice(seed, "fleet")
            options.tickets = max(1, base.tickets / 2 + dice.roll(base.tickets + 1))
            return options
        }
    }
}
