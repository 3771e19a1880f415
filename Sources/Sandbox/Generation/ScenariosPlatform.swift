extension ScenarioText {
    /// Billing, the API, integrations, speed and wishes.
    static let platform = """
        # invoice | billing | Billing | Billing | invoice,billing | 10
        S1 Invoice {invoice} shows the wrong number of seats
        S2 Please add our purchase order number to {invoice}
        S3 Copy of invoices for the audit
        O1 Invoice {invoice} charges us for {many} seats, but we reduced to fewer on {date}. Could you correct it?
        O2 Our accounts department needs the purchase order number on the invoice, otherwise they cannot pay. The number is PO-{code}.
        O3 We need all invoices of last year as PDF for our auditors, best in one file.
        A1 Thank you for letting me know. The reduction was entered after the billing day, so it counts from the next month on. Let me \
        check what we can do for this one.
        A2 Gladly. Should the number stand on all future invoices as well?
        R1 Our contract says changes count from the day we tell you. I attached the page.
        R2 Yes please, until the end of the year.
        N1 They are right, clause 4.2 in the signed copy. Credit note over {amount}, approved by Maren.
        N Customer of five years, always pays on time. Just do it.
        U1 I have asked for a credit note, our finance people do those on Wednesdays.
        F1 The credit note over {amount} is attached and will be set off against the next invoice. Sorry for the trouble.
        F2 Here is the invoice with your purchase order number. It will be on the following ones too.
        F3 All invoices are in one file, attached. You find them at any time under Settings › Billing.
        A3 Gladly. Shall I send them to you, or straight to the auditors?
        R3 To me, please.
        # payment | billing | Billing | Billing | payment,billing | 7
        S1 Card was charged twice
        S2 Payment failed, account shows a warning
        S3 Change from card to bank transfer
        O1 We were charged {amount} twice on {date}. Please refund one of them.
        O2 All our people see a yellow bar “payment overdue”. We have paid, see attachment. Please remove it quickly, it is embarrassing.
        O3 Our bank card ends next month and we would rather pay by transfer from now on. What do you need?
        A1 I see one payment and one reservation that will fall away by itself in a few days. Does your statement say “pending” for the \
        second one?
        A2 The bar is gone. The transfer arrived without the invoice number, which is why it was not matched. Could you tell me which \
        invoice it was for?
        R1 It says booked for both, see the picture.
        R2 It was for {invoice}. I will tell accounts to write the number next time.
        N1 Processor shows two captures {n} seconds apart, double click in checkout. Refund started.
        U1 The refund is with our payment provider, it takes three to five working days.
        F1 The second payment is refunded, reference {code}.
        F3 Your account is set to bank transfer, our details are on the next invoice.
        A3 Only the name and address for the invoice. Would you like to pay yearly or monthly?
        R3 Yearly, if there is still the two percent off.
        F2 The transfer is matched with {invoice} now and the bar is gone for everybody. Sorry for the fright.
        # cancel | billing | Question | Billing | renewal,contract | 4
        S1 Reducing seats before the renewal
        S2 Notice for the location {site}
        O1 Our renewal is in a few weeks and we will close {site}. How do we reduce the number of seats, and until when do we have to \
        tell you?
        O2 We would like to end the contract for {site} on {date}. Please confirm.
        A Thank you for telling us early. Thirty days before the renewal is enough. May I ask whether people move to other locations or \
        leave?
        R About half of them move. We would go from {many} seats to two thirds.
        N Told the account manager, she wants to call before we send the confirmation. Renewal at risk but not lost.
        F Confirmed: the new number of seats counts from the renewal on. You get a new order form from your account manager today.
        # api | integrations | Problem | API | api,integration | 8
        S1 API returns 429 during our nightly sync
        S2 API: shifts endpoint leaves out deleted shifts
        S3 Webhook for shift changes arrives twice
        S4 500 error from the timesheets endpoint
        O1 Our nightly job gets status 429 after about {many} calls, since {date}. We did not change anything. Has the limit been lowered?
        O2 The endpoint /v2/shifts does not tell us about deleted shifts. How are we supposed to notice?
        O3 Some of the webhooks for shift changes come twice, a few seconds apart, with the same id. Our system books them twice then.
        O4 GET /v2/timesheets answers 500 for one week only, request id {code}. All other weeks are fine.
        A1 The limit is the same, but it counts per minute since the last release and not per hour. Do you read one person at a time, \
        or in lists?
        A3 Could you send me two of the doubled deliveries with their headers? I would like to see whether the attempt number differs.
        R1 One at a time, we built that years ago. Lists sound better, is there an example?
        R3 Attached. The attempt is 1 and 2, your side seems to think that the first one failed. We answer with 202.
        N3 Their endpoint takes 11 seconds to answer, we give up after 10 and try again. Working as designed, documentation is thin here.
        N4 Request {code}: a timesheet whose employee was deleted. Null pointer in the serialiser. Fix is one line, goes out with the \
        next release.
        U4 An engineer has the stack trace of your request. One timesheet refers to a person who was deleted, that should never break \
        the whole week.
        F4 The correction is live, the week answers 200 again. Thank you for the request id, that saved us a lot of time.
        F1 Lists take up to 100 people per call, I attached an example. Your job should then need about {n} calls instead of hundreds.
        F3 Please answer within ten seconds and do the work afterwards, then there is no second attempt. Using the delivery id to drop \
        duplicates is a good idea anyway.
        A2 How far back do you read when you sync? There may be an easy way.
        R2 Always the next four weeks.
        F2 With include=deleted the endpoint also lists deleted shifts of the last thirty days, each with a time of deletion. I \
        attached an example.
        A4 Thank you for the request id. Does it happen for one location only?
        R4 Yes, only for {site}.
        # payrollsetup | integrations | Task | Payroll export | payroll,setup | 6
        S1 Connecting Tidewater with {payroll}
        S2 {payroll} connector asks for permission again and again
        O1 We would like to send our hours to {payroll} automatically. Is there a connector, and what does it cost?
        O2 The connector to {payroll} asks for permission every week. Our finance team is getting tired of it.
        A1 There is one and it is part of your plan. You need an administrator of {payroll} for ten minutes. When would be a good time?
        A2 Which of your people gave the permission? It ends when that person's password changes.
        R1 {colleague} from finance is the administrator. Tuesday at ten would suit her.
        R2 It was an intern who has left. That explains a few things.
        N1 Call booked. Prepare mapping of wage types, they have {n} of them.
        F1 The connection is up and the first test run was accepted. Wage types are mapped as discussed, the table is attached.
        F2 With the permission given by a service user it will stay. I removed the old one.
        # slow | escalations | Incident | Scheduling | performance | 7
        S1 Roster takes a minute to load on Monday mornings
        S2 Tidewater very slow for {site}
        S2 Timeouts when saving the roster
        O1 Every Monday between 7 and 9 the roster needs a minute to open, sometimes it gives up. For {many} planners that is a lot of \
        lost time.
        O2 Saving the roster for {site} ends in “took too long” since {date}. We have {many} people there.
        A1 Thank you for the times, that helps. Could you open the roster once with the browser's network view and send me the file it \
        saves?
        A2 Is it slow for all locations or only for large ones? And do you show the cost column?
        R1 Here it is. The slow one is called “coverage”, 48 seconds.
        R2 Only the large ones, and yes, we show cost.
        N Coverage query does a full pass per skill, quadratic with people. Database team added an index on staging: 48 s down to 2 s.
        N Status page entry for Monday done. Three more customers report the same.
        U We have found a slow query that hits large locations on Monday mornings. A correction is tested on a copy of your data and \
        looks good.
        F The correction is out since {time}. Your roster of last Monday now opens in two seconds here, could you confirm that?
        F2 Until the correction is out please hide the cost column, that takes the slow part away.
        # outage | escalations | Incident | Scheduling | outage,status | 4
        S1 Is Tidewater down?
        S1 Error 503 on all pages
        S2 Nobody can clock in right now
        O1 We get error 503 on every page since {time}. Is there a problem on your side?
        O2 Nobody here can clock in, the app says “try again later”. {many} people are waiting at the door.
        A Yes, we have an outage since a few minutes and are working on it. Clock-ins made in the app are kept on the phone and sent \
        later. Updates are on our status page.
        R Thank you. Please tell us when it is over.
        N Primary database failed over, pool did not recover on two nodes. Restart done at {time}.
        F The outage ended at {time}. All clock-ins that were kept on the phones have arrived. We will publish what happened and what \
        we change, and I am sorry for the bad start into the day.
        # calendar | integrations | Problem | Scheduling | calendar,integration | 5
        S1 Calendar feed shows shifts one hour off
        S2 Outlook calendar stopped updating
        O1 Since the clocks changed all shifts in the subscribed calendar are one hour late. In Tidewater itself they are right.
        O2 The shifts of our managers do not get into Outlook any more, last one is from {date}.
        A Which calendar program do you use, and which time zone does it show in its settings?
        R Outlook on the web, and it says UTC+0 without a place.
        N1 Feed has no VTIMEZONE for their zone. Old bug, back again.
        F1 The feed now names the time zone, please remove and add the subscription once. Shifts are at the right hour then.
        F2 The feed address was renewed when your user was renamed. The new address is under Profile › Calendar.
        # wish | feedback | Feature request | Scheduling | wish,feature | 8
        S1 Wish: copy a whole week to another location
        S4 Wish: dark mode in the planner
        S2 Can we have a message when a shift is declined
        S3 Approve timesheets in bulk from the phone
        O1 We plan {n} almost equal locations and copy shifts by hand. A button “copy week to…” would save us hours.
        O2 It would be great if the planner got a message when somebody declines a shift. At the moment we see it by accident.
        O3 Our leads approve on their phones and have to tap every single timesheet. Please let them select all.
        A Thank you, I understand well why that would help. How often do you do this, and for how many people?
        R1 Every Thursday, for about {many} people. It takes me two hours each time.
        N Vote number {n} for this. Added to the list for the next planning round with the customer's words.
        F I have added your vote and your description to the wish. It is planned for the coming quarter, I will write to you when it is \
        out.
        F1 Part of it exists already: right-click on the week › Copy to template, then apply the template to the other location. I know \
        that it is not quite the same.
        O4 Several of us plan at night and the white page is hard on the eyes. Please consider a dark mode for the planner.
        R For all of us, several times a week.
        # data | escalations | Task | Permissions | privacy,gdpr | 4
        S1 Deletion of a former employee's data
        S2 Where is our data stored
        S2 Data processing agreement for signature
        O1 A former employee asks us to delete his data. What can we delete in Tidewater and what has to stay for the tax office?
        O2 Our data protection officer asks where our data is stored and who has access. Could you answer the attached questionnaire?
        A1 Time records have to stay for some years in most countries, the rest can be made anonymous. In which country was the person \
        employed?
        A2 Thank you for the questionnaire, I passed it on to our privacy team. When do you need it?
        R1 In this country, until {date}.
        R2 By the end of next week would be fine.
        N2 Privacy team has the template answers, only 12 and 17 are new. Legal to confirm.
        F1 The person is anonymised, time records are kept without the name until the legal period ends. A confirmation for your files \
        is attached.
        F2 The answered questionnaire and the signed agreement are attached.
        # training | onboarding | Question | Scheduling | training | 5
        S1 Training for new planners
        S2 Is there a course for team leads
        O1 We have {n} new planners from {date}. Do you offer training, and in which languages?
        O2 Our team leads would like a short introduction, half an hour at most. Do you have videos?
        A1 Yes, in English, German, French and Spanish. Would one session of ninety minutes suit you, or two shorter ones?
        R1 Two shorter ones please, mornings if possible.
        N Tom is booked until the end of the month, Sofia can do it in Italian as well.
        F1 The two sessions are booked, invitations are on their way. Please ask everybody to bring one real week to plan.
        F2 Here is the link to the five videos for team leads, each four to six minutes.
        A2 Yes, there is a series of short ones for team leads. Shall I send the link to you or to them directly?
        R2 To me, I pass it on.
        # chat | technical | Question | Mobile app | chat,how-to | 6
        S1 How do I swap a shift
        S2 Where do I see my hours
        S3 Change my phone number
        O1 Hi, how do I swap a shift with a colleague? I cannot find it.
        O2 Where can I see how many hours I worked this month?
        O3 I have a new phone number, how do I change it?
        A1 Hi, tap the shift and then the two arrows at the top right. Do you see them?
        A2 Hi, under Me › Hours. You can go back month by month there.
        R1 no arrows there
        R2 found it thanks
        F1 Swapping is switched off for your team, your planner can allow it under Rules › Swaps.
        F2 Great, have a good shift.
        A3 Hi, under Me › Profile › Contact. Type the new number and confirm it with the code.
        R3 done, thanks
        F3 You are welcome.
        """
}
