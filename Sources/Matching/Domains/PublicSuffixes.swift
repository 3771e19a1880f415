import CPublicSuffix
package import Foundation

/// The public suffix list, ICANN and private part both, through libpsl; the only file that knows it.
///
/// `psl_latest` takes the newer of the list compiled into libpsl and the one Debian's package `publicsuffix` keeps, so the
/// system's own updates refresh it without a new build; `psl_builtin` would stay at the age of the library.
package enum PublicSuffixes {
    /// When the list in use was last changed: the time of the newer of the two files. Nil when there is no list, and then
    /// no domain has a registrable part and none is ever matched.
    package static let dated: Date? = {
        guard list != nil else { return nil }
        let builtin = Date(timeIntervalSince1970: Double(psl_builtin_file_time()))
        guard let path = psl_dist_filename().map({ String(cString: $0) }),
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let installed = attributes[.modificationDate] as? Date
        else { return builtin }
        return max(builtin, installed)
    }()

    /// The shortest part of `host` that a firm can register: `acme.co.uk` of `www.acme.co.uk`, `acme.github.io` of itself.
    /// Nil for a host that is itself a public suffix. An unknown top-level domain is a suffix of one label.
    /// - Parameter host: lower-case A-labels.
    static func registrable(of host: String) -> String? {
        host.withCString { text in psl_registrable_domain(list, text).map { String(cString: $0) } }
    }

    /// Read once, never freed and never written again, so any thread may query it.
    private nonisolated(unsafe) static let list: OpaquePointer? = psl_latest(nil) ?? psl_builtin()
}
