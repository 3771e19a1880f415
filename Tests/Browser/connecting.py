"""From the connect form to the numbers of a connected portal."""

from selenium.webdriver.common.by import By

from browser import expect
from walk import PHASES, TO_SYNC, card_state, expect_good_page, numbers, step

WRONG_KEY = "Invalid Freshdesk credentials. Check your domain and API key."

# Notes every look of the card, from the moment a page begins.
NOTE_THE_CARD = """
(() => {
  const noted = (window.__card = []);
  const look = () => {
    const card = document.getElementById("freshdesk-card");
    if (!card) return;
    const rows = [...card.querySelectorAll("li[data-phase]")].map((row) => [row.dataset.phase, row.dataset.state]);
    const bar = card.querySelector("progress");
    const entry = JSON.stringify({ state: card.dataset.state, rows, whole: rows.length && bar ? bar.value : null });
    if (entry !== noted[noted.length - 1]) noted.push(entry);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
})();
"""


@step("the connect form is filled in; a wrong key gets the exact sentence and the subdomain stays", is_needed=True)
def wrong_key(walk):
    browser = walk.owner
    expect(card_state(browser) == "not_connected", f"the card is {card_state(browser)}")
    expect(browser.one("#field-subdomain").get_attribute("value") == "demo", "the subdomain is not filled in")
    walk.key = browser.one("#field-api_key").get_attribute("value")
    expect(walk.key, "the key is not filled in")
    expect(browser.text("#portal-preview").endswith("/demo"), f"the preview reads {browser.text('#portal-preview')}")
    expect_good_page(browser)
    browser.fill("#field-api_key", "a-key-nobody-has")
    with browser.refusal(422, "/integrations/freshdesk/connect"):
        browser.follow(browser.named("button", "Connect Freshdesk"))
        said = browser.text("#field-api_key-fault")
    expect(said == WRONG_KEY, f"it says “{said}”")
    expect(browser.one("#field-subdomain").get_attribute("value") == "demo", "the subdomain is gone")
    expect(browser.one("#field-api_key").get_attribute("aria-invalid") == "true", "the key's field is not marked")
    expect("a-key-nobody-has" not in browser.driver.page_source, "the typed key was sent back")
    expect_good_page(browser)


@step("checking first says what the key may read and what a sync would cost, keeps the typed key, and stores nothing")
def check_first(walk):
    browser = walk.owner
    browser.go("/integrations")
    browser.fill("#field-api_key", "a-key-nobody-has")
    began = browser.run("return performance.timeOrigin")
    with browser.refusal(422, "/integrations/freshdesk/connect"):
        browser.named("#connect-form button", "Check first").click()
        browser.until(lambda: WRONG_KEY in browser.texts("#preflight .fault"), "a refused key is not named")
    browser.fill("#field-api_key", walk.key)
    browser.named("#connect-form button", "Check first").click()
    browser.until(lambda: len(browser.all("#preflight [data-subject]")) >= len(PHASES), "it does not say what the key may read")
    lines = browser.texts("#preflight [data-subject]")
    expect(all("readable" in line for line in lines), f"{lines}")
    rows = browser.texts("#preflight tbody tr")
    expect(len(rows) >= 4 and "90 days" in rows[0], f"{rows}")
    expect(browser.run("return performance.timeOrigin") == began, "the page was loaded again")
    expect(browser.one("#field-api_key").get_attribute("value") == walk.key, "the typed key is gone")
    expect(browser.api("/integrations/freshdesk")["state"] == "not_connected", "checking has connected the portal")
    expect_good_page(browser)


