extension DomainTable {
    /// Mailboxes made to be thrown away.
    package static let disposable = DomainTable(
        name: "disposable mail", dated: "2026-11-22",
        lines: """
            mailinator.com mailinator.net mailinator2.com guerrillamail.com guerrillamail.net guerrillamail.org guerrillamail.biz
            guerrillamail.de guerrillamailblock.com sharklasers.com grr.la spam4.me pokemail.net
            10minutemail.com 10minutemail.net 10minutemail.co.uk 20minutemail.com 30minutemail.com tempmail.com tempmail.net tempmail.de
            temp-mail.org temp-mail.io temp-mail.com tempmailo.com tempr.email tempinbox.com tempail.com tempmailaddress.com
            throwawaymail.com throwaway.email trashmail.com trashmail.net trashmail.de trashmail.me trash-mail.com trash-mail.de
            yopmail.com yopmail.fr yopmail.net cool.fr.nf jetable.org jetable.com jetable.net
            dispostable.com discard.email discardmail.com discardmail.de disposablemail.com disposeamail.com
            maildrop.cc mailnesia.com mailcatch.com mailnull.com mailexpire.com mailforspam.com mailmoat.com mytrashmail.com mailtemp.info
            getnada.com nada.email getairmail.com airmail.cc emailondeck.com mohmal.com moakt.com moakt.cc minuteinbox.com inboxkitten.com
            fakeinbox.com fakemail.net fakemailgenerator.com fake-mail.net dropmail.me dropmail.click spamgourmet.com spambox.us spamex.com
            spamfree24.org spamavert.com incognitomail.org incognitomail.com anonbox.net anonymbox.com burnermail.io
            easytrashmail.com einrot.com emailfake.com emailtemporanea.net harakirimail.com
            wegwerfmail.de wegwerfmail.net wegwerfmail.org wegwerfemail.de byom.de kurzepost.de objectmail.com proxymail.eu rcpt.at
            gustr.com cuvox.de dayrep.com fleckens.hu jourrapide.com rhyta.com superrito.com teleworm.us armyspy.com
            mailsac.com mail-temp.com mintemail.com nowmymail.com onewaymail.com tempemail.net tempomail.fr zippymail.info
            mail.tm 1secmail.com 1secmail.net 1secmail.org linshiyouxiang.net internxt.com
            """)
}
