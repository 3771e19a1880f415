/// What Larry has no data on, and words that say nothing.
extension LexiconTables {
    /// Support-like things that are not in the synced rows.
    static let missing: [(Slot, [String])] = [
        (
            .missing("time tracked by agents"),
            [
                "how many hours|minutes", "hours|minutes did", "time spent|tracked|logged|worked", "hours logged|worked|spent|billed",
                "billable hours?", "timesheet|timesheets of", "handle time", "time entries|entry", "effort"
            ]
        ),
        (
            .missing("when and how often a ticket was reopened"),
            ["reopened|reopen|reopens|reopening", "reopen rate", "re opened", "reopenings"]
        ),
        (
            .missing("who a ticket was assigned to before"),
            [
                "reassigned|reassignment|reassignments|reassign", "transferred|transfers", "previously assigned", "handed over|off",
                "handoffs", "changed hands", "bounced"
            ]
        ),
        (
            .missing("the reasons behind the figures"),
            ["why", "reason|reasons", "root cause|causes", "cause|causes|caused", "because", "driver|drivers|driving", "explain"]
        ),
        (.missing("advice on what to do"), ["should i|we", "recommend|recommendation|recommendations|advise|advice|suggest"]),
        (
            .missing("forecasts"),
            [
                "will|wont", "predict|prediction|predicted|forecast|forecasts|forecasted|projection|projected|expected|expect",
                "will we|there|they|be|get|have|it|i", "going to", "estimate|estimated", "likely", "probability"
            ]
        ),
        (
            .missing("service-level policies and their history"),
            ["sla policy|policies|target|targets|compliance|attainment", "sla|slas", "service level|levels", "breach rate", "breaches"]
        ),
        (
            .missing("the mood of a message"),
            [
                "angry|angriest", "frustrated|frustrating|frustration", "mood|tone|sentiment", "upset", "rude", "emotion|emotions",
                "annoyed", "complaining|complain|complaint|complaints"
            ]
        ),
        (
            .missing("revenue and contracts"),
            [
                "revenue|arr|mrr", "contract|contracts", "renewal|renewals|renew|renewing", "price|pricing paid?", "cost|costs|costing",
                "budget", "paid|paying|pay|pays", "invoice total", "worth", "dollars|euros|money", "spend|spends|spending", "billed",
                "profit|profitable", "upsell|upsells"
            ]
        ),
        (
            .missing("churn"),
            ["churn|churned|churning", "cancel their|the? contract|subscription", "at risk", "risk of leaving", "leave us"]
        ),
        (.missing("net promoter scores"), ["nps", "net promoter score|scores?", "promoters|detractors"]),
        (.missing("customer effort scores"), ["customer effort score?", "ces"]),
        (
            .missing("where customers are"),
            [
                "country|countries", "region|regions", "located|location|locations", "city|cities", "timezone|timezones", "time zone|zones",
                "continent", "germany|france|usa|uk|europe|emea|apac|america|spain|italy|japan|india|canada|australia"
            ]
        ),
        (
            .missing("the language of a ticket"),
            ["language|languages", "written in", "in english|german|french|spanish|japanese|italian|portuguese", "translated|translation"]
        ),
        (
            .missing("the industry and tier of a company"),
            [
                "industry|industries", "tier|tiers", "enterprise|smb", "segment|segments", "sector|sectors", "health score|scores",
                "vertical|verticals", "plan|plans", "premium", "company size", "employees|headcount"
            ]
        ),
        (
            .missing("when agents work"),
            [
                "online now?", "shift|shifts", "on call", "available|availability", "on vacation|holiday|leave", "working hours",
                "schedule|schedules", "logged in", "business hours", "working days", "overtime"
            ]
        ),
        (
            .missing("people's private details"),
            [
                "phone number|numbers", "home address|addresses", "mobile number", "birthday|birthdays", "salary|salaries",
                "address|addresses", "date of birth", "married", "earn|earns"
            ]
        ),
        (
            .missing("calls"),
            [
                "call duration|durations|length", "calls? recorded|recording|recordings", "voicemail|voicemails", "talk time",
                "hold time|times"
            ]
        ),
        (
            .missing("the product a ticket is about"),
            [
                "product|products", "version|versions", "browser|browsers", "operating system", "platform|platforms", "feature|features",
                "module|modules", "release|releases"
            ]
        ),
        (
            .missing("knowledge base articles"),
            [
                "article|articles", "knowledge base", "documentation", "faq", "macros|macro", "canned response|responses",
                "deflection|deflected"
            ]
        ),
        (
            .missing("merges and links between tickets"),
            ["merged", "duplicate|duplicates", "linked tickets|ticket", "parent|child ticket|tickets", "related tickets"]
        ),
        (.missing("attachments"), ["attachment|attachments", "attached file|files?", "screenshot|screenshots", "uploaded"]),
        (
            .missing("how often people looked at a ticket"),
            ["viewed|views", "watching|watcher|watchers|followers", "clicked|clicks", "page views"]
        ),
        (
            .missing("bots and automations"),
            ["chatbot|chatbots", "automation|automations|automated", "bot|bots", "ai", "workflow|workflows"]
        ),
        (.missing("quality reviews"), ["quality score|scores|assurance", "qa score|scores?", "audit score"]),
        (.missing("one-contact resolution"), ["first contact resolution", "fcr", "one touch", "first call resolution"]),
        (.missing("opportunities and leads"), ["lead|leads", "opportunity|opportunities", "deal|deals", "pipeline", "prospect|prospects"])
    ]

