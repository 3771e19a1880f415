"""Larry: asking, changing what was asked, asking on, the panel beside a page, summaries, and stopping."""

import re

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from browser import expect
from slow_model import SUMMARY
from walk import expect_good_page, expect_same_as_api, step, total_of


def turns(browser, place="[data-larry]"):
    return browser.all(f"{place} .turn")


def answer(browser, place="[data-larry]"):
    return turns(browser, place)[-1].find_element(By.CSS_SELECTOR, ".answer").text


def figure(browser, place="[data-larry]"):
    return int(turns(browser, place)[-1].find_element(By.CSS_SELECTOR, ".answer strong").text.replace(",", ""))


def ask(browser, question, place="[data-larry]"):
    """Asks in the box and waits for one more answer, on the page that is there."""
    began, count = browser.run("return performance.timeOrigin"), len(turns(browser, place))
    field = browser.fill(f"{place} input[name=question]", question)
    field.send_keys(Keys.ENTER)
    browser.until(lambda: len(turns(browser, place)) == count + 1, f"“{question}” is not answered")
    expect(browser.run("return performance.timeOrigin") == began, "the page was loaded again")
    browser.until(lambda: not browser.one(f"{place} input[name=question]").get_attribute("value"), "the box keeps the question")


def chip(browser, words):
    """Opens the chip of the last answer that reads so."""
    menu = next(menu for menu in turns(browser)[-1].find_elements(By.CSS_SELECTOR, ".chip-menu") if words in menu.text)
    menu.find_element(By.TAG_NAME, "summary").click()
    return menu


def tickets(browser, query):
    return browser.api("/tickets?" + query)["total"]["count"]


@step("Larry: a question is answered in place, its figure is the list's, and the link leads there")
def larry_answers(walk):
    browser = walk.owner
    browser.go("/larry")
    expect(browser.texts("[data-openers] .chip"), "no question is suggested")
    expect_good_page(browser)
    ask(browser, "How many open tickets are there?")
    expect(figure(browser) == tickets(browser, "status=open"), answer(browser))
    expect(browser.query.get("thread"), f"the address is {browser.url}")
    said = browser.run("return document.getElementById('live-status').textContent")
    expect(said == answer(browser), f"it says “{said}” aloud")
    expect_good_page(browser)
    for width, scheme in [(900, "light"), (390, "light"), (390, "dark"), (1440, "dark")]:
        browser.resize(width)
        browser.prefer(scheme)
        expect_good_page(browser)
    browser.resize(1440)
    browser.prefer("light")
    browser.go(browser.path + "?thread=" + browser.query["thread"])
    expect(len(turns(browser)) == 1, "the thread does not come back")
    browser.follow(next(link for link in browser.all(".turn a") if link.text.strip() == "See these tickets"))
    expect(browser.path == "/tickets" and browser.query == {"status": "open"}, browser.url)
    expect_same_as_api(browser, "status=open")


@step("Larry: a chip changes what was asked, by the keyboard and the mouse; a follow-up leans on it")
def larry_chips(walk):
    browser = walk.owner
    browser.go("/larry")
    ask(browser, "How many open tickets are there?")
    menu = chip(browser, "Status is open")
    for value in ("open", "pending"):
        menu.find_element(By.CSS_SELECTOR, f"input[name=status][value={value}]").click()
    count = len(turns(browser))
    next(button for button in menu.find_elements(By.TAG_NAME, "button") if button.text.strip() == "Ask again").click()
    browser.until(lambda: len(turns(browser)) == count + 1, "the changed query is not asked")
    expect(figure(browser) == tickets(browser, "status=pending"), answer(browser))

    menu = chip(browser, "Narrow")
    Select(menu.find_element(By.CSS_SELECTOR, "select[name=created]")).select_by_visible_text("in the last 90 days")
    account = browser.api("/tickets?status=pending&match=matched&limit=1")["data"][0]["account"]
    menu.find_element(By.CSS_SELECTOR, "input[name=account]").send_keys(account["name"], Keys.ENTER)
    browser.until(lambda: len(turns(browser)) == count + 2, "the narrowed query is not asked")
    chips = turns(browser)[-1].find_elements(By.CSS_SELECTOR, ".chip-menu > summary")
    expect(any(account["name"] in one.text for one in chips), f"{[one.text for one in chips]}")
    link = next(link for link in turns(browser)[-1].find_elements(By.TAG_NAME, "a") if "See these tickets" in link.text)
    query = link.get_attribute("href").split("?", 1)[1]
    shown = re.search(r"has (no|[\d,]+) ", answer(browser))
    expect(shown and (0 if shown[1] == "no" else total_of(shown[1])) == tickets(browser, query), f"{answer(browser)} {query}")

    menu = chip(browser, account["name"])
    menu.find_element(By.CSS_SELECTOR, "input[name=account]").clear()
    menu.find_element(By.CSS_SELECTOR, "input[name=account]").send_keys("Nobody of this name", Keys.ENTER)
    browser.until(lambda: "no account called" in "".join(browser.texts("[data-told]")), "an unknown name is not said")
    ask(browser, "and urgent ones?")
    expect("urgent" in answer(browser) and account["name"] in answer(browser), answer(browser))
    expect(not browser.has("[data-told]"), "the old sentence stays")


