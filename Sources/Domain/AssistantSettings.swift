/// How a workspace has set Larry up.
package struct AssistantSettings: Sendable, Equatable {
    /// In whose summaries private notes of a ticket may be read by the language model.
    package enum Notes: String, Sendable, CaseIterable {
        case nobody, admins, everybody

        package func areOpen(to role: Role) -> Bool {
            switch self {
            case .nobody: false
            case .admins: role != .member
            case .everybody: true
            }
        }
    }

    /// By which calendar words such as “yesterday” are understood.
    package var zone: CivilZone
    package var notes: Notes

    package init(zone: CivilZone = .utc, notes: Notes = .nobody) {
        self.zone = zone
        self.notes = notes
    }
}
