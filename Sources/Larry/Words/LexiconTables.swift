import Domain

/// The table behind `Lexicon`.
enum LexiconTables {
    static let all: [(Slot, [String])] =
        rows + states + verbs + measures + cues + details + missing + [(.filler, fillers)]

    private static let rows: [(Slot, [String])] = [
        (.rows(.tickets), [
            "support? ticket|tickets|tix|tkt|tkts|tckts|tick|tiks", "support? issue|issues|case|cases|request|requests|inquiry|inquiries|enquiry|enquiries",
            "support ticket|tickets", "anything", "submission|submissions", "ones|one"
        ]),
        (.rows(.ratings), [
            "satisfaction? rating|ratings", "survey|surveys", "survey response|responses", "csat response|responses|rating|ratings|survey|surveys",
            "review|reviews", "customer? feedback", "satisfaction survey|surveys"
        ]),
        (.rows(.conversations), [
            "conversation|conversations", "message|messages", "thread entry|entries", "comment|comments", "note|notes", "email|emails sent"
        ]),
        (.noun(.account), [
            "account|accounts", "customer|customers", "client|clients", "company|companies", "organisation|organisations",
            "organization|organizations", "customer account|accounts", "org|orgs"
        ]),
        (.noun(.agent), [
            "agent|agents", "support? rep|reps", "representative|representatives", "assignee|assignees", "teammate|teammates", "support agent|agents",
            "team member|members", "support engineer|engineers", "colleague|colleagues", "support person|people", "owner|owners"
        ]),
        (.noun(.contact), [
            "contact|contacts", "requester|requesters", "requestor|requestors", "end? user|users", "reporter|reporters", "submitter|submitters"
        ]),
        (.noun(.group), ["group|groups", "team|teams", "queue|queues", "department|departments"]),
        (.noun(.tag), ["tag|tags", "label|labels"]),
        (.noun(.type), ["ticket? type|types", "kind|kinds of", "category|categories"]),
        (.noun(.priority), ["priority|priorities", "priority level|levels"]),
        (.noun(.status), ["status|statuses", "state|states"]),
        (.noun(.source), ["source|sources", "channel|channels"])
    ]

