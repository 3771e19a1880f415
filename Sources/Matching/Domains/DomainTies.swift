/// How the domains of a company and of an account are related where they are not the same.
enum DomainTies: Sendable, Equatable {
    /// One side has no domain that is its own.
    case unknown
    /// The labels stand for the same brand: `acme.com`, `acme.co.uk`. It confirms a name, it never decides.
    case related(String, String)
    case unrelated(String, String)

    private static let shortestInside = 5
    private static let shortestSimilar = 6

    init(_ ours: [DomainKey], _ theirs: [DomainKey]) {
        guard let first = ours.first, let second = theirs.first else {
            self = .unknown
            return
        }
        for a in ours {
            for b in theirs where Self.areRelated(a.label, b.label) {
                self = .related(a.shown, b.shown)
                return
            }
        }
        self = .unrelated(first.shown, second.shown)
    }

    static func areRelated(_ a: String, _ b: String) -> Bool {
        if a == b { return !a.isEmpty }
        let (short, long) = a.count <= b.count ? (a, b) : (b, a)
        if short.count >= shortestInside, long.contains(short) { return true }
        guard short.count >= shortestSimilar else { return false }
        return EditDistance.similarity(a.unicodeScalars.map(\.value), b.unicodeScalars.map(\.value), least: 0.85) != nil
    }
}
