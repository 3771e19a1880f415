/// What a host name must look like: lower-case labels of letters, digits and hyphens, at least two of them.
enum HostName {
    /// The A-labels of a text that has already lost scheme, path, mailbox and port.
    /// - Parameter text: lower case, not empty.
    static func checked(_ text: String) -> Result<String, DomainFault> {
        if let fault = fault(ofPlain: text) { return .failure(fault) }
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        // libidn2 sees only what needs it: it also refuses plain hosts that exist, such as `r3---sn.example.com`.
        if isPlain && !text.contains("xn--") { return ldh(text) }
        guard let ascii = InternationalDomain.ascii(text) else { return .failure(.notInternational) }
        return ldh(ascii.lowercased())
    }

    /// Faults better told of the text as typed than of its A-labels.
    private static func fault(ofPlain text: String) -> DomainFault? {
        for scalar in text.unicodeScalars where scalar.value < 0x80 && !isLDH(scalar) && scalar != "." {
            return .character(String(scalar))
        }
        // The full stops of UTS-46 (`。` and its half-width form) count as dots; libidn2 turns them into one.
        return text.unicodeScalars.contains { $0 == "." || $0 == "\u{3002}" } ? nil : .noDot
    }

    private static func ldh(_ host: String) -> Result<String, DomainFault> {
        if host.utf8.count > 253 { return .failure(.longName) }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        if labels.count < 2 { return .failure(.noDot) }
        for label in labels {
            if label.isEmpty { return .failure(.emptyLabel) }
            if label.utf8.count > 63 { return .failure(.longLabel) }
            if label.hasPrefix("-") || label.hasSuffix("-") { return .failure(.edgeHyphen) }
            if let odd = label.unicodeScalars.first(where: { !isLDH($0) }) { return .failure(.character(String(odd))) }
        }
        // No top-level domain is a number, so what ends in one is an address or something else altogether.
        if let last = labels.last, isNumber(last) {
            return .failure(labels.count == 4 && labels.allSatisfy(isNumber) ? .address : .endsInNumber)
        }
        return .success(host)
    }

    private static func isNumber(_ label: Substring) -> Bool { label.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    private static func isLDH(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9", "-": true
        default: false
        }
    }
}
