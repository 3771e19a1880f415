import Domain
import Foundation

/// The file that holds the key ring. It is written whole or not at all, and only ever replaced by `rotate`.
struct KeyFile: Sendable {
    let path: String

    /// For the owner alone.
    private static let mode: mode_t = 0o600

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    func ring() throws -> KeyRing {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                .unavailable, code: "key_file_unreadable", "The key file \(path) cannot be read. Check that it exists and may be read.")
        }
        return try KeyRing.parse(String(decoding: data, as: UTF8.self), place: "The key file \(path)")
    }

    /// A warning when others than the owner may read or change the file.
    func warning() -> KeyWarning? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
        return KeyWarning(
            code: "key_file_permissions",
            message: "The key file \(path) can be read or changed by other users of this machine. Run chmod 600 on it.")
    }

    /// Makes the file with `ring`, unless it has appeared meanwhile: then another process has made it and its keys count.
    func make(_ ring: KeyRing) throws {
        let folder = URL(filePath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw unwritable(cause: "\(error)")
        }
        try writing(ring) { temporary in
            // A hard link, unlike a rename, refuses to replace a file.
            guard link(temporary, path) == 0 || errno == EEXIST else { throw unwritable(cause: "link: errno \(errno)") }
            unlink(temporary)
        }
    }

    /// Replaces the ring by what `change` makes of it. Processes that do so at the same time wait for each other.
    func update(_ change: (KeyRing) -> KeyRing) throws -> KeyRing {
        // The folder is locked, not the file: the file is replaced, and a lock would stay with the old one.
        let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY)
        guard folder >= 0 else { throw unwritable(cause: "open folder: errno \(errno)") }
        defer { close(folder) }
        guard flock(folder, LOCK_EX) == 0 else { throw unwritable(cause: "flock: errno \(errno)") }
        let ring = change(try ring())
        try writing(ring) { temporary in
            guard rename(temporary, path) == 0 else { throw unwritable(cause: "rename: errno \(errno)") }
        }
        return ring
    }

    /// Writes `ring` to a temporary file beside the real one, flushed to the disk, and lets `place` put it where it belongs.
    private func writing(_ ring: KeyRing, place: (String) throws -> Void) throws {
        let temporary = path + ".new-" + Randomness.bytes(6).base64URL
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL, Self.mode)
        guard file >= 0 else { throw unwritable(cause: "open: errno \(errno)") }
        do {
            let handle = FileHandle(fileDescriptor: file, closeOnDealloc: false)
            defer { close(file) }
            try handle.write(contentsOf: Data(ring.text().reveal().utf8))
            try handle.synchronize()
        } catch {
            unlink(temporary)
            throw unwritable(cause: "\(error)")
        }
        do {
            try place(temporary)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private func unwritable(cause: String) -> Failure {
        Failure(
            .unavailable, code: "key_file_unwritable",
            "The key file \(path) cannot be written. Check that its folder exists, may be written and has room.", cause: cause)
    }
}
