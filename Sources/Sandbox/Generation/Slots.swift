/// The particulars of one ticket that its sentences mention: the same place, colleague, invoice and error in every message.
struct Slots: Sendable {
    private let values: [String: String]

    init(seed: UInt64, ticketID: Int64, createdAt: Moment, colleague: String) {
        var dice = Dice(seed, "slots", ticketID)
        let day = createdAt - Int64(dice.roll(1...9)) * Moment.day
        let date = day.date
        values = [
            "idp": dice.pick(["Okta", "Entra ID", "Google Workspace", "OneLogin", "Keycloak"]),
            "site": dice.pick([
                "the Riverside depot", "Harbour Street", "the north warehouse", "Building 4", "the airport branch", "Mill Lane",
                "our Leeds office",
                "the city clinic", "Store 118", "the night desk", "Plant 2", "the Bristol hub"
            ]),
            "browser": dice.pick(["Chrome", "Firefox", "Edge", "Safari"]),
            "phone": dice.pick(["iPhone 15", "Pixel 8", "Galaxy S23", "iPhone SE", "Galaxy A54"]),
            "payroll": dice.pick(["DATEV", "ADP", "Sage Payroll", "Gusto", "Visma", "Paychex"]),
            "n": "\(dice.roll(2...9))",
            "many": "\(dice.roll(12...180))",
            "date": "\(date.day) \(Slots.months[(date.month - 1) % 12])",
            "time": "\(dice.roll(6...18)):\(dice.pick(["05", "12", "20", "34", "41", "50"]))",
            "invoice": "INV-\(createdAt.date.year)-\(dice.roll(10_000...99_999))",
            "amount": "€\(dice.roll(84...2_940)).\(dice.roll(10...99))",
            "code": "\(dice.pick(["TW", "E", "X"]))-\(dice.roll(1_000...9_999))",
            "colleague": colleague
        ]
    }

    /// The sentence with every `{slot}` filled.
    func fill(_ sentence: String) -> String {
        guard sentence.contains("{") else { return sentence }
        var filled = ""
        var rest = Substring(sentence)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            filled += values[name] ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
    ]
}
