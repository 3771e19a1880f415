/// Rewrites a stranger's markup before it is parsed: only known elements and attributes are left, every start tag has its end tag in
/// the right order, nothing is nested deeper than `deepest`.
///
/// Reason: the parser repairs misnested markup by copying elements, so a small message could grow to gigabytes or exhaust the
/// stack. On markup nested like this there is nothing to repair. Scripts, foreign markup and the like never reach it.
/// Linear in the length of the source: each open element remembers what a later tag will ask for.
struct MailNesting {
    static let deepest = 200

    private var scanner: TagScanner
    private var output: [UInt8] = []
    private var open: [OpenElement] = [OpenElement(source: "", emitted: nil, isDropped: false)]
    /// Positions in `open`, by name.
    private var positions: [String: [Int32]] = [:]
    private var depth = 0

    /// - Parameter bytes: UTF-8.
    /// - Returns: markup for the parser, and whether something unfinished swallowed the end of the message.
    static func rewritten(_ bytes: [UInt8]) -> (markup: [UInt8], lostTheRest: Bool) {
        var nesting = MailNesting(scanner: TagScanner(bytes))
        nesting.run()
        return (nesting.output, nesting.scanner.lostTheRest)
    }

    private init(scanner: TagScanner) {
        self.scanner = scanner
        output.reserveCapacity(scanner.bytes.count)
    }

    private mutating func run() {
        while let token = scanner.next() {
            switch token {
            case .text(let range): text(range)
            case .start(let name, let attributes, let isSelfClosing): start(name, attributes, isSelfClosing)
            case .end(let name): end(name)
            }
        }
        if top.isDropped { scanner.loseTheRest() }
        close(downTo: 1)
    }

    private var top: OpenElement { open[open.count - 1] }

    private mutating func text(_ range: Range<Int>) {
        guard !top.isDropped else { return }
        write(range, replacing: UInt8(ascii: "<"), by: "&lt;")
    }

    private mutating func start(_ name: String, _ attributes: [(name: String, value: Range<Int>)], _ isSelfClosing: Bool) {
        switch MailElements.treatment(of: name) {
        case .droppedVoid:
            break
        case .droppedText:
            if top.isForeign { return }
            scanner.skipText(of: name)
        case .dropped:
            // Only foreign elements heed the slash.
            if isSelfClosing, name == "svg" || name == "math" || top.isForeign { return }
            push(name, emitting: nil, isDropped: true)
        case .unwrapped:
            break
        case .void:
            guard !top.isDropped, !top.isTableStructure else { return }
            if name == "hr" { closeParagraph() }
            write(tag: name, attributes)
        case .kept(let kept):
            if isSelfClosing, top.isForeign { return }
            self.kept(name, as: name == "details" && !isOurQuote(attributes) ? "div" : kept, attributes)
        }
    }

    private mutating func kept(_ name: String, as kept: String, _ attributes: [(name: String, value: Range<Int>)]) {
        switch kept {
        case "td", "th":
            close(downTo: top.cell)
            guard top.isTableStructure else { return }
        case "tr":
            close(downTo: top.row ?? top.cell)
            guard top.isTableStructure else { return }
        case "thead", "tbody", "tfoot":
            close(downTo: top.group ?? top.row ?? top.cell)
            guard top.isTable else { return }
        case "caption":
            guard top.isTable else { return }
        default:
            guard !top.isTableStructure else { return }
            if kept == "li" { close(downTo: top.item) }
            if kept == "dt" || kept == "dd" { close(downTo: top.definition) }
            if kept == "a" { close(downTo: top.anchor) }
            if MailElements.blocks.contains(kept) { closeParagraph() }
            if MailElements.headings.contains(kept) { close(downTo: top.heading) }
        }
        if top.isDropped { return push(name, emitting: nil, isDropped: true) }
        let emitted = kept == "summary" && top.emitted != "details" ? "div" : kept
        guard depth < Self.deepest else {
            // Words on both sides of the tag that is not there stay apart.
            if MailElements.blocks.contains(kept) || kept == "td" || kept == "th" { output.append(UInt8(ascii: " ")) }
            return push(name, emitting: nil, isDropped: false, as: emitted)
        }
        write(tag: emitted, attributes, isCentred: name == "center")
        push(name, emitting: emitted, isDropped: false, as: emitted)
    }

    private mutating func end(_ name: String) {
        if name == "br" {
            if !top.isDropped, !top.isTableStructure { write(tag: "br", []) }
            return
        }
        let position: Int?
        switch name {
        case "td", "th": position = top.cell
        case "tr": position = top.row
        case "thead", "tbody", "tfoot": position = top.group
        case "table": position = top.table
        default: position = positions[name]?.last.map(Int.init).flatMap { $0 >= top.boundary ? $0 : nil }
        }
        if let position, open[position].source == name { close(downTo: position) }
    }

    private mutating func push(_ source: String, emitting emitted: String?, isDropped: Bool, as kind: String? = nil) {
        let position = open.count
        open.append(OpenElement(source: source, kind: kind ?? source, emitted: emitted, isDropped: isDropped, at: position, in: top))
        positions[source, default: []].append(Int32(position))
        if emitted != nil { depth += 1 }
    }

    private mutating func closeParagraph() { close(downTo: top.paragraph) }

    /// Closes the element at `position` and all in it.
    private mutating func close(downTo position: Int?) {
        guard let position else { return }
        while open.count > max(position, 1) {
            let element = open.removeLast()
            positions[element.source]?.removeLast()
            guard let emitted = element.emitted else { continue }
            depth -= 1
            output.append(contentsOf: "</".utf8)
            output.append(contentsOf: emitted.utf8)
            output.append(UInt8(ascii: ">"))
        }
    }

    private mutating func write(tag: String, _ attributes: [(name: String, value: Range<Int>)], isCentred: Bool = false) {
        output.append(UInt8(ascii: "<"))
        output.append(contentsOf: tag.utf8)
        if isCentred { output.append(contentsOf: " align=\"center\"".utf8) }
        for attribute in attributes {
            output.append(UInt8(ascii: " "))
            output.append(contentsOf: attribute.name.utf8)
            output.append(contentsOf: "=\"".utf8)
            write(attribute.value, replacing: UInt8(ascii: "\""), by: "&quot;")
            output.append(UInt8(ascii: "\""))
        }
        output.append(UInt8(ascii: ">"))
    }

    /// Copies source text; controls other than white space are left out, references are left for the parser.
    private mutating func write(_ range: Range<Int>, replacing special: UInt8, by replacement: String) {
        for byte in scanner.bytes[range] {
            if byte == special {
                output.append(contentsOf: replacement.utf8)
            } else if byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                output.append(byte)
            } else if byte == 0x0C {
                output.append(0x20)
            }
        }
    }

    private func isOurQuote(_ attributes: [(name: String, value: Range<Int>)]) -> Bool {
        attributes.contains { $0.name == "class" && scanner.bytes[$0.value].elementsEqual(MailQuote.className.utf8) }
    }
}
