import Domain

/// What an automation sent. It is a hint, never data: all that is read from it is which ticket was touched.
///
/// Freshdesk's Simple layouts wrap their fields in `freshdesk_webhook` (fact 216), Advanced bodies are whatever their author typed, and
/// the content type says little about either, so the bytes decide.
enum WebhookBody {
    /// Bytes accepted.
    static let longest = 64 * 1024

    /// The ticket named; nil when there is no positive 64-bit id.
    static func ticket(in bytes: some Collection<UInt8>) -> ID<Ticket>? {
        if let json = JSON(parsing: bytes) {
            return id(json["ticket_id"]) ?? id(json["freshdesk_webhook"]?["ticket_id"])
        }
        let form = Form(urlEncoded: String(decoding: bytes, as: UTF8.self))
        let names = ["ticket_id", "freshdesk_webhook[ticket_id]"]
        return names.lazy.compactMap { form[$0] }.compactMap { ID<Ticket>($0.trimmed) }.first
    }

    private static func id(_ value: JSON?) -> ID<Ticket>? {
        switch value {
        case .integer(let number) where number > 0: ID(number)
        case .string(let text): ID(text.trimmed)
        default: nil
        }
    }
}
