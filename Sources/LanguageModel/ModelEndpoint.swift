package import Foundation

/// Where a model is, which protocol it speaks, and the key for it. Printing it shows no key.
package struct ModelEndpoint: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Chat Completions, as many servers offer it.
        case openai
        /// The Messages API.
        case anthropic
    }

    package let kind: Kind
    package let model: String
    /// The full address requests go to.
    let address: String
    let key: String?

    /// Host and port, for sentences.
    package let host: String

    /// - Parameter url: the base, such as `http://127.0.0.1:11434/v1`; a base without a path gets `/v1`.
    package init(kind: Kind, url: URL, model: String, key: String?) {
        self.kind = kind
        self.model = model
        self.key = key
        var base = url.absoluteString
        while base.last == "/" { base.removeLast() }
        if url.path().allSatisfy({ $0 == "/" }) { base += "/v1" }
        address =
            switch kind {
            case .openai: base + "/chat/completions"
            case .anthropic: base + "/messages"
            }
        host = (url.host() ?? "") + (url.port.map { ":\($0)" } ?? "")
    }

    /// Upstream text made fit for a sentence: one line, bounded, without the key.
    func shown(_ text: String) -> String {
        let safe = key.map { $0.isEmpty ? text : text.replacing($0, with: "••••") } ?? text
        let line = safe.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
        let trimmed = line.split(separator: " ").joined(separator: " ")
        return trimmed.count > 200 ? String(trimmed.prefix(200)) + "…" : trimmed
    }
}

extension ModelEndpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(model) at \(host) (\(kind.rawValue), key ••••)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["model": model, "host": host, "kind": kind.rawValue]) }
}
