"""The way in."""

from browser import expect
from walk import expect_good_page, step


@step("a stranger is led to the sign-in, and from there where they wanted to go")
def stranger(walk):
    browser = walk.owner
    browser.go("/agents")
    expect(browser.path == "/login", f"/agents is open to strangers: {browser.url}")
    expect_good_page(browser)
    expect(browser.run("return document.activeElement.id") == "field-email", "the e-mail field has no focus")


@step("a wrong password is refused with a sentence, and the address stays")
def wrong_password(walk):
    browser, (email, _) = walk.owner, walk.people["owner"]
    browser.fill("#field-email", email)
    browser.fill("#field-password", "not the password")
    with browser.refusal(422, "/login"):
        browser.follow(browser.named("button", "Sign in"))
        said = browser.text(".banner.danger")
    expect(said == "That e-mail address and password do not go together.", f"it says “{said}”")
    expect(browser.one("#field-email").get_attribute("value") == email, "the typed address is gone")
    expect(browser.one("#field-password").get_attribute("value") == "", "the password was sent back")
    expect_good_page(browser)


@step("the right password opens the page that was asked for", is_needed=True)
def right_password(walk):
    browser, (email, password) = walk.owner, walk.people["owner"]
    browser.fill("#field-email", email)
    browser.fill("#field-password", password)
    browser.follow(browser.named("button", "Sign in"))
    expect(browser.path == "/agents", f"signing in leads to {browser.url}, not to /agents")
    cookies = browser.driver.get_cookies()
    expect(cookies and all(cookie["httpOnly"] and cookie.get("sameSite") in ("Lax", "Strict") for cookie in cookies), f"cookies: {cookies}")


@step("before a portal is connected, the lists say so and lead to Integrations")
def nothing_yet(walk):
    browser = walk.owner
    browser.go("/")
    expect(browser.path == "/tickets", f"/ leads to {browser.path}")
    expect("Nothing is synced yet" in browser.text(".empty"), browser.text(".empty"))
    expect_good_page(browser)
    browser.follow(browser.named(".empty a", "Connect Freshdesk"))
    expect(browser.path == "/integrations", f"it leads to {browser.path}")
