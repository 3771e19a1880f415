extension DomainTable {
    /// Names below a tenant platform that are the platform's own.
    static let platformServices: Set<String> = [
        "www", "app", "apps", "login", "signin", "account", "accounts", "support", "help", "docs", "blog", "m", "mobile", "mail", "go",
        "info", "status", "developer", "developers", "community"
    ]
}
