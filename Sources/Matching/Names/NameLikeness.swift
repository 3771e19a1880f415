/// How alike two names are, and why.
struct NameLikeness: Sendable, Equatable {
    /// Why, strongest first by rule. The score of each is its place in the order; what may attach begins at `Confidence.attaching`.
    enum Reason: Sendable, Equatable {
        case sameLetters, transliteration, typo, wordOrder, genericWords, acronymAndRest
        case placesDiffer, acronym, shortTypo, contained, kindsDiffer, similar

        var score: Double {
            switch self {
            case .sameLetters: 0.97
            case .transliteration: 0.92
            case .typo: 0.90
            case .wordOrder: 0.85
            case .genericWords, .acronymAndRest: 0.84
            case .shortTypo: 0.72
            case .acronym: 0.70
            case .placesDiffer, .contained, .kindsDiffer: 0.60
            case .similar: 0.55
            }
        }
    }

    let reason: Reason
    /// A sentence without a full stop.
    let evidence: String

    var score: Double { reason.score }
}

/// Compares names word by word, whatever their order.
struct NameAlignment {
    /// A word that may be mistyped, in letters.
    private static let shortestMistyped = 5
    private static let leastSimilar = 0.80

    /// Whether a word is so common in the workspace's account names that it tells nobody apart.
    let isCommon: (String) -> Bool

    /// What speaks for two names being one firm's; nil when nothing does. Equal keys are found before this, by look-up.
    /// - Parameters:
    ///   - company: the name asked about.
    ///   - account: one name of an account.
    func likeness(_ company: NameForm, _ account: NameForm) -> NameLikeness? {
        let hasSameLetters = company.equals(account) || company.squeezed.contains(where: account.squeezed.contains)
        if company.isTransliterated != account.isTransliterated, hasSameLetters || company.sound == account.sound {
            return NameLikeness(reason: .transliteration, evidence: "The name is \(account.written.clipped) in another script")
        }
        if hasSameLetters {
            return NameLikeness(reason: .sameLetters, evidence: "The names have the same letters: \(account.written.clipped)")
        }
        guard company.numbers == account.numbers else { return nil }
        let pairs = aligned(company.words, account.words)
        if Self.areDirections(pairs.companyRest), Self.areDirections(pairs.accountRest) { return nil }
        return judged(company, account, pairs) ?? acronym(company, account) ?? similar(company, account)
    }

    /// East Japan Railway and West Japan Railway are two firms, however alike.
    private static func areDirections(_ words: [NameWord]) -> Bool {
        !words.isEmpty && words.allSatisfy { CommonWords.directions.contains($0.text) }
    }

    // MARK: Pairs

    private enum Tie: Equatable {
        case equal, abbreviation
        /// `letters`: of the shorter word.
        case typo(letters: Int, edits: Int, beginsAlike: Bool)
    }

    private struct Pairs {
        var ties: [(company: Int, account: Int, tie: Tie)] = []
        var companyRest: [NameWord] = []
        var accountRest: [NameWord] = []
    }

    private func aligned(_ a: [NameWord], _ b: [NameWord]) -> Pairs {
        var pairs = Pairs()
        var openA = Array(a.indices)
        var openB = Array(b.indices)
        func tie(_ rule: (NameWord, NameWord) -> Tie?) {
            openA.removeAll { i in
                for (place, j) in openB.enumerated() {
                    if let tie = rule(a[i], b[j]) {
                        pairs.ties.append((i, j, tie))
                        openB.remove(at: place)
                        return true
                    }
                }
                return false
            }
        }
        tie { $0.equals($1) ? .equal : nil }
        tie { Self.longForm($0.text) == Self.longForm($1.text) ? .abbreviation : nil }
        tie { first, second in
            let (short, long) = (min(first.scalars.count, second.scalars.count), max(first.scalars.count, second.scalars.count))
            guard !first.isNumber, !second.isNumber, short >= Self.shortestMistyped, !first.isWeak, !second.isWeak,
                let edits = EditDistance.distance(
                    first.scalars, second.scalars, limit: Int((1 - Self.leastSimilar) * Double(long) + 0.000_1))
            else { return nil }
            return .typo(letters: short, edits: edits, beginsAlike: first.scalars.first == second.scalars.first)
        }
        pairs.companyRest = openA.map { a[$0] }
        pairs.accountRest = openB.map { b[$0] }
        return pairs
    }

    private static func longForm(_ word: String) -> String { CommonWords.abbreviations[word] ?? word }

    /// Carries the name: not a kind of business, a place or a number.
    private func isStrong(_ word: NameWord) -> Bool {
        !word.isWeak && !word.isNumber && (word.scalars.count >= 3 || word.scalars.contains { $0 >= 0x2E80 })
    }

    // MARK: Judgement

