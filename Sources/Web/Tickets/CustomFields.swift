import Foundation

/// A ticket's custom fields as names and values that people read.
enum CustomFields {
    /// The fields of upstream's JSON object that hold something, by name; none when the text is not an object.
    static func facts(_ json: String) -> [(name: String, value: String)] {
        guard let object = try? JSONDecoder().decode([String: Value].self, from: Data(json.utf8)) else { return [] }
        return object.sorted { $0.key < $1.key }.compactMap { key, value in
            value.text.map { (name(key), $0) }
        }
    }

    /// `cf_product_area` reads `Product area`. The number Freshdesk hangs on to tell equal names apart stays.
    static func name(_ key: String) -> String {
        let words = (key.hasPrefix("cf_") ? String(key.dropFirst(3)) : key).split(separator: "_").joined(separator: " ")
        guard let first = words.first else { return key }
        return first.uppercased() + words.dropFirst()
    }

    enum Value: Decodable, Equatable {
        case nothing
        case flag(Bool)
        case whole(Int64)
        case number(Double)
        case words(String)
        case list([Value])
        case object([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .nothing
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let whole = try? container.decode(Int64.self) {
                self = .whole(whole)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let words = try? container.decode(String.self) {
                self = .words(words)
            } else if let list = try? container.decode([Value].self) {
                self = .list(list)
            } else {
                self = .object(try container.decode([String: Value].self))
            }
        }

        /// Nil for what holds nothing.
        var text: String? {
            switch self {
            case .nothing: return nil
            case .flag(let flag): return flag ? "Yes" : "No"
            case .whole(let number): return String(number)
            case .number(let number): return String(number)
            case .words(let words):
                let words = words.trimmingCharacters(in: .whitespacesAndNewlines)
                return words.isEmpty ? nil : words
            case .list(let values):
                let texts = values.compactMap(\.text)
                return texts.isEmpty ? nil : texts.joined(separator: ", ")
            case .object(let values):
                let texts = values.sorted { $0.key < $1.key }.compactMap { key, value in
                    value.text.map { "\(CustomFields.name(key)): \($0)" }
                }
                return texts.isEmpty ? nil : texts.joined(separator: "; ")
            }
        }
    }
}