@step("connecting starts the first sync; its six steps follow one another live and finish without a reload", is_needed=True)
def first_sync(walk):
    browser = walk.owner
    note = browser.tell("Page.addScriptToEvaluateOnNewDocument", {"source": NOTE_THE_CARD})
    browser.fill("#field-api_key", walk.key)
    browser.follow(browser.named("button", "Connect Freshdesk"))
    expect(browser.path == "/integrations", f"it leads to {browser.url}: {browser.texts('.fault, .banner')}")
    expect("Connected to demo" in browser.text(".banner"), browser.text(".banner"))
    began = browser.run("return performance.timeOrigin")
    browser.until(lambda: card_state(browser) == "connected", "the card does not become Connected", seconds=TO_SYNC)
    expect(browser.run("return performance.timeOrigin") == began, "the page was loaded again")
    noted = browser.run("return window.__card.map(JSON.parse)")
    browser.tell("Page.removeScriptToEvaluateOnNewDocument", {"identifier": note["identifier"]})

    looks = [look for look in noted if look["rows"]]
    expect(len(looks) >= 4, f"the card changed only {len(looks)} times while the sync ran: {looks}")
    expect(
        noted[-1]["state"] == "connected" and all(look["state"] in ("syncing", "waiting") for look in looks),
        f"states: {[look['state'] for look in noted]}",
    )
    running = set()
    for before, look in zip([None, *looks], looks):
        names, states = zip(*look["rows"])
        expect(list(names) == PHASES, f"the steps are {names}")
        rank = {"pending": 0, "running": 1, "done": 2, "skipped": 2, "failed": 2}
        ranks = [rank[state] for state in states]
        expect(ranks == sorted(ranks, reverse=True) and ranks.count(1) <= 1, f"the steps do not follow one another: {look['rows']}")
        running |= {name for name, state in look["rows"] if state == "running"}
        if before:
            expect(
                all(rank[old[1]] <= new for old, new in zip(before["rows"], ranks)),
                f"a step went back: {before['rows']}, then {look['rows']}",
            )
            expect(look["whole"] >= before["whole"], f"the bar went back from {before['whole']} to {look['whole']}")
    expect("conversations" in running and len(running) > 1, f"seen running: {running}")

    run = browser.api("/integrations/freshdesk")["run"]
    expect([phase["name"] for phase in run["phases"]] == PHASES, f"phases: {run['phases']}")
    expect(
        all(phase["state"] == "done" for phase in run["phases"]),
        f"phases: {[(phase['name'], phase['state'], phase['note']) for phase in run['phases']]}",
    )
    expect(run["state"] == "succeeded", f"the run {run['state']}: {run['error']}")


@step("the connected card shows the numbers of the API")
def connected(walk):
    browser = walk.owner
    card = browser.api("/integrations/freshdesk")
    expect(card["state"] == "connected" and card["subdomain"] == "demo" and card["error"] is None, f"{card}")
    records, shown = card["records"], numbers(browser)
    for name, key in [
        ("Tickets", "tickets"),
        ("Conversations", "conversations"),
        ("Companies", "companies"),
        ("Contacts", "contacts"),
        ("Agents", "agents"),
        ("Ratings", "satisfaction_ratings"),
    ]:
        expect(shown.get(name) == f"{records[key]:,}", f"{name}: the card shows {shown.get(name)}, the API says {records[key]}")
        expect(records[key] > 0, f"no {name.lower()} were read")
    expect(card["last_sync_at"] and card["next_sync_at"].endswith("T03:00:00Z"), f"{card['last_sync_at']}, {card['next_sync_at']}")
    expect("Connected" in browser.text("#freshdesk-card .state"), browser.text("#freshdesk-card .state"))
    expect(walk.key not in browser.driver.page_source, "the key stands in the page")
    expect_good_page(browser)
    # A page that is loaded afresh shows the same.
    browser.go("/integrations")
    again = numbers(browser)
    expect(all(again[name] == value for name, value in shown.items() if not name.endswith("sync")), f"{shown}, then {again}")


@step("the sync history leads to the run, with every step done")
def history(walk):
    browser = walk.owner
    browser.follow(browser.named("#freshdesk-card a", "Sync history"))
    expect(browser.path == "/integrations/freshdesk/runs" and len(browser.all("tbody tr")) == 1, browser.url)
    browser.follow(browser.one("tbody a.row-link"))
    # The steps come first; the run's log follows them.
    rows = [row.text.strip() for row in browser.all("tbody")[0].find_elements(By.TAG_NAME, "tr")]
    expect(len(rows) == 6 and all("Done" in row for row in rows), f"{rows}")
