/// A seeded source of choices: the same seed always gives the same portal (SplitMix64).
///
/// Every record draws from dice of its own, keyed by what it is and its id, so that text can be derived when it is
/// asked for and not when the portal starts.
struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    /// Dice for one record: `subject` says what is being decided, `id` for whom.
    init(_ seed: UInt64, _ subject: StaticString, _ id: Int64 = 0) {
        var mixed = seed &* 0x9E37_79B9_7F4A_7C15
        subject.withUTF8Buffer { bytes in
            for byte in bytes { mixed = (mixed ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        mixed ^= UInt64(bitPattern: id) &* 0xD6E8_FEB8_6659_FD93
        state = mixed
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in `0..<sides`; 0 when there is no side.
    mutating func roll(_ sides: Int) -> Int {
        sides > 1 ? Int(next() % UInt64(sides)) : 0
    }

    /// A number in `range`, both ends included.
    mutating func roll(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + roll(range.upperBound - range.lowerBound + 1)
    }

    /// A number in 0..<1.
    mutating func fraction() -> Double {
        Double(next() >> 11) / Double(1 << 53)
    }

    /// True `percent` times in a hundred.
    mutating func chance(_ percent: Double) -> Bool {
        fraction() * 100 < percent
    }

    /// One element; `fallback` of an empty list.
    mutating func pick<Element>(_ elements: [Element], or fallback: Element) -> Element {
        elements.isEmpty ? fallback : elements[roll(elements.count)]
    }

    /// One text of a list, the empty text of an empty list.
    mutating func pick(_ texts: [String]) -> String {
        pick(texts, or: "")
    }

    /// A position, drawn by weight.
    mutating func weighted(_ weights: [Int]) -> Int {
        var rest = roll(max(1, weights.reduce(0, +)))
        for (position, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return position }
        }
        return max(0, weights.count - 1)
    }
}
