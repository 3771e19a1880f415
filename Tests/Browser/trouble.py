"""When Freshdesk does not play along: a portal that asks to wait, one that is closed, and a key that is good no more."""

import glob
import json
import sqlite3
import urllib.error
import urllib.parse
import urllib.request

from browser import expect
from connecting import WRONG_KEY
from walk import TO_SYNC, card_state, expect_good_page, step

# Seconds for which the portal refuses: long enough to look at the card, short enough to wait for.
REFUSES = 25
CLOSED = "Your account has been suspended."
SLOW = "This sync has been running for more than 30 minutes. It goes on by itself; what is read so far is saved."


def change_faults(walk, **change):
    request = urllib.request.Request(walk.portal + "/_sandbox/faults", json.dumps(change).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        expect(answer.status == 200, f"the portal answers {answer.status}")


def send_events(walk, events):
    request = urllib.request.Request(walk.portal + "/_sandbox/events", json.dumps(events).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        expect(answer.status == 200, f"the portal answers {answer.status}")


def deliver(address, header, content, ticket):
    """What Freshdesk's webhook action would send; the status of the answer."""
    name, key = header
    body = content.replace("{{ticket.id}}", str(ticket)).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json", name: key})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def wait_for(browser, state):
    browser.until(lambda: card_state(browser) == state, f"the card does not become {state}", seconds=TO_SYNC)


def press_resync(browser):
    browser.follow(browser.named("#freshdesk-card button", "Re-sync"))


def seconds_left(browser):
    return int(browser.text("#freshdesk-card [data-countdown]").split(" ")[0])


@step("a portal that asks to wait: the card says so, counts down by itself, and goes on", is_needed=True)
def waiting(walk):
    browser = walk.owner = walk.open()
    browser.sign_in(walk.people["owner"])
    browser.go("/integrations")
    wait_for(browser, "connected")
    link = browser.one('#freshdesk-card header a[target="_blank"], #freshdesk-card a[href$="/demo"]').get_attribute("href")
    walk.portal = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(link))
    change_faults(walk, set=[f"rate_limit={REFUSES}"])
    press_resync(browser)
    wait_for(browser, "waiting")
    card = browser.api("/integrations/freshdesk")
    expect(card["state"] == "waiting" and card["run"]["rate_limit"]["resumes_at"] and card["error"] is None, f"{card}")
    said = browser.text("#freshdesk-card .banner")
    expect("Freshdesk asked us to slow down" in said and "resumes by itself in" in said, said)
    expect(browser.text(".freshness-text") == "Waiting for Freshdesk", browser.text(".freshness-text"))
    before = seconds_left(browser)
    expect(0 < before <= REFUSES, f"it says {before} s of {REFUSES}")
    browser.until(lambda: 0 < seconds_left(browser) < before, "the seconds are not counted down")
    expect_good_page(browser)


@step("a sync that takes over half an hour says so on the card")
def long_run(walk):
    browser = walk.owner
    expect(card_state(browser) == "waiting" and SLOW not in browser.text("#freshdesk-card"), browser.text("#freshdesk-card"))
    # Nobody waits so long here: the run's beginning is moved back where it is written down.
    (path,) = glob.glob(walk.demo.folder.name + "/clynto-demo-*/clynto.sqlite")
    database = sqlite3.connect(path, timeout=10)
    with database:
        moved = database.execute("UPDATE sync_runs SET started_at = started_at - 31 * 60 * 1000 WHERE state = 'waiting'").rowcount
        database.execute("UPDATE workspaces SET version = version + 1")
    database.close()
    expect(moved == 1, f"{moved} runs are waiting")
    browser.until(lambda: SLOW in browser.texts("#freshdesk-card .banner"), "the card does not say that it takes long")
    expect_good_page(browser)
    wait_for(browser, "connected")
    expect(not browser.has("#freshdesk-card .banner.info"), f"it still says {browser.texts('#freshdesk-card .banner')}")


@step("a sync that fails says what the portal said, keeps the data, and the next one mends it")
def failure(walk):
    browser = walk.owner
    held = browser.api("/integrations/freshdesk")["records"]
    change_faults(walk, set=["suspended"])
    press_resync(browser)
    wait_for(browser, "error")
    card = browser.api("/integrations/freshdesk")
    expect(card["error"] == {"code": "forbidden", "message": CLOSED}, f"{card['error']}")
    expect(browser.text("#sync-error") == CLOSED, browser.text("#sync-error"))
    expect(browser.text("#freshdesk-card .state") == "Sync failed", browser.text("#freshdesk-card .state"))
    expect(browser.text(".freshness-text") == "Sync failed", browser.text(".freshness-text"))
    expect(card["records"] == held, f"{held} before, {card['records']} after")
    expect_good_page(browser)
    browser.follow(browser.one(f"#freshdesk-card a[href$='/runs/{card['run']['id']}']"))
    expect(CLOSED in browser.text("main"), "the run's page does not say why it failed")
    browser.follow(browser.named(".topbar a", "1 new notice"))
    expect(browser.path == "/settings/notifications" and CLOSED in browser.texts("main tbody tr")[0], browser.text("main"))
    expect(not browser.has(".topbar .unseen"), "a notice that is being read is still called new")
    expect_good_page(browser)
    change_faults(walk, clear=["suspended"])
    browser.go("/integrations")
    press_resync(browser)
    wait_for(browser, "connected")
    expect(not browser.has("#sync-error") and browser.api("/integrations/freshdesk")["error"] is None, "the error stays")
    browser.go("/settings/notifications")
    expect("works again" in browser.texts("main tbody tr")[0], f"{browser.texts('main tbody tr')}")


@step("a cancelled sync keeps what it has read, and the next one reads the rest")
def cancelled(walk):
    browser = walk.owner
    tickets = browser.api("/tickets?limit=200")["data"]
    # Enough threads to read for the sync to be caught among them.
    send_events(walk, [{"do": "note", "ticket_id": ticket["id"], "private": True} for ticket in tickets[:60]])
    change_faults(walk, set=["slow=600"])
    browser.go("/integrations")
    press_resync(browser)
    browser.until(
        lambda: browser.one("li[data-phase=conversations]").get_attribute("data-state") == "running",
        "the conversations do not begin",
        seconds=TO_SYNC,
    )
    expect_good_page(browser)
    browser.named("#freshdesk-card button", "Cancel").click()
    browser.follow(browser.named("#confirm button", "Stop the sync"))
    wait_for(browser, "connected")
    run = browser.api("/integrations/freshdesk")["run"]
    states = {phase["name"]: phase["state"] for phase in run["phases"]}
    expect(run["state"] == "cancelled" and states["tickets"] == "done", f"{run['state']}: {states}")
    change_faults(walk, clear=["slow"])
    press_resync(browser)
    browser.until(
        lambda: browser.api("/integrations/freshdesk")["run"]["id"] > run["id"] and card_state(browser) == "connected",
        "the next sync does not end",
        seconds=TO_SYNC,
    )
    card = browser.api("/integrations/freshdesk")
    expect(card["run"]["state"] == "succeeded", f"{card['run']['state']}: {card['error']}")
    for ticket in (tickets[0], tickets[59]):
        now = browser.api(f"/tickets/{ticket['id']}")
        expect(now["conversation_count"] == ticket["conversation_count"] + 1, f"{ticket['id']} has {now['conversation_count']} messages")


@step("webhooks: the recipe waits for the first event, shows it as it comes, and the ticket is fresh; a new secret refuses the old")
def webhooks(walk):
    browser = walk.owner
    browser.go("/integrations/freshdesk/webhooks")
    expect("Waiting for the first event" in browser.text("#deliveries"), browser.text("#deliveries"))
    expect_good_page(browser)
    address = browser.one("#webhook-url").get_attribute("value")
    header = browser.one("#webhook-header").get_attribute("value").split(": ")
    content = browser.one("#webhook-body").get_attribute("value")
    ticket = browser.api("/tickets?limit=1")["data"][0]
    send_events(walk, [{"do": "note", "ticket_id": ticket["id"], "private": True}])
    expect(deliver(address, header, content, ticket["id"]) < 300, "the event is refused")
    browser.until(lambda: f"#{ticket['id']}" in browser.text("#deliveries"), "the event does not appear by itself")
    browser.until(lambda: "Applied" in browser.text("#deliveries tbody tr"), "the event is not applied")
    expect_good_page(browser)
    now = browser.api(f"/tickets/{ticket['id']}")
    expect(now["conversation_count"] == ticket["conversation_count"] + 1, f"{ticket['conversation_count']}, then {now['conversation_count']}")
    browser.named("main button", "Make a new secret").click()
    browser.follow(browser.named("#confirm button", "Make a new secret"))
    fresh = browser.one("#webhook-header").get_attribute("value").split(": ")
    expect(fresh != header, "the secret is the same")
    expect(deliver(address, header, content, ticket["id"]) == 404, "the old secret still opens")
    expect(deliver(address, fresh, content, ticket["id"]) < 300, "the new secret does not open")


@step("a key that is good no more: the exact sentence, a refused key stays refused, a good one brings the portal back")
def key_no_more(walk):
    browser = walk.owner
    change_faults(walk, set=["bad_key"])
    browser.go("/integrations")
    press_resync(browser)
    wait_for(browser, "error")
    error = browser.api("/integrations/freshdesk")["error"]
    expect(error == {"code": "invalid_credentials", "message": WRONG_KEY}, f"{error}")
    expect(browser.text("#sync-error") == WRONG_KEY, browser.text("#sync-error"))
    expect(browser.text("#freshdesk-card .state") == "Action needed", browser.text("#freshdesk-card .state"))
    expect_good_page(browser)
    browser.one("#open-reconnect").click()
    with browser.refusal(422, "/integrations/freshdesk/connect"):
        browser.fill("#reconnect input[name=api_key]", walk.key)
        browser.follow(browser.named("#reconnect button", "Reconnect"))
        expect(browser.text("#reconnect .fault") == WRONG_KEY, browser.text("#reconnect .fault"))
    change_faults(walk, clear=["bad_key"])
    browser.fill("#reconnect input[name=api_key]", walk.key)
    browser.follow(browser.named("#reconnect button", "Reconnect"))
    wait_for(browser, "connected")
    expect(not browser.has("#sync-error"), browser.texts("#freshdesk-card .banner"))
    expect_good_page(browser)
