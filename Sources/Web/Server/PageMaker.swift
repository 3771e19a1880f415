import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Puts pages into the shell: who is signed in, how fresh the data is, and what the act before has to say.
struct PageMaker: Sendable {
    let site: Site

    /// - Parameters:
    ///   - glance: when the controller has read it already.
    ///   - policy: the content security policy, where it is not every page's.
    func page(
        _ page: some ShellPage, _ request: Request, _ context: WebContext, status: HTTPResponse.Status = .ok, notices: [Notice] = [],
        search: String = "", glance: ConnectionStore.Glance? = nil, policy: String? = nil
    ) async throws -> Response {
        let session = try context.requireSession()
        let viewer = try context.requireViewer()
        let carried = site.cookies.value(site.cookies.noticeName, of: request)
        var glance = glance
        if glance == nil { glance = try await site.glance(context) }
        let shell = Shell(
            viewer: badge(session, viewer), csrf: session.csrf, theme: session.theme,
            freshness: glance.map { Freshness(card: $0.card, now: site.now) } ?? Freshness(text: "", state: .none),
            pretendedNow: site.pretendedNow, notices: [carried.flatMap(NoticeText.notice)].compactMap { $0 } + notices,
            unseenNotices: glance?.unseenNotices ?? 0, search: search)
        var response = PageAnswer.bare(shell.document(page), status: status)
        if carried != nil { response.setCookie(site.cookies.cleared(site.cookies.noticeName)) }
        if let policy { response.headers[.contentSecurityPolicy] = policy }
        return response
    }

    private func badge(_ session: Session, _ viewer: Viewer) -> ViewerBadge {
        ViewerBadge(
            name: session.person.name, email: session.person.email, role: viewer.role, workspaceName: viewer.workspace.name,
            otherWorkspaces: session.memberships.map(\.workspace).filter { $0.id != viewer.workspace.id }
                .map { Named(id: $0.id, name: $0.name) })
    }
}

extension Site {
    /// The moment the product believes it to be, where that is not the real one.
    var pretendedNow: Date? { rehearsal == nil ? nil : now }

    /// What every page shows of the workspace to the one who looks.
    func glance(_ context: WebContext) async throws -> ConnectionStore.Glance {
        let person = try context.requireSession().person.id
        return try await connections.glance(context.requireViewer().workspace.id, for: person)
    }
}

extension ConnectionStore.Glance {
    /// The card without what takes longer to find out: warnings and the webhook's address.
    var card: IntegrationCard {
        IntegrationCard(connection: connection, run: run, nextSyncAt: nil, records: records, webhookURL: nil, warnings: [])
    }
}
