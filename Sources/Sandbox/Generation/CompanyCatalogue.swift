/// The customers of the simulated vendor, as its people typed them into Freshdesk: several domains, sub-domains, odd
/// spellings, look-alikes, some without a domain at all.
struct CatalogueCompany: Sendable {
    let name: String
    let domains: [String]
    let industry: String
    let tier: String?
    /// A two-letter code that decides the names, languages and phone numbers of its contacts.
    let country: String
    /// Its share of the tickets.
    let weight: Int
    /// The customer account the demonstration workspace starts with, nil for none.
    let account: DemoAccount?
}

enum CompanyCatalogue {
    /// Name | domains | industry | tier | country | weight | account name | account domains
    /// (`=` the same as the company's, `-` none).
    static let written: [CatalogueCompany] = lines.enumerated().compactMap(company)

    private static let lines: [String] = text.split(separator: "\n").map(String.init)

    private static func company(_ row: (offset: Int, element: String)) -> CatalogueCompany? {
        let cells = row.element.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
        guard cells.count == 8 else { return nil }
        let domains = cells[1] == "-" ? [] : cells[1].split(separator: ";").map(trimmed)
        return CatalogueCompany(
            name: cells[0], domains: domains, industry: cells[2], tier: cells[3] == "-" ? nil : cells[3], country: cells[4],
            weight: Int(cells[5]) ?? 1, account: account(row.offset, cells, domains))
    }