    private static let states: [(Slot, [String])] = [
        (.status(.open), ["open", "opened status", "status open"]),
        (.status(.pending), ["pending", "on hold"]),
        (.status(.resolved), ["resolved", "solved", "fixed"]),
        (.status(.closed), ["closed"]),
        (.unresolved, [
            "workload|workloads", 
            "unresolved", "unsolved", "backlog", "outstanding", "still open or pending", "open or pending", "open and pending", "open|pending or pending|open",
            "not yet? resolved or closed", "not yet? closed or resolved", "not resolved nor closed", "neither resolved nor closed", "not done",
            "unfinished", "active", "in progress", "not yet? been? resolved", "not yet? been? solved", "still not resolved", "unclosed", "not resolved yet",
            "not been? resolved yet", "awaiting resolution", "not finished"
        ]),
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
        (.flag(.overdue, true), [
            "overdue", "past due", "past their|its|the due date?", "past due date", "late", "breaching sla|slas", "breach|breached|violating|missing|missed sla|slas",
            "in breach", "past sla", "behind schedule", "after due date"
        ]),
        (.flag(.overdue, false), ["not overdue", "not past due"]),
        (.flag(.assigned, false), [
            "unassigned", "not assigned to? anyone|anybody|someone|somebody", "not assigned to an|any agent", "without a|an|any? assigned? agent|agents|assignee|assignees|owner|owners", "no agent|assignee|owner assigned?",
            "have|has no agent|assignee|owner", "unowned", "nobody assigned", "assigned to nobody|noone", "assigned to no one", "not assigned",
            "without anyone assigned", "lacking a|an|any? agent|assignee|owner", "not yet assigned", "not been assigned", "orphaned", "nobody owns", "no one owns",
            "ownerless"
        ]),
        (.flag(.assigned, true), ["with a|an|any? agent|assignee|owner", "that have an agent", "assigned to somebody|someone|anyone"]),
        (.flag(.responded, false), [
            "without a|an|any? first? reply|response|answer|replies|responses|answers", "without any reply|response|answer", "no first? reply|response|answer|replies yet?",
            "unanswered", "not yet? answered", "have|has not been? answered|responded", "not been answered", "without a first response|reply|answer", "not responded to?",
            "not replied to?", "have|has no reply|response|answer|replies", "unreplied", "not been replied|responded to?", "awaiting first? response|reply|answer",
            "awaiting a first? response|reply|answer", "not had|received|gotten|got a? first? reply|response|answer", "nobody answered|replied",
            "no one answered|replied", "waiting for a? first response|reply|answer", "without responses|replies", "not got a reply", "never answered",
            "never replied to?", "never responded to?"
        ]),
        (.flag(.responded, true), ["answered", "responded to?", "with a reply|response", "that got a reply|response|answer", "replied to?"]),
        (.flag(.matched, false), [
            "without a|an|any? account|accounts|customer", "no account", "of no account", "not matched to? a|an|any? account?", "unmatched", "orphan|orphans",
            "have|has no account", "not linked to a|an|any? account", "belong|belongs|belonging to no account", "not belong|belonging to a|an|any? account|any account", "unlinked"
        ]),
        (.flag(.matched, true), ["matched", "with an account", "linked to an account"]),
        (.flag(.rated, true), ["with a rating", "with ratings", "that were rated", "with csat|feedback"]),
        (.flag(.rated, false), ["unrated", "not rated", "without a|an|any? rating|csat|feedback|ratings", "no rating", "not been rated", "never rated"]),
        (.sentiment(.positive), ["positive|positively", "happy", "satisfied", "good rating|ratings", "thumbs up", "rated positively|happy"]),
        (.sentiment(.negative), [
            "negative|negatively", "unhappy", "dissatisfied", "bad rating|ratings", "poor rating|ratings", "thumbs down", "rated negatively|badly|poorly|unhappy", "not happy",
            "unsatisfied"
        ]),
        (.sentiment(.neutral), ["neutral|neutrally", "rated neutrally"]),
        (.kind(.privateNote), ["private|internal note|notes|comment|comments"]),
        (.kind(.publicNote), ["public note|notes|comment|comments"]),
        (.kind(.agentReply), [
            "agent reply|replies|response|responses|message|messages", "reply|replies by|from agents|us", "outgoing reply|replies|message|messages", "reply|replies sent"
        ]),
        (.kind(.forward), ["forward|forwards", "forwarded message|messages"]),
        (.incoming(true), [
            "incoming|inbound", "customer reply|replies|message|messages|response|responses", "reply|replies from customers|the? customer", "from customers",
            "messages from customers", "did customers|clients|contacts send|write|post", "customers|clients|contacts sent|wrote|send|write|post|posted"
        ])
    ]

    private static let verbs: [(Slot, [String])] = [
        (.verb(.created), [
            "opened", "created|create|creation", "filed|file|files|filing", "submitted|submit|submits|submitting", "raised|raise|raises|raising", "logged|log|logs",
            "reported|report|reports|reporting", "came in", "come in", "coming in", "arrived|arrive", "received|receive|receiving|recieved|recieve", "got in", "new",
            "came through", "generated", "opening", "made", "incoming tickets", "wrote in|us?", "been opened", "inflow", "volume|load",
            "contacted us?", "requested", "put in", "brought in", "asked", "incoming requests", "sent in|us", "entered"
        ]),
        (.verb(.resolved), [
            "resolve|resolves|resolving|solve|solves|solving|fix|fixing", "close|closes|closing", "resolutions", "been resolved|closed|solved", "throughput", "closed out",
            "finished|finish|completed|complete"
        ]),
        (.verb(.updated), ["updated", "touched", "changed", "modified", "last updated", "had activity", "with activity", "been updated", "saw activity", "activity"]),
        (.verb(.rated), ["rated", "gave|given|give", "left", "rate"]),
        (.verb(.sent), ["sent", "send|sends", "wrote|write|written", "posted|post", "replied", "added"]),
        (.verb(.due), ["due", "due date|dates", "falling due", "come due"]),
        (.handled, [
            "assigned to?", "handled|handle|handles|handling by?", "owned|own|owns by?", "working on?", "works on?", "work on?", "worked on?", "responsible for?",
            "looking after", "take|takes care of", "dealt|deals|dealing with?", "deal with", "belong|belongs|belonging to?", "in charge of?", "assigned", "taking care of", "looks after",
            "on the plate of", "handle|handles|handled|handling", "owned|own|owns|owning", "on plate", "carry|carries|carrying", "hold|holds|holding", "serving|serves|serve"
        ])
    ]

