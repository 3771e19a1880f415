"""Which company belongs to which account: decided with one key, taken back, and accounts made of e-mail domains."""

from selenium.webdriver.common.by import By

from browser import expect
from walk import expect_good_page, focused_row, press, step


def waiting(browser, state):
    return browser.api(f"/matches?state={state}&limit=1")["total"]["count"]


@step("the review desk: j finds a company, a accepts its first account, u takes that back; both say what moved")
def review_desk(walk):
    browser = walk.owner
    browser.go("/matching")
    before = waiting(browser, "review")
    expect(before > 0, "nothing waits for review in the demo")
    expect_good_page(browser)
    company = browser.texts("a.row-link")[0]
    press(browser, "j")
    expect(focused_row(browser) == 0, f"j focuses row {focused_row(browser)}")
    with browser.new_page():
        press(browser, "a")
    said = browser.text(".banner")
    expect(said.startswith(company + ":"), f"{company} was accepted, and it says “{said}”")
    expect(waiting(browser, "review") == before - 1, f"{before} waited, {waiting(browser, 'review')} still do")
    expect(company not in browser.texts("a.row-link"), f"{company} still waits")
    expect(before == 1 or focused_row(browser) == 0, "the next company is not in focus")
    expect_good_page(browser)
    with browser.new_page():
        press(browser, "u")
    expect("Taken back" in browser.text(".banner"), browser.text(".banner"))
    expect(waiting(browser, "review") == before, f"{before} waited, {waiting(browser, 'review')} do again")
    expect(company in browser.texts("a.row-link"), f"{company} does not wait again")


@step("the desk by domain shows the same companies, and every tab is a good page")
def by_domain(walk):
    browser = walk.owner
    for state in ("review", "unmatched", "matched", "ignored"):
        for arrangement in ("", "&by=domain"):
            browser.go(f"/matching?state={state}{arrangement}")
            expect_good_page(browser)
    browser.go("/matching?state=unmatched")
    alone = set(browser.texts("a.row-link"))
    browser.follow(browser.named("a", "By domain"))
    expect(browser.query.get("by") == "domain", browser.url)
    together = set(browser.texts("a.row-link"))
    expect(not alone or alone & together, f"{alone} stand alone, {together} together")


@step("orphans: tickets of nobody stand by e-mail domain, and one press makes an account of one")
def orphans(walk):
    browser = walk.owner
    browser.go("/tickets?account=none")
    expect_good_page(browser)
    before = browser.api("/tickets?account=none&limit=1")["total"]["count"]
    button = browser.named("main button", "Create account")
    row = button.find_element(By.XPATH, "ancestor::tr")
    domain = row.find_element(By.CSS_SELECTOR, "td.lead .clip").text.strip()
    tickets = int(row.find_elements(By.CSS_SELECTOR, "td.number")[1].text.replace(",", ""))
    browser.follow(button)
    expect(browser.path == "/tickets" and browser.query == {"account": "none"}, browser.url)
    said = browser.text(".banner")
    expect("is created" in said and f"{tickets:,} ticket" in said, said)
    expect(browser.api("/tickets?account=none&limit=1")["total"]["count"] <= before - tickets, f"of {tickets} tickets not all moved")
    made = browser.api(f"/accounts?q={domain}")["data"]
    expect(len(made) == 1 and made[0]["domains"] == [domain], f"{made}")
    browser.go("/accounts/from-domains")
    expect(domain not in browser.texts("td.lead .clip"), f"{domain} is offered again")
    expect_good_page(browser)


@step("two accounts become one and are two again; links to the one that was gone lead on")
def merge(walk):
    browser = walk.owner
    accounts = sorted(browser.api("/accounts?limit=200")["data"], key=lambda account: account["open_tickets"])
    kept, gone = accounts[-1], accounts[-2]
    held = browser.api(f"/tickets?account={gone['id']}&limit=1")["total"]["count"]
    browser.go(f"/accounts/{kept['id']}/merge?with={gone['id']}")
    expect(gone["name"] in browser.text("h1") and f"{held:,}" in browser.texts(".stat .value"), browser.text("main"))
    expect_good_page(browser)
    browser.follow(browser.named("main button", "Merge"))
    expect(browser.path == f"/accounts/{kept['id']}" and "is a part of" in browser.text(".banner"), browser.text(".banner"))
    expect_good_page(browser)
    browser.go(f"/accounts/{gone['id']}")
    expect(browser.path == f"/accounts/{kept['id']}", browser.url)
    browser.named("#merges button", "Undo").click()
    browser.follow(browser.named("#confirm button", "Undo"))
    expect(browser.path == f"/accounts/{gone['id']}" and "is back" in browser.text(".banner"), browser.text(".banner"))
    expect(browser.api(f"/tickets?account={gone['id']}&limit=1")["total"]["count"] == held, "not all of its tickets are back")
