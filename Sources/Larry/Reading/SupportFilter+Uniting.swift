import Domain

extension SupportFilter {
    /// Adds a part: a second value of one kind is an alternative; several different kinds must all hold.
    mutating func unite(with other: SupportFilter) {
        func join<Value>(_ left: Choice<Value>?, _ right: Choice<Value>?) -> Choice<Value>? {
            guard let left, let right, left.isNegated == right.isNegated else { return right ?? left }
            return Choice(left.values + right.values.filter { !left.values.contains($0) }, isNegated: left.isNegated)
        }
        func join(_ left: References?, _ right: References?) -> References? {
            guard let left, let right, left.isNegated == right.isNegated else { return right ?? left }
            return References(
                left.ids + right.ids.filter { !left.ids.contains($0) }, includesNone: left.includesNone || right.includesNone,
                isNegated: left.isNegated)
        }
        var result = narrowed(by: other)
        result.account = join(account, other.account)
        result.agent = join(agent, other.agent)
        result.contact = join(contact, other.contact)
        result.group = join(group, other.group)
        result.author = join(author, other.author)
        result.status = join(status, other.status)
        result.statusCode = join(statusCode, other.statusCode)
        result.priority = join(priority, other.priority)
        result.source = join(source, other.source)
        result.type = join(type, other.type)
        result.tag = join(tag, other.tag)
        result.sentiment = join(sentiment, other.sentiment)
        result.kind = join(kind, other.kind)
        result.ticket = ticket.map { $0 + (other.ticket ?? []) } ?? other.ticket
        if let text, let more = other.text { result.text = "\(text) \(more)" }
        self = result
    }
}
