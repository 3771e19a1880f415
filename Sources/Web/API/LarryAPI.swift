import Domain
import HTTPTypes
import Hummingbird
import Larry
import NIOCore

/// Larry for programs.
struct LarryAPI: Sendable {
    var endpoints: [APIEndpoint] {
        [
            APIEndpoint(
                .post, .larryAsk, .look,
                APIDescription(
                    "Ask Larry a question about the workspace's support",
                    body: Schema.object(["question": Schema.string, "thread_id": Schema.nullable(Schema.string)], optional: ["thread_id"]),
                    answers: [.one("LarryAnswer")])
            ) { call in
                var fields = try await call.fields()
                let question = fields.requiredText("question")
                let thread = fields.text("thread_id")
                try fields.finish()
                let answer = try await call.site.larry.ask(
                    question, thread: thread, by: Larry.Asker(call.viewer), now: call.site.now)
                return Response(
                    status: .ok, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: answer.json)))
            }
        ]
    }
}
