/// The kinds of ids, each with the number its new ones start from.
enum IDSpace: Int64, Hashable, Sendable {
    case company = 70_000_900_000
    case contact = 70_019_900_000
    case conversation = 70_190_000_000
    case rating = 70_000_990_000
    case timeEntry = 70_011_900_000
}
