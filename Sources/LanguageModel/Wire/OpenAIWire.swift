/// Chat Completions.
struct OpenAIWire: ChatWire {
    func headers(key: String?) -> [(String, String)] { key.map { [("Authorization", "Bearer \($0)")] } ?? [] }

    // MARK: Request

    func body(of request: ChatRequest, model: String, capabilities: ModelCapabilities, streams: Bool) -> JSONValue {
        var body: [String: JSONValue] = ["model": .string(model)]
        let system = request.systemText(describingForm: capabilities.form != .schema)
        body["messages"] = .array(
            (system.isEmpty ? [] : [["role": "system", "content": .string(system)]]) + request.messages.flatMap(messages))
        body[capabilities.usesNewTokenLimit ? "max_completion_tokens" : "max_tokens"] = .integer(Int64(request.tokenLimit))
        if capabilities.takesTemperature { body["temperature"] = .number(request.temperature) }
        if !request.tools.isEmpty {
            body["tools"] = .array(request.tools.map(tool))
            if capabilities.takesToolChoice, let choice = choice(request.toolChoice) { body["tool_choice"] = choice }
        }
        if let form = request.form {
            switch capabilities.form {
            case .schema:
                body["response_format"] = [
                    "type": "json_schema",
                    "json_schema": ["name": .string(form.name), "strict": true, "schema": form.schema.definition]
                ]
            case .object: body["response_format"] = ["type": "json_object"]
            case .prompt: break
            }
        }
        if streams {
            body["stream"] = true
            if capabilities.takesStreamOptions { body["stream_options"] = ["include_usage": true] }
        }
        return .object(body)
    }

    private func messages(_ message: ChatMessage) -> [JSONValue] {
        switch message {
        case .user(let text): return [["role": "user", "content": .string(text)]]
        case .assistant(let text, let calls):
            // An empty text, not null: some servers take only text.
            var body: [String: JSONValue] = ["role": "assistant", "content": .string(text)]
            if !calls.isEmpty {
                body["tool_calls"] = .array(
                    calls.map { call in
                        let function: JSONValue = ["name": .string(call.name), "arguments": .string(call.arguments?.text ?? "{}")]
                        return ["id": .string(call.id), "type": "function", "function": function]
                    })
            }
            return [.object(body)]
        case .results(let results):
            return results.map { ["role": "tool", "tool_call_id": .string($0.callID), "content": .string($0.content)] }
        }
    }

    private func tool(_ tool: Tool) -> JSONValue {
        let function: JSONValue = [
            "name": .string(tool.name), "description": .string(tool.description), "parameters": tool.parameters.definition
        ]
        return ["type": "function", "function": function]
    }

    private func choice(_ choice: ChatRequest.ToolChoice) -> JSONValue? {
        switch choice {
        case .auto: nil
        case .required: "required"
        case .named(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }

    // MARK: Answer

    func answer(_ body: JSONValue, model: String) throws(WireFault) -> ChatAnswer {
        guard let choice = body["choices"]?[0], let message = choice["message"], message.object != nil else {
            throw WireFault("sent no choice")
        }
        let partials = (message["tool_calls"]?.array ?? []).map { call in
            let arguments = call["function"]?["arguments"]
            // A few servers send the object itself instead of its text.
            return PartialCall(
                id: call["id"]?.string ?? "", name: call["function"]?["name"]?.string ?? "",
                arguments: arguments?.string ?? arguments?.text ?? "")
        }
        guard partials.count <= WireFault.mostCalls else { throw WireFault("asked for more than \(WireFault.mostCalls) tools at once") }
        let calls = partials.enumerated().map { $1.call(at: $0) }
        let isDeclined = message["refusal"]?.string != nil
        return ChatAnswer(
            text: Self.text(message["content"]), calls: calls,
            ending: isDeclined ? .declined : Self.ending(choice["finish_reason"]?.string, hasCalls: !calls.isEmpty),
            usage: Self.usage(body["usage"]), model: body["model"]?.string ?? model)
    }

    static func text(_ content: JSONValue?) -> String {
        content?.string ?? (content?.array ?? []).compactMap { $0["text"]?.string }.joined()
    }

    static func ending(_ reason: String?, hasCalls: Bool) -> ChatAnswer.Ending {
        switch reason {
        case "length": .tokenLimit
        case "content_filter": .declined
        default: hasCalls ? .toolCalls : .complete
        }
    }

    static func usage(_ usage: JSONValue?) -> TokenUsage {
        TokenUsage(
            input: Int(clamping: usage?["prompt_tokens"]?.integer ?? 0), output: Int(clamping: usage?["completion_tokens"]?.integer ?? 0))
    }

    func assembly(model: String) -> any StreamAssembly { Assembly(model: model) }

    // MARK: Stream

    private struct Assembly: StreamAssembly {
        var model: String
        var text = ""
        var calls: [Int: PartialCall] = [:]
        var reason: String?
        var isDeclined = false
        var usage = TokenUsage()

        init(model: String) { self.model = model }

        var isComplete: Bool { reason != nil }

        mutating func take(_ event: JSONValue) throws(WireFault) -> String? {
            if let name = event["model"]?.string { model = name }
            if event["usage"]?.object != nil { usage = OpenAIWire.usage(event["usage"]) }
            guard let choice = event["choices"]?[0] else { return nil }
            if let given = choice["finish_reason"]?.string { reason = given }
            let delta = choice["delta"]
            if delta?["refusal"]?.string != nil { isDeclined = true }
            for piece in delta?["tool_calls"]?.array ?? [] {
                let place = Int(clamping: piece["index"]?.integer ?? 0)
                guard (0..<WireFault.mostCalls).contains(place) else { throw WireFault("asked for too many tools at once") }
                var call = calls[place] ?? PartialCall()
                call.id += piece["id"]?.string ?? ""
                call.name += piece["function"]?["name"]?.string ?? ""
                call.arguments += piece["function"]?["arguments"]?.string ?? ""
                calls[place] = call
            }
            let piece = OpenAIWire.text(delta?["content"])
            text += piece
            return piece.isEmpty ? nil : piece
        }

        var answer: ChatAnswer {
            let whole = calls.sorted { $0.key < $1.key }.map { $1.call(at: $0) }
            return ChatAnswer(
                text: text, calls: whole, ending: isDeclined ? .declined : OpenAIWire.ending(reason, hasCalls: !whole.isEmpty),
                usage: usage, model: model)
        }
    }
}