    private func judged(_ company: NameForm, _ account: NameForm, _ pairs: Pairs) -> NameLikeness? {
        let strong = pairs.ties.filter { isStrong(company.words[$0.company]) && isStrong(account.words[$0.account]) }
        guard !strong.isEmpty else { return nil }
        if strong.allSatisfy({ isCommon(account.words[$0.account].text) }) {
            return pairs.companyRest.isEmpty || pairs.accountRest.isEmpty
                ? NameLikeness(
                    reason: .similar, evidence: "The name shares only words with \(account.written.clipped) that many accounts have")
                : nil
        }
        let shown = account.written.clipped
        let rest = pairs.companyRest + pairs.accountRest
        let typo = typo(in: pairs, strong: strong.filter { $0.tie == .equal }.count)

        if rest.isEmpty {
            if typo == .short {
                return NameLikeness(
                    reason: .shortTypo, evidence: "The name differs from \(shown) by a letter, which in a short name may be another firm")
            }
            let isInOrder = zip(pairs.ties.sorted { $0.company < $1.company }, pairs.ties.sorted { $0.account < $1.account })
                .allSatisfy { $0.company == $1.company }
            if !isInOrder { return NameLikeness(reason: .wordOrder, evidence: "The names have the same words in another order: \(shown)") }
            if typo == .sure { return NameLikeness(reason: .typo, evidence: "The name is \(shown) but for a spelling") }
            return NameLikeness(reason: .typo, evidence: "The name is \(shown) with shortened words")
        }
        let isOneSided = pairs.companyRest.isEmpty || pairs.accountRest.isEmpty
        let isWeakRest = rest.allSatisfy(\.isWeak)
        let left = rest.map(\.text).joined(separator: " ").clipped
        if isOneSided, isWeakRest, typo == .none {
            let letters = strong.reduce(0) { $0 + company.words[$1.company].scalars.count }
            // One short word is many firms' name: Delta, Delta Services.
            if letters >= 6 { return NameLikeness(reason: .genericWords, evidence: "The name is \(shown) but for “\(left)”") }
            return NameLikeness(reason: .contained, evidence: "The name is \(shown) but for “\(left)”, and what they share is short")
        }
        if isOneSided, typo == .none {
            return NameLikeness(reason: .contained, evidence: "One name is inside the other: \(shown), without “\(left)”")
        }
        if isWeakRest, typo == .none {
            let placesDiffer = pairs.companyRest.contains(where: \.isPlace) && pairs.accountRest.contains(where: \.isPlace)
            return placesDiffer
                ? NameLikeness(reason: .placesDiffer, evidence: "The name is \(shown) with another place")
                : NameLikeness(reason: .kindsDiffer, evidence: "The name is \(shown) with another kind of business")
        }
        if isWeakRest { return NameLikeness(reason: .similar, evidence: "The name is similar to \(shown)") }
        return acronymInside(company, account, pairs)
    }

    private enum Spelling { case none, sure, short }

    /// Whether the edits are small enough for what else agrees: the shorter the word, the more other words must be equal. A different
    /// first letter and a word of five letters are never surely a slip.
    /// - Parameter strong: strong words that are equal.
    private func typo(in pairs: Pairs, strong: Int) -> Spelling {
        var spelling = Spelling.none
        for case .typo(let letters, let edits, let beginsAlike) in pairs.ties.map(\.tie) {
            let isSure =
                switch letters {
                case 12...: true
                case 8...: strong > 0 || edits == 1
                case 7: strong > 0
                case 6: strong > 1
                default: false
                }
            if !isSure || !beginsAlike { return .short }
            spelling = .sure
        }
        return spelling
    }

    /// A word of one name is the initials of words of the other, and the rest is equal: "KPN Telecom", "Koninklijke PTT Nederland Telecom".
    private func acronymInside(_ company: NameForm, _ account: NameForm, _ pairs: Pairs) -> NameLikeness? {
        guard pairs.ties.allSatisfy({ $0.tie == .equal }) else { return nil }
        for (short, long) in [(pairs.companyRest, pairs.accountRest), (pairs.accountRest, pairs.companyRest)]
        where short.count == 1 && long.count >= 3 && short[0].text == String(long.compactMap(\.text.first)) {
            return NameLikeness(
                reason: .acronymAndRest,
                evidence: "“\(short[0].text.clipped)” is the initials of the other name's words: \(account.written.clipped)")
        }
        return nil
    }

    private func acronym(_ company: NameForm, _ account: NameForm) -> NameLikeness? {
        for (short, long) in [(company, account), (account, company)] where short.words.count == 1 {
            let word = short.words[0].text
            guard word.count >= 3, let initials = long.initials, initials == word else { continue }
            return NameLikeness(
                reason: .acronym, evidence: "The name is the initials of \(account.written.clipped), or the other way round")
        }
        return nil
    }

    private func similar(_ company: NameForm, _ account: NameForm) -> NameLikeness? {
        let (short, long) = (min(company.letters.count, account.letters.count), max(company.letters.count, account.letters.count))
        // Names of very different lengths cannot come near.
        guard short >= 4, short * 10 >= long * 6, EditDistance.jaroWinkler(company.letters, account.letters) >= 0.92 else { return nil }
        return NameLikeness(reason: .similar, evidence: "The name is similar to \(account.written.clipped)")
    }
}
