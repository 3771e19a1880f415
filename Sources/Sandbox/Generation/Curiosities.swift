/// The few tickets that break careless mirrors and pages: strange letters, hostile HTML, huge bodies, very long threads (S15).
struct Curiosities {
    let now: Moment
    let seed: UInt64

    private struct Curiosity {
        var subject: String?
        var description: String?
        var reply: String?
        var change: (@Sendable (inout Ticket) -> Void)?
    }

    /// Puts each curiosity onto a recent ticket, and makes the very first tickets Freshdesk's own samples.
    func place(into tickets: inout [Ticket], world: World) {
        for position in 0..<min(3, tickets.count) where tickets.count > 12 { makeSample(&tickets[position], position) }
        let spacing = max(5, min(10, tickets.count / 60))
        for (number, curiosity) in list.enumerated() {
            let position = tickets.count - 6 - number * spacing
            guard position >= 3 else { return }
            apply(curiosity, to: &tickets[position])
        }
    }

    private func apply(_ curiosity: Curiosity, to ticket: inout Ticket) {
        if let subject = curiosity.subject { ticket.subject = .given(subject) }
        if let description = curiosity.description { ticket.description = .given(description) }
        if let reply = curiosity.reply {
            let at = max(ticket.createdAt + 1, min(now - 25, ticket.updatedAt))
            ticket.conversations.append(
                Conversation(
                    id: 70_105_000_000 + ticket.id * 256 + 240, kind: .customerReply, stage: .given, authorID: ticket.requesterID,
                    createdAt: at,
                    body: reply))
            ticket.stats.requesterRespondedAt = at
            ticket.updatedAt = max(ticket.updatedAt, at)
        }
        curiosity.change?(&ticket)
    }

    private func makeSample(_ ticket: inout Ticket, _ position: Int) {
        let subjects = ["Sample: what a ticket looks like", "Sample: my parcel arrived damaged", "Sample: payment did not go through"]
        ticket.isSample = true
        ticket.subject = .given(subjects[position % subjects.count])
        ticket.description = .given(
            "Hi,<br><br> This ticket came with the help desk, to have something to try things on."
                + " Answer it, assign it, or delete it.<br><br> Bye"
        )
        ticket.source = 1
        ticket.status = 5
        ticket.conversations = []
        ticket.responderID = nil
        ticket.companyID = nil
        ticket.stats = TicketStats(statusUpdatedAt: ticket.createdAt, closedAt: ticket.createdAt + 40 * Moment.day)
        ticket.updatedAt = ticket.createdAt + 40 * Moment.day
        ticket.timeEntries = []
    }

    private var list: [Curiosity] {
        [
            Curiosity(
                subject: "App crashed 😱😱 right before payday 💸 please help 🙏🏽",
                description: "<div>It says <b>“oh no”</b> and a sad cloud ☁️, see 👨‍👩‍👧‍👦 group “Team A” and 𝕭old letters 𝟙𝟚𝟛.</div>"),
            Curiosity(
                subject: "لا يمكننا تصدير ساعات العمل إلى نظام الرواتب",
                description:
                    "<div dir=\"rtl\">مرحبا،<br><br>"
                    + "منذ صباح اليوم يتوقف التصدير عند الموظف رقم 42 وتظهر الرسالة Export failed.<br><br>شكرا</div>"
            ),
            Curiosity(
                subject: "Roster \u{01}\u{08}export\u{0B} with odd\u{1F} characters\t(copied from terminal)",
                description: "<div>Row\u{02} 1:\u{07} 08:00\u{1B}[0m – 16:00\u{200B}\u{FEFF} and \u{202E}reversed\u{202C} text.</div>"),
            Curiosity(subject: Curiosities.longSubject, description: nil),
            Curiosity(
                subject: "Signature with formatting, please ignore", description: Curiosities.hostile, reply: Curiosities.hostileReply),
            Curiosity(subject: "Complete log of the failed export, as you asked", description: nil, reply: Curiosities.hugeBody),
            Curiosity(subject: "Moving all our locations to the new planner", description: nil, change: longThread),
            Curiosity(subject: "", description: "<div></div>"),
            Curiosity(
                subject: "<script>alert('subject')</script> & \"quotes\" in the title",
                description: "<p>5 &lt; 6 &amp;&amp; 7 &gt; 6, says the console.</p>"),
            Curiosity(subject: "Pictures of the error at the terminal", description: Curiosities.pictures),
            Curiosity(
                subject: "Re: Fwd: AW: Re: Overtime of our night shift", description: nil, reply: Curiosities.quotes),
            Curiosity(subject: "勤怠データのエクスポートについて", description: "<div>お世話になっております。<br>先週の勤怠データが出力できません。ご確認をお願いいたします。</div>"),
            Curiosity(subject: "Order of statuses", description: nil) { ticket in
                // A status that was deleted from the fields but stayed on an old ticket (fact 177).
                ticket.status = 11
                ticket.stats.resolvedAt = nil
                ticket.stats.closedAt = nil
            },
            Curiosity(subject: "Nobody knows this agent any more", description: nil) { $0.responderID = 70_013_111_111 },
            // A requester may be an agent, who is in no list of contacts (fact 85).
            Curiosity(subject: "Please test the new overtime rules", description: "<div>For my own account first, thanks.</div>") {
                ticket in
                ticket.requesterID = 70_013_469_900
                ticket.companyID = nil
                ticket.conversations.removeAll { $0.isIncoming }
                ticket.stats.requesterRespondedAt = nil
            }
        ]
    }

