/// What a ticket is about, with sentences for every step of its thread.
struct Scenario: Sendable {
    var key: String
    var team: String
    var type: String
    var area: String
    var tags: [String]
    var weight: Int
    var subjects: [Sentence] = []
    var openings: [Sentence] = []
    var asks: [Sentence] = []
    var answers: [Sentence] = []
    var notes: [Sentence] = []
    var updates: [Sentence] = []
    var fixes: [Sentence] = []

    /// One sentence and the opening it belongs to; 0 fits every opening.
    struct Sentence: Sendable {
        let opening: Int
        let text: String
    }

    static let all: [Scenario] = ScenarioText.all.flatMap(read)
    static let weights: [Int] = all.map(\.weight)
    /// The scenario short chats use.
    static let chat: Int = all.firstIndex { $0.key == "chat" } ?? 0

    /// Reads the text form: a `#` line of key, team, type, area, tags and weight, then one sentence a line behind its letter
    /// and, where it belongs to one opening only, that opening's number.
    static func read(_ text: String) -> [Scenario] {
        var scenarios: [Scenario] = []
        for line in text.split(separator: "\n") {
            let code = line.prefix { $0 != " " }
            let rest = String(line.dropFirst(code.count + 1))
            switch code.first {
            case "#":
                let cells = rest.split(separator: "|").map { cell in
                    String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
                }
                guard cells.count == 6 else { continue }
                scenarios.append(
                    Scenario(
                        key: cells[0], team: cells[1], type: cells[2], area: cells[3],
                        tags: cells[4].split(separator: ",").map(String.init), weight: Int(cells[5]) ?? 1))
            case let letter?:
                guard !scenarios.isEmpty, let part = parts[letter] else { continue }
                scenarios[scenarios.count - 1][keyPath: part].append(Sentence(opening: Int(code.dropFirst()) ?? 0, text: rest))
            case nil: continue
            }
        }
        return scenarios
    }

    private static var parts: [Character: WritableKeyPath<Scenario, [Sentence]>] {
        [
            "S": \.subjects, "O": \.openings, "A": \.asks, "R": \.answers, "N": \.notes, "U": \.updates, "F": \.fixes
        ]
    }
}

/// The sentences, by field of work.
enum ScenarioText {
    static var all: [String] { [access, work, platform] }

    static let asks = [
        "Thank you for your message. Could you tell me since when this happens, and for whom?",
        "Thank you, I am looking into it. Would you send me a picture of what you see, with the whole window on it?",
        "Thanks for writing. I would like to try this on your account, may I sign in as your user for that?"
    ]
    static let answers = [
        "Since the day before yesterday, and for everybody I asked.", "Here is the picture, I hope that it helps.", "Yes, please go ahead."
    ]
    static let notes = [
        "Cannot reproduce it on the demo account, works there. Asked for more.",
        "Seen before, there is an article about it. Linked it here.",
        "Settings of this account look unusual, somebody must have tried a lot. Will tidy up with them on the phone."
    ]
    static let fixes = [
        "I corrected the setting behind this and tried it myself: it works now. Could you confirm that for your side?",
        "This was a mistake of ours, it is corrected since {time}. Thank you for telling us.",
        "The way to do this has moved in the last version. I wrote the steps into the attached page, with pictures."
    ]
    static let thanks = [
        "That did it, thank you very much for the quick help.", "Works again. Thanks a lot!", "Perfect, thank you. You can close this.",
        "Thank you, everything looks right now.", "Great, that was fast. Have a nice day.",
        "Confirmed, it is working for all of us. Thanks."
    ]
    static let nudges = [
        "Any news on this? Our people keep asking me.", "Could you please give me an update, we are still waiting.",
        "It has been two days now. When can we expect an answer?", "Just checking whether you got my last message.",
        "This is becoming urgent for us, could somebody have a look today?"
    ]
    static let holdings = [
        "Thank you for your patience. I have passed this on to a colleague who knows that part best, and stay with it myself.",
        "I am sorry that this takes longer than it should. I will write again tomorrow at the latest, with or without a solution.",
        "A short sign of life: we are still on it and know where to look.",
        "Did you have a chance to try this? I leave the case open for a few more days."
    ]
    static let reopens = [
        "Sorry to come back to this, but it happened again this morning.", "It worked for two days and now we have the same problem again.",
        "One more question on this before we close it: does it also apply to our other locations?"
    ]
    static let closings = [
        "I have not heard back from you and take it that all is well. If not, simply answer to this message.",
        "I close the case for now. You can open it again at any time by answering."
    ]
    static let escalations = [
        "Escalating, second line please. Customer waits since yesterday and payday is near.",
        "Raised with the engineer on call. Keep the customer informed twice a day.",
        "Account manager asks us to handle this one with care, renewal is coming up."
    ]
    static let forwards = [
        "Could you have a look at this? The customer's report is below, the log is attached.",
        "Forwarding this to you as agreed on the phone. Please answer to this address, it lands in the ticket."
    ]
    static let forwardAnswers = [
        "Thanks, got it. We see the request on our side and will answer by tomorrow noon.",
        "This is a known problem on our side, a fix is planned for Thursday. You may tell the customer."
    ]
    static let mentions = [
        "@Daniel can you take the technical part? I answer the question about the contract.",
        "Talked to {colleague} on the phone, very friendly, will send the file today.",
        "Duplicate of an older case, same cause. Keeping this one open because more people are affected here."
    ]
    static let outOfOffice = [
        "Thank you for your message. I am out of the office until Monday and will read my mail then. "
            + "In urgent cases please call our front desk.",
        "I am on leave with no access to mail. {colleague} stands in for me."
    ]
    static let colleagueReplies = [
        "Hi, I am taking over for my colleague who is on leave. Please copy me on the answer.",
        "Adding myself as I have the same problem at {site}."
    ]
    static let praise = [
        "Quick and friendly, thank you.", "Very helpful, explained everything.", "Solved within the hour, great.",
        "Excellent support as always.",
        "Friendly people who know what they do.", "👍"
    ]
    static let criticism = [
        "Took far too long.", "I had to explain the same thing three times.", "Problem is still there.",
        "Answer was copied from the help pages and did not fit.", "Nobody called back although it was promised.", "Slow."
    ]
    static let shrugs = ["OK in the end.", "Fine, but it took a while.", "Solved, though I did not understand the cause."]
}
