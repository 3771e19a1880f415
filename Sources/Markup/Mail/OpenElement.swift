/// An element that has been started and not yet ended, with the answers later tags ask of it. Positions count from the bottom of the
/// list of open elements.
struct OpenElement {
    /// The name in the message.
    let source: String
    /// The name it was written under, nil when it was not written.
    let emitted: String?
    /// Itself or something around it goes with all its content.
    let isDropped: Bool
    private(set) var isForeign = false
    /// A table itself, not a part of one.
    private(set) var isTable = false
    /// Inside a table, outside any cell or caption: only parts of a table may follow.
    private(set) var isTableStructure = false
    /// An end tag reaches no further down than this.
    private(set) var boundary = 0

    // What a tag would end, if it is in reach.
    var paragraph: Int? { Self.position(openParagraph) }
    var item: Int? { Self.position(openItem) }
    var definition: Int? { Self.position(openDefinition) }
    var heading: Int? { Self.position(openHeading) }
    var anchor: Int? { Self.position(openAnchor) }
    var cell: Int? { Self.position(openCell) }
    var row: Int? { Self.position(openRow) }
    var group: Int? { Self.position(openGroup) }
    var table: Int? { Self.position(openTable) }

    private var openParagraph: Int32 = 0
    private var openItem: Int32 = 0
    private var openDefinition: Int32 = 0
    private var openHeading: Int32 = 0
    private var openAnchor: Int32 = 0
    private var openCell: Int32 = 0
    private var openRow: Int32 = 0
    private var openGroup: Int32 = 0
    private var openTable: Int32 = 0

    /// The bottom of the list.
    init(source: String, emitted: String?, isDropped: Bool) {
        self.source = source
        self.emitted = emitted
        self.isDropped = isDropped
    }

    /// - Parameter kind: the name whose rules it follows (`center` is a `div`).
    init(source: String, kind: String, emitted: String?, isDropped: Bool, at position: Int, in parent: OpenElement) {
        self.init(copying: parent, source: source, emitted: emitted, isDropped: isDropped)
        isTable = kind == "table"
        let here = Int32(position)
        switch kind {
        case "p": openParagraph = here
        case "a": openAnchor = here
        case "div": break
        case "li":
            openDefinition = 0
            openItem = here
        case "dt", "dd":
            openItem = 0
            openDefinition = here
        case "table":
            enter(position)
            isTableStructure = true
            openTable = here
            (openCell, openRow, openGroup) = (0, 0, 0)
        case "thead", "tbody", "tfoot": openGroup = here
        case "tr": openRow = here
        case "td", "th":
            enter(position)
            openCell = here
        case "caption": enter(position)
        default:
            if isDropped, !parent.isDropped { enter(position) }
            if kind == "svg" || kind == "math" { isForeign = true }
            if MailElements.headings.contains(kind) { openHeading = here }
            if MailElements.blocks.contains(kind) { (openItem, openDefinition) = (0, 0) }
        }
    }

    private init(copying parent: OpenElement, source: String, emitted: String?, isDropped: Bool) {
        self.source = source
        self.emitted = emitted
        self.isDropped = isDropped
        isForeign = parent.isForeign
        isTableStructure = parent.isTableStructure
        boundary = parent.boundary
        openParagraph = parent.openParagraph
        openItem = parent.openItem
        openDefinition = parent.openDefinition
        openHeading = parent.openHeading
        openAnchor = parent.openAnchor
        openCell = parent.openCell
        openRow = parent.openRow
        openGroup = parent.openGroup
        openTable = parent.openTable
    }

    /// Tables, cells, captions and dropped elements: what is open around them is out of reach from inside.
    private mutating func enter(_ position: Int) {
        boundary = position
        isTableStructure = false
        (openParagraph, openItem, openDefinition, openHeading, openAnchor) = (0, 0, 0, 0, 0)
    }

    private static func position(_ number: Int32) -> Int? { number == 0 ? nil : Int(number) }
}
