import Domain

/// Words that say what is asked.
extension LexiconTables {
    static let cues: [(Slot, [String])] = [
        (.than(.moreThan), ["more than", "over", "greater than", "above", "exceeding", "exceed|exceeds"]),
        (.than(.atLeast), ["at least", "no fewer|less than", "or more", "minimum of"]),
        (.than(.fewerThan), ["fewer than", "less than", "under", "below"]),
        (.than(.atMost), ["at most", "no more than", "up to", "or fewer|less"]),
        (.than(.exactly), ["exactly", "precisely"]),
        (
            .cue(.howMany),
            [
                "how|hwo|hw many", "number of", "count of?", "how much", "total number of?", "amount of", "what number of", "count up",
                "counts", "the? total of", "how big is", "size of", "how large is", "howmany", "nr of", "no of", "total"
            ]
        ),
        (.cue(.which), ["which", "what accounts|customers|agents|groups|companies|clients|teams"]),
        (.cue(.who), ["who|whom|whose", "which person", "what person"]),
        (.cue(.what), ["what"]),
        (
            .cue(.list),
            [
                "list|lists", "show|display", "give", "get", "find", "pull up?", "see", "view", "names of", "name", "tell", "fetch",
                "look up", "search for?", "bring up"
            ]
        ),
        (
            .cue(.latest),
            ["most recent|recently", "latest", "newest", "last", "recent most", "most recently opened|created|filed", "most recently"]
        ),
        (
            .cue(.oldest),
            [
                "oldest", "earliest", "first", "longest open", "longest standing", "longest waiting", "waiting longest",
                "been open longest", "been open the longest", "open the? longest", "longest running"
            ]
        ),
        (
            .cue(.most),
            [
                "most", "highest number of", "largest|biggest|greatest number of?", "top", "busiest", "largest", "biggest", "highest",
                "greatest", "more than any other", "max|maximum", "heaviest", "leading", "noisiest", "most active|frequent|common",
                "overloaded"
            ]
        ),
        (
            .cue(.fewest),
            [
                "fewest", "least", "lowest number of", "smallest number of?", "lowest", "smallest", "bottom", "min|minimum", "quietest",
                "least busy|active|common", "least loaded"
            ]
        ),
        (.cue(.fastest), ["fastest", "quickest", "quickest", "shortest"]),
        (.cue(.slowest), ["slowest", "longest", "took the? longest", "takes the? longest"]),
        (.cue(.best), ["best", "happiest", "top rated", "highest rated"]),
        (.cue(.worst), ["worst", "unhappiest", "lowest rated", "least satisfied|happy", "poorest"]),
        (
            .cue(.per),
            [
                "per", "by each?", "for each", "each", "grouped by", "broken down by", "break down|breakdown by|of|per?", "split by",
                "across all?", "for every", "every", "group by", "breakdown", "distribution of?|by?", "sorted by", "separated by",
                "divided by", "spread across"
            ]
        ),
        (
            .cue(.trend),
            [
                "trend|trends|trending", "over time", "history of", "timeline", "evolution", "develop|developed|development",
                "evolve|evolved", "week over week", "month over month", "chart|graph|plot"
            ]
        ),
        (
            .cue(.compare),
            [
                "compare|compares|compared|comparing|comparison", "vs|versus", "compared to|with", "difference between", "against",
                "relative to", "more|fewer|less|higher|lower|better|worse|faster|slower than", "than"
            ]
        ),
        (
            .cue(.share),
            ["what? percentage|percent|proportion|share|fraction|ratio of?", "how many percent", "%", "rate of", "what part of", "pct"]
        ),
        (.cue(.when), ["when", "what date|day|time was|is|did", "on which|what date|day", "since when"]),
        (.cue(.none), ["no", "zero", "not any", "without any", "not a single", "not have any", "none", "without"]),
        (.cue(.any), ["any"]),
        (.cue(.negation), ["neither", "not", "non", "never", "excluding|exclude", "except for?", "other than", "apart from", "but not"]),
        (.cue(.followUp), ["and", "what about", "how about", "only", "just", "also", "now", "then", "instead", "but"]),
        (
            .cue(.help),
            [
                "help", "what can you do|answer|tell me?", "what can i ask you?", "how do you work", "who are you", "what are you",
                "what do you know|do", "how does this work"
            ]
        ),
        (
            .cue(.overview),
            [
                "tell me about", "how is", "how are", "overview|summary|summarise|summarize of?|for?", "what is going on with|at",
                "what is up with", "state|status of support for?|at?", "support status for|of|at", "what is new with", "health of",
                "update me on", "catch me up on", "brief me on", "support load of|for|at", "doing"
            ]
        ),
        (.cue(.or), ["or|nor"]),
        (.cue(.tagged), ["tagged with|as?", "with the? tag|tags|label", "having the tag", "labelled|labeled with|as?"]),
        (
            .cue(.waiting),
            [
                "waiting for|on us|an? agent|reply|response|answer|our|a", "waiting for|on us|agents", "waiting on support",
                "waiting the? longest", "customer is waiting", "need|needs|needing a|our? reply|response|answer", "customers waiting"
            ]
        ),
        (.cue(.had), ["had"]),
        (
            .cue(.change),
            [
                "go|goes|went|gone|going up|down", "increase|increased|increasing|decrease|decreased|decreasing",
                "rise|rose|risen|rising|fall|fell|fallen|falling|grow|grew|grown|growing|drop|dropped|dropping"
            ]
        ),
        (.cue(.isThere), ["is|are|were|was there", "do|does|did we|they|you|i have|has"]),
        (.bucket(.day), ["per|a|each|every|by day", "daily", "day by day", "day over day"]),
        (.bucket(.week), ["per|a|each|every|by week", "weekly", "week by week", "week over week"]),
        (.bucket(.month), ["per|a|each|every|by month", "monthly", "month by month", "month over month"]),
        (
            .bucket(.weekday),
            ["day of the? week", "weekday", "per|by|each|every|which weekday", "per|by|which day of the? week", "days of the week"]
        ),
        (
            .bucket(.hour),
            ["per|by|each|every|which|what hour", "hourly", "hour of the? day", "time of day", "which|what hours|time of the? day"]
        ),
        (
            .pronoun(.rows),
            [
                "them", "those", "these", "it", "that ticket|one", "this ticket|one", "those tickets|ones", "these tickets|ones",
                "of those|these|them", "that", "the same", "same"
            ]
        ),
        (.pronoun(.agent), ["that|this|same agent|person|rep", "the same agent|person", "him", "her", "she", "he", "his"]),
        (
            .pronoun(.account),
            ["that|this|same account|customer|company|client", "the same account|customer|company", "their", "they", "theirs"]
        )
    ]

    static let details: [(Slot, [String])] = [
        (.detail(.about), ["about", "regarding", "concerning", "subject|subjects", "topic", "title", "content", "say|said", "concern"]),
        (.detail(.status), ["status|state of", "what status|state"]),
        (.detail(.priority), ["priority of", "what priority", "how urgent"]),
        (.detail(.satisfaction), ["rating of", "what rating"]),
        (.detail(.due), ["when is|are due"])
    ]
}
