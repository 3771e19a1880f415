/// What a request costs and which hidden limit it counts against (facts 38–49).
struct Price: Sendable, Equatable {
    let credits: Int
    let list: Allowance.List?

    init(of call: Call, path: ArraySlice<String>, measured: Bool) {
        let includes = call.query.last { $0.name == "include" }?.value.split(separator: ",").count ?? 0
        let path = Array(path)
        switch (path.first, path.count) {
        case ("tickets", 1):
            credits = 1 + 2 * includes
            list = .tickets
        case ("tickets", 2):
            // Documented: one more for each include; measured once: two in all (fact 47).
            credits = measured ? min(2, 1 + includes) : 1 + includes
            list = nil
        case ("contacts", 1):
            credits = 1
            list = .contacts
        default:
            credits = 1
            list = nil
        }
    }
}
