"""The list of tickets: filters, search, order, pages."""

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from browser import expect
from walk import choose, expect_good_page, expect_same_as_api, search_of, shown_tickets, step, total_of


@step("all tickets: the first page of what the API answers")
def all_tickets(walk):
    browser = walk.owner
    browser.go("/tickets")
    tickets = expect_same_as_api(browser, "")
    expect(len(tickets) == 50, f"{len(tickets)} rows")
    expect(browser.text(".table-footer").startswith("1–50 of "), browser.text(".table-footer"))
    held = browser.api("/integrations/freshdesk")["records"]["tickets"]
    expect(total_of(browser.text(".page-header .count")) == held, f"{browser.text('.page-header .count')} on the page, {held} on the card")
    expect_good_page(browser)


@step("filters by status and priority, from the menus into the address")
def filters(walk):
    browser = walk.owner
    choose(browser, "Status", "status", ["open"])
    expect(browser.query == {"status": "open"}, browser.url)
    expect(all(ticket["status"] == "open" for ticket in expect_same_as_api(browser, "status=open")), "not only open ones")
    choose(browser, "Priority", "priority", ["high", "urgent"], closes_by_key=True)
    expect(browser.query.keys() == {"status", "priority"} and set(browser.query["priority"].split(",")) == {"high", "urgent"}, browser.url)
    tickets = expect_same_as_api(browser, "status=open&priority=high,urgent")
    expect(tickets and {ticket["priority"] for ticket in tickets} <= {"high", "urgent"}, "not only high and urgent ones")
    expect(set(browser.texts("tbody .badge")) <= {"Open", "High", "Urgent"}, f"{set(browser.texts('tbody .badge'))}")
    expect([chip.split(":")[0] for chip in browser.texts(".chips .chip")] == ["Status", "Priority"], f"{browser.texts('.chips .chip')}")
    expect_good_page(browser)


@step("a filter can be negated, and more filters wait in a menu of their own")
def more_filters(walk):
    browser = walk.owner
    browser.go("/tickets")
    choose(browser, "Status", "status", ["!", "closed", "resolved"])
    expect(browser.query.get("status", "").startswith("!"), browser.url)
    expect(not {"Closed", "Resolved"} & set(browser.texts("tbody .badge")), "closed ones are shown")
    expect_same_as_api(browser, search_of(browser))
    choose(browser, "More", "csat", ["positive"])
    expect(browser.query.get("csat") == "positive" and browser.query.get("status", "").startswith("!"), browser.url)
    expect_same_as_api(browser, search_of(browser))


@step("removing a chip leaves the other filter; Clear all leaves none")
def chips(walk):
    browser = walk.owner
    browser.go("/tickets?status=open&priority=high,urgent")
    browser.follow(browser.one('.chip a[aria-label^="Remove the filter Priority"]'))
    expect(browser.query == {"status": "open"}, browser.url)
    expect_same_as_api(browser, "status=open")
    browser.follow(browser.named(".chips a", "Clear all"))
    expect(browser.path == "/tickets" and not browser.query, browser.url)


@step("searches the text of tickets and threads, within the filters")
def search(walk):
    browser = walk.owner
    browser.go("/tickets?status=closed,resolved")
    with browser.new_page():
        browser.fill("form[data-filters] input[name=q]", "export").send_keys(Keys.ENTER)
    expect(browser.query.keys() == {"q", "status"} and browser.query["q"] == "export", browser.url)
    found = expect_same_as_api(browser, "q=export&status=closed,resolved")
    expect(found, "nothing found for “export”")
    expect("Search: export" in browser.texts(".chips .chip"), f"{browser.texts('.chips .chip')}")
    browser.go("/tickets?q=zzzxqvw")
    expect("No ticket matches" in browser.text(".empty"), browser.text(".empty"))
    expect_good_page(browser)
    browser.follow(browser.named(".empty a", "Clear 1 filter"))
    expect(browser.path == "/tickets" and not browser.query, browser.url)


@step("sorts by a head and by the menu")
def sorting(walk):
    browser = walk.owner
    browser.go("/tickets")
    browser.follow(browser.named("thead a", "Priority"))
    expect(browser.query == {"sort": "-priority"}, browser.url)
    expect(browser.text("th[aria-sort=descending]") == "Priority", "the head does not say how it is sorted")
    ranks = {"urgent": 0, "high": 1, "medium": 2, "low": 3}
    order = [ranks[ticket["priority"]] for ticket in expect_same_as_api(browser, "sort=-priority")]
    expect(order == sorted(order), "not from urgent to low")
    with browser.new_page():
        Select(browser.one("select[name=sort]")).select_by_visible_text("Oldest")
    expect(browser.query == {"sort": "created"}, browser.url)
    times = [ticket["created_at"] for ticket in expect_same_as_api(browser, "sort=created")]
    expect(times == sorted(times), "not from the oldest on")


@step("pages on and back")
def paging(walk):
    browser = walk.owner
    browser.go("/tickets")
    first, answer = shown_tickets(browser), browser.api("/tickets")
    browser.follow(browser.named(".table-footer a", "Next"))
    second = shown_tickets(browser)
    expect(len(second) == 50 and not set(first) & set(second), "the pages overlap")
    expect(
        second == [ticket["id"] for ticket in browser.api("/tickets?cursor=" + answer["next"])["data"]], "the second page is not the API's"
    )
    expect(browser.text(".table-footer").startswith("51–100 of "), browser.text(".table-footer"))
    browser.follow(browser.named(".table-footer a", "Next"))
    expect(browser.text(".table-footer").startswith("101–150 of "), browser.text(".table-footer"))
    browser.follow(browser.named(".table-footer a", "Previous"))
    expect(shown_tickets(browser) == second, "the way back shows other tickets")
    browser.follow(browser.named(".table-footer a", "Previous"))
    expect(shown_tickets(browser) == first and browser.text(".table-footer").startswith("1–50 of "), browser.text(".table-footer"))


@step("the browser's Back returns to the same filters and rows")
def back(walk):
    browser = walk.owner
    browser.go("/tickets")
    choose(browser, "Status", "status", ["pending"])
    before = (browser.url, shown_tickets(browser))
    browser.follow(browser.all("a.row-link")[2])
    expect(browser.path == f"/tickets/{before[1][2]}", browser.url)
    with browser.new_page():
        browser.driver.back()
    expect((browser.url, shown_tickets(browser)) == before, f"back leads to {browser.url}")
    expect(len(browser.all(".chips .chip")) == 1, "the chip is gone")


@step("what cannot be read in an address is ignored with a notice")
def odd_address(walk):
    browser = walk.owner
    browser.go("/tickets?status=banana&colour=blue&priority=low")
    expect("ignored" in browser.text(".banner"), browser.text(".banner"))
    expect(set(browser.texts("tbody td:first-child .badge")) == {"Low"}, "the good part was not followed")
    expect_good_page(browser)