    private static let measures: [(Slot, [String])] = [
        (.measure(.firstResponse), [
            "first response|reply|answer time|times?", "time to first response|reply|answer", "response time|times", "first response|responses", "reply time|times", "first reply|replies",
            "frt", "respond|responds|responding first?", "to respond|reply|answer", "time to respond|reply|answer", "get|give a first response|reply|answer", "wait for a first response|reply|answer",
            "to a? first reply|response|answer", "responsive", "reply|answer quickest|fastest|slowest", "answer speed", "speed of response", "first touch time?",
            "wait|waits|waited for a|an|any? answer|response|reply", "get|gets a|an|any? answer|response|reply", "responded|answered first"
        ]),
        (.measure(.resolution), [
            "resolution time|times?", "time to resolution", "time to resolve|solve|close", "to resolve|solve|close|fix", "time|times to close", "resolution", "solve time|times",
            "take|takes to? resolve|close|solve", "handling time|times", "turnaround time?", "resolution speed", "closing time|times", "close time|times", "cycle time", "to be|get resolved|closed|solved", "get|gets resolved|solved|closed"
        ]),
        (.measure(.age), ["age|ages", "how old", "old are|is"]),
        (.measure(.satisfaction), [
            "csat score|rate|percentage|percent?", "satisfaction score|rate|percentage|level|levels?", "customer satisfaction score|rate?", "csat", "satisfaction", "happiness score?", "how satisfied|happy",
            "percent|percentage positive", "positive rate", "share of positive ratings", "percentage of positive ratings", "percentage|share|percent of happy customers|ratings"
        ]),
        (.statistic(.average), ["average", "mean", "avg", "on average", "typically on average"]),
        (.statistic(.median), ["median", "typical", "typically", "usually", "middle"]),
        (.statistic(.sum), ["total|sum time", "sum of?", "in total time"])
    ]

