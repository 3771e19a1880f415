import Domain
import HTTPTypes

struct LarryAPI: Sendable {
    var endpoints: [APIEndpoint] {
        [
            .later(
                .post, .larryAsk, .look,
                APIDescription(
                    "Ask Larry a question about the workspace's support",
                    body: Schema.object(["question": Schema.string, "thread_id": Schema.nullable(Schema.string)], optional: ["thread_id"]),
                    answers: []),
                saying: "Larry is not built yet.")
        ]
    }
}
