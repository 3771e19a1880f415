import Domain
import HTTPTypes
import Hummingbird
import Store
import Sync

/// The Freshdesk connection: its card, and what admins do with it.
struct ConnectionAPI: Sendable {
    let pace: CardEvents.Pace

    var endpoints: [APIEndpoint] {
        [
            APIEndpoint(.get, .card, .look, APIDescription("The Freshdesk card", answers: [.one("Card")]), handle: Self.card),
            APIEndpoint(
                .patch, .card, .manageConnection,
                APIDescription(
                    "Change the window or the reserve", body: Schema.connectionPatch, answers: [.one("Card")], problems: [409]),
                handle: Self.update),
            APIEndpoint(
                .post, .connect, .manageConnection,
                APIDescription(
                    "Check a key, store it and start the first sync; also reconnects", body: Schema.connect, answers: [.one("Card")],
                    problems: [409, 429, 502, 504]), handle: Self.connect),
            APIEndpoint(
                .post, .preflight, .manageConnection,
                APIDescription(
                    "What a key may read and how long a first sync would take; stores nothing", body: Schema.preflight,
                    answers: [.one("Preflight")], problems: [429, 502, 504]), handle: Self.preflight),
            APIEndpoint(
                .post, .sync, .manageConnection,
                APIDescription(
                    "Start a sync",
                    answers: [
                        .init(status: 202, text: "A run was queued", schema: Schema.object(["run": Schema.ref("Run")])),
                        .init(
                            status: 200, text: "A run is active already",
                            schema: Schema.object(["run": Schema.ref("Run"), "skipped": Schema.boolean]))
                    ], problems: [409]), handle: Self.sync),
            APIEndpoint(
                .post, .cancel, .manageConnection,
                APIDescription("Stop the active run, if any, and keep what is saved", answers: [.one("Card")])
            ) { call in
                _ = try await call.site.connector.cancel(viewer: call.viewer)
                return try await Self.card(call)
            },
            APIEndpoint(
                .post, .disconnect, .manageConnection,
                APIDescription("Clear the key; synced data stays", answers: [.one("Card")], problems: [409])
            ) { call in
                try await call.site.connector.disconnect(viewer: call.viewer)
                try await call.site.workspaces.bump(call.workspace)
                return try await Self.card(call)
            },
            APIEndpoint(
                .delete, .syncedData, .deleteSyncedData,
                APIDescription(
                    "Delete everything that was synced; the subdomain confirms it", body: Schema.object(["confirm": Schema.string]),
                    answers: [.nothing("Deleted")], problems: [409]), handle: Self.deleteData),
            APIEndpoint(
                .get, .events, .look,
                APIDescription(
                    "The card as server-sent events, on connecting and on every change",
                    answers: [
                        .init(
                            status: 200, text: "`event: card`, its data the card as one JSON line", schema: Schema.string,
                            contentType: "text/event-stream")
                    ])
            ) { [pace] call in
                CardEvents(site: call.site, viewer: call.viewer, pace: pace).response
            }
        ]
    }

    private static let card: APIEndpoint.Handler = { call in
        APIAnswer.json(try await call.site.cards.card(for: call.viewer).json)
    }

    private static let connect: APIEndpoint.Handler = { call in
        var fields = try await call.fields()
        let subdomain = fields.requiredText("subdomain")
        let key = Secret(fields.requiredText("api_key"))
        let days = backfillDays(&fields)
        try fields.finish()
        _ = try await call.site.connector.connect(viewer: call.viewer, typedSubdomain: subdomain, key: key, backfillDays: days)
        return try await card(call)
    }

    private static let preflight: APIEndpoint.Handler = { call in
        var fields = try await call.fields()
        let subdomain = fields.requiredText("subdomain")
        let key = Secret(fields.requiredText("api_key"))
        try fields.finish()
        return APIAnswer.json(try await call.site.connector.preflight(viewer: call.viewer, typedSubdomain: subdomain, key: key).json)
    }

    private static let update: APIEndpoint.Handler = { call in
        var fields = try await call.fields()
        let days = backfillDays(&fields)
        let reserve = fields.integer("reserve_percent")
        let sweep = fields.integer("thread_sweep_days")
        try fields.finish()
        try await call.site.connector.update(viewer: call.viewer, backfillDays: days, reservePercent: reserve, threadSweepDays: sweep)
        try await call.site.workspaces.bump(call.workspace)
        return try await card(call)
    }

    /// Nil when it was not sent; null asks for everything.
    private static func backfillDays(_ fields: inout JSONFields) -> Int?? {
        guard fields.has("backfill_days") else { return nil }
        return .some(fields.integer("backfill_days"))
    }

    private static let sync: APIEndpoint.Handler = { call in
        let start = try await call.site.connector.sync(viewer: call.viewer)
        let run = try await call.site.runs.get(call.workspace, start.id).json
        switch start {
        case .started: return APIAnswer.json(["run": run], status: .accepted)
        case .skipped: return APIAnswer.json(["run": run, "skipped": true])
        }
    }

    private static let deleteData: APIEndpoint.Handler = { call in
        var fields = try await call.fields()
        let confirmation = fields.requiredText("confirm")
        try fields.finish()
        try await call.site.connector.deleteData(viewer: call.viewer, confirmation: confirmation)
        try await call.site.workspaces.bump(call.workspace)
        return APIAnswer.nothing
    }
}
