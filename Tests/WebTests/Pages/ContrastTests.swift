import Foundation
import Testing

@testable import Web

@Suite("Contrast of the tokens")
struct ContrastTests {
    /// Text on its ground: WCAG AA, 4.5 to 1.
    static let texts: [(String, String)] = [
        ("text", "surface"), ("text", "surface-raised"), ("text", "surface-sunken"), ("text-muted", "surface"),
        ("text-muted", "surface-raised"), ("text-muted", "surface-sunken"), ("accent", "surface"), ("accent", "surface-raised"),
        ("on-accent", "accent"), ("on-accent-soft", "accent-soft"), ("positive", "surface-raised"), ("positive", "surface"),
        ("on-positive-soft", "positive-soft"), ("warning", "surface-raised"), ("warning", "surface"), ("on-warning-soft", "warning-soft"),
        ("danger", "surface-raised"), ("danger", "surface"), ("on-danger", "danger"), ("on-danger-soft", "danger-soft")
    ]

    /// Borders of fields and the focus ring: 3 to 1.
    static let shapes: [(String, String)] = [
        ("line-strong", "surface"), ("line-strong", "surface-raised"), ("accent", "surface-sunken"), ("positive", "positive-soft"),
        ("warning", "warning-soft"), ("danger", "danger-soft")
    ]

    @Test("Text can be read in both themes", arguments: texts)
    func text(foreground: String, background: String) throws {
        for theme in 0...1 {
            #expect(try Self.contrast(foreground, background, theme) >= 4.5, "\(foreground) on \(background), theme \(theme)")
        }
    }

    @Test("Shapes can be seen in both themes", arguments: shapes)
    func shape(foreground: String, background: String) throws {
        for theme in 0...1 {
            #expect(try Self.contrast(foreground, background, theme) >= 3, "\(foreground) on \(background), theme \(theme)")
        }
    }

    @Test func `the measure itself is right`() {
        #expect(abs(Self.ratio(0x000000, 0xffffff) - 21) < 0.01)
        #expect(abs(Self.ratio(0x767676, 0xffffff) - 4.54) < 0.01)
    }

    private static let tokens: [String: [Int]] = {
        let css = String(decoding: Asset.stylesheet.bytes, as: UTF8.self)
        var tokens: [String: [Int]] = [:]
        for match in css.matches(of: /--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)/) {
            tokens[String(match.1)] = [Int(match.2, radix: 16) ?? 0, Int(match.3, radix: 16) ?? 0]
        }
        return tokens
    }()

    private static func contrast(_ foreground: String, _ background: String, _ theme: Int) throws -> Double {
        ratio(try #require(tokens[foreground])[theme], try #require(tokens[background])[theme])
    }

    private static func ratio(_ first: Int, _ second: Int) -> Double {
        let (a, b) = (luminance(first), luminance(second))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ colour: Int) -> Double {
        let parts = [colour >> 16 & 255, colour >> 8 & 255, colour & 255].map { part -> Double in
            let value = Double(part) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
