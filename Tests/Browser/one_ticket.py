"""One ticket: its thread, and what strangers put into it."""

from browser import expect
from walk import expect_good_page, step


@step("a ticket shows its thread in order, and marks private notes")
def thread(walk):
    browser = walk.owner
    found = None
    for ticket in browser.api("/tickets?limit=100&status=open,pending")["data"]:
        if 3 <= ticket["conversation_count"] <= 15 and ticket["account"]:
            entries = browser.api(f"/tickets/{ticket['id']}/conversations")["data"]
            if {"reply", "agent_reply", "private_note"} <= {entry["kind"] for entry in entries}:
                found = (ticket, entries)
                break
    expect(found, "no ticket has a reply, an answer and a private note")
    ticket, entries = found
    walk.ticket = ticket
    browser.go(f"/tickets/{ticket['id']}")
    expect(browser.text("h1") == " ".join(ticket["subject"].split()), browser.text("h1"))
    ids = browser.run("return [...document.querySelectorAll('article.entry')].map((e) => e.id)")
    expect(
        ids[0] == "description" and [id for id in ids if id.startswith("entry-")] == [f"entry-{entry['id']}" for entry in entries], f"{ids}"
    )
    note = next(entry for entry in entries if entry["kind"] == "private_note")
    shown = browser.one(f"#entry-{note['id']}")
    expect("Private note, not visible to the customer" in shown.text, shown.text[:200])
    expect(note["body_text"].split()[0] in shown.text, "the note's text is not shown")
    answer = next(entry for entry in entries if entry["kind"] == "agent_reply")
    expect("Private note" not in browser.one(f"#entry-{answer['id']}").text, "an answer is marked private")
    expect_good_page(browser)
    browser.follow(browser.named("a", "Newest first"))
    turned = browser.run("return [...document.querySelectorAll('article.entry')].map((e) => e.id)")
    expect(turned == ids[::-1], f"{turned}")


@step("hostile mail is shown as text and markup only: nothing of it runs, loads or covers the page")
def hostile(walk):
    browser = walk.owner
    # By their subjects; the portal puts these on every seed.
    for words in ["Signature with formatting", "Pictures of the error", "quotes in the title", "Roster export with odd"]:
        tickets = browser.api("/tickets?q=" + words.replace(" ", "%20"))["data"]
        expect(tickets, f"no ticket reads “{words}”")
        browser.go(f"/tickets/{tickets[0]['id']}")
        expect(browser.driver.title.startswith(f"#{tickets[0]['id']} "), f"the title became {browser.driver.title}")
        expect_good_page(browser)
        expect(
            browser.run("return [...document.querySelectorAll('.paper *')].every((e) => getComputedStyle(e).position === 'static')"),
            "mail is placed over the page",
        )
        expect(browser.run("return getComputedStyle(document.body).display") != "none", "mail hid the page")
        if words == "Signature with formatting":
            texts = browser.text("#description .paper")
            expect("Regards" in texts and "06:00" in texts, f"the message lost its text: {texts}")
            help_page = browser.one('#description .paper a[href="https://tidewater.example/help"]')
            expect({"noopener", "noreferrer", "nofollow"} <= set(help_page.get_attribute("rel").split()), help_page.get_attribute("rel"))
        if words == "Pictures of the error":
            expect("Load pictures" in browser.texts("a"), "pictures are not offered")


@step("very long threads and messages, and other scripts, stay readable")
def curiosities(walk):
    browser = walk.owner
    long = browser.api("/tickets?q=moving%20all%20our%20locations")["data"][0]
    browser.go(f"/tickets/{long['id']}")
    folded = len(browser.all("article.entry"))
    browser.follow(next(link for link in browser.all("a") if "older messages" in link.text))
    expect(len(browser.all("article.entry")) > max(100, folded), f"{folded}, then {len(browser.all('article.entry'))} messages")
    for words in ["complete log of the failed export", "勤怠データ", "ساعات العمل", "escalation from our regional manager"]:
        tickets = browser.api("/tickets?q=" + words.replace(" ", "%20"))["data"]
        expect(tickets, f"no ticket reads “{words}”")
        browser.go(f"/tickets/{tickets[0]['id']}")
        expect(browser.text("h1"), "it has no subject")
