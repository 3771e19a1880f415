import ServiceLifecycle
package import Store
package import Sync

/// Rings the bell when another process announces a change. On an engine that has no notifications it does nothing: the look once a
/// second is enough.
package struct ChangeListener: Service {
    let database: any Database
    let bell: Bell

    package init(database: any Database, bell: Bell) {
        self.database = database
        self.bell = bell
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            if let notifications = database.notifications(on: WorkspaceStore.changes) {
                for await _ in notifications { bell.ring() }
            }
            // A service that ends would end the others.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
        }
    }
}
