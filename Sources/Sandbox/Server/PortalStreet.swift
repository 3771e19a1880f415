import Synchronization

/// The portals behind one server: one that answers everything, or many that are told apart by the first segment of the path.
///
/// Of many, each is made when it is first asked: a thousand worlds at once would keep the start waiting.
final class PortalStreet: Sendable {
    private let options: [String: SandboxOptions]
    private let made = Mutex<[String: Portal]>([:])
    /// The portal that answers whatever the path says; nil when there are several.
    private let only: Portal?

    init(_ portals: [SandboxOptions]) {
        options = Dictionary(portals.map { ($0.subdomain, $0) }, uniquingKeysWith: { first, _ in first })
        only = portals.count == 1 ? Portal(options: portals[0]) : nil
    }

    /// Who answers a request, and the target as that portal is to see it: a control route of one among many stands behind its name,
    /// `/{subdomain}/_sandbox/…`. Nil when nobody does.
    func portal(of target: String) -> (portal: Portal, target: String)? {
        if let only { return (only, target) }
        let path = target.dropFirst()
        let name = String(path.prefix { $0 != "/" && $0 != "?" })
        guard let portal = portal(named: name) else { return nil }
        let rest = path.dropFirst(name.count)
        return (portal, rest.hasPrefix("/_sandbox") ? String(rest) : target)
    }

    private func portal(named name: String) -> Portal? {
        guard let options = options[name] else { return nil }
        return made.withLock { made in
            if let portal = made[name] { return portal }
            let portal = Portal(options: options)
            made[name] = portal
            return portal
        }
    }

    var requests: Int {
        get async {
            var sum = 0
            for portal in only.map({ [$0] }) ?? made.withLock({ Array($0.values) }) { sum += await portal.requestNumber }
            return sum
        }
    }

    /// What nobody among many answers: `GET /_sandbox` and `/_sandbox/stats` speak of all of them together.
    func answer(_ method: String, _ target: String) async -> Answer {
        let path = target.prefix { $0 != "?" }
        var writer = JSONWriter()
        switch (method, path) {
        case ("GET", "/_sandbox"):
            let awake = made.withLock { $0.count }
            writer.object { writer in
                writer.member("portals", options.count)
                writer.member("awake", awake)
            }
        case ("GET", "/_sandbox/stats"):
            var sum = Statistics()
            for portal in made.withLock({ Array($0.values) }) { sum.add(await portal.statistics) }
            sum.write(into: &writer)
        default:
            return Answer.html(Portal.nobodyHere, status: 404)
        }
        return Answer.json(writer)
    }
}
