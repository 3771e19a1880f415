"""A member, an admin without scripts, and the ways out: disconnecting, connecting again, signing out."""

from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from browser import expect
from walk import PHASES, TO_SYNC, card_state, choose, expect_good_page, numbers, shown_tickets, step


@step("a member sees the card without a single act, and a line saying who can")
def member(walk):
    browser = walk.open()
    browser.sign_in(walk.people["member"])
    browser.go("/integrations")
    card = browser.one("#freshdesk-card")
    expect("Only owners and admins" in card.text, card.text)
    expect(not card.find_elements(By.CSS_SELECTOR, "form, button, input"), "there is something to press")
    expect(numbers(browser).get("Tickets") == numbers_of(walk.owner)["Tickets"], "the member sees other numbers")
    expect_good_page(browser)
    browser.go("/accounts")
    expect(not {"New account", "Import CSV"} & set(browser.texts(".page-header a")), f"{browser.texts('.page-header a')}")
    browser.go("/settings/members")
    expect("Only owners and admins" in browser.text("main") and not browser.has("main form"), "a member may change members")
    with browser.refusal(403, "/settings/tokens"):
        browser.go("/settings/tokens")
        expect(browser.text("h1") == "Not allowed", browser.text("h1"))
    with browser.refusal(403, "/api/v1/integrations/freshdesk/sync"):
        status = browser.driver.execute_async_script(
            "const done = arguments[0], token = document.querySelector('meta[name=csrf-token]').content;"
            "fetch('/api/v1/integrations/freshdesk/sync', {method: 'POST', headers: {'X-CSRF-Token': token}}).then((r) => done(r.status));"
        )
        expect(status == 403, f"a member's sync is answered {status}")
    complaints = browser.complaints()
    expect(not complaints, "; ".join(complaints))
    walk.close(browser)


def numbers_of(browser):
    browser.go("/integrations")
    return numbers(browser)


@step("without scripts: an admin signs in, filters tickets and reads one")
def without_scripts(walk):
    browser = walk.admin = walk.open(runs_scripts=False)
    browser.sign_in(walk.people["admin"])
    browser.go("/tickets")
    choose(browser, "Status", "status", ["open", "pending"])
    expect(browser.query == {"status": "open,pending"}, browser.url)
    choose(browser, "Priority", "priority", ["!", "low"])
    expect(browser.query == {"status": "open,pending", "priority": "!low"}, browser.url)
    expect(
        shown_tickets(browser) == [ticket["id"] for ticket in walk.owner.api("/tickets?status=open,pending&priority=!low")["data"]],
        "other rows",
    )
    Select(browser.one("select[name=sort]")).select_by_visible_text("Oldest")
    browser.follow(next(button for button in browser.all("form[data-filters] noscript button") if button.is_displayed()))
    expect(browser.query == {"status": "open,pending", "priority": "!low", "sort": "created"}, browser.url)
    browser.follow(browser.all("a.row-link")[0])
    expect(browser.has("article.entry"), "the ticket shows no thread")
    expect_good_page(browser)


@step("without scripts: Re-sync on one browser shows live on another")
def resync(walk):
    watcher, browser = walk.owner, walk.admin
    watcher.go("/integrations")
    began = watcher.run("return performance.timeOrigin")
    browser.go("/integrations")
    expect(card_state(browser) == "connected" and int(numbers(browser)["Tickets"].replace(",", "")) > 0, f"{numbers(browser)}")
    expect_good_page(browser)
    browser.follow(browser.named("button", "Re-sync"))
    expect(browser.path == "/integrations", browser.url)
    watcher.until(lambda: card_state(watcher) == "syncing", "the other page does not show the sync")
    watcher.until(lambda: card_state(watcher) == "connected", "the other page does not show its end", seconds=TO_SYNC)
    expect(watcher.run("return performance.timeOrigin") == began, "the other page was loaded again")
    browser.go("/integrations")
    expect(card_state(browser) == "connected", card_state(browser))
    expect(
        [run["trigger"] for run in watcher.api("/integrations/freshdesk/runs")["data"]] == ["manual", "first"],
        "the history does not tell both runs",
    )


@step("disconnecting asks first, forgets the key, and freezes what was read")
def disconnect(walk):
    browser = walk.owner
    before = numbers_of(browser)["Tickets"]
    browser.follow(browser.named("#freshdesk-card a", "Disconnect"))
    expect(card_is_connected(walk), "looking at the question disconnected it")
    browser.follow(browser.named("a", "Keep it connected"))
    expect(card_state(browser) == "connected", card_state(browser))
    browser.follow(browser.named("#freshdesk-card a", "Disconnect"))
    expect_good_page(browser)
    browser.follow(browser.named("main button", "Disconnect"))
    expect(browser.path == "/integrations" and card_state(browser) == "disconnected", f"{browser.path}: {card_state(browser)}")
    expect("Data frozen at" in browser.text("#freshdesk-card") and numbers(browser)["Tickets"] == before, browser.text("#freshdesk-card"))
    expect_good_page(browser)
    expect(browser.api("/integrations/freshdesk")["state"] == "disconnected", "the API says otherwise")
    browser.go("/integrations/freshdesk/delete")
    expect(browser.path == "/integrations/freshdesk/delete", browser.url)
    expect_good_page(browser)
    browser.go("/tickets")
    expect(browser.text(".page-header .count") == f"{before} tickets", browser.text(".page-header .count"))


def card_is_connected(walk):
    return walk.owner.api("/integrations/freshdesk")["state"] == "connected"


@step("without scripts: connecting again keeps the data")
def connect_again(walk):
    browser = walk.admin
    browser.go("/integrations")
    before = numbers(browser)["Tickets"]
    browser.one("#reconnect > summary").click()
    browser.fill("#reconnect input[name=api_key]", walk.key)
    browser.follow(browser.named("#reconnect button", "Connect again"))
    expect(browser.path == "/integrations" and card_state(browser) in ("syncing", "connected"), f"{browser.url}: {card_state(browser)}")
    if card_state(browser) == "syncing":
        expect([row.get_attribute("data-phase") for row in browser.all("li[data-phase]")] == PHASES, "the six steps are not shown")

    def is_connected():
        browser.go("/integrations")
        return card_state(browser) == "connected"

    browser.until(is_connected, "the card does not become Connected", seconds=TO_SYNC)
    expect(numbers(browser)["Tickets"] == before, f"{before} tickets before, {numbers(browser)['Tickets']} after")


@step("signing out ends the session; the way back shows nothing")
def sign_out(walk):
    browser = walk.owner
    browser.go("/tickets")
    browser.one(".account-menu > summary").click()
    browser.follow(browser.named(".account-menu button", "Sign out"))
    expect(browser.path == "/login" and "You are signed out." in browser.text(".banner"), browser.url)
    with browser.new_page():
        browser.driver.back()
    browser.until(lambda: browser.path == "/login", f"Back shows {browser.url}")
    browser.go("/tickets")
    expect(browser.path == "/login", f"/tickets is still open: {browser.url}")
