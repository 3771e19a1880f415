package import Domain
package import Foundation
package import Larry
package import Logging
package import Store
package import Sync

/// Everything the web side works with: built once by `App`, by tests, and by the demo.
package struct Site: Sendable {
    package let database: any Database
    package let connector: Connector
    package let notices: Notices
    package let cards: CardReader
    /// What open streams wait for.
    package let versions: LiveVersions
    package let clock: SyncClock
    /// `CLYNTO_PUBLIC_URL`, without a slash at its end.
    package let publicURL: String
    /// Where a ticket is in Freshdesk, by subdomain and id.
    package let ticketURL: @Sendable (_ subdomain: String, _ ticket: ID<Ticket>) -> String
    /// Shown on every page when the product's clock is set (`CLYNTO_NOW`).
    package let rehearsal: String?
    /// Pre-fills the connect form in the demo.
    package let suggestedConnection: SuggestedConnection?
    /// Throws `wrong_key` when the keys do not open what is stored; see `Vault.check`.
    package let checkKeys: @Sendable () async throws -> Void
    package let larry: Larry
    package let logger: Logger

    /// What the demo types for its visitor.
    package struct SuggestedConnection: Sendable {
        package let subdomain: String
        package let apiKey: String

        package init(subdomain: String, apiKey: String) {
            self.subdomain = subdomain
            self.apiKey = apiKey
        }
    }

    package init(
        database: any Database, connector: Connector, notices: Notices, cards: CardReader, versions: LiveVersions? = nil, clock: SyncClock,
        publicURL: String,
        ticketURL: @escaping @Sendable (String, ID<Ticket>) -> String, rehearsal: String? = nil,
        suggestedConnection: SuggestedConnection? = nil, checkKeys: @escaping @Sendable () async throws -> Void = {}, larry: Larry? = nil,
        logger: Logger
    ) {
        self.database = database
        self.connector = connector
        self.notices = notices
        self.cards = cards
        self.versions = versions ?? LiveVersions(database: database)
        self.clock = clock
        self.publicURL = publicURL
        self.ticketURL = ticketURL
        self.rehearsal = rehearsal
        self.suggestedConnection = suggestedConnection
        self.checkKeys = checkKeys
        self.larry = larry ?? Larry(database: database)
        self.logger = logger
    }

    /// Whether cookies must be Secure and HSTS sent.
    package var isHTTPS: Bool { publicURL.hasPrefix("https:") }
    /// What people are shown, and windows count from.
    package var now: Date { clock.product() }
    /// By which sessions, tokens and audit entries are timed.
    package var realNow: Date { clock.real() }

    package var accounts: AccountStore { AccountStore(database: database) }
    package var agents: AgentStore { AgentStore(database: database) }
    package var audit: AuditStore { AuditStore(database: database) }
    package var connections: ConnectionStore { ConnectionStore(database: database) }
    package var deliveries: DeliveryStore { DeliveryStore(database: database) }
    package var directory: DirectoryStore { DirectoryStore(database: database) }
    package var invitations: InvitationStore { InvitationStore(database: database) }
    package var members: MemberStore { MemberStore(database: database) }
    package var noticeStore: NoticeStore { NoticeStore(database: database) }
    package var people: PersonStore { PersonStore(database: database) }
    package var retention: RetentionStore { RetentionStore(database: database) }
    package var runs: RunStore { RunStore(database: database) }
    package var sessions: SessionStore { SessionStore(database: database) }
    package var signIns: SignInStore { SignInStore(database: database) }
    package var support: SupportStore { SupportStore(database: database) }
    package var tickets: TicketStore { TicketStore(database: database) }
    package var tokens: TokenStore { TokenStore(database: database) }
    package var workspaces: WorkspaceStore { WorkspaceStore(database: database) }
}