    private static let cues: [(Slot, [String])] = [
        (.than(.moreThan), ["more than", "over", "greater than", "above", "exceeding", "exceed|exceeds"]),
        (.than(.atLeast), ["at least", "no fewer|less than", "or more", "minimum of"]),
        (.than(.fewerThan), ["fewer than", "less than", "under", "below"]),
        (.than(.atMost), ["at most", "no more than", "up to", "or fewer|less"]),
        (.than(.exactly), ["exactly", "precisely"]),
        (.cue(.howMany), [
            "how|hwo|hw many", "number of", "count of?", "how much", "total number of?", "amount of", "what number of", "count up", "counts", "the? total of", "how big is", "size of", "how large is", "howmany", "nr of", "no of", "total"
        ]),
        (.cue(.which), ["which", "what accounts|customers|agents|groups|companies|clients|teams"]),
        (.cue(.who), ["who|whom|whose", "which person", "what person"]),
        (.cue(.what), ["what"]),
        (.cue(.list), ["list|lists", "show|display", "give", "get", "find", "pull up?", "see", "view", "names of", "name", "tell", "fetch", "look up", "search for?", "bring up"]),
        (.cue(.latest), ["most recent|recently", "latest", "newest", "last", "recent most", "most recently opened|created|filed", "most recently"]),
        (.cue(.oldest), ["oldest", "earliest", "first", "longest open", "longest standing", "longest waiting", "waiting longest", "been open longest", "been open the longest", "open the? longest"]),
        (.cue(.most), ["most", "highest number of", "largest|biggest|greatest number of?", "top", "busiest", "largest", "biggest", "highest", "greatest", "more than any other", "max|maximum", "heaviest", "leading", "noisiest", "most active|frequent|common", "overloaded"]),
        (.cue(.fewest), ["fewest", "least", "lowest number of", "smallest number of?", "lowest", "smallest", "bottom", "min|minimum", "quietest", "least busy|active|common", "least loaded"]),
        (.cue(.fastest), ["fastest", "quickest", "quickest", "shortest"]),
        (.cue(.slowest), ["slowest", "longest", "took the? longest", "takes the? longest"]),
        (.cue(.best), ["best", "happiest", "top rated", "highest rated"]),
        (.cue(.worst), ["worst", "unhappiest", "lowest rated", "least satisfied|happy", "poorest"]),
        (.cue(.per), ["per", "by each?", "for each", "each", "grouped by", "broken down by", "break down|breakdown by|of|per?", "split by", "across all?", "for every", "every", "group by", "breakdown", "distribution of?|by?", "sorted by", "separated by", "divided by", "spread across"]),
        (.cue(.trend), ["trend|trends|trending", "over time", "history of", "timeline", "evolution", "develop|developed|development", "evolve|evolved", "week over week", "month over month", "chart|graph|plot"]),
        (.cue(.compare), ["compare|compares|compared|comparing|comparison", "vs|versus", "compared to|with", "difference between", "against", "relative to", "more|fewer|less|higher|lower|better|worse|faster|slower than", "than"]),
        (.cue(.share), ["what? percentage|percent|proportion|share|fraction|ratio of?", "how many percent", "%", "rate of", "what part of", "pct"]),
        (.cue(.when), ["when", "what date|day|time was|is|did", "on which|what date|day", "since when"]),
        (.cue(.none), ["no", "zero", "not any", "without any", "not a single", "not have any", "none", "without"]),
        (.cue(.any), ["any"]),
        (.cue(.negation), ["neither", "not", "non", "never", "excluding|exclude", "except for?", "other than", "apart from", "but not"]),
        (.cue(.followUp), ["and", "what about", "how about", "only", "just", "also", "now", "then", "instead", "but"]),
        (.cue(.help), ["help", "what can you do|answer|tell me?", "what can i ask you?", "how do you work", "who are you", "what are you", "what do you know|do", "how does this work"]),
        (.cue(.overview), ["tell me about", "how is", "how are", "overview|summary|summarise|summarize of?|for?", "what is going on with|at", "what is up with", "state|status of support for?|at?", "support status for|of|at", "what is new with", "health of", "update me on", "catch me up on", "brief me on", "support load of|for|at", "doing"]),
        (.cue(.or), ["or|nor"]),
        (.cue(.tagged), ["tagged with|as?", "with the? tag|tags|label", "having the tag", "labelled|labeled with|as?"]),
        (.cue(.waiting), ["waiting for|on us|an? agent|reply|response|answer|our|a", "waiting for|on us|agents", "waiting on support", "waiting the? longest", "customer is waiting", "need|needs|needing a|our? reply|response|answer", "customers waiting"]),
        (.cue(.had), ["had"]),
        (.cue(.isThere), ["is|are|were|was there", "do|does|did we|they|you|i have|has"]),
        (.bucket(.day), ["per|a|each|every|by day", "daily", "day by day", "day over day"]),
        (.bucket(.week), ["per|a|each|every|by week", "weekly", "week by week", "week over week"]),
        (.bucket(.month), ["per|a|each|every|by month", "monthly", "month by month", "month over month"]),
        (.bucket(.weekday), ["day of the? week", "weekday", "per|by|each|every|which weekday", "per|by|which day of the? week", "days of the week"]),
        (.bucket(.hour), ["per|by|each|every|which|what hour", "hourly", "hour of the? day", "time of day", "which|what hours|time of the? day"]),
        (.pronoun(.rows), ["them", "those", "these", "it", "that ticket|one", "this ticket|one", "those tickets|ones", "these tickets|ones", "of those|these|them", "that", "the same", "same"]),
        (.pronoun(.agent), ["that|this|same agent|person|rep", "the same agent|person", "him", "her", "she", "he", "his"]),
        (.pronoun(.account), ["that|this|same account|customer|company|client", "the same account|customer|company", "their", "they", "theirs"])
    ]

