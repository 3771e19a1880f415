import Domain
import Foundation
import Store
import Testing

@testable import App

@Suite("Addresses in settings")
struct SettingsAddressTests {
    @Test(
        "SQLite addresses",
        arguments: [
            ("sqlite:///var/lib/clynto.sqlite", "/var/lib/clynto.sqlite"),
            ("sqlite:////var/lib/clynto.sqlite", "/var/lib/clynto.sqlite"),
            ("sqlite:///./data/clynto.sqlite", "./data/clynto.sqlite"),
            ("sqlite:///../clynto.sqlite", "../clynto.sqlite"),
            ("SQLITE:///srv/a%20b.sqlite", "/srv/a b.sqlite")
        ])
    func sqlite(text: String, path: String) {
        #expect(DatabaseAddress(text) == .sqlite(path: path))
    }

    @Test(
        "What is printed is read back as the same address",
        arguments: ["/srv/x.sqlite", "./data/x.sqlite", "../x.sqlite"])
    func printedAddress(path: String) {
        #expect(DatabaseAddress(DatabaseAddress.sqlite(path: path).shown) == .sqlite(path: path))
    }

    @Test("A data directory without a dot is relative all the same")
    func relativeDataDirectory() {
        #expect(DatabaseAddress.standard(dataDirectory: "data") == .sqlite(path: "data/clynto.sqlite"))
        #expect(DatabaseAddress.standard(dataDirectory: "data/").shown == "sqlite:///./data/clynto.sqlite")
    }

    @Test(
        "What is no database address",
        arguments: [
            "", "clynto.sqlite", "/srv/x.sqlite", "sqlite:", "sqlite://", "sqlite:///", "sqlite://host/x.sqlite", "sqlite:///srv/",
            "sqlite:///:memory:",
            "sqlite:///.", "sqlite:///srv/..", "sqlite:///srv/%zz", "sqlite:///a%00b", "file:///srv/x.sqlite",
            "postgres://db/x?unknown=1", "postgres://db:port/x", "postgres://db/x?pool=0", "postgres://db/x?pool=2.5",
            "postgres://db/x?pgbouncer=maybe", "postgres://db/x?statement_timeout=soon", "postgres://me:50%@db/x"
        ])
    func notADatabase(text: String) {
        #expect(DatabaseAddress(text) == nil)
    }

    @Test(
        "PostgreSQL addresses are printed without their secrets",
        arguments: [
            ("postgres://db.example.com/clynto", "postgres://db.example.com/clynto"),
            ("PostgreSQL://me:hunter2@db:5433/x?sslmode=verify-full&pool=3", "postgres://me:••••••••@db:5433/x?sslmode=verify-full"),
            ("postgres://db/x?password=hunter2&user=me&sslpassword=hunter2&pgbouncer=true", "postgres://me:••••••••@db/x?pgbouncer=true"),
            ("postgres://me@one:1,two:2/x", "postgres://me@one,two:1,2/x"),
            ("postgres:///x?host=/run/postgresql", "postgres://%2Frun%2Fpostgresql/x")
        ])
    func postgresql(text: String, shown: String) {
        #expect(DatabaseAddress(text)?.shown == shown)
    }

    @Test(
        "Portal addresses, and whether people are warned about them",
        arguments: [
            ("https://{subdomain}.freshdesk.com", false),
            ("https://{subdomain}.freshdesk.com/", false),
            ("http://127.0.0.1:8090", false),
            ("http://localhost:8090/", false),
            ("http://[::1]:8090", false),
            ("https://{subdomain}.freshdesk.example.com", true),
            ("https://proxy.example.com/freshdesk/{subdomain}", true),
            ("https://127.0.0.1.example.com", true)
        ])
    func portal(text: String, isCustom: Bool) {
        let template = PortalTemplate(text)
        #expect(template?.isCustomPortal == isCustom)
        #expect(template?.text.hasSuffix("/") == false)
    }

    @Test(
        "A portal address that would lose the key",
        arguments: [
            "", "freshdesk.com", "http://{subdomain}.freshdesk.com", "http://10.0.0.1", "http://127.0.0.1.example.com",
            "https://{subdomain}",
            "https://user:pass@freshdesk.com", "https://{name}.freshdesk.com", "https://x.example?y", "ftp://x.example", "https://"
        ])
    func badPortal(text: String) {
        #expect(PortalTemplate(text) == nil)
    }

    @Test("A custom portal and an unencrypted public address are told at the start")
    func notes() throws {
        let environment = [
            "CLYNTO_DATA_DIR": "/nonexistent/clynto-settings-tests", "CLYNTO_FRESHDESK_URL": "https://{subdomain}.proxy.example.com",
            "CLYNTO_PUBLIC_URL": "http://clynto.example.com"
        ]
        let notes = try Settings.read(environment: environment).notes
        #expect(notes.count == 2)
        #expect(notes.first?.contains("https://{subdomain}.proxy.example.com") == true)
        #expect(notes.last?.contains("CLYNTO_PUBLIC_URL") == true)
    }

    @Test(
        "Loopback",
        arguments: [
            ("localhost", true), ("LOCALHOST", true), ("app.localhost", true), ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true),
            ("[::1]", true), ("::ffff:127.0.0.1", true), ("::ffff:10.0.0.1", false),
            ("127.0.0.1.example.com", false), ("127.0.0", false), ("127.0.0.256", false), ("10.0.0.1", false), ("0.0.0.0", false),
            ("localhost.example.com", false), ("", false)
        ])
    func loopback(host: String, isLoopback: Bool) {
        #expect(NetworkAddress.isLoopback(host) == isLoopback)
    }

    @Test(
        "A public address is written as browsers write an origin",
        arguments: [
            ("https://Clynto.Example.com:443/", "https://clynto.example.com"), ("HTTP://127.0.0.1:80", "http://127.0.0.1"),
            ("https://clynto.example.com:8443", "https://clynto.example.com:8443"), ("http://[::1]:8080", "http://[::1]:8080")
        ])
    func origin(text: String, written: String) {
        #expect(WebAddress.origin(text)?.absoluteString == written)
    }

    @Test(
        "A public address has scheme, host and port alone",
        arguments: [
            "https://clynto.example.com/app", "https://clynto.example.com?x=1", "https://clynto.example.com#x",
            "https://me@clynto.example.com",
            "https://", "https:// x", "ftp://clynto.example.com", "https://clynto.example.com:0", "https://clynto.example.com:70000"
        ])
    func badOrigin(text: String) {
        #expect(WebAddress.origin(text) == nil)
    }
}
