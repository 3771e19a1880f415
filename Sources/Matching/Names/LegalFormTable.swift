import Domain

/// The legal forms of firms, by country: what stands at the end of a name (or before it) and says nothing about whose it is.
struct LegalFormTable: Sendable {
    let head: TableHead
    /// Forms at the end of a name, folded and without spaces and dots, with the countries that have them.
    let endings: [String: Set<String>]
    /// Forms before a name.
    let beginnings: [String: Set<String>]

    var dated: Day { head.dated }
    var source: String { head.source }
    var licence: String { head.licence }

    /// The countries the table covers, as two letters.
    var countries: Set<String> { endings.values.reduce(into: []) { $0.formUnion($1) } }

    /// - Parameter file: each line a country, then its forms; a form that stands before the name begins with `>`.
    init(_ file: TableFile) {
        head = file.head
        var endings: [String: Set<String>] = [:]
        var beginnings: [String: Set<String>] = [:]
        for line in file.lines {
            let words = line.split(separator: " ").map(String.init)
            guard let country = words.first else { continue }
            for word in words.dropFirst() {
                if word.hasPrefix(">") {
                    beginnings[String(word.dropFirst()), default: []].insert(country)
                } else {
                    endings[word, default: []].insert(country)
                }
            }
        }
        self.endings = endings
        self.beginnings = beginnings
    }

    /// Forms written without spaces around them, taken out wherever they stand.
    static let unspaced = [
        "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人", "一般財団法人", "(株)", "(有)", "(合)", "(同)",
        "股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "集团公司", "集團公司", "주식회사", "유한회사", "유한책임회사", "(주)", "(유)",
        "บริษัทจำกัด", "บริษัท", "(มหาชน)", "มหาชน", "จำกัด"
    ]

    /// Short forms that are also words when written like one (`Day Spa`, `Green Ag`): a form only when not written with a capital
    /// and small letters.
    static let alsoWords: Set<String> = [
        "spa", "as", "ag", "sa", "se", "ad", "pc", "pa", "da", "ks", "kb", "hb", "lp", "sc", "sca", "ev", "eg", "is", "ei", "me", "ca",
        "na",
        "ac", "at", "ae", "ee", "oe", "mb", "ky", "sal", "sas", "too", "sf", "hf", "cc", "nl", "rf", "uc", "ip", "pp", "bt", "et", "ad",
        "est"
    ]

    static var standard: LegalFormTable { MatchingTables.current.legalForms }
}
