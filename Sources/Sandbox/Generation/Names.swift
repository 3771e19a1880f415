/// People's names, phone numbers, languages and zones by country.
struct Culture: Sendable {
    let given: [String]
    let family: [String]
    let language: String
    let zone: String
    let dial: String

    static func of(_ country: String) -> Culture {
        cultures[country] ?? english
    }

    private static let english = Culture(
        given: words(
            """
            James Emma Michael Olivia Robert Ava David Sophia William Mia Richard Charlotte Joseph Amelia Thomas Harper Christopher Evelyn
            Daniel Abigail Matthew Emily Anthony Ella Mark Lily Steven Grace Andrew Zoe Kevin Hannah Brian Natalie Jason Leah Tyler Audrey
            Marcus Denise Terrence Keisha Alan Joanne Craig Fiona Stuart Heather Neil Gemma
            """),
        family: words(
            """
            Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin Thompson White Harris Clark Lewis
            Robinson Walker Hall Allen Young King Wright Scott Hill Green Adams Baker Nelson Carter Mitchell Roberts Turner Phillips \
            Campbell
            Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook Morgan Bell Murphy Bailey Cooper Richardson Cox Howard Ward
            """), language: "en", zone: "Eastern Time (US & Canada)", dial: "+1 555 01")

    private static let german = Culture(
        given: words(
            "Lukas Anna Jonas Lena Felix Katharina Stefan Julia Markus Sabine Thomas Claudia Jürgen Ute Tobias Franziska Björn Heike"),
        family: words(
            "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Richter Klein Wolf Schröder Neumann Groß"),
        language: "de", zone: "Berlin", dial: "+49 30 555")
    private static let french = Culture(
        given: words("Camille Julien Élodie Nicolas Aurélie Thomas Chloé Antoine Manon Guillaume Hélène François Inès Mathieu"),
        family: words("Martin Bernard Dubois Durand Moreau Laurent Lefèvre Mercier Fournier Girard Bonnet Lambert Fontaine Chevalier"),
        language: "fr", zone: "Paris", dial: "+33 1 55 55")
    private static let spanish = Culture(
        given: words("Lucía Carlos María Javier Carmen Alejandro Ana Diego Elena Andrés Paula Sergio Isabel Miguel Rocío Ximena"),
        family: words("García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Ruiz Delgado Romero Navarro Ibáñez"),
        language: "es", zone: "Madrid", dial: "+34 915 55")
    private static let nordic = Culture(
        given: words("Ingrid Lars Astrid Erik Solveig Magnus Freja Nils Sigrid Anders Linnea Øyvind Karin Henrik Maja Bjørn"),
        family: words("Hansen Johansen Olsen Larsson Nilsson Berg Haugen Lund Dahl Ekström Sørensen Strand Holm Åkesson"),
        language: "nb-NO", zone: "Copenhagen", dial: "+47 555 0")
    private static let indian = Culture(
        given: words("Ananya Rohan Kavita Vikram Deepa Sanjay Lakshmi Arvind Meera Rahul Sunita Karthik Nisha Imran Pooja Suresh"),
        family: words("Sharma Iyer Patel Reddy Nair Gupta Menon Das Chatterjee Khan Joshi Pillai Banerjee Verma Rao Kulkarni"),
        language: "en", zone: "Mumbai", dial: "+91 44 5550")
    private static let japanese = Culture(
        given: words("Haruto Yui Sota Aoi Ren Hina Kenji Sakura Takumi Emi Daichi Naoko"),
        family: words("Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Mori"), language: "ja-JP", zone: "Tokyo",
        dial: "+81 3 5550")
    private static let arabic = Culture(
        given: words("Omar Layla Khalid Noura Ahmed Fatima Yousef Mariam Hassan Salma Tariq Amina Rashid Huda"),
        family: words("Al-Farsi Haddad Mansour Al-Mazrouei Khalil Nasser Al-Suwaidi Saleh Rahman Qasim"), language: "ar", zone: "Abu Dhabi",
        dial: "+971 4 555")
    private static let polish = Culture(
        given: words("Agnieszka Piotr Katarzyna Tomasz Małgorzata Paweł Zofia Krzysztof Łukasz Ewa"),
        family: words("Nowak Kowalski Wiśniewski Wójcik Zieliński Szymański Dąbrowska Kaczmarek"), language: "pl", zone: "Warsaw",
        dial: "+48 22 555")
    private static let dutch = Culture(
        given: words("Sanne Daan Lotte Bram Femke Jeroen Anouk Pieter Maaike Ruben"),
        family: ["de Vries", "Jansen", "van den Berg", "Bakker", "Visser", "Smit", "van Dijk", "de Boer"], language: "nl",
        zone: "Amsterdam",
        dial: "+31 20 555")
    private static let portuguese = Culture(
        given: words("Beatriz João Mariana Rafael Larissa Thiago Camila Felipe Juliana Gustavo"),
        family: words("Silva Santos Oliveira Souza Pereira Costa Almeida Carvalho Araújo Ribeiro"), language: "pt-BR", zone: "Brasilia",
        dial: "+55 11 5550")
    private static let italian = Culture(
        given: words("Giulia Marco Chiara Luca Francesca Matteo Elisa Davide Paola Stefano"),
        family: words("Rossi Ferrari Bianchi Romano Colombo Ricci Greco Conti Gallo Santoro"), language: "it", zone: "Rome",
        dial: "+39 06 555")

    private static let cultures: [String: Culture] = [
        "DE": german, "AT": german, "CH": german, "FR": french, "ES": spanish, "MX": spanish, "AR": spanish, "CO": spanish, "NO": nordic,
        "SE": nordic, "IN": indian, "JP": japanese, "AE": arabic, "PL": polish, "NL": dutch, "BR": portuguese, "IT": italian
    ]

    static func words(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    }
}

/// Plain letters of a name for an e-mail address: no accents, spaces, apostrophes or capitals.
enum AddressLetters {
    static func of(_ name: String) -> String {
        var letters = ""
        for character in name.lowercased() {
            if let plain = folded[character] {
                letters += plain
            } else if character.isASCII, character.isLetter || character == "-" {
                letters.append(character)
            }
        }
        return letters
    }

    private static let folded: [Character: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ê": "e", "ë": "e", "á": "a", "à": "a", "â": "a", "ã": "a",
        "å": "aa",
        "í": "i", "ì": "i", "î": "i", "ï": "i", "ó": "o", "ò": "o", "ô": "o", "õ": "o", "ú": "u", "ù": "u", "û": "u", "ñ": "n", "ç": "c",
        "ø": "o", "æ": "ae", "ł": "l", "ń": "n", "ś": "s", "ź": "z", "ż": "z", "ą": "a", "ę": "e", "ć": "c"
    ]
}
