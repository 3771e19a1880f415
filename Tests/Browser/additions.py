"""What an owner adds: accounts from a file and from companies, and a member."""

import pathlib
import urllib.parse

from selenium.webdriver.common.by import By

from browser import expect
from walk import expect_good_page, expect_same_as_api, step

FILE = """\ufeffname,domains,external_id,owner_email,arr,renewal_date
Quagga Kayaks,quagga-kayaks.example;quagga.example,ACC-9001,owner@demo.example,12500.50,2027-03-01
,nameless.example,ACC-9002,,,
Odd Sums Ltd,odd-sums.example,ACC-9003,,twelve,2027-02-30
"""


@step("accounts from a CSV file: what would happen first, then what was good in it")
def accounts_from_file(walk):
    browser = walk.owner
    before = browser.api("/accounts?limit=1")["total"]["count"]
    file = pathlib.Path(walk.demo.folder.name) / "accounts.csv"
    file.write_text(FILE, encoding="utf-8")
    browser.go("/accounts/import")
    browser.one("#field-file").send_keys(str(file))
    browser.follow(browser.named("button", "Look it over"))
    rows = browser.texts("tbody tr")
    expect(len(rows) == 3 and "Create" in rows[0] and "quagga.example" in rows[0], f"{rows}")
    expect("1 to create" in browser.text("main") and "2 left out" in browser.text("main"), browser.text("main"))
    expect(browser.api("/accounts?limit=1")["total"]["count"] == before, "the preview saved something")
    expect_good_page(browser)
    browser.follow(browser.named("button", "Import 1 account"))
    expect(browser.api("/accounts?limit=1")["total"]["count"] == before + 1, "not one account more")
    browser.go("/accounts?q=quagga")
    expect(browser.texts("a.row-link") == ["Quagga Kayaks"], f"{browser.texts('a.row-link')}")
    browser.follow(browser.one("a.row-link"))
    facts = browser.text("main aside")
    expect("12,500.50" in facts and "1 Mar 2027" in facts and "ACC-9001" in facts, facts)
    expect("No company matches this account" in browser.text("main"), "it does not say why there are no tickets")


@step("accounts from companies: asks before making all, makes one, and its tickets stand beside it at once")
def accounts_from_companies(walk):
    browser = walk.owner
    browser.go("/accounts/from-companies")
    rows = browser.all("tbody tr")
    company = rows[0].find_element(By.CSS_SELECTOR, "td.lead").text.strip()
    tickets = int(rows[0].find_elements(By.TAG_NAME, "td")[-1].text)
    expect(tickets > 0, f"{company} has no tickets")
    next(button for button in browser.all("main button") if button.text.startswith("Create all")).click()
    question = browser.text("#confirm[open] [data-question]")
    expect(question.startswith(f"Create {len(rows)} accounts"), question)
    browser.named("#confirm button", "Go back").click()
    browser.until(lambda: not browser.has("#confirm[open]"), "the question stays")
    expect(browser.path == "/accounts/from-companies", "going back made the accounts")
    for row in rows[1:]:
        row.find_element(By.CSS_SELECTOR, "input[type=checkbox]").click()
    browser.follow(browser.named("main button", "Create the ticked ones"))
    browser.go("/accounts?q=" + urllib.parse.quote(company))
    browser.follow(browser.named("a.row-link", company))
    account = browser.path.rsplit("/", 1)[1]
    browser.go(f"/tickets?account={account}")
    expect(len(expect_same_as_api(browser, f"account={account}")) >= tickets, f"of {tickets} tickets not all stand beside {company}")


@step("a new member gets a link that works once, sets a password, and is in")
def invitation(walk):
    browser = walk.owner
    browser.go("/settings/members")
    browser.fill("#field-email", "nora@demo.example")
    browser.fill("#field-name", "Nora New")
    browser.follow(browser.named("main button", "Add member"))
    link = browser.one("#invitation-link").get_attribute("value")
    expect(link.startswith(walk.demo.address + "/invite/"), f"the link is {link}")
    expect_good_page(browser)
    path = urllib.parse.urlsplit(link).path

    newcomer = walk.open()
    newcomer.go(path)
    expect_good_page(newcomer)
    newcomer.fill("#field-password", "a quiet harbour at noon")
    newcomer.fill("#field-repeat", "a quiet harbour at noon")
    newcomer.follow(newcomer.named("button", "Set password and sign in"))
    expect(newcomer.path == "/tickets", newcomer.url)
    expect("Nora New" in newcomer.one(".account-menu > summary").get_attribute("aria-label"), "somebody else is signed in")
    newcomer.driver.delete_all_cookies()
    newcomer.go(path)
    expect(not newcomer.has("#field-password"), "the link works a second time")
    newcomer.allowed |= {(404, path), (410, path), (422, path)}
    complaints = newcomer.complaints()
    expect(not complaints, "; ".join(complaints))
    walk.close(newcomer)
