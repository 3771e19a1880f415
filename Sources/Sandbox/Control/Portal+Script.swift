/// Events handed in as a list, now or waiting for requests, and the record of what became of them.
extension Portal {
    /// A list of events, or `{"events": […]}`. An event with `"after"` waits for its requests (`EventScript.Trigger`); the others are
    /// applied at once, in order.
    ///
    /// - Throws: what keeps an event from being applied at once; those before it stay applied.
    func handIn(_ body: JSONValue, into writer: inout JSONWriter) throws {
        guard let events = body.elements ?? body["events"]?.elements else { throw SandboxError("“events” is a list of events.") }
        var results: [EventResult] = []
        for event in events {
            guard event["do"]?.text != nil else { throw SandboxError(Portal.unnamedEvent) }
            if let trigger = try EventScript.Trigger.read(event["after"]) {
                script.wait(trigger, event.without("after"))
            } else {
                results.append(try applyAndRecord(event.without("after")))
            }
        }
        writer.object { writer in
            writer.arrayMember("results") { writer in
                for result in results { result.write(into: &writer) }
            }
            writer.member("waiting", script.waiting.count)
        }
    }

    /// What was applied with what it touched, what could not be, and what still waits.
    func writeEvents(into writer: inout JSONWriter) {
        let (script, requestNumber, lastTicketPage, now) = (script, requestNumber, lastTicketPage, now)
        writer.object { writer in
            writer.member("now", now)
            writer.member("requests", requestNumber)
            writer.member("last_ticket_page", lastTicketPage)
            writer.member("waiting", script.waiting.count)
            writer.arrayMember("applied") { writer in
                for entry in script.applied { entry.write(into: &writer) }
            }
        }
    }

    /// Applies what was waiting for the request that has just been answered.
    func applyDueEvents(path: ArraySlice<String>) {
        let isList = path.count == 1 || path.first == "search" || path.elementsEqual(["surveys", "satisfaction_ratings"])
        for event in script.due(path: "/" + path.joined(separator: "/"), isList: isList) { _ = try? applyAndRecord(event) }
    }

    /// Applies an event and notes what it touched; a random event is noted as what it turned out to be.
    @discardableResult
    func applyAndRecord(_ event: JSONValue) throws -> EventResult {
        _ = world.takeTouched()
        let event = event["do"]?.text == "random" ? randomEvent(seed: event["seed"]?.int64 ?? 0) : event
        do {
            let result = try apply(event)
            note(event, failure: nil)
            return result
        } catch {
            note(event, failure: "\(error)")
            throw error
        }
    }

    /// Notes what happened; by itself, as when time passes, or by an event.
    func note(_ event: JSONValue, failure: String?) {
        script.record(
            EventScript.Applied(request: requestNumber, at: now, event: event, touched: world.takeTouched(), failure: failure))
    }

    static var unnamedEvent: String { "An event needs “do”, one of \(eventNames.joined(separator: ", "))." }
}

extension JSONValue {
    fileprivate func without(_ key: String) -> JSONValue {
        guard case .object(var members) = self else { return self }
        members[key] = nil
        return .object(members)
    }
}

extension EventScript.Applied {
    fileprivate func write(into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("request", request)
            writer.member("at", at)
            writer.key("event")
            event.write(into: &writer)
            writer.key("touched")
            touched.write(into: &writer)
            if let failure { writer.member("failure", failure) }
        }
    }
}
