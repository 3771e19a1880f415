"""Whom the tickets belong to, and who answers them."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import expect
from walk import expect_good_page, expect_same_as_api, search_of, step


@step("the ticket leads to its account, with the Support section's numbers")
def account(walk):
    browser = walk.owner
    account = walk.ticket["account"]
    browser.go(f"/tickets/{walk.ticket['id']}")
    browser.follow(next(link for link in browser.all("a.chip") if account["name"] in link.text))
    expect(browser.path == f"/accounts/{account['id']}" and browser.text("h1") == account["name"], browser.url)
    support = browser.api(f"/accounts/{account['id']}/support")
    stats = {
        stat.find_element(By.CSS_SELECTOR, ".name").text: stat.find_element(By.CSS_SELECTOR, ".value").text
        for stat in browser.all(".stats .stat")
    }
    expect(stats.get("Open now") == f"{support['open']:,}", f"{stats}, the API says {support['open']} open")
    held = browser.api(f"/tickets?account={account['id']}&limit=1")["total"]["count"]
    expect(sum(support["by_status"].values()) == held, f"by status {support['by_status']}, {held} in the list")
    expect_good_page(browser)
    browser.follow(next(stat for stat in browser.all("a.stat") if stat.text.startswith("Open now")))
    expect(browser.query == {"account": str(account["id"]), "status": "open"}, browser.url)
    expect(len(expect_same_as_api(browser, search_of(browser))) == min(50, support["open"]), "the number and its list differ")


@step("accounts are listed; the search finds one of them")
def accounts(walk):
    browser = walk.owner
    browser.go("/accounts")
    expect(len(browser.all("tbody tr")) > 5, "hardly an account")
    with browser.new_page():
        browser.fill("form.filters input[name=q]", walk.ticket["account"]["name"]).send_keys(Keys.ENTER)
    expect(walk.ticket["account"]["name"] in browser.texts("a.row-link"), f"{browser.texts('a.row-link')}")


@step("the agents' directory leads to an agent and to their tickets")
def agents(walk):
    browser = walk.owner
    browser.go("/agents")
    names = browser.texts("a.row-link")
    expect(len(names) == browser.api("/agents?limit=200")["total"]["count"], f"{len(names)} agents")
    expect_good_page(browser)
    browser.follow(browser.all("a.row-link")[0])
    expect(browser.text("h1") == names[0], browser.text("h1"))
    expect_good_page(browser)
    agent = browser.path.rsplit("/", 1)[1]
    browser.follow(next(stat for stat in browser.all("a.stat") if stat.text.startswith("Unresolved")))
    expect(browser.query.get("agent") == agent, browser.url)
    expect_same_as_api(browser, search_of(browser))
