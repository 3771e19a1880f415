"""Saves pictures of every page of the demo. Scripts/screenshots runs it and says how."""

import argparse
import collections
import pathlib
import re
import signal
import sys

from browser import Browser, expect
from demo import Demo

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "docs" / "images"
WIDE, MIDDLE, NARROW = (1440, 900), (900, 900), (390, 844)
# Slow enough for the first sync to be caught in its middle.
PORTAL = ["--seed", "1", "--latency-ms", "120"]
TO_SYNC = 120


class Camera:
    """Takes what the documents show, or every page at every width."""

    def __init__(self, browser, folder, takes_every_width):
        self.browser = browser
        self.folder = folder
        self.takes_every_width = takes_every_width
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name, dark=False, narrow=False):
        """The page as it stands; with a dark or a narrow picture beside it where the documents have one."""
        if self.takes_every_width:
            sights = [(size, scheme) for size in (WIDE, MIDDLE, NARROW) for scheme in ("light", "dark")]
        else:
            sights = [(WIDE, "light")] + ([(WIDE, "dark")] if dark else []) + ([(NARROW, "light")] if narrow else [])
        for size, scheme in sights:
            self.browser.resize(*size)
            self.browser.prefer(scheme)
            suffix = ("" if size == WIDE else f"-{size[0]}") + ("-dark" if scheme == "dark" else "")
            self._save(name + suffix)
        self.browser.resize(*WIDE)
        self.browser.prefer("light")

    def page(self, path, name, **sights):
        self.browser.go(path)
        self.take(name, **sights)

    def _save(self, name):
        self.browser.settle()
        path = self.folder / f"{name}.png"
        expect(self.browser.driver.save_screenshot(str(path)), f"{path} could not be written")
        self.count += 1


def telling_ticket(browser):
    """A ticket with an account whose thread has a reply, an answer and, early, a private note."""
    found = []
    for ticket in browser.api("/tickets?limit=200")["data"]:
        if 4 <= ticket["conversation_count"] <= 9 and ticket["account"]:
            kinds = [entry["kind"] for entry in browser.api(f"/tickets/{ticket['id']}/conversations")["data"]]
            if {"reply", "agent_reply", "private_note"} <= set(kinds):
                found.append((kinds.index("private_note"), -ticket["id"]))
    if not found:
        raise SystemExit("No ticket of the demo has a thread worth showing.")
    return -min(found)[1]


def busiest_account(browser):
    tickets = browser.api("/tickets?limit=200")["data"]
    accounts = collections.Counter(ticket["account"]["id"] for ticket in tickets if ticket["account"])
    return accounts.most_common(1)[0][0]


def card_state(browser):
    return browser.one("#freshdesk-card").get_attribute("data-state")


def take_all(demo, browser, camera):
    camera.page("/login", "login")
    browser.sign_in(demo.people["owner"])
    camera.page("/tickets", "tickets-empty")
    camera.page("/integrations", "connect")
    browser.follow(browser.named("button", "Connect Freshdesk"))
    browser.until(
        lambda: re.search(r"[1-9]\d* / ~\d{3}", browser.text("li[data-phase=conversations] .phase-count")),
        "the conversations do not begin",
        seconds=TO_SYNC,
    )
    camera.take("syncing")
    browser.until(lambda: card_state(browser) == "connected", "the sync does not end", seconds=TO_SYNC)

    ticket, account = telling_ticket(browser), busiest_account(browser)
    agent = max(browser.api("/agents?limit=200")["data"], key=lambda agent: agent["open_tickets"])["id"]
    run = browser.api("/integrations/freshdesk")["run"]["id"]
    camera.page("/integrations", "integrations", narrow=True)
    camera.page("/integrations/freshdesk/runs", "runs")
    camera.page(f"/integrations/freshdesk/runs/{run}", "run")
    camera.page("/integrations/freshdesk/disconnect", "disconnect")
    camera.page("/tickets?status=open", "tickets", dark=True, narrow=True)
    camera.page("/tickets?status=open,pending&priority=high,urgent&sort=waiting", "tickets-filtered")
    camera.page(f"/tickets/{ticket}", "ticket", dark=True, narrow=True)
    camera.page("/accounts", "accounts")
    camera.page(f"/accounts/{account}", "account")
    camera.page(f"/accounts/{account}/edit", "account-edit")
    camera.page("/accounts/import", "account-import")
    camera.page("/accounts/from-companies", "accounts-from-companies")
    camera.page("/agents", "agents")
    camera.page(f"/agents/{agent}", "agent")
    camera.page("/matching", "matching", narrow=True)
    camera.page("/matching?by=domain", "matching-by-domain")
    camera.page("/matching/quality", "matching-quality")
    camera.page("/settings/matching", "matching-settings")
    camera.page("/settings/assistant", "assistant")
    camera.page("/tickets?account=none", "orphans")
    camera.page("/accounts/from-domains", "accounts-from-domains")
    camera.page(f"/accounts/{account}/merge", "account-merge")
    camera.page("/larry", "larry-empty")
    browser.one("main input[name=question]").send_keys("Which accounts have filed urgent tickets in the last week?")
    browser.named("main button", "Ask").click()
    browser.one("[data-larry] .turn .answer")
    camera.take("larry", dark=True, narrow=True)
    camera.page("/integrations/freshdesk/webhooks", "webhooks")
    camera.page("/settings/profile", "profile")
    camera.page("/settings/workspace", "workspace")
    camera.page("/settings/members", "members")
    camera.page("/settings/tokens", "tokens")
    camera.page("/settings/audit", "audit")
    camera.page("/settings/notifications", "notifications")
    camera.page("/settings/data", "retention")
    if camera.takes_every_width:
        odd_ones(browser, camera)


