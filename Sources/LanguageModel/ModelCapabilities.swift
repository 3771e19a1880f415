/// What an endpoint can do, as far as it has been seen. Servers that speak the same protocol differ much.
package struct ModelCapabilities: Sendable, Hashable {
    /// How an answer's form is asked for, the surest first.
    package enum Form: Int, Sendable, Hashable {
        /// The endpoint binds the model to the schema.
        case schema
        /// It binds it to JSON; the schema stands in the prompt.
        case object
        /// The schema stands in the prompt alone.
        case prompt
    }

    package var form = Form.schema
    /// Whether an answer had the form it was asked for; nil until probed.
    package var holdsForm: Bool?
    /// Whether a tool was called when it had to be; nil until probed.
    package var callsTools: Bool?
    package var streams = true
    /// Whether the endpoint takes a demand for a certain tool.
    var takesToolChoice = true
    /// Newer endpoints refuse `max_tokens`, older ones know nothing else.
    var usesNewTokenLimit = false
    var takesTemperature = true
    var takesStreamOptions = true

    /// Takes over what a successful request left out; what was probed stays.
    mutating func adopt(_ found: ModelCapabilities) {
        let (holdsForm, callsTools) = (self.holdsForm, self.callsTools)
        self = found
        (self.holdsForm, self.callsTools) = (holdsForm, callsTools)
    }

    /// What to try after the endpoint refused `request` with `message`; nil when nothing is left to leave out.
    /// - Parameter isFault: the endpoint failed instead of refusing, so its message explains nothing.
    func steppedDown(after message: String, for request: ChatRequest, isFault: Bool) -> ModelCapabilities? {
        var next = self
        if !isFault {
            if message.contains("max_tokens"), !usesNewTokenLimit {
                next.usesNewTokenLimit = true
                return next
            }
            if message.contains("temperature"), takesTemperature {
                next.takesTemperature = false
                return next
            }
            if message.contains("stream_options"), takesStreamOptions {
                next.takesStreamOptions = false
                return next
            }
        }
        if request.form != nil, let lower = Form(rawValue: form.rawValue + 1) {
            next.form = lower
            return next
        }
        if !request.tools.isEmpty, request.toolChoice != .auto, takesToolChoice {
            next.takesToolChoice = false
            return next
        }
        return nil
    }
}
