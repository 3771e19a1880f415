/// Reads an event stream piece by piece. Only `data` counts: both protocols repeat the event's name inside it.
struct ServerSentEvents {
    /// Bytes of one event; a stream without line breaks must not fill the memory.
    static let longestEvent = 1 << 20

    struct TooLong: Error {}

    private var line: [UInt8] = []
    private var payload: [UInt8] = []
    private var hasPayload = false
    private var endedWithReturn = false

    /// The payloads of the events that `bytes` completes.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws -> [String] {
        var events: [String] = []
        for byte in bytes {
            switch byte {
            case 10 where endedWithReturn: endedWithReturn = false
            case 10, 13:
                endedWithReturn = byte == 13
                if let event = endLine() { events.append(event) }
            default:
                endedWithReturn = false
                line.append(byte)
                if line.count + payload.count > Self.longestEvent { throw TooLong() }
            }
        }
        return events
    }

    /// The event that the end of the stream cut off before its empty line, which some servers leave out.
    mutating func finish() -> String? {
        let last = endLine()
        return last ?? (hasPayload ? takePayload() : nil)
    }

    private mutating func endLine() -> String? {
        defer { line.removeAll(keepingCapacity: true) }
        if line.isEmpty { return hasPayload ? takePayload() : nil }
        guard line.starts(with: Array("data:".utf8)) else { return nil }
        var rest = line.dropFirst(5)
        if rest.first == 32 { rest = rest.dropFirst() }
        if hasPayload { payload.append(10) }
        payload.append(contentsOf: rest)
        hasPayload = true
        return nil
    }

    private mutating func takePayload() -> String {
        defer {
            payload.removeAll(keepingCapacity: true)
            hasPayload = false
        }
        return String(decoding: payload, as: UTF8.self)
    }
}
