import Domain

/// The table behind `Lexicon`.
enum LexiconTables {
    static let all: [(Slot, [String])] =
        rows + states + verbs + measures + cues + details + missing + [(.filler, fillers)]

    static let rows: [(Slot, [String])] = [
        (
            .rows(.tickets),
            [
                "support? ticket|tickets|tix|tkt|tkts|tckts|tick|tiks",
                "support? issue|issues|case|cases|request|requests|inquiry|inquiries|enquiry|enquiries",
                "support ticket|tickets", "anything|everything", "submission|submissions", "ones|one"
            ]
        ),
        (
            .rows(.ratings),
            [
                "satisfaction? rating|ratings", "survey|surveys", "survey response|responses",
                "csat response|responses|rating|ratings|survey|surveys",
                "review|reviews", "customer? feedback", "satisfaction survey|surveys"
            ]
        ),
        (
            .rows(.conversations),
            [
                "conversation|conversations", "message|messages", "thread entry|entries", "comment|comments", "note|notes",
                "email|emails sent"
            ]
        ),
        (
            .noun(.account),
            [
                "account|accounts", "customer|customers", "client|clients", "company|companies", "organisation|organisations",
                "organization|organizations", "customer account|accounts", "org|orgs"
            ]
        ),
        (
            .noun(.agent),
            [
                "agent|agents", "support? rep|reps", "representative|representatives", "assignee|assignees", "teammate|teammates",
                "support agent|agents",
                "team member|members", "support engineer|engineers", "colleague|colleagues", "support person|people", "owner|owners"
            ]
        ),
        (
            .noun(.contact),
            [
                "contact|contacts", "requester|requesters", "requestor|requestors", "end? user|users", "reporter|reporters",
                "submitter|submitters"
            ]
        ),
        (.noun(.group), ["group|groups", "team|teams", "queue|queues", "department|departments"]),
        (.noun(.tag), ["tag|tags", "label|labels"]),
        (.noun(.type), ["ticket? type|types", "kind|kinds of", "category|categories"]),
        (.noun(.priority), ["priority|priorities", "priority level|levels"]),
        (.noun(.status), ["status|statuses", "state|states"]),
        (.noun(.source), ["source|sources", "channel|channels"])
    ]

