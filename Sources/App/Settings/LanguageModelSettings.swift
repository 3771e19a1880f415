import Domain
import Foundation
import LanguageModel
import Store

/// The language model to ask; without one, everything works by rules alone.
struct LanguageModelSettings: Sendable {
    var url: URL
    var model: String
    /// Local servers need none.
    var key: Secret?
    var kind: ModelEndpoint.Kind

    /// Nil when none of the four is set. Throws `invalid` when the address or the model is missing while another is set.
    init?(from reader: inout SettingReader) throws {
        let url = try reader.optional(
            .languageModelURL, expected: "an http or https address such as http://127.0.0.1:11434/v1", shows: false,
            print: \.absoluteString,
            check: WebAddress.base)
        let model = try reader.text(.languageModelName)
        let key = try reader.text(.languageModelKey)
        let kind: ModelEndpoint.Kind? = try reader.choice(.languageModelKind, standard: nil)
        guard url != nil || model != nil || key != nil || kind != nil else { return nil }
        guard let url else { throw Self.missing(.languageModelURL) }
        guard let model else { throw Self.missing(.languageModelName) }
        self.url = url
        self.model = model
        self.key = key.map { Secret($0) }
        self.kind = kind ?? .openai
    }

    var endpoint: ModelEndpoint { ModelEndpoint(kind: kind, url: url, model: model, key: key?.reveal()) }

    private static func missing(_ setting: Setting) -> Failure {
        SettingReader.failure(
            setting,
            "A language model is only half set up: \(setting.rawValue) is missing. "
                + "Set it, or remove the other CLYNTO_LLM settings to work by rules alone."
        )
    }
}
