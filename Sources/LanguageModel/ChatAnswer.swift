/// What a model answered. Its words are untrusted.
package struct ChatAnswer: Sendable, Hashable {
    package enum Ending: String, Sendable {
        /// The model was done.
        case complete
        /// It wants its tools' results.
        case toolCalls
        /// The token limit cut it.
        case tokenLimit
        /// The provider's filter or the model declined.
        case declined
    }

    package var text: String
    package var calls: [ToolCall]
    /// The answer in the form that was asked for, checked against its schema; nil when no form was asked for.
    package var value: JSONValue?
    package var ending: Ending
    package var usage: TokenUsage
    /// Answers in a wrong form that were given back before this one.
    package var repairs = 0
    /// The name the endpoint gave for what answered, else the configured one.
    package var model: String

    package init(
        text: String, calls: [ToolCall] = [], value: JSONValue? = nil, ending: Ending = .complete, usage: TokenUsage = TokenUsage(),
        model: String
    ) {
        self.text = text
        self.calls = calls
        self.value = value
        self.ending = ending
        self.usage = usage
        self.model = model
    }
}

/// Tokens as the endpoint counts them; 0 where it does not say.
package struct TokenUsage: Sendable, Hashable {
    package var input: Int
    package var output: Int

    package init(input: Int = 0, output: Int = 0) {
        self.input = input
        self.output = output
    }

    package var total: Int { input + output }

    package static func + (a: TokenUsage, b: TokenUsage) -> TokenUsage {
        TokenUsage(input: a.input + b.input, output: a.output + b.output)
    }
}

/// What a streamed answer brings, in order: pieces of text, then the whole once.
package enum ChatEvent: Sendable, Hashable {
    case text(String)
    case finished(ChatAnswer)
}
