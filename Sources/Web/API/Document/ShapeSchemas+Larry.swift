import Domain
import Larry

extension ShapeSchemas {
    /// The typed query is described by the documentation of Larry; programs read the figure, not the query.
    static let larryAnswer = Schema.object([
        "status": Schema.oneOf(LarryAnswer.Status.self), "answer": Schema.string, "value": Schema.nullable(Schema.number),
        "unit": Schema.nullable(
            Schema.words(["tickets", "accounts", "agents", "contacts", "conversations", "ratings", "seconds", "percent"])),
        "rows": Schema.nullable(
            Schema.list(
                of: Schema.object([
                    "key": Schema.string, "id": Schema.nullable(Schema.id), "value": Schema.nullable(Schema.number)
                ]))),
        "tickets": Schema.list(of: Schema.id), "agents": Schema.list(of: Schema.id), "accounts": Schema.list(of: Schema.id),
        "query": Schema.nullable(["type": "object"]), "explanation": Schema.texts, "link": Schema.nullable(Schema.string),
        "as_of": Schema.time, "coverage": Schema.object(["from": Schema.nullable(Schema.time), "complete": Schema.boolean]),
        "options": Schema.nullable(Schema.list(of: Schema.object(["label": Schema.string, "question": Schema.string]))),
        "thread_id": Schema.string, "model": Schema.string
    ])
}
