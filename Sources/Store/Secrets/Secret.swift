/// A key, token or password that must not reach a log, a page or a file: whatever prints it gets dots.
///
/// Deliberately neither `Codable` nor `Equatable`; the one way to the text is `reveal()`, which is easy to search for.
package struct Secret: Sendable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The secret itself. Call it only where it is used: at the request, at the cipher, at the one print to its owner.
    package func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private static let dots = "••••••••"

    package var description: String { Self.dots }
    package var debugDescription: String { Self.dots }
    /// `dump` and string interpolation of an enclosing value read the mirror, so that it must be empty as well.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
