extension DomainTable {
    /// Mail for everybody: web mail and the mailboxes that come with an internet connection. Some of these firms may be a
    /// customer themselves (`mail.com`, `zoho.com`, `sky.com`), so an entry means "not sufficient", never "ignored".
    package static let freeMail = DomainTable(
        name: "free mail", dated: "2026-11-22",
        lines: """
            gmail.com googlemail.com google-mail.com
            outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp outlook.in outlook.at outlook.be outlook.cl outlook.cz
            outlook.dk outlook.hu outlook.ie outlook.kr outlook.lv outlook.ph outlook.pt outlook.sa outlook.sg outlook.sk
            outlook.co.id outlook.co.il outlook.co.th outlook.com.ar outlook.com.au outlook.com.br outlook.com.gr outlook.com.tr outlook.com.vn
            hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es hotmail.be hotmail.nl hotmail.ca hotmail.ch hotmail.se
            hotmail.no hotmail.dk hotmail.fi hotmail.gr hotmail.com.ar hotmail.com.au hotmail.com.br hotmail.com.mx hotmail.com.tr
            hotmail.co.jp hotmail.co.th hotmail.co.nz hotmail.co.za hotmail.co.il
            live.com live.co.uk live.de live.fr live.it live.nl live.be live.ca live.ie live.dk live.no live.se live.at live.cn live.jp
            live.in live.ru live.cl live.com.au live.com.ar live.com.mx live.com.pt live.com.my live.com.sg live.co.za live.co.kr
            msn.com passport.com windowslive.com
            yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.ca yahoo.in yahoo.co.in yahoo.co.jp yahoo.com.br yahoo.com.ar
            yahoo.com.au yahoo.com.mx yahoo.com.sg yahoo.com.hk yahoo.com.tw yahoo.com.cn yahoo.cn yahoo.com.ph yahoo.com.my yahoo.com.vn yahoo.com.tr
            yahoo.com.co yahoo.com.pe yahoo.com.ve yahoo.co.id yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.za yahoo.dk yahoo.gr yahoo.ie yahoo.no
            yahoo.pl yahoo.pt yahoo.ro yahoo.se yahoo.at yahoo.be yahoo.ch yahoo.cl yahoo.cz yahoo.fi yahoo.hu yahoo.nl
            ymail.com rocketmail.com myyahoo.com
            icloud.com me.com mac.com privaterelay.appleid.com
            aol.com aol.co.uk aol.de aol.fr aol.it aol.es aim.com verizon.net netscape.net compuserve.com
            gmx.com gmx.de gmx.net gmx.at gmx.ch gmx.fr gmx.es gmx.co.uk gmx.us gmx.eu gmx.info gmx.org
            web.de email.de t-online.de freenet.de arcor.de 1und1.de online.de onlinehome.de kabelmail.de unitybox.de vodafone.de o2online.de
            o2mail.de ewetel.net ewe.net netcologne.de alice.de alice-dsl.net versanet.de mail.de posteo.de posteo.net posteo.eu mailbox.org
            magenta.de tonline.de lycos.de
            proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io tutamail.com keemail.me
            hey.com fastmail.com fastmail.fm fastmail.net fastmail.co.uk messagingengine.com hushmail.com hush.com mailfence.com runbox.com
            startmail.com disroot.org riseup.net duck.com simplelogin.com simplelogin.co anonaddy.com anonaddy.me addy.io relay.firefox.com mozmail.com
            zoho.com zoho.eu zoho.in zohomail.com zohomail.eu zohomail.in
            mail.com email.com usa.com europe.com asia.com post.com myself.com consultant.com engineer.com accountant.com iname.com dr.com
            techie.com writeme.com cheerful.com workmail.com contractor.net
            inbox.com lycos.com excite.com juno.com netzero.net netzero.com rediffmail.com rediff.com indiatimes.com sify.com sancharnet.in
            comcast.net xfinity.com sbcglobal.net att.net bellsouth.net pacbell.net ameritech.net swbell.net flash.net prodigy.net snet.net
            charter.net spectrum.net roadrunner.com rr.com twc.com cox.net earthlink.net mindspring.com optonline.net optimum.net suddenlink.net
            frontier.com frontiernet.net windstream.net centurylink.net centurytel.net embarqmail.com q.com qwest.net cableone.net
            wowway.com rcn.com hughes.net tds.net consolidated.net mchsi.com zoominternet.net cfl.rr.com
            rogers.com bell.net sympatico.ca shaw.ca telus.net videotron.ca cogeco.ca eastlink.ca mts.net sasktel.net
            btinternet.com btopenworld.com virginmedia.com virgin.net blueyonder.co.uk ntlworld.com sky.com talktalk.net talk21.com
            tiscali.co.uk plusnet.com plus.com o2.co.uk orange.net wanadoo.co.uk freeserve.co.uk eircom.net
            orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr aliceadsl.fr club-internet.fr voila.fr noos.fr
            cegetel.net dbmail.com
            libero.it virgilio.it alice.it tin.it tim.it tiscali.it inwind.it iol.it fastwebnet.it vodafone.it email.it poste.it aruba.it
            telefonica.net movistar.es terra.es ono.com ya.com sapo.pt clix.pt netcabo.pt iol.pt mail.pt
            bluewin.ch sunrise.ch hispeed.ch swissonline.ch
            aon.at chello.at a1.net utanet.at inode.at kabsi.at
            ziggo.nl kpnmail.nl kpnplanet.nl planet.nl home.nl hetnet.nl xs4all.nl upcmail.nl chello.nl casema.nl quicknet.nl zonnet.nl
            telenet.be skynet.be proximus.be scarlet.be voo.be pandora.be
            telia.com comhem.se bredband.net tele2.se spray.se swipnet.se online.no broadpark.no tele2.no
            stofanet.dk tdcadsl.dk mail.dk jubii.dk ofir.dk post.tele.dk get2net.dk
            kolumbus.fi elisanet.fi saunalahti.fi luukku.com suomi24.fi pp.inet.fi welho.com dnainternet.net
            wp.pl onet.pl onet.eu o2.pl interia.pl interia.eu poczta.onet.pl poczta.fm op.pl vp.pl tlen.pl gazeta.pl neostrada.pl
            seznam.cz email.cz post.cz centrum.cz volny.cz atlas.cz azet.sk zoznam.sk centrum.sk post.sk
            freemail.hu citromail.hu t-online.hu upcmail.hu indamail.hu abv.bg mail.bg dir.bg
            inbox.lv inbox.lt one.lv mail.ee hot.ee online.ee
            otenet.gr forthnet.gr hol.gr in.gr freemail.gr
            mail.ru inbox.ru list.ru bk.ru internet.ru yandex.ru yandex.com yandex.ua yandex.kz yandex.by ya.ru rambler.ru lenta.ru
            autorambler.ru myrambler.ru ro.ru narod.ru ukr.net i.ua meta.ua bigmir.net tut.by mail.kz
            mynet.com turk.net ttmail.com superonline.com walla.co.il walla.com netvision.net.il 012.net.il bezeqint.net zahav.net.il
            emirates.net.ae eim.ae maktoob.com
            qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net 188.com sina.com sina.cn vip.sina.com sohu.com tom.com 139.com 189.cn
            wo.cn 21cn.com 263.net aliyun.com hinet.net seed.net.tw pchome.com.tw netvigator.com
            naver.com daum.net hanmail.net hanmail.com nate.com kakao.com korea.com empas.com dreamwiz.com
            docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp ocn.ne.jp nifty.com biglobe.ne.jp so-net.ne.jp excite.co.jp
            infoseek.jp plala.or.jp dion.ne.jp odn.ne.jp asahi-net.or.jp
            bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au internode.on.net westnet.com.au dodo.com.au ozemail.com.au
            xtra.co.nz slingshot.co.nz orcon.net.nz clear.net.nz vodafone.co.nz paradise.net.nz
            uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com oi.com.br r7.com zipmail.com.br pop.com.br
            terra.com terra.cl vtr.net prodigy.net.mx fibertel.com.ar arnet.com.ar ciudad.com.ar speedy.com.ar adinet.com.uy cantv.net
            une.net.co etb.net.co
            mweb.co.za telkomsa.net vodamail.co.za webmail.co.za iafrica.com
            singnet.com.sg starhub.net.sg pacific.net.sg streamyx.com tm.net.my pldtdsl.net globe.com.ph vnn.vn fpt.vn telkom.net
            """)
}
