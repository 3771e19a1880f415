import ArgumentParser
import Domain
import Foundation
import Store

#if canImport(Glibc)
    import Glibc
#endif

/// Reading from and writing to the terminal.
enum Console {
    static func say(_ line: String = "") {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    static func warn(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }
    static var showsProgress: Bool { isatty(STDOUT_FILENO) == 1 }

    /// A password typed without echo, or a line of standard input when that is not a terminal.
    static func password(prompt: String) throws -> Secret {
        guard isTerminal else {
            guard let line = readLine(strippingNewline: true), !line.isEmpty else {
                throw Failure(.invalid, "No password was given on standard input.")
            }
            return Secret(line)
        }
        let first = try hidden(prompt)
        let second = try hidden("Once more: ")
        guard first.reveal() == second.reveal() else { throw Failure(.invalid, "The two passwords differ.") }
        return first
    }

    private static func hidden(_ prompt: String) throws -> Secret {
        FileHandle.standardError.write(Data(prompt.utf8))
        var saved = termios()
        tcgetattr(STDIN_FILENO, &saved)
        var silent = saved
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &saved)
            warn("")
        }
        guard let line = readLine(strippingNewline: true) else { throw Failure(.invalid, "No password was given.") }
        return Secret(line)
    }

    /// One clear line for people; the parser's own errors (wrong usage, help) go through unchanged.
    static func explained(_ error: any Error) -> any Error {
        switch error {
        case let failure as Failure:
            // One fault is said by the message itself; of several each is named.
            let fields = failure.fields.count > 1 ? failure.fields.map { "\($0.name): \($0.message)" } : []
            return Explained(message: ([failure.message] + fields).joined(separator: " "))
        case is CancellationError: return ExitCode(1)
        case is ExitCode, is CleanExit, is ValidationError: return error
        default: return error
        }
    }

    private struct Explained: Error, CustomStringConvertible {
        var message: String
        var description: String { message }
    }
}
