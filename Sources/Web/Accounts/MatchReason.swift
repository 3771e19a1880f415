import Domain
import Markup

/// Why something belongs to an account: the rule that decided, how sure it was, and the evidence.
struct MatchReason {
    var match: MatchedAccount
    /// Of the fold, unique on the page.
    var id: String

    init(_ match: MatchedAccount, id: String) {
        self.match = match
        self.id = id
    }

    var html: HTML {
        Disclosure("Why this account?", id: id) {
            p(Self.sentence(match))
            if !match.evidence.isEmpty {
                ul(.class("bullets")) { for line in match.evidence { li(line, .dir("auto")) } }
            }
        }.html
    }

    /// `Matched by company domain, 97 % sure.`
    static func sentence(_ match: MatchedAccount) -> String {
        if match.layer == .manual { return "Chosen by a person." }
        return "Matched by \(match.layer.label.lowercasedFirst), \(percent(match.confidence)) sure."
    }

    static func percent(_ confidence: Double) -> String {
        let share = confidence.isFinite ? min(max(confidence, 0), 1) : 0
        return "\(Int((share * 100).rounded())) %"
    }
}

extension Match.Layer {
    /// The rule in a few words.
    var label: String {
        switch self {
        case .manual: "Chosen by a person"
        case .externalID: "External id"
        case .exactDomain: "Company domain"
        case .normalizedDomain: "Company domain, tidied"
        case .name: "Company name"
        case .languageModel: "Language model"
        case .contactDomain: "Requester's e-mail domain"
        }
    }
}

extension String {
    /// For the middle of a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
