/// Splits a query into words and reads it by recursive descent:
/// `or := and (OR and)*`, `and := term (AND term)*`, `term := ( or ) | field : [> | <] literal`.
struct SearchParser {
    private enum Token: Equatable {
        case open, close, and, or, colon, from, upTo
        case word(String)
        case quoted(String)
    }

    private let schema: SearchSchema
    private var tokens: [Token] = []
    private var position = 0
    private var depth = 0

    /// Reads the whole `query` parameter, its double quotes included (fact 160).
    ///
    /// - Throws: a 400 that names the field or says what is wrong with the query.
    static func parse(_ query: String, schema: SearchSchema) throws(Refusal) -> SearchExpression {
        guard query.count <= 512 else { throw malformed("It should not exceed 512 characters") }
        guard query.count >= 2, query.hasPrefix("\""), query.hasSuffix("\"") else {
            throw malformed("It should be enclosed in double quotes")
        }
        var parser = SearchParser(schema: schema)
        try parser.tokenize(query.dropFirst().dropLast())
        let expression = try parser.or()
        guard parser.position == parser.tokens.count else { throw malformed() }
        return expression
    }

    private init(schema: SearchSchema) {
        self.schema = schema
    }

    private static func malformed(_ message: String = "Given query is invalid") -> Refusal {
        Refusal.invalid("query", message)
    }

    // MARK: Words

    private mutating func tokenize(_ text: Substring) throws(Refusal) {
        var rest = text
        while let character = rest.first {
            switch character {
            case " ": rest = rest.dropFirst()
            case "(": take(.open, &rest)
            case ")": take(.close, &rest)
            case ":":
                take(.colon, &rest)
                while rest.first == " " { rest = rest.dropFirst() }
                if rest.first == ">" { take(.from, &rest) } else if rest.first == "<" { take(.upTo, &rest) }
            case "'":
                guard let end = rest.dropFirst().firstIndex(of: "'") else { throw SearchParser.malformed("A quote is not closed") }
                tokens.append(.quoted(String(rest[rest.index(after: rest.startIndex)..<end])))
                rest = rest[rest.index(after: end)...]
            default:
                let word = rest.prefix { $0.isLetter || $0.isNumber || "_-.@".contains($0) }
                guard !word.isEmpty else { throw SearchParser.malformed() }
                rest = rest.dropFirst(word.count)
                tokens.append(word == "AND" ? .and : word == "OR" ? .or : .word(String(word)))
            }
        }
    }

    private mutating func take(_ token: Token, _ rest: inout Substring) {
        tokens.append(token)
        rest = rest.dropFirst()
    }

    // MARK: Grammar

    private mutating func or() throws(Refusal) -> SearchExpression {
        var left = try and()
        while accept(.or) { left = .or(left, try and()) }
        return left
    }

    private mutating func and() throws(Refusal) -> SearchExpression {
        var left = try term()
        while accept(.and) { left = .and(left, try term()) }
        return left
    }

    private mutating func term() throws(Refusal) -> SearchExpression {
        if accept(.open) {
            depth += 1
            guard depth < 64 else { throw SearchParser.malformed() }
            let inner = try or()
            guard accept(.close) else { throw SearchParser.malformed() }
            depth -= 1
            return inner
        }
        guard case .word(let name)? = next() else { throw SearchParser.malformed() }
        // Names are case-sensitive; an unknown one is refused by its name (fact 6).
        guard let field = schema.position(of: name) else { throw Refusal.unexpected(name) }
        guard accept(.colon) else { throw SearchParser.malformed() }
        let comparison: SearchExpression.Comparison = accept(.from) ? .atLeast : accept(.upTo) ? .atMost : .equal
        return .term(field: field, comparison, try literal(of: field, name: name, comparison))
    }

    private mutating func literal(of field: Int, name: String, _ comparison: SearchExpression.Comparison) throws(Refusal) -> SearchLiteral {
        guard let token = next() else { throw SearchParser.malformed() }
        if token == .word("null") {
            guard comparison == .equal else { throw SearchParser.malformed() }
            return .null
        }
        switch (schema.fields[field].kind, token) {
        case (.number, .word(let word)):
            guard let number = Int64(word) else { throw Refusal.invalid(name, "It should be a/an Integer", "datatype_mismatch") }
            return .number(number)
        case (.choice(let known), .word(let word)):
            guard let number = Int64(word) else { throw Refusal.invalid(name, "It should be a/an Integer", "datatype_mismatch") }
            guard comparison != .equal || known.contains(number) else {
                throw Refusal.invalid(name, "It should be one of these values: '\(known.map(String.init).joined(separator: ","))'")
            }
            return .number(number)
        case (.text, .quoted(let text)):
            guard comparison == .equal else { throw SearchParser.malformed() }
            return .text(text)
        case (.flag, .word("true")): return .flag(true)
        case (.flag, .word("false")): return .flag(false)
        case (.day, .quoted(let text)), (.day, .word(let text)):
            guard text.count == 10, let day = Moment(text) else {
                throw Refusal.invalid(name, "It should be in the 'YYYY-MM-DD' format")
            }
            return .day(day)
        default: throw Refusal.invalid(name, "Value set is of an unexpected type", "datatype_mismatch")
        }
    }

    private mutating func next() -> Token? {
        guard position < tokens.count else { return nil }
        position += 1
        return tokens[position - 1]
    }

    private mutating func accept(_ token: Token) -> Bool {
        guard position < tokens.count, tokens[position] == token else { return false }
        position += 1
        return true
    }
}
