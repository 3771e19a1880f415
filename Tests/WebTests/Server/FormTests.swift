import Foundation
import Testing

@testable import Web

@Suite struct FormTests {
    @Test func readsFields() {
        let form = Form(urlEncoded: "a=1&b=x+y%20z&a=2&empty=&flag&caf%C3%A9=%F0%9F%8C%8B&broken=%zz")
        #expect(form["a"] == "1" && form.values("a") == ["1", "2"] && form["b"] == "x y z")
        #expect(form["empty"] == "" && form.trimmed("empty") == nil && form.has("flag"))
        #expect(form["café"] == "🌋" && form["broken"] == "%zz")
        #expect(form["none"] == nil)
    }

    @Test func readsFiles() throws {
        let boundary = "xyz"
        let body =
            "preamble\r\n--xyz\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nline one\r\nline two\r\n"
            + "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n--xy\r\n\u{1}\r\n--xyz--\r\n"
        let form = try #require(MultipartForm.read(Data(body.utf8), boundary: boundary))
        #expect(form["text"] == "line one\r\nline two")
        #expect(form.files["file"] == Form.File(name: "a\"b.csv", bytes: Array("--xy\r\n\u{1}".utf8)))
    }

    @Test(arguments: ["", "--xyz", "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends", "no boundary at all"])
    func refusesBrokenBodies(_ body: String) {
        #expect(MultipartForm.read(Data(body.utf8), boundary: "xyz") == nil)
    }

    @Test(
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"", "a b"),
            ("multipart/mixed; boundary=abc", nil), ("multipart/form-data", nil), ("application/x-www-form-urlencoded", nil)
        ] as [(String, String?)])
    func findsTheBoundary(_ type: String, _ boundary: String?) {
        #expect(MultipartForm.boundary(ofContentType: type) == boundary)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("HTTPS://CS.Example.com:443/base/", "https://cs.example.com"),
        ("http://host:80", "http://host"), ("https://host:80", "https://host:80")
    ])
    func originsAreComparedAsBrowsersPrintThem(_ address: String, _ origin: String) {
        #expect(ForgeryCheck.origin(of: address) == origin)
    }

    @Test func noticesTravel() {
        let notice = Notice(.warning, "Saved. “x|y” is odd, so it will not match – 🌋.")
        #expect(NoticeText.notice(of: NoticeText.text(of: notice)) == notice)
        let undoable = Notice(.positive, "Acme: Acme | Co. 5 tickets", undo: 12...40)
        #expect(NoticeText.notice(of: NoticeText.text(of: undoable)) == undoable)
        #expect(NoticeText.range("40-12") == nil && NoticeText.range("0-3") == nil && NoticeText.range("x") == nil)
        #expect(NoticeText.notice(of: "%%%") == nil && NoticeText.notice(of: "") == nil)
        #expect(NoticeText.text(of: Notice(.info, String(repeating: "🌋", count: 5_000))).utf8.count < 4_096)
    }
}
