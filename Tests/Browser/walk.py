"""The walk's steps, what they share, and what they look at."""

import pathlib

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import Browser, expect

PAGE_CHECKS = (pathlib.Path(__file__).resolve().parent / "page_checks.js").read_text()
PHASES = ["companies", "contacts", "agents", "tickets", "conversations", "satisfaction_ratings"]
# Seconds.
TO_SYNC = 60

STEPS = []


def step(sentence, is_needed=False):
    """A step of the walk, in the order of this file. Nothing can follow when a needed one fails."""

    def add(function):
        STEPS.append((sentence, function, is_needed))
        return function

    return add


class Walk:
    """What the steps share."""

    def __init__(self, demo, model):
        self.demo = demo
        self.model = model
        self.people = demo.people
        self.browsers = []
        self.owner = self.open()
        self.key = None

    def open(self, **options):
        browser = Browser(self.demo.address, **options)
        self.browsers.append(browser)
        return browser

    def close(self, browser):
        self.browsers.remove(browser)
        browser.driver.quit()


def check_page(browser, place):
    return [f"{place}: {fault}" for fault in browser.run(PAGE_CHECKS)]


def expect_good_page(browser):
    if browser.runs_scripts:
        browser.settle()
    faults = check_page(browser, browser.path)
    expect(not faults, "\n    ".join(faults))


def numbers(browser):
    """The figures of the connected card, by name."""
    pairs = [
        (cell.find_element(By.CSS_SELECTOR, ".name").text, cell.find_element(By.CSS_SELECTOR, ".value").text)
        for cell in browser.all(".numbers > div")
    ]
    return {name.strip(): value.strip() for name, value in pairs}


def shown_tickets(browser):
    """The ids of the rows, in order."""
    return [
        int(link.rsplit("/", 1)[1].split("?")[0])
        for link in browser.run("return [...document.querySelectorAll('a.row-link')].map((a) => a.pathname)")
    ]


def total_of(words):
    return int(words.split(" ")[0].replace(",", "").rstrip("+"))


def expect_same_as_api(browser, query):
    """The list shows what the API answers to the same query: same rows, same order, same total."""
    answer = browser.api("/tickets" + ("?" + query if query else ""))
    ids = [ticket["id"] for ticket in answer["data"]]
    expect(shown_tickets(browser) == ids, f"/tickets?{query} shows {shown_tickets(browser)[:6]}…, the API answers {ids[:6]}…")
    total = total_of(browser.text(".page-header .count"))
    expect(total == answer["total"]["count"], f"/tickets?{query} counts {total}, the API {answer['total']['count']}")
    return answer["data"]


def search_of(browser):
    return browser.run("return location.search.slice(1)")


def choose(browser, menu, name, values, closes_by_key=False):
    """Ticks boxes of a filter menu and applies them, by its button or by closing the menu with Escape."""
    details = next(
        item for item in browser.all("details.filter") if item.find_element(By.TAG_NAME, "summary").text.strip().startswith(menu)
    )
    details.find_element(By.TAG_NAME, "summary").click()
    for value in values:
        details.find_element(By.CSS_SELECTOR, f'input[name="{name}"][value="{value}"]').find_element(By.XPATH, "..").click()
    with browser.new_page():
        if closes_by_key:
            browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        else:
            next(button for button in details.find_elements(By.TAG_NAME, "button") if button.text.strip() == "Apply").click()


def press(browser, *keys):
    """Keys pressed on the page itself, not into a field."""
    for key in keys:
        browser.driver.switch_to.active_element.send_keys(key)


def focused_row(browser):
    return browser.run("return [...document.querySelectorAll('a.row-link')].indexOf(document.activeElement)")


def background(browser):
    return browser.run("const c = getComputedStyle(document.body).backgroundColor; return c.match(/[\\d.]+/g).slice(0, 3).map(Number)")


def card_state(browser):
    return browser.one("#freshdesk-card").get_attribute("data-state")