    /// More than a hundred entries, so that the thread has a second page (fact 144).
    private var longThread: @Sendable (inout Ticket) -> Void {
        let now = now
        return { ticket in
            let span = max(137, min(now - ticket.createdAt - 60, 20 * Moment.day))
            ticket.conversations = (0..<137).map { index in
                let kind: Conversation.Kind = index % 3 == 2 ? .privateNote : index % 3 == 1 ? .agentReply : .customerReply
                let stage: Conversation.Stage = index % 3 == 2 ? .mention : index % 3 == 1 ? .holding : .nudge
                return Conversation(
                    id: 70_105_000_000 + ticket.id * 256 + Int64(index), kind: kind, stage: stage,
                    authorID: kind == .customerReply ? ticket.requesterID : ticket.responderID,
                    createdAt: ticket.createdAt + span * Int64(index + 1) / 138)
            }
            ticket.updatedAt = max(ticket.updatedAt, (ticket.conversations.last?.createdAt ?? ticket.updatedAt) + 1)
        }
    }

    private static let longSubject =
        "URGENT escalation from our regional manager: the roster of all locations in the north, in particular "
        + (1...14).map { "location \($0)" }.joined(separator: ", ")
        + ", shows people who left the company and leaves out people who joined, although the import of "
        + "last night finished without an error"

    private static let hostile = """
        <div style="font-family:Arial;position:fixed;top:0;left:0;z-index:9999;background:url(javascript:alert(1))">Regards<br>
        <img src=x onerror="document.title='owned'"><script>document.title='owned'</script>
        <a href="javascript:alert(document.cookie)">our website</a> <a href="https://tidewater.example/help">help page</a>
        <svg onload="alert(2)"><circle r="4"/></svg><iframe src="https://tidewater.example/frame"></iframe>
        <form action="https://tidewater.example/collect"><input name="password" type="password"><button>Sign in again</button></form>
        <style>body{display:none}</style><meta http-equiv="refresh" content="0;url=https://tidewater.example/">
        <table border="1"><tr><td>Shift</td><td>06:00</td></tr></table><div><div><p>unclosed <b>bold <i>both</div>after
        """
    private static let hostileReply = """
        <div>Second try<img src="cid:logo@mail" width="1" height="1"><a href=" jAvAsCrIpT&#58;alert(1)">click</a>
        <a href="data:text/html,<script>alert(3)</script>">data</a><math><mi xlink:href="javascript:alert(4)">x</mi></math>
        <p style="color:expression(alert(5));behavior:url(#default)">styled</p><!-- <script>alert(6)</script> --><noscript><p \
        title="</noscript><img src=x onerror=alert(7)>"></noscript></div>
        """
    private static let pictures = """
        <div>Here are the pictures:<br><img src="https://attachments.tidewater.example/terminal-1.png?Expires=300" alt="Terminal"><br>
        <img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" alt="dot"><br>
        <ul><li>“No connection”</li><li>restart did not help</li></ul><pre>09:14:02 connect timeout
        09:14:32 connect timeout</pre></div>
        """
    private static let quotes = """
        <div>See my answer below.<br></div><blockquote type="cite"><div>On Tuesday our team wrote:</div><blockquote \
        type="cite"><div>The night shift
        counts on the day it begins.</div><blockquote type="cite"><div>How is it counted?</div></blockquote></blockquote></blockquote>
        <div>-- <br>Sent from my phone</div>
        """
    /// About a megabyte of log.
    private static let hugeBody =
        "<div>Here is the log:</div><pre>"
        + String(
            repeating: "2026-01-12 04:00:07 INFO export: wrote timesheet of employee, next record follows; cost centre 4711, ok\n",
            count: 10_000)
        + "</pre>"

    static let spamSubjects = [
        "Grow your traffic 10x", "Invoice attached, open now", "Cheap loans for your business", "You have won a voucher"
    ]
    static let spamBodies = [
        "We place your page on the first rank within a week, guaranteed.", "Please find the invoice in the attached archive.",
        "Click here to claim your voucher before midnight."
    ]
}
