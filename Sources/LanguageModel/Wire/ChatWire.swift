/// One protocol's shapes: how a request is written, how an answer and the events of a stream are read.
protocol ChatWire: Sendable {
    func headers(key: String?) -> [(String, String)]
    func body(of request: ChatRequest, model: String, capabilities: ModelCapabilities, streams: Bool) -> JSONValue
    /// Throws `WireFault` for what is no answer of this protocol.
    func answer(_ body: JSONValue, model: String) throws(WireFault) -> ChatAnswer
    /// Collects one streamed answer.
    func assembly(model: String) -> any StreamAssembly
}

/// A streamed answer on its way.
protocol StreamAssembly: Sendable {
    /// Takes one event; answers the piece of text it brought.
    mutating func take(_ event: JSONValue) throws(WireFault) -> String?
    /// Whether the protocol said that this was all.
    var isComplete: Bool { get }
    /// What has come so far.
    var answer: ChatAnswer { get }
}

/// Why something is no answer; a phrase that follows the endpoint's name.
struct WireFault: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }

    /// The calls of one answer that are read; more is a model gone astray.
    static let mostCalls = 32
}

extension ModelEndpoint.Kind {
    var wire: any ChatWire {
        switch self {
        case .openai: OpenAIWire()
        case .anthropic: AnthropicWire()
        }
    }
}

extension ChatRequest {
    /// The system text, with the form described in it where the endpoint does not see it otherwise.
    func systemText(describingForm describes: Bool) -> String {
        guard describes, let form else { return system }
        let instruction = FormReader(form: form).instruction
        return system.isEmpty ? instruction : system + "\n\n" + instruction
    }
}

/// A tool call that arrives in pieces.
struct PartialCall: Sendable {
    var id = ""
    var name = ""
    var arguments = ""

    func call(at place: Int) -> ToolCall {
        // Some servers send no id, and one for a call without arguments an empty text.
        let parsed = JSONValue(parsing: arguments.allSatisfy(\.isWhitespace) ? "{}" : arguments)
        return ToolCall(id: id.isEmpty ? "call_\(place)" : id, name: name, arguments: parsed?.object == nil ? nil : parsed)
    }
}