@step("Larry: an answer is judged with a reason, and that is taken back")
def larry_judged(walk):
    browser = walk.owner
    last = turns(browser)[-1].get_attribute("id")
    browser.one(f"#{last} .judgement summary").click()
    browser.named(f"#{last} .judgement .item", "Wrong account").click()
    browser.until(lambda: "wrong account" in browser.text(f"#{last} .judgement"), "the reason is not kept")
    browser.named(f"#{last} .judgement button", "Take back").click()
    browser.until(lambda: "Was this right?" in browser.text(f"#{last} .judgement"), "it is not taken back")
    browser.one(f"#{last} [data-copy]").click()
    expect(browser.one(f"#{last} details.disclosure"), "how it was reached is not there")


@step("Larry: beside an account's page he knows which account is meant; Ctrl J opens and Escape closes him")
def larry_panel(walk):
    browser = walk.owner
    account = browser.api("/tickets?status=open&match=matched&limit=1")["data"][0]["account"]
    browser.go(f"/accounts/{account['id']}")
    expect(not browser.one("body").find_elements(By.CSS_SELECTOR, "#larry-panel:not([hidden])"), "he is open already")
    browser.driver.switch_to.active_element.send_keys(Keys.CONTROL, "j")
    browser.one("#larry-panel .topic")
    expect(account["name"] in browser.text("#larry-panel .topic"), browser.text("#larry-panel .topic"))
    expect(browser.run("return document.activeElement.name") == "question", "the box has no focus")
    ask(browser, "How many open tickets are there?", "#larry-panel")
    expect(figure(browser, "#larry-panel") == tickets(browser, f"status=open&account={account['id']}"), answer(browser, "#larry-panel"))
    expect_good_page(browser)
    # The thread is there on the next page, and what it is about can be left out.
    browser.go("/agents")
    browser.one("#larry-panel .turn")
    browser.go(f"/accounts/{account['id']}")
    browser.one("#larry-panel .topic input").click()
    ask(browser, "How many closed tickets are there?", "#larry-panel")
    expect(figure(browser, "#larry-panel") == tickets(browser, "status=closed"), answer(browser, "#larry-panel"))
    for width in (900, 390):
        browser.resize(width)
        expect_good_page(browser)
    browser.resize(1440)
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    browser.until(lambda: not browser.has("#larry-panel:not([hidden])"), "Escape does not close him")
    browser.go("/agents")
    expect(not browser.has("#larry-panel:not([hidden])"), "he comes back by himself")


@step("Larry: a ticket is summarised beside its page, and Stop ends the work at the model, too")
def larry_stops(walk):
    browser = walk.owner
    ticket = browser.api("/tickets?limit=1")["data"][0]["id"]
    browser.go(f"/tickets/{ticket}")
    walk.model.is_held.set()
    asked, left = walk.model.asked, walk.model.left
    browser.named("button", "Summarise").click()
    browser.until(lambda: f"Summarising ticket {ticket}" in browser.text("#larry-panel [data-stage]"), "it does not say what it does")
    browser.until(lambda: walk.model.asked > asked, "the model is not asked")
    browser.one("#larry-panel [data-stop]").click()
    browser.until(lambda: "Stopped" in browser.text("#larry-panel [data-told]"), "it does not say that it stopped")
    browser.until(lambda: walk.model.left == left + 1, "the model goes on working for nobody")
    expect(SUMMARY not in browser.text("#larry-panel"), "an answer is there")
    walk.model.is_held.clear()
    browser.named("button", "Summarise").click()
    browser.until(lambda: SUMMARY in browser.text("#larry-panel"), "there is no summary")
    expect(answer(browser, "#larry-panel") == SUMMARY, answer(browser, "#larry-panel"))
    expect_good_page(browser)
    browser.one("#larry-panel [data-closes-panel]").click()
    browser.until(lambda: not browser.has("#larry-panel:not([hidden])"), "it does not close")


@step("Larry without scripts: the link leads to his page, which asks, changes and remembers by forms alone")
def larry_without_scripts(walk):
    browser = walk.open(runs_scripts=False)
    browser.sign_in(walk.people["member"])
    account = walk.owner.api("/tickets?status=open&match=matched&limit=1")["data"][0]["account"]
    browser.go(f"/accounts/{account['id']}")
    browser.follow(browser.one(".ask-larry"))
    expect(browser.path == "/larry" and account["name"] in browser.text(".topic"), browser.url)
    browser.fill("[data-larry] input[name=question]", "How many open tickets are there?")
    browser.follow(browser.named("button", "Ask"))
    wanted = walk.owner.api(f"/tickets?status=open&account={account['id']}")["total"]["count"]
    expect(figure(browser) == wanted, answer(browser))
    menu = chip(browser, "Status is open")
    browser.follow(next(button for button in menu.find_elements(By.TAG_NAME, "button") if button.text.strip() == "Leave it out"))
    expect(figure(browser) == walk.owner.api(f"/tickets?account={account['id']}")["total"]["count"], answer(browser))
    expect(len(turns(browser)) == 2 and browser.texts(".past-questions a"), "the questions are not remembered")
    expect_good_page(browser)
    complaints = browser.complaints()
    expect(not complaints, "; ".join(complaints))
    walk.close(browser)