    static let fillers = [
        "a|an|the", "of|for|from|to|in|on|at|by|with|as|into|onto", "is|are|was|were|be|been|being|am", "do|does|did|doing",
        "has|have|having",
        "there|here", "please|kindly|pls|thanks|thank|plz", "me|us|our|ours|we|i|my|you|your|hi|hello|hey|larry|ok|okay|so|well|hmm|um|uh",
        "can|could|would|should|shall|may|might|must", "right now", "now|currently|presently|moment|present|today's", "at the moment",
        "still|yet|already|ever|actually|really|exactly|even|else|all|every|both|overall|altogether|together|whole|entire", "in total",
        "total",
        "that|which|who|where|whose", "support|helpdesk|freshdesk|desk|system|workspace|database|data|inbox|clynto", "help desk",
        "like|want|need|know|wondering|wonder|curious|interested", "number|numbers|figure|figures|stats|statistics",
        "time|times|date|dates|period|long|old|far|much|many|quick|quickly|fast|often|how", "get|got|gets|getting|take|takes|took|taken",
        "up|out|off|down|over", "some|few|several", "across all|our|every? customers|accounts|clients|agents|teams|groups",
        "use|uses|using|used", "it|its|this|these|those|they|them", "name|names|named|called",
        "level|levels|flagged|marked|considered|classified",
        "ask|asks", "person|people|everyone|everybody|anyone|anybody|someone|somebody|nobody|staff",
        "item|items|thing|things|stuff|entry|entries|record|records", "within|during|across|among|amongst|between|per",
        "more|less|compared",
        "current|existing|given|certain|specific|particular|individual|different|distinct|unique", "u|r|ur|da", "status|priority|type",
        "each|most",
        "information|info|details|detail|report", "quick question", "question", "stuck|sitting|lying|left|remain|remains|remaining",
        "if|whether|because", "day|days", "same|again|too", "as well", "needed|needs", "exact", "sort|order|sorted|ordered",
        "come|comes|coming|came", "look|looks|looking", "just|only", "gone|went|go|goes", "happen|happened|happening", "single|combined",
        "experience|experienced", "include|includes|including", "answer|answers|reply|replies|response|responses",
        "wait|waits|waiting|waited",
        "score|scores", "rate|rates", "percentage", "high|low", "customer|customers|account"
    ]
}
