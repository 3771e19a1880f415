import Domain

/// Who asks, in the question: “my tickets”, “assigned to me”, “do I have”, “my accounts”.
extension Reader {
    mutating func readSelf() {
        for place in words.indices where words[place].use == nil && isSelf(place) {
            if words[place].text == "my", speaksOfAccounts(place) {
                let own = email.map { index.accounts(ownedBy: $0) } ?? []
                add(place..<(place + 1), .own(own, .account), .name)
            } else if let agent = email.flatMap({ index.agent(withEmail: $0) }) {
                add(place..<(place + 1), .name([agent]), .name)
            } else {
                add(place..<(place + 1), .own([], .agent), .name)
            }
        }
    }

    private func isSelf(_ place: Int) -> Bool {
        let before = place > 0 ? words[place - 1].text : ""
        let next = words.indices.contains(place + 1) ? words[place + 1].text : ""
        switch words[place].text {
        case "my": return !Self.notOfMine.contains(next)
        case "mine", "myself": return true
        // “show me” and “tell me” speak of nobody.
        case "me": return ["to", "by", "with", "than", "versus", "vs"].contains(before)
        case "i":
            if ["do", "did", "have", "had", "am"].contains(before) { return !["want", "need", "know", "get"].contains(next) }
            return Self.work.contains(next)
        default: return false
        }
    }

    /// “my accounts”, “my urgent customers”: a customer before any ticket is spoken of.
    private func speaksOfAccounts(_ place: Int) -> Bool {
        for word in words[(place + 1)...].prefix(4) {
            if Self.accountWords.contains(word.text) { return true }
            if ["ticket", "tickets", "tix", "issues", "cases", "requests", "queue", "csat"].contains(word.text) { return false }
        }
        return false
    }

    private static let accountWords: Set<String> = [
        "account", "accounts", "customer", "customers", "client", "clients", "company", "companies", "portfolio", "book"
    ]
    private static let notOfMine: Set<String> = ["question", "name", "team", "company", "workspace", "boss", "manager", "colleagues"]
    private static let work: Set<String> = [
        "own", "owned", "handle", "handled", "close", "closed", "resolve", "resolved", "solve", "solved", "answered", "replied", "sent",
        "worked", "manage"
    ]
}
