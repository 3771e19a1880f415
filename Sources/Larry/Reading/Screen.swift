import Foundation

/// Looks at a question before it is read: acts, secrets and attempts to steer are refused, whatever else is asked.
enum Screen {
    /// The reason to refuse, or nil.
    static func refusal(_ words: [Word]) -> Refusal? {
        let texts = words.map(\.text)
        let joined = " " + texts.joined(separator: " ") + " "
        if steering.contains(where: { joined.contains(" \($0)") }) { return .steering }
        if foreign.contains(where: { joined.contains(" \($0)") }) { return .foreign }
        if speaksOfSecrets(words, joined) { return .secret }
        if isAct(texts) { return .act }
        return nil
    }

    enum Refusal: Equatable, Sendable {
        case act, secret, steering, foreign
    }

    // MARK: Acts

    private static let openers: Set<String> = [
        "please", "pls", "can", "could", "would", "will", "you", "larry", "hey", "hi", "hello", "ok", "okay", "now", "just", "kindly",
        "then",
        "and", "go", "ahead", "also", "i", "want", "need", "to", "like", "d", "lets", "let", "us", "we", "should", "must"
    ]
    private static let acts: Set<String> = [
        "close", "reply", "respond", "assign", "reassign", "delete", "remove", "resolve", "merge", "update", "change", "set", "send",
        "create",
        "escalate", "reopen", "mark", "forward", "cancel", "refund", "disconnect", "connect", "resync", "archive", "purge", "drop", "edit",
        "rename", "invite", "grant", "revoke", "write", "post", "add", "make", "move", "schedule", "notify", "insert", "truncate", "erase",
        "wipe", "modify", "unassign", "snooze", "upgrade", "downgrade", "promote", "deactivate", "disable", "enable", "reset", "email",
        "mail",
        "message", "call", "tag", "untag", "solve", "sync", "execute", "run", "import", "export", "install", "ping", "alert", "remind"
    ]
    /// Acts that are also nouns or adjectives at the beginning of a question.
    private static let soft: Set<String> = [
        "email", "mail", "message", "call", "tag", "close", "update", "make", "run", "forward", "sync", "set", "export"
    ]
    private static let objects: Set<String> = [
        "it", "them", "all", "the", "this", "that", "those", "these", "every", "everything", "ticket", "tickets", "a", "an", "each", "acme",
        "to", "him", "her", "my", "our", "any", "into", "table", "from", "priority", "status", "customer", "customers"
    ]

    /// Acts that are also what tickets are about, before one of `topics`.
    private static let nouns: Set<String> = [
        "refund", "change", "upgrade", "downgrade", "import", "export", "reset", "sync", "email", "mail", "call", "access", "install"
    ]
    private static let topics: Set<String> = ["request", "requests", "issue", "issues", "problem", "problems", "error", "errors"]

    private static func isAct(_ texts: [String]) -> Bool {
        guard let first = texts.firstIndex(where: { !openers.contains($0) }) else { return false }
        let verb = texts[first]
        let next = texts.indices.contains(first + 1) ? texts[first + 1] : ""
        if acts.contains(verb) {
            // “refund requests from Acme” ask; “cancel requests” alone might not.
            if texts.count > first + 2, nouns.contains(verb), topics.contains(next) { return false }
            // “update me on Acme”, “close rate”, “email tickets from Acme”, “send me the list” ask.
            if ["me", "us"].contains(next) { return ["email", "mail", "call", "message", "remind", "notify"].contains(verb) }
            if soft.contains(verb) {
                if verb == "email" || verb == "mail" || verb == "call" || verb == "message" || verb == "tag" {
                    return ["them", "him", "her", "the", "all", "every", "each", "everyone", "customers", "this", "that"].contains(next)
                        && !next.isEmpty
                }
                return objects.contains(next)
            }
            return true
        }
        if verb == "open" || verb == "file" || verb == "raise" || verb == "log" || verb == "submit" || verb == "start" {
            return ["a", "another", "new", "an"].contains(next)
        }
        // “… and close them”.
        for (index, text) in texts.enumerated() where index > 0 && acts.contains(text) {
            guard ["and", "then", "also", "please"].contains(texts[index - 1]), texts.indices.contains(index + 1) else { continue }
            if objects.contains(texts[index + 1]) { return true }
        }
        return false
    }

    // MARK: Secrets

    private static let secrets = [
        "api key", "apikey", "api keys", "secret key", "private key", "encryption key", "freshdesk key", "webhook key", "access token",
        "api token", "bearer token",
        "your key", "the keys", "password", "passwords", "credentials", "credential", "your secret", "secrets", "system prompt",
        "your prompt", "hidden prompt",
        "initial prompt", "your instructions", "hidden instructions", "environment variable", "environment variables", "env vars",
        "connection string", "database url",
        "session cookie", "cookies", "clynto_", "csrf", "signing secret", "token hash", "llm key", "openai key", "your configuration",
        "your rules", "database schema",
        "table names", "source code", "etc passwd", "clynto secret", "your training"
    ]

    /// A password as a topic of tickets is no secret; one that is asked for is.
    private static func speaksOfSecrets(_ words: [Word], _ joined: String) -> Bool {
        guard let secret = secrets.first(where: { joined.contains(" \($0) ") || joined.contains(" \($0)s ") }) else { return false }
        let isTopic = [
            "ticket", "tickets", "issue", "issues", "case", "cases", "request", "requests", "mentioning", "mention", "mentions",
            "containing", "customers", "account", "accounts"
        ]
        .contains { joined.contains(" \($0) ") }
        guard isTopic else { return true }
        // “tickets about password resets” against “the tickets and the admin password”.
        guard let range = joined.range(of: " \(secret)") else { return true }
        let before = joined[..<range.lowerBound].split(separator: " ").suffix(6)
        return !before.contains {
            [
                "about", "mentioning", "mention", "mentions", "containing", "contain", "regarding", "concerning", "tagged", "with", "word",
                "on"
            ].contains(String($0))
        }
    }

    private static let steering = [
        "ignore all", "ignore previous", "ignore the previous", "ignore your", "ignore any", "ignore every", "ignore the above",
        "ignore above", "disregard", "forget your", "forget all", "forget previous",
        "forget everything", "you are now", "pretend you", "pretend to", "pretend that", "act as", "roleplay", "role play", "jailbreak",
        "developer mode", "dan mode", "override", "bypass",
        "new instructions", "system message", "im_start", "im start", "im end", "sudo", "answer with 0", "always answer", "always say",
        "say that there are", "respond only with", "repeat after me",
        "repeat the text above", "repeat the words", "words above", "text above", "everything above", "print your", "reveal", "drop table",
        "union select", "select from", "select all from", "or 1 1",
        "delete from", "insert into", "update tickets set", "xp_cmdshell", "javascript", "script alert",
        "tool call", "call the tool", "function call", "base64", "begin system", "end of prompt", "assistant", "as an admin",
        "i am the admin", "admin mode", "god mode", "without restrictions",
        "unrestricted", "no restrictions", "simulate", "hypothetically ignore", "report 0 tickets", "report zero"
    ]

    private static let foreign = [
        "other workspace", "another workspace", "other workspaces", "all workspaces", "every workspace", "different workspace",
        "other tenant", "another tenant", "other tenants", "all tenants",
        "workspace 2", "workspace id", "other customers of clynto", "tenant", "cross workspace", "someone else s workspace",
        "outside this workspace", "whole installation", "other organisations workspace"
    ]
}
