package import Domain

/// The legal forms of firms, by country: what stands at the end of a name (or before it) and says nothing about whose it is.
package struct LegalFormTable: Sendable {
    /// The day the list was last gone through.
    package let dated: Day
    package let source: String
    package let licence: String
    /// Forms at the end of a name, folded and without spaces and dots, with the countries that have them.
    let endings: [String: Set<String>]
    /// Forms before a name.
    let beginnings: [String: Set<String>]

    /// The countries the table covers, as two letters.
    package var countries: Set<String> { endings.values.reduce(into: []) { $0.formUnion($1) } }

    /// - Parameter lines: a country, then its forms; a form that stands before the name begins with `>`.
    init(dated: String, source: String, licence: String, lines: String) {
        self.dated = Day(dated) ?? Day(number: 0)
        self.source = source
        self.licence = licence
        var endings: [String: Set<String>] = [:]
        var beginnings: [String: Set<String>] = [:]
        for line in lines.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let country = words.first else { continue }
            for word in words.dropFirst() {
                if word.hasPrefix(">") {
                    beginnings[String(word.dropFirst()), default: []].insert(country)
                } else {
                    endings[word, default: []].insert(country)
                }
            }
        }
        self.endings = endings
        self.beginnings = beginnings
    }

    /// Forms written without spaces around them, taken out wherever they stand.
    static let unspaced = [
        "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人", "一般財団法人", "(株)", "(有)", "(合)", "(同)",
        "股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "集团公司", "集團公司", "주식회사", "유한회사", "유한책임회사", "(주)", "(유)",
        "บริษัทจำกัด", "บริษัท", "(มหาชน)", "มหาชน", "จำกัด"
    ]

    /// Short forms that are also words when written like one (`Day Spa`, `Green Ag`): a form only when not written with a capital
    /// and small letters.
    static let alsoWords: Set<String> = [
        "spa", "as", "ag", "sa", "se", "ad", "pc", "pa", "da", "ks", "kb", "hb", "lp", "sc", "sca", "ev", "eg", "is", "ei", "me", "ca",
        "na",
        "ac", "at", "ae", "ee", "oe", "mb", "ky", "sal", "sas", "too", "sf", "hf", "cc", "nl", "rf", "uc", "ip", "pp", "bt", "et", "ad",
        "est"
    ]

    package static let standard = LegalFormTable(
        dated: "2026-11-22", source: "compiled by hand from the countries' company acts and the names of ISO 20275",
        licence: "facts; Apache-2.0",
        lines: """
            DE gmbh ggmbh mbh gesellschaftmbh ug ughaftungsbeschrankt haftungsbeschrankt ag kg ohg gbr ek ekfr ekfm ev eg kgaa se gmbhcokg gmbhcokgaa gmbhcoohg agcokg ugcokg cokg partg partgmbb stiftung aktiengesellschaft gesellschaftmitbeschrankterhaftung kommanditgesellschaft gmbhkg invag
            AT gmbh gesmbh gmbhcokg ag kg og eu flexco aktiengesellschaft
            CH ag sa gmbh sarl sagl kg se cie genossenschaft
            LI ag anstalt est reg gmbh trustreg
            FR sa sas sasu sarl eurl snc sci scop scp selarl selas gie ei eirl sca cie >sarl >sas >sa >eurl >sci >societe >ste >ets >etablissements societeanonyme societeparactionssimplifiee societearesponsabilitelimitee
            BE bv bvba sprl nv sa srl cvba scrl vzw asbl vof snc commv comva >asbl >vzw >sprl >nv >sa
            NL bv nv vof cv ua coop cooperatieua stichting eenmanszaak beslotenvennootschap naamlozevennootschap >stichting
            LU sarl sa scsp sca sicav secs sarls se sicar
            GB ltd limited plc llp lp cic cio publiclimitedcompany unlimited limitedliabilitypartnership limitedpartnership ltdco coltd
            IE ltd limited dac plc clg uc teoranta teo cpt designatedactivitycompany
            US inc incorporated corp corporation co company llc lc ltd lllp lp llp pc pllc pa na limitedliabilitycompany limitedliabilityco limitedliability limitedpartnership professionalcorporation pbc coinc
            CA inc incorporated ltd limited ltee limitee ulc corp corporation cie senc
            IT spa srl srls sas snc sapa scarl scpa scrl soccoop societapazioni societaperazioni societaaresponsabilitalimitata onlus ss sb spasb srlsb sc >ditta
            ES sa sl slu sau sll scoop sc cb slne slp sociedadlimitada sociedadanonima sociedadderesponsabilidadlimitada
            PT lda sa sgps unipessoal unipessoallda unip limitada sociedadeanonima crl
            GR ae epe ike oe ee abee anonimietairia
            CY ltd limited plc
            MT ltd limited plc
            TR as ltdsti ltd sti anonimsirketi limitedsirketi sirketi anonimsti koop
            PL spzoo spzo sa spk spj spzoospk spzoospj spka sc spp psa spolkazoo spolkaakcyjna spolkazograniczonaodpowiedzialnoscia >pphu >phu >fhu
            CZ sro as vos ks spolsro zs ops akciovaspolecnost statnipodnik
            SK sro as vos ks spolsro
            HU kft zrt nyrt bt kkt rt kht ev nonprofitkft zartkoruenmukodoreszvenytarsasag
            RO srl sa pfa snc scs ra srld >sc
            BG ood eood ad ead et kd sd adsits >et
            RS doo ad od kd preduzece
            HR doo jdoo dd jtd kd obrt
            SI doo dd sp dno kd
            BA doo dd
            MK doo dooel ad
            ME doo ad
            AL shpk sha
            LT uab ab mb vsi ij iiuab tub >uab >ab >mb >vsi
            LV sia as ik ps >sia >as
            EE ou as mtu fie uu tu >ou >as
            FI oy oyj ab ky osk tmi ry oyab abp osuuskunta osakeyhtio >oy >ab >tmi
            SE ab abpubl publ hb kb aktiebolag handelsbolag kommanditbolag ekfor ekonomiskforening >ab
            NO as asa ans da enk nuf ba sa ks aksjeselskap allmennaksjeselskap
            DK as aps is ks amba smba ivs pmba ab fmba anpartsselskab aktieselskab
            IS ehf hf ohf slf sf ses svf
            RU ooo oao zao pao ao ip chp tsf llc jsc ojsc cjsc pjsc fgup nko gup >ooo >oao >zao >pao >fgup >gup obshchestvosogranichennoyotvetstvennostyu aktsionernoeobshchestvo publichnoeaktsionernoeobshchestvo
            UA tov pat prat at fop tzov llc jsc pjsc >tov >pat >prat >fop >tzov
            BY ooo oao zao odo chup uchp >ooo >oao >zao >odo >chup
            KZ too tov ao llp jsc >ao
            GE llc jsc shps
            AM llc cjsc ojsc
            AZ mmc asc qsc llc
            UZ mchj aj ooo llc
            IL ltd limited בעמ
            AE llc fze fzco fzllc fzc dmcc dwcllc pjsc prjsc psc ذمم شمع
            SA llc ltd cjsc jsc شركة ذمم شمس >شركة
            QA wll qpsc qsc llc
            KW wll kscp kscc ksc kpsc
            BH wll bsc bscc spc
            OM llc saog saoc spc
            EG sae llc شمم
            LB sal sarl
            JO psc llc plc
            MA sa sarl sarlau sas
            TN sa sarl suarl
            DZ spa sarl eurl snc
            SN sa sarl suarl sau
            IN ltd limited pvtltd privateltd privatelimited pvtlimited pltd llp opc opcpvtltd opcprivatelimited publiclimited pvt
            PK ltd limited pvtltd privatelimited smcpvtltd smcpvt pvt
            BD ltd limited plc pvtltd
            LK plc ltd pvtltd pvt
            NP pvtltd ltd
            SG pteltd ptelimited pte ltd llp limited privatelimited
            MY sdnbhd bhd plt sendirianberhad berhad sdn
            ID tbk pt persero >pt >cv >ud >ptpersero >perseroanterbatas
            TH coltd pcl publiccompanylimited companylimited ltd plc
            PH inc corp corporation opc co
            VN jsc coltd tnhh >congtytnhh >congtycophan >congtycp >congty >congtytnhhmtv >ctcp >cty
            CN coltd ltd limited company inc corpltd limitedcompany
            HK ltd limited coltd holdingsltd
            TW coltd inc ltd corp
            JP kk kabushikikaisha yugenkaisha godokaisha gk yk coltd inc corp >kk
            KR coltd inc corp
            AU ptyltd ptylimited pty ltd limited proprietarylimited proprietaryltd nl
            NZ ltd limited lp
            ZA ptyltd pty cc npc soc socltd rf ltd inc propltd proprietarylimited
            NG ltd limited plc gte
            KE ltd limited plc
            GH ltd limited plc
            BR ltda sa me mei epp eireli limitada ltdame ltdaepp cia >cia
            AR sa srl saic sacifia saicf sas sacif sau
            CL spa ltda sa eirl limitada
            CO sas sa ltda esp saesp cia ltdacia
            MX sadecv sapidecv sderldecv sc ac sab sabdecv sapi srldecv spr scdecv sofom enr
            PE sac saa sa eirl srl
            EC cialtda sa cltda
            VE ca sa cxa srl
            UY sa srl sas
            PY sa srl
            BO srl sa
            GT sa ltda
            CR sa srl ltda
            PA sa corp inc
            DO srl eirl sa
            """)
}
