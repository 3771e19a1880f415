package import AsyncHTTPClient
import Domain
import Foundation
package import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
package import Store

/// Sends notices to the workspaces' outgoing webhooks, as JSON that Slack and everything like it takes.
///
/// Nothing of the receiver's answer but its status is looked at or shown, and redirects are not followed.
package struct NoticeSender: Service {
    static let poll: Duration = .seconds(1)
    static let timeout: TimeAmount = .seconds(10)
    /// Longer than a try may take, so that two senders never send the same.
    static let lease: TimeInterval = 60
    static let batch = 20

    let notices: NoticeStore
    let vault: Vault
    let http: HTTPClient
    /// `CLYNTO_PUBLIC_URL`, without a slash at its end.
    let publicURL: String
    let logger: Logger

    /// - Parameter http: must not follow redirects.
    package init(database: any Database, vault: Vault, http: HTTPClient, publicURL: String, logger: Logger) {
        notices = NoticeStore(database: database)
        self.vault = vault
        self.http = http
        self.publicURL = publicURL
        self.logger = logger
    }

    package func run() async throws {
        await repeatUntilShutdown(every: Self.poll, logger: logger, failure: "Notices could not be sent") { try await sendDue() }
    }

    /// Sends what is due now; returns how many were tried. May run in every process.
    @discardableResult
    package func sendDue() async throws -> Int {
        let claims = try await notices.claimDue(lease: Self.lease, limit: Self.batch)
        await withDiscardingTaskGroup { group in
            for claim in claims { group.addTask { await send(claim) } }
        }
        return claims.count
    }

    private func send(_ claim: NoticeStore.Claim) async {
        do {
            if let reason = await fault(of: claim) {
                try await notices.failed(claim, because: reason)
            } else {
                try await notices.sent(claim)
            }
        } catch {
            logger.warning(
                "What became of a notice could not be saved",
                metadata: ["workspace.id": "\(claim.workspace)", "notice.id": "\(claim.id)", "reason": "\(error)"])
        }
    }

    /// Nil when the receiver took it, else why not, in words that hold nothing of the address.
    private func fault(of claim: NoticeStore.Claim) async -> String? {
        do {
            let url = try vault.open(claim.sealedURL, for: .noticeURL, workspace: claim.workspace)
            var request = HTTPClientRequest(url: url.reveal())
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.headers.add(name: "User-Agent", value: "Clynto")
            request.body = .bytes(try NoticeMessage(claim, publicURL: publicURL).json)
            let status = try await http.execute(request, timeout: Self.timeout).status.code
            return (200..<300).contains(status) ? nil : "The webhook answered \(status)."
        } catch is Failure {
            return "The stored address cannot be opened with the present key. Enter it again."
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout || error == .readTimeout {
            return "The webhook did not answer in time."
        } catch {
            return "The webhook could not be reached."
        }
    }
}