def odd_ones(browser, camera):
    """What is seldom seen and easily ugly."""
    for words, name in [
        ("Signature with formatting", "ticket-hostile"),
        ("Moving all our locations", "ticket-long"),
        ("Pictures of the error", "ticket-pictures"),
        ("escalation from our regional manager", "ticket-subject"),
        ("ساعات العمل", "ticket-arabic"),
    ]:
        found = browser.api("/tickets?q=" + words.replace(" ", "%20"))["data"]
        if found:
            camera.page(f"/tickets/{found[0]['id']}", name)
    camera.page("/tickets?q=zzzxqvw", "tickets-none")
    camera.page("/tickets?sort=created", "tickets-oldest")
    camera.page("/nothing-here", "not-found")
    for state in ("unmatched", "matched", "ignored"):
        camera.page(f"/matching?state={state}", f"matching-{state}")
    company = browser.api("/companies?limit=1")["data"][0]["id"]
    camera.page(f"/matching/{company}", "matching-company")
    camera.page("/matching/bulk", "matching-bulk")
    camera.page("/matching/import", "matching-import")
    camera.page("/integrations", "reconnect")
    browser.one("#open-reconnect").click()
    camera.take("reconnect")
    for menu in ("Status", "Agent", "More"):
        browser.go("/tickets")
        details = next(item for item in browser.all("details.filter") if item.text.strip().startswith(menu))
        details.find_element("tag name", "summary").click()
        camera.take(f"menu-{menu.lower()}")
    browser.go("/tickets")
    browser.one(".account-menu > summary").click()
    camera.take("menu-person")
    browser.go("/tickets")
    browser.driver.switch_to.active_element.send_keys("?")
    camera.take("shortcuts")
    browser.go("/integrations/freshdesk/disconnect")
    browser.follow(browser.named("main button", "Disconnect"))
    camera.take("disconnected")
    camera.page("/integrations/freshdesk/delete", "delete-data")


def main():
    parser = argparse.ArgumentParser(prog="Scripts/screenshots", description="Saves pictures of every page of the demo.")
    parser.add_argument(
        "--every-width", metavar="FOLDER", type=pathlib.Path, help="every page at 1440, 900 and 390 px, light and dark, into this folder"
    )
    parser.add_argument(
        "--clynto",
        metavar="PATH",
        type=pathlib.Path,
        default=ROOT / ".build" / "debug" / "clynto",
        help="the program; default: the debug build",
    )
    arguments = parser.parse_args()
    if not arguments.clynto.exists():
        raise SystemExit(f"There is no program at {arguments.clynto}. Build it first: swift build --product clynto")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = arguments.every_width or PICTURES
    with Demo(arguments.clynto.resolve(), *PORTAL) as demo, Browser(demo.address) as browser:
        camera = Camera(browser, folder, takes_every_width=arguments.every_width is not None)
        take_all(demo, browser, camera)
    print(f"{camera.count} pictures in {folder}")


main()
