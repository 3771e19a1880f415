import CIDN2

/// Internationalised domain names through libidn2; the only file that knows it.
enum InternationalDomain {
    /// The lower-case A-labels of a host by UTS-46, non-transitional: `ß` stays distinct from `ss`, a letter of another
    /// script stays another domain. Nil when the host is not a valid international name.
    static func ascii(_ host: String) -> String? {
        let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
        var output: UnsafeMutablePointer<UInt8>?
        let code = host.withCString { source in
            source.withMemoryRebound(to: UInt8.self, capacity: host.utf8.count + 1) { idn2_lookup_u8($0, &output, flags) }
        }
        defer { if let output { idn2_free(output) } }
        guard code == IDN2_OK.rawValue, let output else { return nil }
        return String(cString: output)
    }

    /// The host as people read it, with its A-labels decoded; nil when it cannot be decoded.
    static func unicode(_ host: String) -> String? {
        var output: UnsafeMutablePointer<CChar>?
        let code = idn2_to_unicode_8z8z(host, &output, 0)
        defer { if let output { idn2_free(output) } }
        guard code == IDN2_OK.rawValue, let output else { return nil }
        return String(cString: output)
    }
}
