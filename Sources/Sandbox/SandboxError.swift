/// A clear sentence about something the sandbox was asked and cannot do: an unknown plan, fault, event or ticket.
package struct SandboxError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
