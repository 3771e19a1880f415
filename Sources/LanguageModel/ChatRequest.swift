/// One turn of a conversation, oldest first.
package enum ChatMessage: Sendable, Hashable {
    case user(String)
    /// What the model said before, with the tools it asked for.
    case assistant(String, calls: [ToolCall] = [])
    /// What its tools gave, one result a call, in the turn that follows the calls.
    case results([ToolResult])
}

/// A function the model may ask for.
package struct Tool: Sendable, Hashable {
    /// Letters, digits, `_` and `-`, at most 64.
    package var name: String
    package var description: String
    /// An object schema.
    package var parameters: JSONSchema

    package init(name: String, description: String, parameters: JSONSchema) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }

    /// What is wrong with the arguments of a call of this tool; empty when they fit.
    package func faults(of call: ToolCall) -> [String] {
        guard let arguments = call.arguments else { return ["the arguments are not a JSON object"] }
        return parameters.faults(of: arguments)
    }
}

/// A tool the model asks for. Name and arguments are the model's words: check both.
package struct ToolCall: Sendable, Hashable {
    package var id: String
    package var name: String
    /// Nil when the model wrote something that is not a JSON object.
    package var arguments: JSONValue?

    package init(id: String, name: String, arguments: JSONValue?) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

package struct ToolResult: Sendable, Hashable {
    package var callID: String
    package var content: String
    package var isError: Bool

    package init(callID: String, content: String, isError: Bool = false) {
        self.callID = callID
        self.content = content
        self.isError = isError
    }
}

/// What a model is asked.
package struct ChatRequest: Sendable {
    package enum ToolChoice: Sendable, Hashable {
        case auto, required
        case named(String)
    }

    /// The JSON that the answer must be.
    package struct AnswerForm: Sendable {
        /// Letters, digits, `_` and `-`.
        package var name: String
        package var schema: JSONSchema

        package init(name: String, schema: JSONSchema) {
            self.name = name
            self.schema = schema
        }
    }

    package var system: String
    package var messages: [ChatMessage]
    package var tools: [Tool]
    /// A wish: many servers ignore it, so an answer without a call has to be expected whatever it says.
    package var toolChoice: ToolChoice
    package var form: AnswerForm?
    /// Tokens of the answer.
    package var tokenLimit: Int
    package var temperature: Double
    /// For everything: attempts, pauses, the answer's last byte.
    package var timeout: Duration

    package init(
        system: String = "", messages: [ChatMessage], tools: [Tool] = [], toolChoice: ToolChoice = .auto, form: AnswerForm? = nil,
        tokenLimit: Int = 1_024, temperature: Double = 0, timeout: Duration = .seconds(20)
    ) {
        self.system = system
        self.messages = messages
        self.tools = tools
        self.toolChoice = toolChoice
        self.form = form
        self.tokenLimit = tokenLimit
        self.temperature = temperature
        self.timeout = timeout
    }
}
