import Markup

/// On a narrow window a button that shows what stands beside it in `.folded`; on a wide one nothing, since all is shown there.
///
/// A box rather than `details`, which could not stand open by itself on a wide window. It has no name, so that no form sends it.
struct Fold {
    var text: String
    var id: String
    var count: Int

    /// - Parameter count: how much is set inside, said on the button unless it is none.
    init(_ text: String, id: String, count: Int = 0) {
        self.text = text
        self.id = id
        self.count = count
    }

    @HTMLBuilder var html: HTML {
        input(.type("checkbox"), .class("fold-box", "said"), .id(id), .autocomplete("off"))
        label(.class("button", "fold"), .for(id)) {
            span(count > 0 ? "\(text): \(count)" : text)
            Icon.chevronDown.small
        }
    }
}