    private static let details: [(Slot, [String])] = [
        (.detail(.about), ["about", "regarding", "concerning", "subject|subjects", "topic", "title", "content", "say|said", "concern"]),
        (.detail(.status), ["status|state of", "what status|state"]),
        (.detail(.priority), ["priority of", "what priority", "how urgent"]),
        (.detail(.satisfaction), ["rating of", "what rating"]),
        (.detail(.due), ["when is|are due"])
    ]

    /// Support-like things that are not in the synced rows.
    private static let missing: [(Slot, [String])] = [
        (.missing("time tracked by agents"), ["how many hours|minutes", "hours|minutes did", "time spent|tracked|logged|worked", "hours logged|worked|spent|billed", "billable hours?", "timesheet|timesheets of", "handle time", "time entries|entry", "effort"]),
        (.missing("when and how often a ticket was reopened"), ["reopened|reopen|reopens|reopening", "reopen rate", "re opened", "reopenings"]),
        (.missing("who a ticket was assigned to before"), ["reassigned|reassignment|reassignments|reassign", "transferred|transfers", "previously assigned", "handed over|off", "handoffs", "changed hands", "bounced"]),
        (.missing("the reasons behind the figures"), ["why", "reason|reasons", "root cause|causes", "cause|causes|caused", "because", "driver|drivers|driving", "explain"]),
        (.missing("advice on what to do"), ["should i|we", "recommend|recommendation|recommendations|advise|advice|suggest"]),
        (.missing("forecasts"), ["will|wont", "predict|prediction|predicted|forecast|forecasts|forecasted|projection|projected|expected|expect", "will we|there|they|be|get|have|it|i", "going to", "estimate|estimated", "likely", "probability"]),
        (.missing("service-level policies and their history"), ["sla policy|policies|target|targets|compliance|attainment", "sla|slas", "service level|levels", "breach rate", "breaches"]),
        (.missing("the mood of a message"), ["angry|angriest", "frustrated|frustrating|frustration", "mood|tone|sentiment", "upset", "rude", "emotion|emotions", "annoyed", "complaining|complain|complaint|complaints"]),
        (.missing("revenue and contracts"), ["revenue|arr|mrr", "contract|contracts", "renewal|renewals|renew|renewing", "price|pricing paid?", "cost|costs|costing", "budget", "paid|paying|pay|pays", "invoice total", "worth", "dollars|euros|money", "spend|spends|spending", "billed", "profit|profitable", "upsell|upsells"]),
        (.missing("churn"), ["churn|churned|churning", "cancel their|the? contract|subscription", "at risk", "risk of leaving", "leave us"]),
        (.missing("net promoter scores"), ["nps", "net promoter score|scores?", "promoters|detractors"]),
        (.missing("customer effort scores"), ["customer effort score?", "ces"]),
        (.missing("where customers are"), ["country|countries", "region|regions", "located|location|locations", "city|cities", "timezone|timezones", "time zone|zones", "continent", "germany|france|usa|uk|europe|emea|apac|america|spain|italy|japan|india|canada|australia"]),
        (.missing("the language of a ticket"), ["language|languages", "written in", "in english|german|french|spanish|japanese|italian|portuguese", "translated|translation"]),
        (.missing("the industry and tier of a company"), ["industry|industries", "tier|tiers", "enterprise|smb", "segment|segments", "sector|sectors", "health score|scores", "vertical|verticals", "plan|plans", "premium", "company size", "employees|headcount"]),
        (.missing("when agents work"), ["online now?", "shift|shifts", "on call", "available|availability", "on vacation|holiday|leave", "working hours", "schedule|schedules", "logged in", "business hours", "working days", "overtime"]),
        (.missing("people's private details"), ["phone number|numbers", "home address|addresses", "mobile number", "birthday|birthdays", "salary|salaries", "address|addresses", "date of birth", "married", "earn|earns"]),
        (.missing("calls"), ["call duration|durations|length", "calls? recorded|recording|recordings", "voicemail|voicemails", "talk time", "hold time|times"]),
        (.missing("the product a ticket is about"), ["product|products", "version|versions", "browser|browsers", "operating system", "platform|platforms", "feature|features", "module|modules", "release|releases"]),
        (.missing("knowledge base articles"), ["article|articles", "knowledge base", "documentation", "faq", "macros|macro", "canned response|responses", "deflection|deflected"]),
        (.missing("merges and links between tickets"), ["merged", "duplicate|duplicates", "linked tickets|ticket", "parent|child ticket|tickets", "related tickets"]),
        (.missing("attachments"), ["attachment|attachments", "attached file|files?", "screenshot|screenshots", "uploaded"]),
        (.missing("how often people looked at a ticket"), ["viewed|views", "watching|watcher|watchers|followers", "clicked|clicks", "page views"]),
        (.missing("bots and automations"), ["chatbot|chatbots", "automation|automations|automated", "bot|bots", "ai", "workflow|workflows"]),
        (.missing("quality reviews"), ["quality score|scores|assurance", "qa score|scores?", "audit score"]),
        (.missing("one-contact resolution"), ["first contact resolution", "fcr", "one touch", "first call resolution"]),
        (.missing("opportunities and leads"), ["lead|leads", "opportunity|opportunities", "deal|deals", "pipeline", "prospect|prospects"])
    ]

