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
    /// In how many accounts' names each word stands.
    private let wordCounts: [String: Int]
    private let transliterated: Int
    /// Letters of each entry's name, and its trigrams.
    private let sizes: [Int]
    private let gramCounts: [Int]

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
        transliterated = entries.count { $0.form.isTransliterated }
        sizes = entries.map { $0.form.keys[0].utf8.count }
        self.byKey = byKey
        self.bySqueezed = bySqueezed
        self.bySound = bySound
        self.byInitials = byInitials
        self.grams = grams
        wordCounts = wordAccounts.mapValues(\.count)
        let threshold = Self.threshold(entries.count)
        commonWords = Set(wordAccounts.filter { $0.value.count >= threshold }.keys)
    }

    private var hasTransliterated: Bool { transliterated > 0 }

    private static func threshold(_ entries: Int) -> Int { max(commonCount, entries / commonShare) }

    /// Whether what concerns every name, and not only those near the changed ones, was the same before `now` stood for `before`: the
    /// words that are common, and whether names are compared by their sound.
    ///
    /// - Parameters: the names of each changed account as they were and as they are in this index.
    func hadTheSameWords(before: [[NameForm]], now: [[NameForm]]) -> Bool {
        let earlier = entries.count + before.joined().count - now.joined().count
        let sounded = transliterated + before.joined().count(where: \.isTransliterated) - now.joined().count(where: \.isTransliterated)
        guard (sounded > 0) == hasTransliterated else { return false }
        var counts: [String: Int] = [:]
        for forms in now { for word in Self.words(of: forms) { counts[word, default: wordCounts[word] ?? 0] -= 1 } }
        for forms in before { for word in Self.words(of: forms) { counts[word, default: wordCounts[word] ?? 0] += 1 } }
        let (threshold, earlierThreshold) = (Self.threshold(entries.count), Self.threshold(earlier))
        if threshold != earlierThreshold {
            let between = min(threshold, earlierThreshold)..<max(threshold, earlierThreshold)
            if wordCounts.contains(where: { between.contains($0.value) }) { return false }
        }
        return counts.allSatisfy { word, count in (count >= earlierThreshold) == commonWords.contains(word) }
    }

    private static func words(of forms: [NameForm]) -> Set<String> { Set(forms.flatMap { $0.words.map(\.text) }) }

    /// Whether all entries that share letters with the name are looked at, also with `more` entries: then an entry that shares few
    /// changes nothing about the others.
    func readsEverything(near form: NameForm, more: Int) -> Bool {
        Self.grams(of: form).reduce(0) { $0 + (grams[$1]?.count ?? 0) + more } <= Self.mostPostings
    }

    /// Whether names that have so many trigrams, and so many in common, are compared at all.
    static func areNear(shared: Int, _ one: Int, _ other: Int) -> Bool { shared >= 2 && shared * leastShared >= min(one, other) }

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
            if !Self.areNear(shared: count, own.count, gramCounts[place]) { continue }
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
    static func grams(of form: NameForm) -> [UInt64] {
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
