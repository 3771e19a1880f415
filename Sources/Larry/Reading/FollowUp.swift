import Domain
import Foundation

/// Questions that edit the one before: “and urgent ones?”, “what about Globex?”, “and last month?”, “who owns them?”.
struct FollowUp {
    let frame: Frame
    var composer: Composer

    private var reading: Reading { composer.reading }

    /// Whether the question leans on the one before.
    var isEdit: Bool {
        if asksOfTheTicket { return true }
        let first = reading.items.first?.slot
        let hasPronoun = reading.has(.pronoun(.rows)) || reading.has(.pronoun(.agent)) || reading.has(.pronoun(.account))
        if hasPronoun { return true }
        let opening = reading.words.prefix(3).map(\.text)
        let isOpened =
            ["and", "only", "just", "also", "now", "then", "instead", "but"].contains(opening.first ?? "")
            || opening.prefix(2) == ["what", "about"] || opening.prefix(2) == ["how", "about"]
        if isOpened { return !isWhole || first == .cue(.followUp) && !isWhole }
        return !isWhole
    }

    /// The one ticket that was asked about, or whose page is open.
    private var theTicket: Int64? {
        if let asked = frame.query.filter.ticket, asked.count == 1 { return asked[0] }
        guard frame.query.operation == .list, frame.query.subject == .tickets, frame.tickets.count == 1 else { return nil }
        return frame.tickets.first
    }

    /// “who is the agent?”, “which account?”, “whose ticket is this?”: one thing of the ticket, in the singular.
    private var asksOfTheTicket: Bool {
        guard theTicket != nil, !reading.items.isEmpty, !composer.startsWithYesNo else { return false }
        let plurals: Set<String> = ["agents", "accounts", "customers", "contacts", "groups", "teams", "tickets", "requesters", "tags"]
        guard !reading.contains(plurals) else { return false }
        var asks = false
        for item in reading.items {
            switch item.slot {
            case .cue(.who), .cue(.what), .cue(.which), .cue(.when): asks = true
            case .noun, .handled, .detail, .verb, .pronoun(.rows): break
            case .rows(.tickets):
                guard ["this", "the", "that"].contains(reading.text(item.range.lowerBound - 1)) || reading.contains(["whose"]) else {
                    return false
                }
            default: return false
            }
        }
        let isNamed = reading.slots.contains { slot in
            switch slot {
            case .noun, .handled, .detail: true
            default: false
            }
        }
        return asks && (isNamed || reading.contains(["whose"]))
    }

    /// A question that stands on its own.
    private var isWhole: Bool {
        let asks =
            reading.items.contains { item in
                switch item.slot {
                case .cue(.howMany), .cue(.which), .cue(.who), .cue(.what), .cue(.list), .cue(.share), .cue(.compare), .cue(.overview),
                    .cue(.isThere), .cue(.trend), .cue(.when):
                    true
                case .measure: true
                default: false
                }
            } || composer.startsWithYesNo
        let hasRows = reading.items.contains { item in
            switch item.content {
            // “which one”, “urgent ones” stand for rows named before.
            case .slot(.rows): !["one", "ones"].contains(reading.text(item.range.lowerBound))
            case .slot(.measure), .ticket: true
            case .slot(.noun(let key)): key.hasID
            case .slot(.kind): true
            case .slot(.flag(.escalated, true)): true
            default: false
            }
        }
        if asks && hasRows { return true }
        if reading.has(.cue(.who)), reading.items.contains(where: { $0.entities != nil }) { return true }
        // A noun phrase with rows and a name or a state is a question of its own.
        return hasRows && reading.items.count > 1 && reading.items.first?.slot != .cue(.followUp)
            && reading.items.contains { $0.entities != nil }
            && !["and", "only", "just", "what", "how"].contains(reading.words.first?.text ?? "")
    }

    /// The edited query.
    mutating func compose() -> Understanding {
        if asksOfTheTicket, let ticket = theTicket, let detail = composer.detail(hasTicket: true) {
            var query = SupportQuery(.list)
            query.filter.ticket = [ticket]
            query.detail = detail
            return .query(query, remarks: [])
        }
        return edited()
    }