    private static let fillers = [
        "a|an|the", "of|for|from|to|in|on|at|by|with|as|into|onto", "is|are|was|were|be|been|being|am", "do|does|did|doing", "has|have|having",
        "there|here", "please|kindly|pls|thanks|thank|plz", "me|us|our|ours|we|i|my|you|your|hi|hello|hey|larry|ok|okay|so|well|hmm|um|uh",
        "can|could|would|should|shall|may|might|must", "right now", "now|currently|presently|moment|present|today's", "at the moment",
        "still|yet|already|ever|actually|really|exactly|even|else|all|every|both|overall|altogether|together|whole|entire", "in total", "total",
        "that|which|who|where|whose", "support|helpdesk|freshdesk|desk|system|workspace|database|data|inbox|clynto", "help desk",
        "like|want|need|know|wondering|wonder|curious|interested", "number|numbers|figure|figures|stats|statistics",
        "time|times|date|dates|period|long|old|far|much|many|quick|quickly|fast|often|how", "get|got|gets|getting|take|takes|took|taken",
        "up|out|off|down|over", "some|few|several", "across all|our|every? customers|accounts|clients|agents|teams|groups", "use|uses|using|used", "it|its|this|these|those|they|them", "name|names|named|called",
        "level|levels|flagged|marked|considered|classified", "person|people|everyone|everybody|anyone|anybody|someone|somebody|nobody|staff",
        "item|items|thing|things|stuff|entry|entries|record|records", "within|during|across|among|amongst|between|per", "more|less|compared",
        "current|existing|given|certain|specific|particular|individual", "u|r|ur|da", "status|priority|type", "each|most",
        "information|info|details|detail|report", "quick question", "question", "stuck|sitting|lying|left|remain|remains|remaining",
        "if|whether|because", "day|days", "same|again|too", "as well", "needed|needs", "exact", "sort|order|sorted|ordered",
        "come|comes|coming|came", "look|looks|looking", "just|only", "gone|went|go|goes", "happen|happened|happening", "single|combined",
        "experience|experienced", "include|includes|including", "answer|answers|reply|replies|response|responses", "wait|waits|waiting|waited",
        "score|scores", "rate|rates", "percentage", "high|low", "customer|customers|account"
    ]
}
