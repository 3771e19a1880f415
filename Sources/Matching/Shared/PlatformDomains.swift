extension DomainTable {
    /// Hosts that give every customer a name of its own below theirs: `acme.zendesk.com` is Acme's, `zendesk.com` nobody's.
    /// The public suffix list has many such hosts in its private part already; these are the ones it lacks, or lacked in the
    /// list that Debian 12 installs.
    package static let tenantPlatforms = DomainTable(
        name: "platforms with a host for each customer", dated: "2026-11-22",
        lines: """
            atlassian.net jira.com statuspage.io zendesk.com freshdesk.com freshservice.com freshworks.com freshchat.com myfreshworks.com
            helpscoutdocs.com intercom.io intercom.help kayako.com desk.com groovehq.com gorgias.com helpjuice.com uservoice.com
            happyfox.com teamwork.com
            sharepoint.com onmicrosoft.com mail.onmicrosoft.com dynamics.com crm.dynamics.com powerappsportals.com azurewebsites.net
            my.salesforce.com lightning.force.com my.site.com force.com salesforce.com cloudforce.com visualforce.com
            service-now.com servicenow.com workday.com myworkdayjobs.com successfactors.com bamboohr.com greenhouse.io lever.co
            personio.de recruitee.com workable.com teamtailor.com breezy.hr
            slack.com monday.com notion.site notion.so basecamphq.com clickup.com airtable.com okta.com auth0.com onelogin.com
            hubspotpagebuilder.com hs-sites.com hubspot.com mailchimpsites.com pipedrive.com zohosites.com zohodesk.com
            wordpress.com weebly.com squarespace.com wixsite.com webflow.io blogspot.com tumblr.com substack.com ghost.io
            godaddysites.com business.site jimdo.com jimdofree.com jimdosite.com strikingly.com carrd.co yolasite.com webnode.com
            site123.me tilda.ws framer.website framer.app framer.ai softr.app bubbleapps.io webador.com
            myshopify.com bigcartel.com mybigcommerce.com ecwid.com shopware.store storenvy.com etsy.com gumroad.com
            typeform.com teachable.com thinkific.com podia.com kajabi.com
            itch.io bandcamp.com readme.io gitbook.io herokuapp.com netlify.app vercel.app pages.dev workers.dev web.app
            firebaseapp.com appspot.com run.app azurestaticapps.net onrender.com fly.dev amplifyapp.com repl.co replit.app
            github.io gitlab.io readthedocs.io amazonaws.com cloudfront.net
            example.com example.net example.org
            """)

    /// Hosts where customers are told apart by the path alone, or not at all: no host of theirs belongs to anybody.
    package static let pathPlatforms = DomainTable(
        name: "platforms with a page for each customer", dated: "2026-11-22",
        lines: """
            linkedin.com facebook.com fb.com fb.me instagram.com twitter.com x.com youtube.com youtu.be tiktok.com pinterest.com reddit.com
            threads.net t.me telegram.me wa.me whatsapp.com vk.com ok.ru weibo.com xing.com medium.com
            linktr.ee bio.link beacons.ai about.me bit.ly tinyurl.com goo.gl t.co lnkd.in
            sites.google.com docs.google.com drive.google.com forms.google.com maps.google.com plus.google.com mail.google.com
            goo.gle g.page maps.app.goo.gl forms.gle
            github.com gitlab.com bitbucket.org sourceforge.net
            yelp.com tripadvisor.com trustpilot.com crunchbase.com glassdoor.com indeed.com g2.com capterra.com
            dropbox.com onedrive.live.com 1drv.ms teams.microsoft.com zoom.us meet.google.com
            apps.apple.com play.google.com apps.shopify.com
            jotform.com surveymonkey.com calendly.com eventbrite.com
            wikipedia.org archive.org
            """)

    /// Names below a tenant platform that are the platform's own.
    static let platformServices: Set<String> = [
        "www", "app", "apps", "login", "signin", "account", "accounts", "support", "help", "docs", "blog", "m", "mobile", "mail", "go",
        "info", "status", "developer", "developers", "community"
    ]
}
