import Foundation

/// How one protocol writes answers. Written apart from the product's own reader, from the protocols' documentation.
protocol ProtocolShapes {
    var complete: String { get }
    var wantsTools: String { get }
    var cut: String { get }
    var declined: String { get }
    func answer(text: String, calls: [ScriptedReply.Call], ending: String) -> String
    func events(text: String, calls: [ScriptedReply.Call], ending: String) -> [String]
    func beginning(text: String) -> String
    func error(_ message: String) -> String
}

private func json(_ value: Any) -> String {
    (try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed])).map { String(decoding: $0, as: UTF8.self) } ?? "null"
}

/// Pieces of about three letters, so that a stream has several.
private func pieces(_ text: String) -> [String] {
    var rest = Substring(text)
    var found: [String] = []
    while !rest.isEmpty {
        found.append(String(rest.prefix(3)))
        rest = rest.dropFirst(3)
    }
    return found
}

struct OpenAIShapes: ProtocolShapes {
    let complete = "stop"
    let wantsTools = "tool_calls"
    let cut = "length"
    let declined = "content_filter"

    func answer(text: String, calls: [ScriptedReply.Call], ending: String) -> String {
        var message: [String: Any] = ["role": "assistant", "content": text.isEmpty ? NSNull() : text]
        if !calls.isEmpty {
            message["tool_calls"] = calls.enumerated().map { place, call in
                ["id": "call_\(place + 1)", "type": "function", "function": ["name": call.name, "arguments": call.arguments]]
                    as [String: Any]
            }
        }
        return json([
            "id": "chatcmpl-1", "object": "chat.completion", "model": "stand-in",
            "choices": [["index": 0, "message": message, "finish_reason": ending]],
            "usage": ["prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18]
        ])
    }

    func events(text: String, calls: [ScriptedReply.Call], ending: String) -> [String] {
        var events = pieces(text).map { event(["content": $0]) }
        for (place, call) in calls.enumerated() {
            events.append(
                event([
                    "tool_calls": [
                        ["index": place, "id": "call_\(place + 1)", "type": "function", "function": ["name": call.name, "arguments": ""]]
                    ]
                ]))
            events += pieces(call.arguments).map { event(["tool_calls": [["index": place, "function": ["arguments": $0]]]]) }
        }
        events.append(event([:], ending: ending))
        events.append(
            "data: " + json(["model": "stand-in", "choices": [], "usage": ["prompt_tokens": 11, "completion_tokens": 7]]) + "\n\n")
        return events + ["data: [DONE]\n\n"]
    }

    func beginning(text: String) -> String { event(["role": "assistant", "content": text]) }

    private func event(_ delta: [String: Any], ending: String? = nil) -> String {
        let choice: [String: Any] = ["index": 0, "delta": delta, "finish_reason": ending ?? NSNull()]
        return "data: " + json(["model": "stand-in", "choices": [choice]]) + "\n\n"
    }

    func error(_ message: String) -> String { json(["error": ["message": message, "type": "invalid_request_error"]]) }
}

struct AnthropicShapes: ProtocolShapes {
    let complete = "end_turn"
    let wantsTools = "tool_use"
    let cut = "max_tokens"
    let declined = "refusal"

    func answer(text: String, calls: [ScriptedReply.Call], ending: String) -> String {
        var blocks: [Any] = text.isEmpty ? [] : [["type": "text", "text": text]]
        for (place, call) in calls.enumerated() {
            let input = try? JSONSerialization.jsonObject(with: Data(call.arguments.utf8))
            blocks.append(["type": "tool_use", "id": "toolu_\(place + 1)", "name": call.name, "input": input ?? call.arguments])
        }
        return json([
            "id": "msg_1", "type": "message", "role": "assistant", "model": "stand-in", "content": blocks, "stop_reason": ending,
            "usage": ["input_tokens": 11, "output_tokens": 7]
        ])
    }

    func events(text: String, calls: [ScriptedReply.Call], ending: String) -> [String] {
        var events = [start]
        var place = 0
        if !text.isEmpty {
            events.append(event("content_block_start", ["index": place, "content_block": ["type": "text", "text": ""]]))
            events += pieces(text).map {
                event("content_block_delta", ["index": place, "delta": ["type": "text_delta", "text": $0]])
            }
            events.append(event("content_block_stop", ["index": place]))
            place += 1
        }
        for (number, call) in calls.enumerated() {
            let block: [String: Any] = ["type": "tool_use", "id": "toolu_\(number + 1)", "name": call.name, "input": [String: Any]()]
            events.append(event("content_block_start", ["index": place, "content_block": block]))
            events += pieces(call.arguments).map {
                event("content_block_delta", ["index": place, "delta": ["type": "input_json_delta", "partial_json": $0]])
            }
            events.append(event("content_block_stop", ["index": place]))
            place += 1
        }
        events.append(event("message_delta", ["delta": ["stop_reason": ending], "usage": ["output_tokens": 7]]))
        return events + [event("message_stop", [:])]
    }

    func beginning(text: String) -> String {
        start + event("content_block_delta", ["index": 0, "delta": ["type": "text_delta", "text": text]])
    }

    private var start: String {
        event("message_start", ["message": ["id": "msg_1", "model": "stand-in", "usage": ["input_tokens": 11, "output_tokens": 1]]])
            + event("ping", [:])
    }

    private func event(_ type: String, _ members: [String: Any]) -> String {
        "event: \(type)\ndata: " + json(members.merging(["type": type]) { $1 }) + "\n\n"
    }

    func error(_ message: String) -> String { json(["type": "error", "error": ["type": "invalid_request_error", "message": message]]) }
}
