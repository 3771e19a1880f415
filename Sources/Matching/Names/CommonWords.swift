/// Words that say little about whose a name is.
enum CommonWords {
    /// Kinds of business and of structure: they may be missing on one side.
    static let generic: Set<String> = words(
        """
        group gruppe groupe grupo gruppo grupa gruppen konzern koncern holding holdings beteiligungs beteiligungen international internationale
        internacional internazionale intl global globale worldwide world services service servicios servizi dienstleistungen solutions solution
        soluciones soluzioni losungen systems system systeme sistemi sistemas technologies technology technologie technologien tecnologia
        tecnologias tech consulting consultants consultancy consultoria consulenza beratung advisory advisors partners partner partnership
        company companies co corp corporation enterprise enterprises industries industry industrie industrial industria management ventures
        venture capital digital software online com net org io web team teams shop store office headquarters hq hauptverwaltung brands brand
        trading handel handels vertrieb vertriebs sales distribution products produkte products production produktion support customer
        kunde client account trust foundation association associates verband verein stiftung limited incorporated ltd inc spa as sa ag
        labs lab studio studios agency agentur agence media network networks llc plc communications hospitality operations new der die das
        of for de la le les el los del di da do dos van von zu the i
        """)

    /// Countries and regions, as firms put them behind their names: they may be missing on one side and must not differ.
    static let places: Set<String> = words(
        """
        germany deutschland allemagne alemania germania france frankreich francia italy italia italien spain espana spanien uk gb england
        britain british scotland wales ireland irland usa us america americas american north-america canada kanada mexico brazil brasil
        argentina chile colombia peru europe europa eu emea apac asia asean latam mena africa australia anz oceania nordic nordics
        scandinavia benelux dach cee iberia austria osterreich oesterreich switzerland schweiz suisse svizzera netherlands nederland
        holland belgium belgie belgique belgien luxembourg luxemburg poland polska polen czech cesko czechia slovakia slovensko hungary
        magyarorszag romania bulgaria greece hellas turkey turkiye turkei russia rossiya ukraine ukraina finland suomi sweden sverige
        schweden norway norge norwegen denmark danmark danemark iceland estonia latvia lithuania portugal india indien pakistan bangladesh
        singapore malaysia indonesia thailand vietnam philippines china hongkong taiwan japan nippon korea uae dubai emirates israel egypt
        saudi qatar kuwait nigeria kenya ghana morocco maroc tunisia zealand
        """)

    /// Words that tell two firms of one pattern apart.
    static let directions: Set<String> = words(
        """
        north south east west northern southern eastern western northeast northwest southeast southwest central upper lower inner outer
        nord sud ost est ouest oeste norte sul sur noord zuid oost nordost nordwest sudost sudwest big little great small first second
        """)

    /// Words that people shorten, to one spelling of them.
    static let abbreviations: [String: String] = [
        "intl": "international", "int": "international", "mfg": "manufacturing", "mgmt": "management", "mgt": "management",
        "svcs": "services",
        "svc": "service", "sys": "systems", "tech": "technologies", "technology": "technologies", "techs": "technologies",
        "assoc": "associates",
        "assocs": "associates", "bros": "brothers", "dept": "department", "dev": "development", "dist": "distribution",
        "eng": "engineering",
        "engg": "engineering", "ent": "enterprises", "grp": "group", "gp": "group", "hldg": "holdings", "hldgs": "holdings",
        "holding": "holdings",
        "ind": "industries", "inds": "industries", "ins": "insurance", "inst": "institute", "lab": "laboratories", "labs": "laboratories",
        "natl": "national", "nat": "national", "pharm": "pharmaceuticals", "pharma": "pharmaceuticals", "prod": "products",
        "prods": "products",
        "rest": "restaurant", "sol": "solutions", "soln": "solutions", "st": "saint", "sta": "santa", "telecom": "telecommunications",
        "telco": "telecommunications", "transp": "transport", "univ": "university", "uni": "university", "hosp": "hospital",
        "ctr": "center",
        "centre": "center", "cntr": "center", "comm": "communications", "comms": "communications", "elec": "electric", "equip": "equipment",
        "fin": "financial", "gen": "general", "govt": "government", "hosps": "hospitals", "med": "medical", "mtn": "mountain",
        "mt": "mount",
        "ntl": "national", "org": "organization", "organisation": "organization", "pwr": "power", "rlty": "realty", "sci": "science",
        "svs": "services", "wholesl": "wholesale", "whse": "warehouse", "gebr": "gebruder", "chem": "chemicals", "corp": "corporation"
    ]

    /// Ways to say "and".
    static let conjunctions: Set<String> = ["and", "und", "et", "och", "og", "ja", "y", "e", "en"]

    /// What people type to get past a required field, folded.
    static let nobody: Set<String> = [
        "and", "na", "n a", "none", "no name", "no company", "null", "nil", "undefined", "unknown", "test", "test company", "test account",
        "testing",
        "company", "company name", "tbd", "tbc", "other", "others", "private", "privat", "privatperson", "individual", "self",
        "self employed",
        "personal", "x", "xx", "xxx", "xxxx", "asdf", "asdfasdf", "qwerty", "abc", "abcd", "foo", "bar", "foobar", "freelance",
        "freelancer",
        "demo", "demo company", "sample", "example", "default", "dummy", "keine", "kein", "aucun", "aucune", "ninguno", "ninguna",
        "nessuna",
        "nessuno", "geen", "ei ole", "brak", "home", "student", "my company", "your company", "customer", "client", "kunde", "user", "me",
        "not applicable", "not provided", "not available", "not set", "blank", "empty", "anonymous", "guest", "misc", "various",
        "do not use",
        "deleted", "unassigned", "internal", "retired", "unemployed", "consultant", "household", "residential", "firma", "empresa",
        "azienda",
        "entreprise", "societe", "unternehmen", "нет", "неизвестно", "なし", "无", "無", "없음"
    ]

    private static func words(_ text: String) -> Set<String> { Set(text.split(whereSeparator: \.isWhitespace).map(String.init)) }
}