    private static func account(_ position: Int, _ cells: [String], _ domains: [String]) -> DemoAccount? {
        guard cells[6] != "-" else { return nil }
        let accountDomains: [String] =
            switch cells[7] {
            case "=": domains.first.map { [$0] } ?? []
            case "-": []
            default: cells[7].split(separator: ";").map(trimmed)
            }
        return DemoAccount.drawn(position: position, name: cells[6] == "=" ? cells[0] : cells[6], domains: accountDomains, tier: cells[3])
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    private static let text = """
        Harrowgate Logistics Ltd | harrowgate-logistics.co.uk; harrowgatelogistics.com | Transportation | Enterprise | GB | 30 | = | =
        Brightlane Retail Group | brightlane.io; support.brightlane.io; shop.brightlane.io | Retail | Enterprise | US | 26 | Brightlane \
        | =
        Nordvind Energi AS | nordvind-energi.no | Energy | Enterprise | NO | 20 | = | =
        Kestrel Foods, Inc. | www.kestrelfoods-us.com | Food & Beverage | Premium | US | 18 | Kestrel Foods | kestrelfoods-us.com
        Halden Group GmbH | HALDEN-GROUP.DE; halden-group.at | Manufacturing | Enterprise | DE | 22 | = | halden-group.de
        Halden Group | halden-grp.com | Consulting | Basic | US | 5 | Halden Group (US) | =
        Müller Präzisionsteile GmbH & Co. KG | müller-präzision.de | Manufacturing | Premium | DE | 12 | = | xn--mller-przision-dib09a.de
        Clairemont Santé | clairemont-sante.fr | Healthcare | Premium | FR | 12 | = | =
        Banyan Ridge Hospitals | banyanridgehospitals.in; careers.banyanridgehospitals.in | Healthcare | Enterprise | IN | 18 | = | =
        Osprey Field Services | ospreyfield.com | Construction | Premium | US | 16 | = | =
        Larkhall Borough Council | larkhall-council.gov.uk | Government | Premium | GB | 12 | = | =
        Sundance Property Management LLC | sundance-pm.com; sundancepropertymgmt.com | Real Estate | Premium | US | 12 | = | =
        Tamarisk Hotels & Resorts | tamariskhotels.com; reservations.tamariskhotels.com | Hospitality | Enterprise | AE | 14 | = | =
        Verdant Grove Landscaping | verdantgrove.us | Facilities | Basic | US | 6 | = | =
        Pembridge Facilities plc | pembridgefm.co.uk | Facilities | Enterprise | GB | 20 | Pembridge Facilities Management | =
        Quillon Security Services | quillon-security.com | Security | Premium | US | 14 | = | =
        Casa Olivar S.L. | casaolivar.es | Food & Beverage | Basic | ES | 7 | = | =
        Midori Logistics K.K. | midori-logi.co.jp | Transportation | Premium | JP | 8 | = | =
        Al Noor Trading LLC | alnoortrading.ae | Wholesale | Premium | AE | 8 | Al-Noor Trading | =
        Rosewater Dental Partners | rosewaterdental.com | Healthcare | Basic | US | 8 | = | =
        Wójcik i Synowie Sp. z o.o. | wojcik-synowie.pl | Construction | Basic | PL | 6 | = | =
        Southbank Events Crew | southbankcrew.co.uk | Events | Premium | GB | 9 | = | =
        Northlight Studio | northlight.studio | Media | Basic | US | 5 | = | =
        Northlight Studios Inc | northlightstudios.tv | Media | Basic | US | 4 | - | -
        Corvane Pharmaceuticals | corvane.com; corvane.ie; clinical.corvane.com | Pharmaceuticals | Enterprise | IE | 16 | = | =
        Blue Heron Childcare | blueheronchildcare.org | Education | Basic | US | 8 | = | =
        Ferro & Sons Roofing | - | Construction | - | US | 3 | Ferro and Sons Roofing | ferroroofing.net
        St. Aldhelm's School | staldhelms.sch.uk | Education | Basic | GB | 5 | = | =
        Gridline Telecom | gridline-telecom.com | Telecommunications | Premium | US | 13 | = | =
        Estrela do Mar Pescados Ltda | estreladomar.com.br | Food & Beverage | Basic | BR | 6 | = | =
        Atelier Renouard | https://www.atelier-renouard.fr/ | Design | Basic | FR | 4 | = | atelier-renouard.fr
        Cobalt Ridge Mining Pty Ltd | cobaltridge.com.au | Mining | Enterprise | AU | 12 | = | =
        Tidal Works Co-op | tidalworks.coop | Energy | Basic | GB | 5 | = | =
        Prairie Wind Ambulance | prairiewind-ems.org | Healthcare | Premium | US | 9 | = | =
        Kaffeehaus Ottakring | ottakring-kaffee.at | Hospitality | - | AT | 3 | = | =
        Meridian Staffing Solutions | meridian-staffing.com; meridianstaff.net; meridian-temps.com | Staffing | Enterprise | US | 20 | \
        = | meridian-staffing.com; meridianstaff.net
        Bellweather Insurance | bellweather-ins.com | Insurance | Premium | US | 9 | Bellwether Insurance | -
        Fjordlaks Foods | fjordlaks-foods.no | Food & Beverage | Premium | NO | 7 | = | =
        Greystone Cleaning Services | greystonecleaning.co.uk. | Facilities | Basic | GB | 7 | = | greystonecleaning.co.uk
        Orchid & Pine Spa | orchidpine.myshopify.com | Wellness | - | US | 3 | = | orchidandpine.com
        Delgado Hermanos Transportes | delgadohnos.mx | Transportation | Basic | MX | 6 | = | =
        Skyharbor Ground Handling | skyharbor-gh.com | Aviation | Enterprise | US | 15 | = | =
        Twelve Oaks Assisted Living | twelveoaksliving.com | Healthcare | Premium | US | 9 | = | =
        Pieter van Dalen Bouw B.V. | vandalenbouw.nl | Construction | Basic | NL | 6 | = | =
        Lumen Theatre Trust | - | Arts | - | GB | 2 | - | -
        Radiant Solar Installers | radiantsolarpros.com | Energy | Basic | US | 7 | = | =
        Café Lumière | cafe-lumiere.ca | Hospitality | Basic | CA | 4 | Cafe Lumiere | cafelumiere.ca
        Ironbark Brewing Co. | ironbarkbrew.com.au | Food & Beverage | Basic | AU | 5 | = | =
        Helix Diagnostics | helixdx-labs.com; de.helixdx-labs.com; fr.helixdx-labs.com | Healthcare | Enterprise | US | 13 | = | =
        Compass Rose Tours | compassrosetours.com | Travel | Basic | GB | 4 | - | -
        Santoro Vineyards | santorovini.it | Food & Beverage | Basic | IT | 4 | = | =
        Keystone Parking Authority | keystoneparking.org | Government | Premium | US | 7 | = | =
        Bramble & Bell Catering | bramblebell.co.uk | Hospitality | Basic | GB | 6 | = | =
        Sagebrush Veterinary | gmail.com | Healthcare | - | US | 3 | Sagebrush Veterinary Clinic | sagebrushvet.com
        Stellwerk Bahntechnik AG | stellwerk-bahn.ch | Transportation | Premium | CH | 8 | = | =
        Monsoon Textiles Pvt. Ltd. | monsoontextiles.in | Manufacturing | Premium | IN | 8 | = | =
        Highmoor Outdoor Centre | highmooroutdoor.org.uk | Leisure | Basic | GB | 3 | - | -
        Pacific Crest Couriers | pacificcrestcouriers.com; pcc-dispatch.com | Transportation | Premium | US | 11 | = | =
        Larsson & Ek Arkitekter | larssonek.se | Design | Basic | SE | 4 | = | =
        Union Square Fitness | unionsqfitness.com | Leisure | - | US | 4 | = | =
        Marigold Home Care | marigoldhomecare.com | Healthcare | Premium | US | 10 | = | =
        Teatro Miramar | teatromiramar.ar | Arts | - | AR | 2 | - | -
        Ashworth Cold Storage | ashworthcold.com | Warehousing | Premium | US | 8 | = | =
        مجموعة الواحة | alwaha-group.com | Wholesale | Premium | AE | 4 | Al Waha Group | =
        Redwood Charter Schools | redwoodcharter.org; staff.redwoodcharter.org | Education | Enterprise | US | 10 | = | =
        Borealis Data Centers | borealis-dc.ca | Technology | Enterprise | CA | 9 | = | =
        Fennimore's | - | Retail | - | US | 2 | - | -
        Kilda Ferries | kildaferries.scot | Transportation | Basic | GB | 5 | = | =
        Zephyr Drone Survey | zephyrsurvey.aero | Technology | Basic | US | 3 | = | =
        Grupo Altavista | altavista-grupo.co | Facilities | Premium | CO | 6 | = | =
        """
}
