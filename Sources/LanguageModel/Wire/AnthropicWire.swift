/// The Messages API. An answer's form is asked for as the arguments of a tool the model has to call.
struct AnthropicWire: ChatWire {
    func headers(key: String?) -> [(String, String)] {
        [("anthropic-version", "2023-06-01")] + (key.map { [("x-api-key", $0)] } ?? [])
    }

    // MARK: Request

    func body(of request: ChatRequest, model: String, capabilities: ModelCapabilities, streams: Bool) -> JSONValue {
        // Beside other tools the form cannot be forced: the model would never be free to call them.
        let forcesForm = request.form != nil && request.tools.isEmpty && capabilities.form == .schema
        var body: [String: JSONValue] = [
            "model": .string(model), "max_tokens": .integer(Int64(request.tokenLimit)),
            "messages": .array(request.messages.map(message))
        ]
        if capabilities.takesTemperature { body["temperature"] = .number(request.temperature) }
        let system = request.systemText(describingForm: !forcesForm)
        if !system.isEmpty { body["system"] = .string(system) }
        if let form = request.form, forcesForm {
            body["tools"] = [
                ["name": .string(form.name), "description": "Gives the answer.", "input_schema": form.schema.definition]
            ]
            body["tool_choice"] = ["type": "tool", "name": .string(form.name)]
        } else if !request.tools.isEmpty {
            body["tools"] = .array(
                request.tools.map {
                    ["name": .string($0.name), "description": .string($0.description), "input_schema": $0.parameters.definition]
                })
            if capabilities.takesToolChoice, let choice = choice(request.toolChoice) { body["tool_choice"] = choice }
        }
        if streams { body["stream"] = true }
        return .object(body)
    }

    private func message(_ message: ChatMessage) -> JSONValue {
        switch message {
        case .user(let text): return ["role": "user", "content": .string(text)]
        case .assistant(let text, let calls):
            var blocks: [JSONValue] = text.isEmpty ? [] : [["type": "text", "text": .string(text)]]
            blocks += calls.map {
                ["type": "tool_use", "id": .string($0.id), "name": .string($0.name), "input": $0.arguments ?? .object([:])]
            }
            // An empty list of blocks is refused.
            return ["role": "assistant", "content": .array(blocks.isEmpty ? [["type": "text", "text": "…"]] : blocks)]
        case .results(let results):
            let blocks: [JSONValue] = results.map {
                [
                    "type": "tool_result", "tool_use_id": .string($0.callID), "content": .string($0.content),
                    "is_error": .bool($0.isError)
                ]
            }
            return ["role": "user", "content": .array(blocks)]
        }
    }

    private func choice(_ choice: ChatRequest.ToolChoice) -> JSONValue? {
        switch choice {
        case .auto: nil
        case .required: ["type": "any"]
        case .named(let name): ["type": "tool", "name": .string(name)]
        }
    }

    // MARK: Answer

    func answer(_ body: JSONValue, model: String) throws(WireFault) -> ChatAnswer {
        guard let blocks = body["content"]?.array else { throw WireFault("sent no content") }
        let texts = blocks.filter { $0["type"]?.string == "text" }.compactMap { $0["text"]?.string }
        let uses = blocks.filter { $0["type"]?.string == "tool_use" }
        guard uses.count <= WireFault.mostCalls else { throw WireFault("asked for more than \(WireFault.mostCalls) tools at once") }
        let calls = uses.enumerated().map { place, use in
            PartialCall(id: use["id"]?.string ?? "", name: use["name"]?.string ?? "", arguments: use["input"]?.text ?? "").call(at: place)
        }
        return ChatAnswer(
            text: texts.joined(), calls: calls, ending: Self.ending(body["stop_reason"]?.string, hasCalls: !calls.isEmpty),
            usage: TokenUsage(input: Self.tokens(body["usage"], "input_tokens"), output: Self.tokens(body["usage"], "output_tokens")),
            model: body["model"]?.string ?? model)
    }

    static func ending(_ reason: String?, hasCalls: Bool) -> ChatAnswer.Ending {
        switch reason {
        case "max_tokens": .tokenLimit
        case "refusal": .declined
        default: hasCalls ? .toolCalls : .complete
        }
    }

    static func tokens(_ usage: JSONValue?, _ name: String) -> Int { Int(clamping: usage?[name]?.integer ?? 0) }

    func assembly(model: String) -> any StreamAssembly { Assembly(model: model) }

    // MARK: Stream

    private struct Assembly: StreamAssembly {
        var model: String
        var text = ""
        var calls: [Int: PartialCall] = [:]
        var reason: String?
        var usage = TokenUsage()
        var isComplete = false

        init(model: String) { self.model = model }

        mutating func take(_ event: JSONValue) throws(WireFault) -> String? {
            switch event["type"]?.string {
            case "message_start":
                if let name = event["message"]?["model"]?.string { model = name }
                usage.input = AnthropicWire.tokens(event["message"]?["usage"], "input_tokens")
            case "content_block_start":
                let block = event["content_block"]
                if block?["type"]?.string == "tool_use" {
                    calls[try place(event)] = PartialCall(id: block?["id"]?.string ?? "", name: block?["name"]?.string ?? "")
                } else if let start = block?["text"]?.string, !start.isEmpty {
                    text += start
                    return start
                }
            case "content_block_delta":
                let delta = event["delta"]
                if let piece = delta?["partial_json"]?.string { calls[try place(event), default: PartialCall()].arguments += piece }
                if let piece = delta?["text"]?.string, !piece.isEmpty {
                    text += piece
                    return piece
                }
            case "message_delta":
                if let given = event["delta"]?["stop_reason"]?.string { reason = given }
                usage.output = AnthropicWire.tokens(event["usage"], "output_tokens")
            case "message_stop": isComplete = true
            default: break
            }
            return nil
        }

        private func place(_ event: JSONValue) throws(WireFault) -> Int {
            let place = Int(clamping: event["index"]?.integer ?? 0)
            guard (0..<WireFault.mostCalls).contains(place) else { throw WireFault("asked for too many tools at once") }
            return place
        }

        var answer: ChatAnswer {
            let whole = calls.sorted { $0.key < $1.key }.enumerated().map { $1.value.call(at: $0) }
            return ChatAnswer(
                text: text, calls: whole, ending: AnthropicWire.ending(reason, hasCalls: !whole.isEmpty), usage: usage, model: model)
        }
    }
}
