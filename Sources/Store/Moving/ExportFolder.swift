import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The folder an export goes to: its files appear together, when all of them are whole.
struct ExportFolder: Sendable {
    let path: String
    private let hidden: String
    private let isOurs: Bool

    /// Makes the folder, or takes an empty one. It may be a mount point, so the hidden folder lies inside it.
    init(_ path: String) throws {
        self.path = path
        isOurs = mkdir(path, 0o700) == 0
        guard isOurs || errno == EEXIST else { throw NewFile.unwritable(path, "mkdir") }
        hidden = path + "/.partial-" + Randomness.bytes(6).base64URL
        if !isOurs {
            guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                throw Failure(.invalid, code: "not_a_folder", "\(path) is not a folder that can be read.")
            }
            guard entries.allSatisfy({ $0 == "lost+found" }) else {
                throw Failure(.conflict, code: "not_empty", "\(path) is not empty. Choose a new folder.")
            }
        }
        guard mkdir(hidden, 0o700) == 0 else { throw NewFile.unwritable(path + "/", "mkdir") }
    }

    func partial(_ name: String) -> String { hidden + "/" + name }

    func finish(_ names: [String]) throws {
        for name in names {
            guard rename(partial(name), path + "/" + name) == 0 else { throw NewFile.unwritable(path + "/" + name, "rename") }
        }
        rmdir(hidden)
        try NewFile.flush(folder: path)
    }

    func discard() {
        try? FileManager.default.removeItem(atPath: hidden)
        // Only a folder that is empty goes.
        if isOurs { rmdir(path) }
    }
}

/// A new file that is written from front to back, for its owner alone.
struct OutputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    private static let bufferSize = 1 << 18

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NewFile.unwritable(path, "open") }
    }

    mutating func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.bufferSize { try drain() }
    }

    /// Everything written so far is on the disk afterwards.
    mutating func flush() throws {
        try drain()
        guard fsync(descriptor) == 0 else { throw NewFile.unwritable(path, "fsync") }
    }

    func close() { Glibc.close(descriptor) }

    private mutating func drain() throws {
        var offset = 0
        while offset < buffer.count {
            let written = buffer.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
            }
            if written < 0 {
                if errno == EINTR { continue }
                throw NewFile.unwritable(path, "write")
            }
            offset += written
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
