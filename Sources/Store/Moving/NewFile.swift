import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A file that appears whole or not at all: written under another name, flushed to the disk, then renamed. For its owner alone.
struct NewFile {
    let path: String
    var partial: String { path + ".partial" }
    /// Held open for its lock, which keeps a second command from writing the same file.
    private let lock: Int32

    /// Makes the partial file, empty. Throws `conflict` when the file is there already and `isForced` is false, or somebody else writes it.
    init(path: String, isForced: Bool) throws {
        self.path = path
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw Failure(.invalid, code: "not_a_file", "\(path) is not a file that could be written.")
            }
            guard isForced else {
                throw Failure(
                    .conflict, code: "file_exists", "\(path) is there already. Choose another name, or give --force to replace it.")
            }
        }
        lock = open(path + ".partial", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Self.unwritable(path, "open") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw Failure(.conflict, code: "file_in_use", "Another clynto is writing \(path) right now.")
        }
        // Left by a command that was killed.
        guard ftruncate(lock, 0) == 0, fchmod(lock, 0o600) == 0 else {
            let failure = Self.unwritable(path, "truncate")
            close(lock)
            throw failure
        }
    }

    /// Puts the written file in its place.
    func finish() throws {
        defer { close(lock) }
        guard fsync(lock) == 0 else { throw Self.unwritable(path, "fsync") }
        guard rename(partial, path) == 0 else { throw Self.unwritable(path, "rename") }
        try Self.flush(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// Removes what was written.
    func discard() {
        unlink(partial)
        close(lock)
    }

    /// A rename is on the disk once its folder is.
    static func flush(folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unwritable(folder, "open folder") }
        defer { close(descriptor) }
        // Some file systems have no flush for folders; the rename is as safe there as it can be.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw unwritable(folder, "fsync folder") }
    }

    static func unwritable(_ path: String, _ step: String) -> Failure {
        let code = errno
        let sentence =
            switch code {
            case ENOSPC, EDQUOT: "The disk is full, so \(path) could not be written. Free some space and try again."
            case ENOENT, ENOTDIR: "\(path) cannot be written: its folder does not exist."
            case EACCES, EPERM, EROFS: "\(path) cannot be written: its folder may not be changed. Choose another place."
            default: "\(path) cannot be written."
            }
        return Failure(.unavailable, code: "unwritable_file", sentence, cause: "\(step): errno \(code)")
    }
}
