extension ScenarioText {
    /// Rosters, hours, payroll and the mobile app.
    static let work = """
        # roster | technical | Problem | Scheduling | roster,scheduling | 10
        S1 Published roster shows last week's shifts
        S2 Shifts disappear after dragging them to another day
        S3 Open shifts are offered to people without the skill
        O1 I published the roster for the week of {date} and {n} people still see the old one. They signed out and in again, no change.
        O2 When I drag a night shift to the next day in {browser} it vanishes. After reloading it is back at the old place.
        O3 Open shifts for forklift drivers are offered to everybody at {site}, also to people who do not have the skill. {n} took one \
        already.
        A1 Could you tell me the names of two people who see the old roster, and whether they use the app or the browser?
        A2 I can see the behaviour on a test account with shifts that cross midnight. Is it only night shifts for you as well?
        R1 {colleague} and the new one from the warehouse, both in the app on {phone}.
        R2 Yes, only the ones that end after midnight. Day shifts move without a problem.
        N2 Reproduced on release 4.{n}: moving a shift across a day boundary sends the old end date. Filed for the scheduling team, \
        priority high because rosters go out on Thursdays.
        N1 App cache keeps the roster for 24 hours when the push is missed. Known, fix is in the next mobile release.
        U2 Our scheduling team has found the cause: the end date of shifts that cross midnight is not moved along. A correction is \
        being tested.
        F2 The correction is live since {time}. I moved a night shift on your roster back and forth and it stays where it is put.
        F1 Please ask them to pull the list down once to refresh. From the next version of the app this happens by itself.
        F3 The skill was set on the shift template but not on the open shifts made from it. I switched on “inherit skills” for {site}.
        A3 Which template were these shifts made from? I would like to compare its skills with those of the shifts.
        R3 From “Forklift late”, and the template does have the skill.
        # overtime | technical | Question | Timesheets | overtime,timesheets | 8
        S1 Overtime is calculated wrongly for part-timers
        S1 Hours above 38.5 are not marked as overtime
        S2 Holiday on {date} counted as a normal day
        O1 For part-timers with 20 hours Tidewater counts everything above 20 as overtime. By our agreement it starts at 38.5. Can this \
        be set per contract?
        O2 The public holiday on {date} was treated as a normal working day at {site}, so {many} timesheets are wrong. Payroll runs on \
        Friday.
        A1 This is set under Rules › Overtime, per contract type. May I look at the rules of your account, or would you rather send me \
        a picture?
        A2 Which region is set for {site}? The holiday you mention is not observed everywhere in the country.
        R1 Please look yourself, I am afraid to break something there.
        R2 It says “national holidays only”. I guess that is the problem?
        N1 Rule set “Standard 2024” applies to all contracts, part-time rule exists but is never reached because of the order. Moving \
        it up fixes it, recalculation needed from {date} on.
        U1 I have found the rule and changed the order on a copy of your account first. The figures look right, could you check the \
        attached comparison of {n} people before I do it for everybody?
        F1 The rule is changed and all timesheets since {date} are calculated again. {many} sheets changed, a list is attached.
        F2 I set the region of {site}, the holiday is on the calendar now and the affected timesheets are recalculated.
        # export | integrations | Incident | Payroll export | payroll,export | 9
        S1 Payroll export to {payroll} fails with error {code}
        S2 Export file contains duplicate rows
        S3 Timesheet export stops at 5,000 rows
        O1 Our export to {payroll} failed last night with error {code}. It is the last one before payday, so we need a solution today.
        O2 The CSV we exported this morning contains {n} people twice. We only noticed because the total did not match.
        O3 When we export the hours of the whole year the file ends after 5,000 rows. No message, it just stops.
        A1 I can see the failed run. {payroll} refuses one of the records because of its cost centre. Do you have a new cost centre \
        since last month?
        A2 Could you send me the file, or the exact time of the export, and the names of two people who are in it twice?
        R1 Yes, 4711 was split into 4711 and 4712 on {date}. Do we have to map that somewhere?
        R2 The export was at {time}. {colleague} is in it twice for example, once per location.
        N2 Not a bug in the exporter: employees with two contracts appear once per contract when “group by person” is off. Default \
        changed in 4.{n}, not in the release notes. Asked for a correction of the notes.
        N1 {payroll} answers 422 with the cost centre in the detail field, we swallow the detail. Wish: show it to the customer.
        U1 The mapping for the new cost centre is missing, as you thought. I am adding it now and will start the export again with you \
        on the line if you like.
        F1 The mapping is added and the export ran through at {time}: all records accepted by {payroll}.
        F2 Please tick “one row per person” in the export settings. I did it for your saved export already and sent you a fresh file.
        F3 The limit of 5,000 rows applied to the preview and by mistake also to the file. It is lifted, please try once more.
        A3 Which period is it, and for how many people?
        R3 The whole year, for about {many} people.
        N3 Preview and file share the row limit by mistake. One line, goes out with 4.{n}.
        # clockin | technical | Incident | Timesheets | clock-in,terminal | 8
        S1 Clock-in terminal at {site} is offline
        S2 Clock-in outside of the geofence although on site
        S3 Missing clock-outs for a whole shift
        O1 The terminal at the entrance of {site} shows “no connection” since {time}. People write their times on paper at the moment.
        O2 Several people get “you are not at your workplace” although they stand right in front of the door. It started on {date}.
        O3 The whole late shift of {date} has no clock-out. We do not believe that {many} people forgot it.
        A1 Has anything changed in the network there? The terminal last spoke to us at {time} from an address that does not belong to \
        your usual range.
        A2 How large is the geofence of that location, and do the people have precise location switched on for the app?
        R1 Our provider swapped the router on that day. We did not think of the terminal.
        R2 It says 50 metres. The car park alone is longer than that.
        N1 Terminal certificate is fine, it never reaches us. Outbound 443 probably filtered by the new router.
        N3 Batch of clock-outs arrived with the wrong date after a reboot of the terminal, clock reset to 2019. Can be corrected with a \
        script, ask Daniel.
        U3 I found the clock-outs: the terminal restarted with a wrong date and booked them on another year. An engineer is preparing a \
        correction, nothing is lost.
        F3 The {many} clock-outs are moved to the right day. Please open two timesheets and check.
        F2 I widened the geofence to 150 metres. Please let me know if anybody is refused tomorrow.
        F1 The terminal is back online since {time} and has sent its stored times. Please put the paper away.
        A3 Which terminal do they use, and was it restarted on that day?
        R3 The one in the hall. There was a power cut in the evening, now that you say it.
        # mobile | technical | Incident | Mobile app | mobile,app | 9
        S1 App crashes when opening the shift swap screen
        S2 No push notifications on {phone}
        S3 App shows a blank page after the update
        O1 Since the update on {date} the app closes as soon as one of us opens Shift swap. {phone}, newest system version.
        O2 None of our people with a {phone} get push messages any more. Others do.
        O3 After the update I only see a white page in the app. Installed it again, same thing.
        A1 Thank you. Could you send me the version shown under Profile › About, and whether it happens on Wi-Fi and mobile data alike?
        A2 Please check in the phone's settings whether notifications are allowed for Tidewater. The update asks again and many people \
        tap it away.
        R1 Version 4.{n}.2, happens on both.
        R2 They were off on three of four phones. On the fourth they are on and still nothing comes.
        N1 Crash group {code} in the reports, {many} devices since Tuesday. Null swap partner when the partner left the company. Mobile \
        team has it.
        U1 Our mobile team reproduced the crash: it happens when one of the swap partners has left the company. A correction is in \
        review at the store.
        F1 Version 4.{n}.3 with the correction is in the stores. Please update, then the screen opens again.
        F2 I reset the push registration of that phone on our side. Open the app once, then the next message should arrive.
        A3 Thank you. Is it the same on Wi-Fi and on mobile data?
        R3 On mobile data it works, on our Wi-Fi it stays white.
        F3 Your Wi-Fi blocks one of the addresses that the new version needs. I attached the list for your IT, with that it will work.
        # leave | technical | Question | Scheduling | leave,absence | 7
        S1 Leave balance is off by one day
        S2 Sick leave overlaps with planned shifts
        S3 Half days cannot be requested
        O1 The balance of {colleague} shows {n} days, it should be one more. She carried one over from last year.
        O2 When somebody calls in sick the shifts stay on the roster and nobody notices. Is there a way to release them?
        O3 Our people cannot ask for half a day off any more. The choice was there until {date}.
        A1 Carried-over days end on 31 March by default. Is that the agreement you have, or should they stay?
        A2 Yes: under Rules › Absence there is “release shifts on sick leave”. Should the shifts become open shifts or go back to the \
        planner?
        R1 They should stay until the end of June. Who set March?
        R2 Back to the planner please, we prefer to call people.
        N1 Default of the absence template, nobody set it. Would be good to ask for it during onboarding.
        F1 I changed the end of carried-over days to 30 June and the balances are right again. {n} people were affected.
        F2 Sick leave now releases the shifts to the planner, who gets a message. I tested it with a person from our side.
        F3 Half days were switched off with the new absence type. They are back.
        A3 Is that so for all of them, or only for some?
        R3 For all, as far as I know.
        # reports | technical | Question | Reporting | reports | 7
        S1 Labour cost report differs from payroll
        S2 Report of planned against worked hours is empty
        S3 Can we get a report per cost centre
        O1 The labour cost report says {amount} for last month and payroll says something else. The difference is about two percent. \
        Which one is right?
        O2 The report “planned against worked” is empty for {site} since {date}, other locations are fine.
        O3 Our controller asks for hours and cost per cost centre and month. Is that possible, or can we get the raw data?
        A1 Does payroll include supplements for nights and Sundays? The report leaves them out unless you tick “with supplements”.
        A2 The report needs a published roster. I see drafts only for {site} in that time, is that on purpose?
        R1 Ah. Yes, payroll includes them of course. Let me try with the tick.
        R2 No, {colleague} was on holiday and nobody published. Can we do that afterwards?
        N1 Rounding plus supplements explains 1.9 of the 2 percent. The rest are people who changed contract in the middle of the month.
        F1 With supplements the report says the same as payroll to the cent, apart from two people who changed contracts on {date}. I \
        attached the comparison.
        F2 You can publish afterwards without messages to your people: hold Alt while pressing Publish. The report is filled then.
        F3 I saved a report “Cost per cost centre” for you, it arrives on the first of each month as a spreadsheet.
        A3 Yes, that is possible. Are your cost centres set on the people or on the locations?
        R3 On the locations.
        """
}
