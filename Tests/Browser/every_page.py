"""What holds on every page: keys, themes, and the rules of page_checks.js."""

from selenium.webdriver.common.keys import Keys

from browser import expect
from walk import PAGE_CHECKS, background, expect_good_page, focused_row, press, shown_tickets, step


@step("the keyboard: j and k move, Enter opens, / searches, g a goes, ? explains, and all of it can be turned off")
def keyboard(walk):
    browser = walk.owner
    browser.go("/tickets")
    ids = shown_tickets(browser)
    press(browser, "j")
    expect(focused_row(browser) == 0, f"j focuses row {focused_row(browser)}")
    press(browser, "j", "j")
    expect(focused_row(browser) == 2, f"jjj focuses row {focused_row(browser)}")
    press(browser, "k")
    expect(focused_row(browser) == 1, f"k focuses row {focused_row(browser)}")
    with browser.new_page():
        press(browser, Keys.ENTER)
    expect(browser.path == f"/tickets/{ids[1]}", f"Enter opens {browser.url}")
    press(browser, "j")
    expect(browser.run("return document.activeElement.id") == "description", "j does not go to the first message")
    press(browser, "/")
    expect(browser.run("return document.activeElement.id") == "search", "/ does not go to the search")
    press(browser, "jk")
    expect(browser.one("#search").get_attribute("value") == "jk", "keys act while somebody types")
    with browser.new_page():
        press(browser, Keys.ENTER)
    expect(browser.path == "/tickets" and browser.query == {"q": "jk"}, browser.url)
    with browser.new_page():
        press(browser, "g", "a")
    expect(browser.path == "/accounts", browser.url)
    browser.go("/tickets")
    with browser.new_page():
        press(browser, ">")
    expect(browser.text(".table-footer").startswith("51–100 of "), "> does not page on")
    with browser.new_page():
        press(browser, "<")
    expect(shown_tickets(browser) == ids, "< does not page back")
    press(browser, "f")
    browser.one("details.filter[open]")
    press(browser, Keys.ESCAPE)
    expect(not browser.has("details.filter[open]"), "f and Escape do not open and close a filter")

    browser.go("/accounts")
    press(browser, "?")
    browser.one("#shortcuts[open]")
    browser.one("#shortcuts [data-keys-switch]").click()
    press(browser, Keys.ESCAPE)
    browser.until(lambda: not browser.has("#shortcuts[open]"), "Escape does not close the list of keys")
    browser.run("document.activeElement.blur()")
    press(browser, "j")
    expect(focused_row(browser) == -1, "the keys work although they are off")
    browser.run("document.getElementById('shortcuts').showModal()")
    browser.one("#shortcuts [data-keys-switch]").click()
    press(browser, Keys.ESCAPE)


@step("the dark theme is kept by the server, and System follows the system")
def theme(walk):
    browser = walk.owner
    browser.go("/tickets")
    light = background(browser)

    def choose_theme(name):
        browser.one(".account-menu > summary").click()
        browser.follow(browser.named(".account-menu button", name))

    choose_theme("Dark")
    expect(browser.path == "/tickets", f"it leads to {browser.path}")
    browser.go("/accounts")
    expect(browser.run("return document.documentElement.dataset.theme") == "dark", "the page is not dark")
    expect(sum(light) > 600 and sum(background(browser)) < 200, f"{light}, then {background(browser)}")
    expect_good_page(browser)
    choose_theme("System")
    browser.prefer("dark")
    expect(sum(background(browser)) < 200, f"System is not dark on a dark system: {background(browser)}")
    browser.prefer("light")
    expect(background(browser) == light, f"System is not light again: {background(browser)}")


@step("every page, at three widths and in both themes: one h1, a title, labels, contrast, nothing wider than the window")
def every_page(walk):
    browser = walk.owner
    ticket, account = walk.ticket["id"], walk.ticket["account"]["id"]
    agent = browser.api("/agents?limit=1")["data"][0]["id"]
    run = browser.api("/integrations/freshdesk")["run"]["id"]
    company = browser.api("/companies?limit=1")["data"][0]["id"]
    faults = []
    for path in [
        "/tickets",
        "/tickets?status=open,pending&priority=high,urgent&account=none&q=export",
        f"/tickets/{ticket}",
        "/accounts",
        f"/accounts/{account}",
        f"/accounts/{account}/edit",
        "/accounts/new",
        "/accounts/import",
        "/accounts/from-companies",
        f"/accounts/{account}/delete",
        "/agents",
        f"/agents/{agent}",
        "/integrations",
        "/integrations/freshdesk/disconnect",
        "/integrations/freshdesk/runs",
        f"/integrations/freshdesk/runs/{run}",
        "/integrations/freshdesk/webhooks",
        "/matching",
        "/matching?state=unmatched",
        "/matching?state=matched",
        "/matching?state=ignored",
        "/matching/bulk",
        "/matching/import",
        f"/matching/{company}",
        "/matching?by=domain",
        "/matching/quality",
        "/settings/matching",
        "/accounts/from-domains",
        f"/accounts/{account}/merge",
        "/larry",
        "/settings/profile",
        "/settings/workspace",
        "/settings/members",
        "/settings/assistant",
        "/settings/tokens",
        "/settings/audit",
        "/settings/notifications",
        "/settings/data",
    ]:
        browser.go(path)
        expect(browser.url.endswith(path), f"{path} leads to {browser.url}")
        found = set()
        for width, scheme in [(1440, "light"), (900, "light"), (390, "light"), (390, "dark"), (1440, "dark")]:
            browser.prefer(scheme)
            browser.resize(width)
            browser.settle()
            # A fault of every width is told once.
            new = set(browser.run(PAGE_CHECKS)) - found
            found |= new
            faults += [f"{path} at {width} px, {scheme}: {fault}" for fault in sorted(new)]
        browser.prefer("light")
        browser.resize(1440)
    expect(not faults, f"{len(faults)} faults\n    " + "\n    ".join(faults))


@step("an address that leads nowhere says so, inside the product")
def nowhere(walk):
    browser = walk.owner
    for path in ["/nothing-here", "/tickets/999999999999", "/accounts/999999"]:
        with browser.refusal(404, path):
            browser.go(path)
            expect(browser.text("h1") == "Not found" and browser.has(".rail"), browser.text("h1"))
            expect_good_page(browser)
