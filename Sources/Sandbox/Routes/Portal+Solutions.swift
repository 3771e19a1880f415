/// The portal's small knowledge base, for clients that read it.
extension Portal {
    /// `solutions/categories`, `…/categories/:id`, `…/categories/:id/folders`, `…/folders/:id`, `…/folders/:id/articles`,
    /// `…/articles/:id`
    func solutions(_ call: Call, _ path: [String]) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        let id = path.count > 1 ? Int64(path[1]) : nil
        let shelf = Shelf(created: world.start - 1_000 * Moment.day, agentID: keyOwner?.id)
        var writer = JSONWriter()
        switch (path.first ?? "", path.count) {
        case ("categories", 1): list(Shelf.categories.map(\.id), page, into: &writer, shelf.category)
        case ("categories", 2):
            guard Shelf.categories.contains(where: { $0.id == id }) else { throw Refusal.missing }
            shelf.category(id ?? 0, &writer)
        case ("categories", 3) where path[2] == "folders":
            guard Shelf.categories.contains(where: { $0.id == id }) else { throw Refusal.missing }
            list([(id ?? 0) + 10], page, into: &writer, shelf.folder)
        case ("folders", 2):
            guard Shelf.categories.contains(where: { $0.id + 10 == id }) else { throw Refusal.missing }
            shelf.folder(id ?? 0, &writer)
        case ("folders", 3) where path[2] == "articles":
            guard Shelf.categories.contains(where: { $0.id + 10 == id }) else { throw Refusal.missing }
            list([(id ?? 0) + 10], page, into: &writer, shelf.article)
        case ("articles", 2):
            guard Shelf.categories.contains(where: { $0.id + 20 == id }) else { throw Refusal.missing }
            shelf.article(id ?? 0, &writer)
        default: throw Refusal.missing
        }
        return Answer.json(writer)
    }

    private func list(_ ids: [Int64], _ page: Page, into writer: inout JSONWriter, _ write: (Int64, inout JSONWriter) -> Void) {
        writer.array { writer in
            for id in page.cut(ids).rows { write(id, &writer) }
        }
    }
}

/// Two categories, each with one folder that holds one article.
private struct Shelf {
    let created: Moment
    let agentID: Int64?

    static let categories: [(id: Int64, name: String, article: String)] = [
        (70_000_088_100, "Getting started", "Planning your first week"), (70_000_088_140, "Payroll", "Connecting your payroll")
    ]

    private func times(_ writer: inout JSONWriter) {
        writer.member("created_at", created)
        writer.member("updated_at", created + 12 * Moment.day)
    }

    func category(_ id: Int64, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("name", Shelf.categories.first { $0.id == id }?.name)
            writer.nullMember("description")
            times(&writer)
        }
    }

    func folder(_ id: Int64, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("name", "First steps")
            writer.nullMember("description")
            writer.member("visibility", 1)
            writer.member("category_id", id - 10)
            times(&writer)
        }
    }

    func article(_ id: Int64, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("title", Shelf.categories.first { $0.id + 20 == id }?.article)
            writer.member("description", "<p>Open the planner, choose a week and add your people.</p>")
            writer.member("description_text", "Open the planner, choose a week and add your people.")
            writer.member("status", 2)
            writer.member("type", 1)
            writer.member("folder_id", id - 10)
            writer.member("category_id", id - 20)
            writer.member("agent_id", agentID)
            writer.member("tags", ["help"])
            times(&writer)
        }
    }
}
