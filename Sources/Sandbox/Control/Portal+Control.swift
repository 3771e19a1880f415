/// The control routes under `/_sandbox`: they change and show the portal without key, limits or counting, for tests and
/// rehearsals. They exist only here and the server listens on loopback only.
extension Portal {
    func control(_ call: Call) -> Answer {
        let path = Array(call.segments.dropFirst())
        do {
            if call.method == "GET" { return try shown(path, call) }
            guard call.method == "POST" else { throw SandboxError("Control routes take GET and POST.") }
            guard let body = JSONValue.read(call.body) else { throw SandboxError("The body is not JSON.") }
            return try changed(path, body)
        } catch {
            var writer = JSONWriter()
            writer.object { $0.member("error", "\(error)") }
            return Answer.json(writer, status: 400)
        }
    }

    // MARK: Looking

    private func shown(_ path: [String], _ call: Call) throws -> Answer {
        var writer = JSONWriter()
        switch path.first {
        case nil:
            writer.object { writer in
                writer.member("subdomain", options.subdomain)
                writer.member("plan", options.plan.name)
                writer.member("seed", String(options.seed))
                writer.member("now", now)
                writer.member("tickets", world.tickets.filter(\.isLive).count)
                writer.member("companies", world.companies.count)
                writer.member("contacts", world.contacts.count)
                writer.member("faults", faults.names)
                writer.member("events", Portal.eventNames)
            }
        case "stats": statistics.write(into: &writer)
        case "clock": writer.object { $0.member("now", now) }
        case "faults": writer.object { $0.member("faults", faults.names) }
        case "events": writeEvents(into: &writer)
        case "dump": return dump(call)
        case "attachments": return try attachment(path, call)
        default: throw SandboxError("There is no control route “/_sandbox/\(path.joined(separator: "/"))”.")
        }
        return Answer.json(writer)
    }

    /// A small text file, for as long as the signature of its address is good (S16).
    private func attachment(_ path: [String], _ call: Call) throws -> Answer {
        let values = Dictionary(call.query, uniquingKeysWith: { $1 })
        guard path.count == 2, let id = Int64(path[1]), let expires = values["Expires"].flatMap({ Int64($0) }).map(Moment.init(seconds:)),
            values["Signature"] == Attachments.signature(id, expires, seed: options.seed), now <= expires
        else {
            return Answer(
                status: 403, headers: [("Content-Type", "application/xml")],
                body: Array("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>".utf8))
        }
        return Answer(status: 200, headers: [("Content-Type", "text/plain")], body: Array("Attachment \(id) of a simulated portal.\n".utf8))
    }

    // MARK: Changing

    private func changed(_ path: [String], _ body: JSONValue) throws -> Answer {
        var writer = JSONWriter()
        switch path.first {
        case "events" where path.count == 2 && path[1] == "reset":
            script.reset()
            writer.object { $0.member("ok", true) }
        case "events": try handIn(body, into: &writer)
        case "faults":
            try changeFaults(body)
            writer.object { $0.member("faults", faults.names) }
        case "policies":
            try changePolicies(body)
            writer.object { $0.member("ok", true) }
        case "clock":
            guard let seconds = body["advance"]?.int64, seconds >= 0 else { throw SandboxError("“advance” is a number of seconds.") }
            advance(by: seconds)
            writer.object { $0.member("now", now) }
        case "stats" where path.count == 2 && path[1] == "reset":
            statistics.reset()
            writer.object { $0.member("ok", true) }
        case let name?:
            guard case .object(var event) = body else { throw SandboxError("An event is an object.") }
            event["do"] = JSONValue(name)
            try applyAndRecord(.object(event)).write(into: &writer)
        case nil: throw SandboxError("Say what to change: POST /_sandbox/reply, for example.")
        }
        return Answer.json(writer)
    }

    /// `{"tie_order": "shuffled"}`
    func changePolicies(_ body: JSONValue) throws {
        var policies = world.policies
        for (name, value) in body.members ?? [:] where name != "do" { try policies.set(name, to: value) }
        world.policies = policies
        world.policiesChanged()
        allowance.slidingWindow = policies.slidingWindow
    }

    /// `{"set": ["rate_limit=30"], "clear": ["html"]}`; `"clear": true` clears all.
    func changeFaults(_ body: JSONValue) throws {
        guard body["set"] != nil || body["clear"] != nil else { throw SandboxError("Faults are changed by “set” and “clear”.") }
        if let names = body["clear"]?.elements {
            for name in names { faults.clear(try Fault.Kind.named(name.text ?? "")) }
        } else if let name = body["clear"]?.text {
            faults.clear(try Fault.Kind.named(name))
        } else if body["clear"]?.bool == true {
            faults.clear(nil)
        }
        let wanted = body["set"]?.elements ?? body["set"].map { [$0] } ?? []
        for fault in try wanted.map({ try Fault(parsing: $0.text ?? "") }) {
            faults.set(fault, at: clock.precise, script: &script)
        }
    }

    /// Time passes: the trash is emptied of what lies there for thirty days (fact 201).
    func advance(by seconds: Int64) {
        clock.advance(by: Double(seconds))
        let border = now - 30 * Moment.day
        let expired = world.tickets.filter { ticket in
            if case .trash(let since) = ticket.place { since < border } else { false }
        }
        for ticket in expired { world.change(ticket.id) { $0.place = .gone } }
    }
}

extension Fault.Kind {
    static func named(_ name: String) throws -> Fault.Kind {
        guard let kind = Fault.Kind(rawValue: name) else {
            throw SandboxError("There is no fault “\(name)”. Known: \(allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return kind
    }
}

/// What an event made or touched.
struct EventResult: Sendable {
    let event: String
    let id: Int64
    let updatedAt: Moment?

    func write(into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("event", event)
            writer.member("id", id)
            writer.member("updated_at", updatedAt)
        }
    }
}
