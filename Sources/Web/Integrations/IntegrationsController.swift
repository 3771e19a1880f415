import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Store
import Sync

/// The Freshdesk card and what its forms do.
struct IntegrationsController: Sendable {
    let site: Site

    // MARK: Looking

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context, draft: nil)
    }

    /// The card alone, for pages that are open.
    func card(_ request: Request, _ context: WebContext) async throws -> Response {
        PageAnswer.bare(try await freshdeskCard(context, draft: nil).html)
    }

    private func page(
        _ request: Request, _ context: WebContext, draft: ConnectDraft?, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let card = try await freshdeskCard(context, draft: draft)
        return try await PageMaker(site: site).page(IntegrationsPage(card: card), request, context, status: status)
    }

    private func freshdeskCard(_ context: WebContext, draft: ConnectDraft?) async throws -> FreshdeskCard {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let card = try await site.cards.card(for: viewer)
        var shown = FreshdeskCard(card: card, role: viewer.role, csrf: session.csrf, now: site.now)
        shown.portalPattern = site.portalPattern
        shown.draft = draft ?? blankDraft(card)
        // What was typed as a key is never sent back; the simulated portal's own key may be.
        if draft != nil, card.state == .notConnected { shown.draft.suggestedKey = site.suggestedConnection?.apiKey }
        return shown
    }

    private func blankDraft(_ card: IntegrationCard) -> ConnectDraft {
        var draft = ConnectDraft()
        if let connection = card.connection {
            draft.subdomain = connection.subdomain
            draft.backfill = Backfill(days: connection.backfillDays)
        } else if let suggestion = site.suggestedConnection {
            draft.subdomain = suggestion.subdomain
            draft.suggestedKey = suggestion.apiKey
        }
        return draft
    }

    // MARK: Acting

    func connect(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        var draft = ConnectDraft()
        draft.subdomain = String(context.form.text("subdomain").prefix(300))
        let chosen = context.form["backfill_days"].map { (text: $0, backfill: Backfill(formValue: $0)) }
        if let backfill = chosen?.backfill { draft.backfill = backfill }
        do {
            if let chosen, chosen.backfill == nil {
                let message = "Choose a window of 1 to 36,500 days, or everything."
                throw Failure(.invalid, message, fields: [.init("backfill_days", message)])
            }
            if context.form.text(ConnectForm.act) == ConnectForm.check {
                draft.preflight = try await site.connector.preflight(
                    viewer: viewer, typedSubdomain: draft.subdomain, key: Secret(context.form.text("api_key")))
                return try await page(request, context, draft: draft)
            }
            let connection = try await site.connector.connect(
                viewer: viewer, typedSubdomain: draft.subdomain, key: Secret(context.form.text("api_key")),
                backfillDays: chosen?.backfill.map(\.days))
            return PageAnswer.redirect(
                Route.integrations.link, saying: Notice(.positive, "Connected to \(connection.subdomain). The sync has started."), site)
        } catch let failure as Failure where Self.isInline(failure) {
            draft.faults = failure.fields.isEmpty ? [.init("api_key", failure.message, code: failure.code)] : failure.fields
            return try await page(request, context, draft: draft, status: Problem.status(of: failure))
        }
    }

    /// What the form itself says; anything else is a page of its own.
    private static func isInline(_ failure: Failure) -> Bool {
        switch failure.kind {
        case .invalid, .conflict, .rateLimited, .unavailable: true
        case .unauthorized, .forbidden, .notFound, .internal: false
        }
    }

    func sync(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        return try await back {
            switch try await site.connector.sync(viewer: viewer) {
            case .started: nil
            case .skipped: Notice(.info, "A sync is running already.")
            }
        }
    }

    func cancel(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        return try await back {
            let run = try await site.connector.cancel(viewer: viewer)
            return run == nil ? Notice(.info, "No sync was running.") : nil
        }
    }

    func disconnectForm(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageConnection)
        let glance = try await site.glance(context)
        guard let connection = glance.connection, connection.state == .connected else {
            return PageAnswer.redirect(Route.integrations.link, saying: Notice(.info, "Freshdesk is not connected."), site)
        }
        let page = DisconnectPage(
            subdomain: connection.subdomain, csrf: session.csrf, isSyncing: glance.run?.state.isActive == true)
        return try await PageMaker(site: site).page(page, request, context, glance: glance)
    }

    func disconnect(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        return try await back {
            try await site.connector.disconnect(viewer: viewer)
            try await site.workspaces.bump(viewer.workspace.id)
            return Notice(.positive, "Freshdesk is disconnected. Everything synced so far stays.")
        }
    }

    func settings(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        return try await back {
            let backfill = try context.form.trimmed("backfill_days").map { text in
                guard let backfill = Backfill(formValue: text) else {
                    throw Failure(.invalid, "Choose a window of 1 to 36,500 days, or everything.")
                }
                return backfill
            }
            let reserve = try context.form.trimmed("reserve_percent").map { text in
                guard let percent = Int(text) else { throw Failure(.invalid, "Choose a reserve from 0 to 90 percent.") }
                return percent
            }
            let sweep = try context.form.trimmed("thread_sweep_days").map { text in
                guard let days = Int(text) else { throw Failure(.invalid, "Choose 0 to 365 days.") }
                return days
            }
            try await site.connector.update(
                viewer: viewer, backfillDays: backfill.map(\.days), reservePercent: reserve, threadSweepDays: sweep)
            return Notice(.positive, "Saved. The next sync follows it.")
        }
    }

    func deleteForm(_ request: Request, _ context: WebContext) async throws -> Response {
        try await deletion(request, context, fault: nil)
    }

    func delete(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.deleteSyncedData)
        do {
            try await site.connector.deleteData(viewer: viewer, confirmation: context.form.text("confirm"))
        } catch let failure as Failure where failure.code == "unconfirmed" {
            return try await deletion(request, context, fault: failure.message)
        }
        try await site.workspaces.bump(viewer.workspace.id)
        return PageAnswer.redirect(Route.integrations.link, saying: Notice(.positive, "Everything that was synced is deleted."), site)
    }

    private func deletion(_ request: Request, _ context: WebContext, fault: String?) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.deleteSyncedData)
        let glance = try await site.glance(context)
        guard let connection = glance.connection else {
            return PageAnswer.redirect(Route.integrations.link, saying: Notice(.info, "Nothing is synced."), site)
        }
        guard connection.state == .disconnected else {
            return PageAnswer.redirect(
                Route.integrations.link, saying: Notice(.warning, "Disconnect Freshdesk before you delete its data."), site)
        }
        let page = DeleteDataPage(subdomain: connection.subdomain, csrf: session.csrf, fault: fault)
        return try await PageMaker(site: site).page(
            page, request, context, status: fault == nil ? .ok : .unprocessableContent, glance: glance)
    }

    /// Acts, and goes back to the card; what the act could not do is said there.
    private func back(_ act: () async throws -> Notice?) async throws -> Response {
        let notice: Notice?
        do {
            notice = try await act()
        } catch let failure as Failure where failure.kind == .conflict || failure.kind == .invalid {
            notice = Notice(.warning, failure.message)
        }
        guard let notice else { return PageAnswer.redirect(Route.integrations.link) }
        return PageAnswer.redirect(Route.integrations.link, saying: notice, site)
    }
}

extension Site {
    /// Where portals are, with `{subdomain}` where it stands: told by the address of a ticket.
    var portalPattern: String {
        let stand = "subdomain-of-a-portal"
        let address = ticketURL(stand, 1)
        guard let end = address.range(of: "/a/tickets/1"), end.upperBound == address.endIndex else { return FreshdeskCard.usualPortal }
        return String(address[..<end.lowerBound]).replacing(stand, with: "{subdomain}")
    }
}
