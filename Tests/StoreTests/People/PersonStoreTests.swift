import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct PersonStoreTests {
    @Test(arguments: Engine.allCases) func aPersonIsFoundHoweverTheAddressIsTyped(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.people.create(email: "  Ada@Example.COM ", name: " Ada ", now: noon)
            #expect(ada.email == "ada@example.com")
            #expect(ada.name == "Ada")
            #expect(try await store.people.find(email: "ADA@example.com") == ada)
            #expect(try await store.people.get(ada.id) == ada)
            #expect(try await store.people.find(email: "bob@example.com") == nil)
            #expect(try await store.people.find(email: "nonsense") == nil)
            #expect(try await !store.people.hasPassword(ada.id))

            let taken = await failure { try await store.people.create(email: "ada@EXAMPLE.com", name: "Eve", now: noon) }
            #expect(taken?.kind == .conflict)
            #expect(taken?.code == "email_taken")
            let bob = try await store.people.create(email: "bob@example.com", name: "Bob", now: noon)
            #expect(bob.id > ada.id)
        }
    }

    @Test(arguments: ["", "ada", "@", "ada@", "@example.com", "a@b@c", "ada lovelace@example.com", "ada@exa\nmple.com", "a\u{0}@b"])
    func whatIsNoAddressIsRefused(_ email: String) async throws {
        try await withStore(.sqlite) { store in
            let failure = await failure { try await store.people.create(email: email, name: "Ada", now: noon) }
            #expect(failure?.kind == .invalid)
            #expect(failure?.fields.map(\.name) == ["email"])
        }
    }

    @Test(arguments: ["", "  ", String(repeating: "x", count: 101), "Ada\nLovelace"])
    func whatIsNoNameIsRefused(_ name: String) async throws {
        try await withStore(.sqlite) { store in
            let failure = await failure { try await store.people.create(email: "ada@example.com", name: name, now: noon) }
            #expect(failure?.fields.map(\.name) == ["name"])
        }
    }

    @Test(arguments: Engine.allCases) func onlyTheRightPasswordSignsIn(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let right = Secret("correct horse battery")
            let ada = try await store.people.create(email: "ada@example.com", name: "Ada", password: right, now: noon)
            _ = try await store.person("bob@example.com")
            #expect(try await store.people.authenticate(email: " Ada@example.com", password: right) == ada)
            #expect(try await store.people.authenticate(email: "ada@example.com", password: Secret("wrong horse")) == nil)
            #expect(try await store.people.authenticate(email: "bob@example.com", password: right) == nil)
            #expect(try await store.people.authenticate(email: "nobody@example.com", password: right) == nil)
            #expect(try await store.people.authenticate(email: "", password: Secret("")) == nil)

            let stored = try await store.database.read { try $0.first("SELECT password FROM people WHERE id = $1", ada.id) }
            #expect(try stored?.get("password", as: String.self).contains("horse") == false)
        }
    }

    @Test(arguments: Engine.allCases) func changingAPasswordNeedsTheCurrentOne(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let old = Secret("correct horse battery")
            let new = Secret("another fine sentence")
            let ada = try await store.people.create(email: "ada@example.com", name: "Ada", password: old, now: noon)
            let wrong = await failure { try await store.people.changePassword(ada.id, from: new, to: new) }
            #expect(wrong?.code == "wrong_password")
            #expect(wrong?.fields.map(\.name) == ["current_password"])
            let short = await failure { try await store.people.changePassword(ada.id, from: old, to: Secret("short")) }
            #expect(short?.code == "too_short")
            try await store.people.changePassword(ada.id, from: old, to: new)
            #expect(try await store.people.authenticate(email: ada.email, password: old) == nil)
            #expect(try await store.people.authenticate(email: ada.email, password: new) == ada)
        }
    }

    @Test(arguments: Engine.allCases) func anOlderHashIsReplacedAtSignIn(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.people.create(email: "ada@example.com", name: "Ada", now: noon)
            // scrypt of "correct horse battery" with N = 1024.
            let old = "scrypt$1024$8$1$c2FsdHNhbHRzYWx0c2FsdA$fXnS5Awj6eMC-z1SbPBpyxEKbW7GHGyuCeVjw7IJSMI"
            try await store.database.write { _ = try $0.run("UPDATE people SET password = $2 WHERE id = $1", ada.id, old) }
            #expect(try await store.people.authenticate(email: ada.email, password: Secret("correct horse battery")) == ada)
            let stored = try await store.database.read { try $0.first("SELECT password FROM people WHERE id = $1", ada.id) }
            #expect(try stored?.get("password", as: String.self).hasPrefix("scrypt$32768$") == true)
            #expect(try await store.people.authenticate(email: ada.email, password: Secret("correct horse battery")) == ada)
        }
    }

    @Test(arguments: Engine.allCases) func nameAndThemeCanBeChanged(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.person("ada@example.com")
            try await store.people.setName(ada, to: " Countess Lovelace ")
            #expect(try await store.people.get(ada).name == "Countess Lovelace")
            let token = try await store.sessions.create(for: ada, now: noon)
            #expect(try await store.sessions.find(token, now: noon)?.theme == .system)
            try await store.people.setTheme(ada, to: .dark)
            #expect(try await store.sessions.find(token, now: noon)?.theme == .dark)
            #expect(await failure { try await store.people.setName(99, to: "X") }?.kind == .notFound)
            #expect(await failure { try await store.people.get(99) }?.kind == .notFound)
        }
    }
}
