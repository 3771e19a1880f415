/// Why a text is not the name of one firm's domain.
enum DomainFault: Error, Equatable {
    case empty
    case noDot
    case address
    case endsInNumber
    case emptyLabel
    case character(String)
    case edgeHyphen
    case longLabel
    case longName
    case notInternational

    /// A sentence with the text as typed, shortened when it is long.
    func sentence(typed: String) -> String {
        let shown = "“\(typed.clipped)”"
        return switch self {
        case .empty: "The domain is empty"
        case .noDot: "\(shown) has no dot"
        case .address: "\(shown) is an IP address"
        case .endsInNumber: "\(shown) ends in a number, so it is no domain"
        case .emptyLabel: "\(shown) has two dots in a row"
        case .character(let character): "\(shown) has the character “\(character)”, which no domain has"
        case .edgeHyphen: "\(shown) has a part that begins or ends with a hyphen"
        case .longLabel: "\(shown) has a part of more than 63 letters"
        case .longName: "\(shown) is longer than a domain can be"
        case .notInternational: "\(shown) is not a valid international domain"
        }
    }
}

extension String {
    /// At most 60 characters, for sentences about text from outside.
    var clipped: String { count <= 60 ? self : prefix(59) + "…" }
}
