extension LanguageModelClient {
    /// For each question of the probe; a local model may have to be loaded first.
    private static let probeTimeout = Duration.seconds(30)

    func measureCapabilities() async throws -> ModelCapabilities {
        let holdsForm = try await probeForm()
        let callsTools = try await probeTools()
        try await probeStream()
        learn {
            $0.holdsForm = holdsForm
            $0.callsTools = callsTools
        }
        return capabilities
    }

    private func probeForm() async throws -> Bool {
        let schema = JSONSchema.object(["word": ["type": "string", "enum": ["ready"]]])
        let request = ChatRequest(
            system: "You answer in JSON.", messages: [.user("Answer with the word ready.")],
            form: .init(name: "answer", schema: schema), tokenLimit: 64, timeout: Self.probeTimeout)
        do {
            return try await complete(request).value != nil
        } catch let error as LanguageModelError where error.saysOnlyIncapable {
            return false
        }
    }

    private func probeTools() async throws -> Bool {
        let tool = Tool(
            name: "report", description: "Reports the word.", parameters: .object(["word": ["type": "string", "enum": ["ready"]]]))
        let request = ChatRequest(
            messages: [.user("Report the word ready with the tool.")], tools: [tool], toolChoice: .named(tool.name), tokenLimit: 64,
            timeout: Self.probeTimeout)
        do {
            return try await complete(request).calls.contains { $0.name == tool.name && tool.faults(of: $0).isEmpty }
        } catch let error as LanguageModelError where error.saysOnlyIncapable || error.kind == .unavailable {
            // It has just answered another question, so it fails at this one.
            return false
        }
    }

    /// An endpoint that streams nothing is noticed by `stream` itself, which then goes on without.
    private func probeStream() async throws {
        let request = ChatRequest(messages: [.user("Say ready.")], tokenLimit: 16, timeout: Self.probeTimeout)
        do {
            for try await _ in stream(request) {}
        } catch let error as LanguageModelError where error.saysOnlyIncapable || error.kind == .unavailable {
            learn { $0.streams = false }
        }
    }
}

extension LanguageModelError {
    /// Whether the endpoint was there and let us in, and only could not do this.
    fileprivate var saysOnlyIncapable: Bool {
        switch kind {
        case .refused, .garbage, .wrongForm, .declined, .tooLong: true
        case .unauthorized, .notFound, .rateLimited, .unavailable, .network, .timeout: false
        }
    }
}
