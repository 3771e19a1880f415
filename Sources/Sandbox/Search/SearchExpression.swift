/// A parsed search query (facts 160–165): AND, OR, parentheses; `:` equal, `:>` from, `:<` up to, both inclusive; `null`.
indirect enum SearchExpression: Sendable, Equatable {
    enum Comparison: Sendable {
        case equal, atLeast, atMost
    }

    case and(SearchExpression, SearchExpression)
    case or(SearchExpression, SearchExpression)
    /// `field` is a position in the schema.
    case term(field: Int, Comparison, SearchLiteral)

    /// Whether a record matches; `value` gives its value of a field.
    func holds(_ value: (Int) -> SearchValue) -> Bool {
        switch self {
        case .and(let left, let right): left.holds(value) && right.holds(value)
        case .or(let left, let right): left.holds(value) || right.holds(value)
        case .term(let field, let comparison, let literal): literal.compares(value(field), comparison)
        }
    }
}

/// What stands behind the colon.
enum SearchLiteral: Sendable, Equatable {
    case null
    case number(Int64)
    case text(String)
    case flag(Bool)
    /// First second of the day; a day is searched as a whole (fact 164).
    case day(Moment)
}

/// A record's value of a field.
enum SearchValue: Sendable {
    case null
    case number(Int64)
    case text(String)
    case texts([String])
    case flag(Bool)
    case moment(Moment)
}

extension SearchLiteral {
    fileprivate func compares(_ value: SearchValue, _ comparison: SearchExpression.Comparison) -> Bool {
        switch (self, value) {
        case (.null, .null): return true
        case (.null, .texts(let texts)): return texts.isEmpty
        case (.number(let wanted), .number(let number)):
            switch comparison {
            case .equal: return number == wanted
            case .atLeast: return number >= wanted
            case .atMost: return number <= wanted
            }
        case (.text(let wanted), .text(let text)): return text.lowercased() == wanted.lowercased()
        case (.text(let wanted), .texts(let texts)): return texts.contains { $0.lowercased() == wanted.lowercased() }
        case (.flag(let wanted), .flag(let flag)): return wanted == flag
        case (.day(let day), .moment(let moment)):
            switch comparison {
            case .equal: return moment.startOfDay == day
            case .atLeast: return moment >= day
            case .atMost: return moment < day + Moment.day
            }
        default: return false
        }
    }
}

/// The fields one kind of record can be searched by.
struct SearchSchema: Sendable {
    enum Kind: Sendable {
        case number, text, day, flag
        /// A number that has to be one of these (an unknown status is refused).
        case choice([Int64])
    }

    let fields: [(name: String, kind: Kind)]

    func position(of name: String) -> Int? {
        fields.firstIndex { $0.name == name }
    }
}