    static let states: [(Slot, [String])] = [
        (.status(.open), ["open", "opened status", "status open"]),
        (.status(.pending), ["pending", "on hold"]),
        (.status(.resolved), ["resolved", "solved", "fixed"]),
        (.status(.closed), ["closed"]),
        (
            .unresolved,
            [
                "workload|workloads",
                "unresolved", "unsolved", "backlog", "outstanding", "still open or pending", "open or pending", "open and pending",
                "open|pending or pending|open",
                "not yet? resolved or closed", "not yet? closed or resolved", "not resolved nor closed", "neither resolved nor closed",
                "not done",
                "unfinished", "active", "in progress", "not yet? been? resolved", "not yet? been? solved", "still not resolved", "unclosed",
                "not resolved yet",
                "not been? resolved yet", "awaiting resolution", "not finished"
            ]
        ),
        (.priority(.low), ["low priority?", "lowest priority", "p4", "low prio"]),
        (.priority(.medium), ["medium priority?", "normal priority", "p3", "medium prio"]),
        (.priority(.high), ["high priority?", "p2", "high prio"]),
        (.priority(.urgent), ["urgent priority?", "highest priority", "critical priority?", "p1", "top priority", "emergency"]),
        (.source(.email), ["by|via|through|over email|mail", "email|emailed|mailed", "e mail"]),
        (.source(.phone), ["by|via|through|over the? phone", "phone|phoned", "by|via call", "phone call|calls"]),
        (.source(.chat), ["by|via|through|over|in chat", "chat|chats", "live chat"]),
        (.source(.portal), ["by|via|through|from|on|in the? portal", "portal", "web form", "self service"]),
        (.source(.feedback), ["feedback widget", "via|through the? widget"]),
        (.source(.outboundEmail), ["outbound email|mail|emails"]),
        (.source(.social), ["via|through|from social media?", "social media?", "twitter|facebook|whatsapp"]),
        (.source(.ecommerce), ["ecommerce", "e commerce"]),
        (.flag(.escalated, true), ["escalated", "escalation|escalations", "is|was|are|were|been|got|get escalated"]),
        (.flag(.escalated, false), ["not escalated", "unescalated", "not been escalated"]),
        (
            .flag(.overdue, true),
            [
                "overdue", "past due", "past their|its|the due date?", "past due date", "late", "breaching sla|slas",
                "breach|breached|violating|missing|missed sla|slas",
                "in breach", "past sla", "behind schedule", "after due date"
            ]
        ),
        (.flag(.overdue, false), ["not overdue", "not past due"]),
        (
            .flag(.assigned, false),
            [
                "unassigned", "not assigned to? anyone|anybody|someone|somebody", "not assigned to an|any agent",
                "without a|an|any? assigned? agent|agents|assignee|assignees|owner|owners", "no agent|assignee|owner assigned?",
                "have|has no agent|assignee|owner", "not have|has a|an|any? agent|assignee|owner", "unowned", "nobody assigned",
                "assigned to nobody|noone", "assigned to no one",
                "not assigned",
                "without anyone assigned", "lacking a|an|any? agent|assignee|owner", "not yet assigned", "not been assigned", "orphaned",
                "nobody owns", "no one owns",
                "ownerless"
            ]
        ),
        (.flag(.assigned, true), ["with a|an|any? agent|assignee|owner", "that have an agent", "assigned to somebody|someone|anyone"]),
        (
            .flag(.responded, false),
            [
                "without a|an|any? first? reply|response|answer|replies|responses|answers", "without any reply|response|answer",
                "no first? reply|response|answer|replies yet?",
                "unanswered", "not yet? answered", "have|has not been? answered|responded", "not been answered",
                "without a first response|reply|answer", "not responded to?",
                "not replied to?", "have|has no reply|response|answer|replies", "unreplied", "not been replied|responded to?",
                "awaiting first? response|reply|answer",
                "awaiting a first? response|reply|answer", "not had|received|gotten|got a? first? reply|response|answer",
                "nobody answered|replied", "not have|has a|an|any? first? reply|response|answer|replies",
                "no one answered|replied", "waiting for a? first response|reply|answer", "without responses|replies", "not got a reply",
                "never answered",
                "never replied to?", "never responded to?"
            ]
        ),
        (
            .flag(.responded, true),
            ["answered", "responded to?", "with a reply|response", "that got a reply|response|answer", "replied to?"]
        ),
        (
            .flag(.matched, false),
            [
                "without a|an|any? account|accounts|customer", "no account", "not have|has a|an|any? account|customer", "of no account",
                "not matched to? a|an|any? account?",
                "unmatched", "orphan|orphans",
                "have|has no account", "not linked to a|an|any? account", "belong|belongs|belonging to no account",
                "not belong|belonging to a|an|any? account|any account", "unlinked"
            ]
        ),
        (.flag(.matched, true), ["matched", "with an account", "linked to an account"]),
        (.flag(.rated, true), ["with a rating", "with ratings", "that were rated", "with csat|feedback"]),
        (
            .flag(.rated, false),
            [
                "unrated", "not rated", "not have|has a|an|any? rating|ratings|csat|feedback",
                "without a|an|any? rating|csat|feedback|ratings", "no rating", "not been rated", "never rated"
            ]
        ),
        (
            .sentiment(.positive),
            ["positive|positively", "happy", "satisfied", "good rating|ratings", "thumbs up", "rated positively|happy"]
        ),
        (
            .sentiment(.negative),
            [
                "negative|negatively", "unhappy", "dissatisfied", "bad rating|ratings", "poor rating|ratings", "thumbs down",
                "rated negatively|badly|poorly|unhappy", "not happy",
                "unsatisfied"
            ]
        ),
        (.sentiment(.neutral), ["neutral|neutrally", "rated neutrally"]),
        (.kind(.privateNote), ["private|internal note|notes|comment|comments"]),
        (.kind(.publicNote), ["public note|notes|comment|comments"]),
        (
            .kind(.agentReply),
            [
                "agent reply|replies|response|responses|message|messages", "reply|replies by|from agents|us",
                "outgoing reply|replies|message|messages", "reply|replies sent"
            ]
        ),
        (.kind(.forward), ["forward|forwards", "forwarded message|messages"]),
        (
            .incoming(true),
            [
                "incoming|inbound", "customer reply|replies|message|messages|response|responses",
                "reply|replies from customers|the? customer", "from customers",
                "messages from customers", "did customers|clients|contacts send|write|post",
                "customers|clients|contacts sent|wrote|send|write|post|posted"
            ]
        )
    ]