    private mutating func edited() -> Understanding {
        let parts: [Composer.Part]
        do {
            parts = try composer.parts()
        } catch {
            return (error as? Composer.Doubt)?.understanding ?? .offDomain
        }
        var filter = composer.filter(parts, .tickets, .rows)
        // Times keep the field of the time they replace.
        if composer.owner(ofTimes: false).isEmpty,
            let old = frame.query.filter.periods?.first ?? frame.query.sides?.first?.filter.periods?.first,
            let period = filter.periods?.first
        {
            filter.periods = [SupportPeriod(old.field, from: period.from, to: period.to, phrase: period.phrase)]
        } else if filter.periods != nil, composer.owner(ofTimes: false).isEmpty {
            let field = composer.defaultField(frame.query.subject, frame.query.measure)
            filter.periods = filter.periods?.map { SupportPeriod(field, from: $0.from, to: $0.to, phrase: $0.phrase) }
        }
        var base = frame.query
        if reading.has(.pronoun(.agent)), let agent = frame.agents.first { return whole(adding: { $0.agent = .init([agent]) }) }
        if reading.has(.pronoun(.account)), isWhole || reading.has(.cue(.howMany)) || composer.measure != .rows,
            let account = frame.accounts.first ?? frame.query.filter.account?.ids.first,
            frame.query.operation != .list || frame.query.filter.account != nil
        {
            return whole(adding: { $0.account = .init([account]) })
        }
        if isWhole, !reading.has(.pronoun(.rows)) { return composer.compose() }
        // A list that was cut to its first few is those few tickets.
        if base.operation == .list, base.subject == .tickets, base.limit != nil, !frame.tickets.isEmpty, refersToRows {
            var only = SupportFilter()
            only.ticket = frame.tickets
            base.filter = only
        }
        base = Self.applied(filter, to: base)
        return .query(reshaped(base), remarks: composer.remarks)
    }

    private var refersToRows: Bool {
        reading.has(.pronoun(.rows)) || reading.has(.cue(.who)) || reading.has(.cue(.when)) || reading.has(.handled)
            || reading.has(.cue(.howMany))
            || !reading.slots.filter { if case .detail = $0 { true } else { false } }.isEmpty || reading.contains(["about"])
    }

    /// A whole question that says “that agent” or “their”.
    private mutating func whole(adding change: (inout SupportFilter) -> Void) -> Understanding {
        let understanding = composer.compose()
        guard case .query(var query, let remarks) = understanding else { return understanding }
        change(&query.filter)
        query.sides = query.sides.map { sides in
            sides.map { side in
                var side = side
                change(&side.filter)
                return side
            }
        }
        return .query(query, remarks: remarks)
    }

    private static func applied(_ filter: SupportFilter, to query: SupportQuery) -> SupportQuery {
        var query = query
        if query.operation == .share, let part = query.part, filter.periods == nil, filter.account == nil, filter.agent == nil,
            filter.group == nil
        {
            query.part = filter.isEmpty ? part : filter
            return query
        }
        query.filter = query.filter.narrowed(by: filter)
        query.sides = query.sides.map { sides in sides.map { .init($0.label, $0.filter.narrowed(by: filter)) } }
        return query
    }

