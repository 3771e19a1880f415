import Domain

/// The names of all accounts, findable by their keys and by shared letters.
///
/// Letters are found through an inverted index of trigrams within words. Rare trigrams are asked first and the work of one question is
/// bounded, so a question costs about the same among a hundred accounts and among a hundred thousand.
struct NameIndex: Sendable {
    struct Entry: Sendable {
        /// Place in `accounts`.
        let account: Int
        let form: NameForm
    }

    /// Entries looked at per question at most: what the commonest trigrams alone would bring tells nothing.
    private static let mostPostings = 20_000
    private static let mostCandidates = 25
    /// A candidate shares at least one in so many of the shorter name's trigrams.
    private static let leastShared = 3
    /// A word that this many account names have is no sign of one account: at least so many, and so many of all.
    private static let commonCount = 4
    private static let commonShare = 200

    let entries: [Entry]
    private let byKey: [String: [Int]]
    private let bySqueezed: [String: [Int]]
    private let bySound: [String: [Int]]
    private let byInitials: [String: [Int]]
    private let grams: [UInt64: [UInt32]]
    private let commonWords: Set<String>
    /// Letters of each entry's name, and its trigrams.
    private let sizes: [Int]
    private let gramCounts: [Int]
    private let hasTransliterated: Bool

    init(_ names: [(account: Int, form: NameForm)]) {
        entries = names.map { Entry(account: $0.account, form: $0.form) }
        var byKey: [String: [Int]] = [:]
        var bySqueezed: [String: [Int]] = [:]
        var bySound: [String: [Int]] = [:]
        var byInitials: [String: [Int]] = [:]
        var grams: [UInt64: [UInt32]] = [:]
        var gramCounts: [Int] = []
        var wordAccounts: [String: (last: Int, count: Int)] = [:]
        for (place, entry) in entries.enumerated() {
            for key in entry.form.keys { byKey[key, default: []].append(place) }
            for key in Set(entry.form.squeezed) { bySqueezed[key, default: []].append(place) }
            bySound[entry.form.sound, default: []].append(place)
            if let initials = entry.form.initials { byInitials[initials, default: []].append(place) }
            let own = Self.grams(of: entry.form)
            gramCounts.append(own.count)
            for gram in own { grams[gram, default: []].append(UInt32(place)) }
            for word in entry.form.words where wordAccounts[word.text]?.last != entry.account {
                wordAccounts[word.text] = (entry.account, (wordAccounts[word.text]?.count ?? 0) + 1)
            }
        }
        self.gramCounts = gramCounts
        hasTransliterated = entries.contains { $0.form.isTransliterated }
        sizes = entries.map { $0.form.keys[0].utf8.count }
        self.byKey = byKey
        self.bySqueezed = bySqueezed
        self.bySound = bySound
        self.byInitials = byInitials
        self.grams = grams
        let threshold = max(Self.commonCount, entries.count / Self.commonShare)
        commonWords = Set(wordAccounts.filter { $0.value.count >= threshold }.keys)
    }

    func isCommon(_ word: String) -> Bool { commonWords.contains(word) }

    /// Entries whose name is equal in any fold, in order.
    func equal(to form: NameForm) -> [Int] { Array(Set(form.keys.flatMap { byKey[$0] ?? [] })).sorted() }

    /// Entries whose name has exactly these letters, spaces aside.
    func squeezed(_ letters: String) -> [Int] { bySqueezed[letters] ?? [] }

    /// Entries worth comparing, in order: those that share most letters, those that sound alike, initials both ways.
    func candidates(for form: NameForm) -> [Int] {
        var found = Set(mostShared(with: form))
        for key in form.squeezed { found.formUnion(bySqueezed[key] ?? []) }
        if form.isTransliterated || hasTransliterated { found.formUnion((bySound[form.sound] ?? []).prefix(Self.mostCandidates)) }
        if form.words.count == 1 { found.formUnion((byInitials[form.words[0].text] ?? []).prefix(Self.mostCandidates)) }
        if let initials = form.initials { found.formUnion((byKey[initials] ?? []).prefix(Self.mostCandidates)) }
        return found.sorted()
    }

    private func mostShared(with form: NameForm) -> [Int] {
        let own = Self.grams(of: form)
        let lists = own.compactMap { grams[$0] }.sorted { ($0.count, $0.first ?? 0) < ($1.count, $1.first ?? 0) }
        var counts = [UInt16](repeating: 0, count: entries.count)
        var touched: [Int] = []
        var read = 0
        for list in lists {
            // The rarest list is always read; a common one only while it is cheap.
            if read > 0, read + list.count > Self.mostPostings { break }
            read += list.count
            for place in list {
                if counts[Int(place)] == 0 { touched.append(Int(place)) }
                counts[Int(place)] &+= 1
            }
        }
        // By the share of the name's letters, so that a long name does not hide a short one it contains.
        var best: [(place: Int, rank: Int)] = []
        for place in touched {
            let count = Int(counts[place])
            // What has so little in common is no spelling of the same name. A slip costs three or four trigrams.
            if count < 2 || count * Self.leastShared < min(own.count, gramCounts[place]) { continue }
            let rank = count * count * 1_000 / max(1, sizes[place])
            if best.count == Self.mostCandidates, let last = best.last, rank < last.rank || (rank == last.rank && place > last.place) {
                continue
            }
            let spot = best.firstIndex { $0.rank < rank || ($0.rank == rank && $0.place > place) } ?? best.count
            best.insert((place, rank), at: spot)
            if best.count > Self.mostCandidates { best.removeLast() }
        }
        return best.map(\.place)
    }

    /// Three letters next to each other, with the edges of words as letters, each once, in order.
    private static func grams(of form: NameForm) -> [UInt64] {
        let strong = form.words.filter { !$0.isWeak }
        var found: Set<UInt64> = []
        for word in strong.isEmpty ? form.words : strong {
            add(word.scalars, to: &found)
            if let digraph = word.digraph { add(digraph.unicodeScalars.map(\.value), to: &found) }
        }
        return found.sorted()
    }

    private static func add(_ letters: [UInt32], to found: inout Set<UInt64>) {
        // 1 and 2 stand for the edges; no letter has these numbers.
        let padded = [1] + letters + [2]
        guard padded.count >= 3 else { return }
        for place in 0...(padded.count - 3) {
            found.insert(UInt64(padded[place]) << 42 | UInt64(padded[place + 1]) << 21 | UInt64(padded[place + 2]))
        }
    }
}
