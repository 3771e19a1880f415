extension ScenarioText {
    /// Signing in, permissions, people and set-up.
    static let access = """
        # sso | integrations | Incident | Sign-in | sso,login | 9
        S1 Sign-in loop after switching to {idp}
        S2 Nobody at {site} can sign in with single sign-on
        S2 SSO error “audience mismatch” since this morning
        O1 We moved our single sign-on to {idp} last night and since then everybody who opens Tidewater is sent back to the sign-in \
        page. No error, it just loops.¶It works for me with my old password, so I suspect the certificate.
        O2 About {many} people at {site} cannot get into Tidewater through {idp}. The page says “audience mismatch” and a reference \
        {code}.¶Shifts start at 6:00, so this is rather urgent for us.
        A1 Could you send me the metadata URL of the new application in {idp}, and the exact time of one failed attempt? With that I \
        can find the assertion in our log.
        A2 Thanks for the detailed report. Please open Settings › Single sign-on, press Test connection and send me a picture of what \
        it says.
        R1 The attempt was at {time} our time. I attached the metadata file as well, our {colleague} from IT exported it a minute ago.
        R2 Test connection says the certificate does not match the one on file. We did roll it over on {date}.
        N1 Assertion {code} is signed with a certificate we have never seen. They rotated it in {idp} and did not upload the new one. \
        Nothing to do with release 4.{n}.
        N2 Same pattern as the case from last week: entity id has a trailing slash after the migration. I will correct it for them and \
        add it to the known issues page.
        U1 I have the assertion now. Your identity provider signs with a new certificate, ours still expects the old one. I am checking \
        with an engineer whether we can accept both for a day, so that nobody is locked out.
        F1 I uploaded the new certificate and signed in as a test user through {idp} without trouble. Please ask two or three \
        colleagues to try again. We now also warn administrators thirty days before a certificate ends.
        F2 The entity id in our settings had no slash at its end, yours has one. I aligned both and the loop is gone on our side.
        # password | technical | Question | Sign-in | login,password | 9
        S1 Password reset e-mail never arrives
        S2 Locked out after too many attempts
        S3 Reset link says it has expired
        O1 I asked for a new password three times today and nothing came, also not in the spam folder. Can you reset it for me?
        O2 {colleague} is locked out since {time}. The page says to wait 30 minutes, but we have waited for two hours now.
        O3 The link in the reset mail says “expired” although I clicked on it right away.
        A1 I can see the requests. Your mail server answered that the mailbox is full, would you check that and tell me? I will send a \
        new link then.
        A2 Which address do you sign in with? I see two users with your name, one of them was switched off on {date}.
        R1 You are right, the mailbox was full. I cleaned up, please send it again.
        R2 I use the long one with my full name. The other one must be from when I was a temp.
        N1 Mail log: 552 mailbox full, three times. Nothing wrong on our side.
        N3 Link scanner of their mail gateway opens every link once, so it is used up before the person clicks. Third customer this \
        month with that product, talked to Yusuf about a confirmation step.
        U1 I asked our mail provider for the delivery report of the three messages and will come back to you today.
        F1 A fresh link is on its way and will work for 24 hours. I also removed the lock, so you can try at once.
        F2 I merged the two users into one. Please sign in with your long address, your shifts and hours are all there.
        A3 Does your mail pass through a gateway that checks links before you see them? Those open the link once, and it only works once.
        R3 Yes, our IT introduced one last month. What can we do?
        F3 I sent you a new link that asks for a confirmation first, so that the gateway cannot use it up. It works until tomorrow.
        # permissions | technical | Question | Permissions | permissions,roles | 8
        S1 Team lead cannot approve timesheets for {site}
        S2 Supervisor sees salaries, please check urgently
        S3 How to let planners edit shifts but not see wages
        O1 {colleague} became team lead at {site} on {date} but the Approve button does not show up for her. Other leads have it.¶Her \
        role is the same as everybody else's as far as I can tell.
        O2 One of our supervisors told me that he can see hourly wages in the roster report. That must not be. Could you look at his \
        role please, and tell me who else can?
        O3 We would like planners to move shifts around without seeing what people earn. Is there a role for that or do we have to make \
        one?
        A1 Approval follows the location, not only the role. Is {site} listed under “Manages” on her profile?
        A2 I looked at the role “Supervisor – {site}”. It was copied from Administrator on {date} and still carries the right “View \
        wages”. Shall I take it away for everybody who has that role?
        R1 It says “None” there. I did not know that this field matters. Where does one set it for several people at once?
        R2 Yes please, for everybody, and let me know how many people it was.
        N2 {n} users with that copied role. Nobody exported anything in the last 90 days according to the audit log.
        N2 Role editor copies rights silently, again. Added a vote to the product ticket about a preview of rights.
        U2 I am going through the audit log to see whether the report was exported by anybody. That takes me an hour or so.
        F2 Done: “View wages” is gone from that role, {n} people had it. According to the audit log nobody exported the report.
        F1 I set “Manages: {site}” for her and she can approve now. For many people at once use People › Import with the column “manages”.
        A3 The role “Planner” comes close. Should they see the planned cost of a roster, or no money at all?
        R3 No money at all, please.
        F3 I made a role “Planner without cost” for you. Give it to your planners under People › Roles, the old one can be deleted then.
        # invite | onboarding | Question | Sign-in | onboarding,users | 7
        S1 Invitations for {many} new starters
        S2 Bulk import rejects our spreadsheet
        O1 We hire {many} seasonal workers from {date} on. What is the best way to invite all of them? Most have no company e-mail \
        address.
        O2 The people import says “row 14: location unknown” and stops. Row 14 looks like all the others to me. The file is attached.
        A1 For people without a company address I would invite by mobile number. Do you have the numbers in your HR system, with \
        country code?
        A2 Thank you for the file. In row 14 the location has a space at the end, which is why it is not found. May I clean the file \
        and import it for you?
        R1 Yes, we have the numbers, but without the country code. All of them are local.
        R2 Please do, and tell me what else you changed so that we get it right next month.
        N1 They start in two weeks, {many} people, so let us do this one together on a call. Tom knows the customer.
        U1 I am preparing a template with the columns you need and will send it this afternoon.
        F2 The import went through: {many} people created, {n} already existed and were left alone. Invitations go out at 8:00 tomorrow.
        F1 I attached a template for people without e-mail. Fill in name, mobile number and location, import it, and everybody gets a \
        text message with a link.
        # onboarding | onboarding | Task | Scheduling | onboarding,setup | 6
        S1 Setting up our second location
        S2 Kick-off call and migration of existing rosters
        S1 Opening hours and break rules for {site}
        O1 We are opening {site} on {date} and want to start with Tidewater from the first day. What do you need from us?
        O2 Before we start: can you take over our rosters from the old system? We have them as spreadsheets, about {many} of them.
        A1 Congratulations on the new place. Could you tell me the opening hours, how many people work per shift, and which break rules \
        apply?
        A2 Yes, we can take over rosters. Please send me two or three of the spreadsheets first so that I can see how they are built.
        R1 Open 7 to 22, three shifts, eight to twelve people each. Breaks are half an hour after six hours, paid.
        R2 Here are three of them. The colours mean departments, please do not laugh.
        N2 Colours as data. I will ask Chloe whether the converter from the spring project can read cell colours.
        N Contract says go-live support until the end of the month. Keep an eye on it.
        U1 I have set up {site} with the opening hours and a draft of the shift pattern. Break rules follow tomorrow, then we look at \
        it together.
        F1 Everything is in place: location, three shift patterns, break rules and a roster for the first two weeks as a draft. Publish \
        it when you are happy with it.
        F2 All spreadsheets are imported. {n} rows had no name and are on a list that I attached.
        # mfa | technical | Incident | Sign-in | login,security | 5
        S1 Lost phone, cannot pass two-step sign-in
        S2 Two-step codes are always “invalid”
        O1 I got a new phone and the old one is wiped, so I cannot get the codes any more. My backup codes are in a drawer at home, I \
        think.
        O2 Since {date} the six-digit code is always refused. The app on my phone did not change.
        A1 To be safe I have to check that it is you. I will call the number in your profile in the next hour, is that all right?
        A2 Please compare the clock of your phone with a clock on the web. Codes stop working when it is more than a minute off.
        R1 Yes, call any time before five.
        R2 You are right, the phone was three minutes behind. I never would have thought of that.
        N1 Identity confirmed by call back. Reset two-step for this user, told him to print new backup codes.
        F1 Two-step sign-in is switched off for your user until you set it up again, which Tidewater will ask for at the next sign-in.
        F2 With the clock right, the codes work again. You may want to switch on automatic time in the phone's settings.
        """
}
