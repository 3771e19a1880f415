package import Markup

/// A file the pages load, embedded in the executable.
package enum Asset: String, CaseIterable, Sendable {
    case stylesheet = "app.css"
    case script = "app.js"
    case icon = "icon.svg"

    package var bytes: [UInt8] {
        switch self {
        case .stylesheet: PackageResources.app_css
        case .script: PackageResources.app_js
        case .icon: PackageResources.icon_svg
        }
    }

    package var contentType: String {
        switch self {
        case .stylesheet: "text/css; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }

    /// Sixteen hexadecimal digits that change with the content: links carry them, so that a browser may keep the file for ever.
    package var version: String { Asset.versions[self] ?? "" }

    /// The address with its version.
    package var link: Link { Route.asset(file: rawValue).link(["v": version]) }

    private static let versions = Dictionary(uniqueKeysWithValues: allCases.map { ($0, fingerprint(of: $0.bytes)) })

    /// FNV-1a: it only has to differ when the content does.
    private static func fingerprint(of bytes: [UInt8]) -> String {
        let number = bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