    /// The operation the follow-up asks for instead, if any.
    private func reshaped(_ query: SupportQuery) -> SupportQuery {
        var query = query
        let slots = reading.slots
        // “is it still open?”
        if query.filter.ticket?.count == 1, composer.startsWithYesNo, query.filter != frame.query.filter {
            query = SupportQuery(.count, .tickets, query.filter)
            query.isYesNo = true
            return query
        }
        func become(_ operation: SupportQuery.Operation) {
            query.operation = operation
            query.keys = nil
            query.having = nil
            query.limit = nil
            query.detail = nil
            query.order = nil
            query.isDescending = nil
            query.sides = nil
            query.part = nil
            query.isYesNo = nil
            query.includesNone = nil
            query.minimumSample = nil
            if operation != .aggregate && operation != .group && operation != .trend { query.measure = .rows; query.statistic = nil }
            if query.measure == .rows,
                query.subject == .ratings || query.subject == .accounts || query.subject == .agents || query.subject == .contacts
            {
                query.subject = .tickets
            }
        }
        if composer.measure != .rows {
            let keys = query.operation == .group ? query.keys : nil
            become(keys == nil ? .aggregate : .group)
            query.keys = keys
            query.measure = composer.measure
            query.subject = composer.measure == .satisfaction ? .ratings : .tickets
            query.statistic = composer.measure.isDuration ? .median : nil
            for slot in slots { if case .statistic(let statistic) = slot { query.statistic = statistic } }
            return query
        }
        for slot in slots {
            if case .statistic(let statistic) = slot, query.measure.isDuration { query.statistic = statistic }
        }
        let buckets = slots.compactMap { if case .bucket(let key) = $0 { key } else { nil } }
        if let key = buckets.first {
            become(key == .weekday || key == .hour ? .group : .trend)
            query.keys = [key]
            query.timeField = query.filter.periods?.first?.field
            return query
        }
        let nouns = slots.compactMap { if case .noun(let key) = $0 { key } else { nil } }
        let isLabel = reading.items.contains { $0.entities != nil }
        if reading.has(.cue(.per)) || reading.contains(["by"]) || reading.has(.cue(.which)), let key = nouns.first, !isLabel {
            become(.group)
            query.keys = [key]
            if !reading.has(.cue(.which)) { query.includesNone = true }
            return query
        }
        if reading.has(.cue(.who)) || reading.has(.handled) && !reading.has(.cue(.howMany))
            || nouns.contains(.agent) && reading.contains(["agent", "assignee", "owner"]) && !isLabel
        {
            let isRequester = reading.has(.verb(.created)) && !reading.has(.handled)
            if query.filter.ticket?.count == 1 {
                become(.list)
                query.detail = isRequester ? .requester : .agent
                return query
            }
            become(.group)
            query.keys = [isRequester ? .contact : .agent]
            return query
        }
        if reading.has(.cue(.howMany)) {
            become(.count)
            return query
        }
        if reading.has(.cue(.share)) {
            let part = query.filter
            become(.share)
            query.filter = frame.query.filter
            query.part = part
            return query
        }
        if reading.has(.cue(.oldest)) || reading.has(.cue(.latest)) {
            become(.list)
            query.order = .created
            query.isDescending = reading.has(.cue(.latest))
            query.limit = reading.items.compactMap(\.number).first ?? 1
            query.detail = reading.contains(["about"]) ? .about : nil
            return query
        }
        if reading.has(.cue(.most)) || reading.has(.cue(.fewest)) || reading.has(.cue(.worst)) || reading.has(.cue(.best))
            || reading.has(.cue(.fastest)) || reading.has(.cue(.slowest)), query.operation == .group
        {
            let isDurationOrder = query.measure.isDuration
            query.isDescending =
                reading.has(.cue(.most)) || reading.has(.cue(.best)) && !isDurationOrder || reading.has(.cue(.slowest))
                || reading.has(.cue(.worst)) && isDurationOrder
            query.limit = reading.items.compactMap(\.number).first ?? 1
            return query
        }
        if let number = reading.items.compactMap(\.number).first, query.operation == .group || query.operation == .list,
            reading.items.count <= 2
        {
            query.limit = number
            return query
        }
        if reading.has(.cue(.when))
            || reading.contains(["about"]) && reading.words.first?.text != "what" && reading.words.first?.text != "how"
            || reading.contains(["about"]) && reading.has(.pronoun(.rows))
            || slots.contains(where: { if case .detail = $0 { true } else { false } }) || nouns.contains(.status)
            || nouns.contains(.priority), query.filter.ticket != nil || query.operation == .list
        {
            become(.list)
            query.detail = .about
            if reading.has(.cue(.when)) {
                query.detail =
                    slots.contains(.status(.resolved)) || slots.contains(.status(.closed)) || slots.contains(.verb(.resolved))
                    ? .resolved : slots.contains(.verb(.due)) ? .due : slots.contains(.verb(.updated)) ? .updated : .created
            }
            for slot in slots { if case .detail(let detail) = slot { query.detail = detail } }
            if nouns.contains(.status) { query.detail = .status }
            if nouns.contains(.priority) { query.detail = .priority }
            if query.detail != nil, query.detail == .resolved { query.filter.status = nil }
            return query
        }
        if reading.has(.cue(.list)) || reading.has(.cue(.which))
            || reading.has(.cue(.what)) && !["what"].contains(reading.words.first?.text ?? "")
        {
            become(.list)
            query.order = .created
            query.isDescending = true
            return query
        }
        return query
    }
}