    static let verbs: [(Slot, [String])] = [
        (
            .verb(.created),
            [
                "opened", "created|create|creation", "filed|file|files|filing", "submitted|submit|submits|submitting",
                "raised|raise|raises|raising", "logged|log|logs",
                "reported|report|reports|reporting", "came in", "come in", "coming in", "arrived|arrive",
                "received|receive|receiving|recieved|recieve", "got in", "new",
                "came through", "generated", "opening", "made", "incoming tickets", "wrote in|us?", "been opened", "inflow", "volume|load",
                "contacted us?", "requested", "put in", "brought in", "asked", "incoming requests", "sent in|us", "entered"
            ]
        ),
        (
            .verb(.resolved),
            [
                "resolve|resolves|resolving|solve|solves|solving|fix|fixing", "close|closes|closing", "resolutions",
                "been resolved|closed|solved", "throughput", "closed out",
                "finished|finish|completed|complete"
            ]
        ),
        (
            .verb(.updated),
            [
                "updated", "touched", "changed", "modified", "last updated", "had activity", "with activity", "been updated",
                "saw activity", "activity"
            ]
        ),
        (.verb(.rated), ["rated", "gave|given|give", "left", "rate"]),
        (.verb(.sent), ["sent", "send|sends", "wrote|write|written", "posted|post", "replied", "added"]),
        (.verb(.due), ["due", "due date|dates", "falling due", "come due"]),
        (
            .handled,
            [
                "assigned to?", "handled|handle|handles|handling by?", "owned|own|owns by?", "working on?", "works on?", "work on?",
                "worked on?", "responsible for?",
                "looking after", "take|takes care of", "dealt|deals|dealing with?", "deal with", "belong|belongs|belonging to?",
                "in charge of?", "assigned", "taking care of", "looks after",
                "on the plate of", "handle|handles|handled|handling", "owned|own|owns|owning", "on plate", "carry|carries|carrying",
                "hold|holds|holding", "serving|serves|serve"
            ]
        )
    ]

    static let measures: [(Slot, [String])] = [
        (
            .measure(.firstResponse),
            [
                "first response|reply|answer time|times?", "time to first response|reply|answer", "response time|times",
                "first response|responses", "reply time|times", "first reply|replies",
                "frt", "respond|responds|responding first?", "to respond|reply|answer", "time to respond|reply|answer",
                "get|give a first response|reply|answer", "wait for a first response|reply|answer",
                "to a? first reply|response|answer", "responsive", "reply|answer quickest|fastest|slowest", "answer speed",
                "speed of response", "first touch time?",
                "wait|waits|waited for a|an|any? answer|response|reply", "get|gets a|an|any? answer|response|reply",
                "responded|answered first"
            ]
        ),
        (
            .measure(.resolution),
            [
                "resolution time|times?", "time to resolution", "time to resolve|solve|close", "to resolve|solve|close|fix",
                "time|times to close", "resolution", "solve time|times",
                "take|takes to? resolve|close|solve", "handling time|times", "turnaround time?", "resolution speed", "closing time|times",
                "close time|times", "cycle time", "to be|get resolved|closed|solved", "get|gets resolved|solved|closed"
            ]
        ),
        (.measure(.age), ["age|ages", "how old", "old are|is"]),
        (
            .measure(.satisfaction),
            [
                "csat score|rate|percentage|percent?", "satisfaction score|rate|percentage|level|levels?",
                "customer satisfaction score|rate?", "csat", "satisfaction", "happiness score?", "how satisfied|happy",
                "percent|percentage positive", "positive rate", "share of positive ratings", "percentage of positive ratings",
                "percentage|share|percent of happy customers|ratings"
            ]
        ),
        (.statistic(.average), ["average", "mean", "avg", "on average", "typically on average"]),
        (.statistic(.median), ["median", "typical", "typically", "usually", "middle"]),
        (.statistic(.sum), ["total|sum time", "sum of?", "in total time"])
    ]
}
