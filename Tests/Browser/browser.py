"""Headless Chromium, what it complains about, and the few acts the journey is made of."""

import contextlib
import json
import os
import re
import shutil
import urllib.parse

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, TimeoutException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

# Seconds.
PATIENCE = 10
BETWEEN_LOOKS = 0.05

REFUSED_BY_SERVER = re.compile(r"^(\S+) .*the server responded with a status of (\d+)")


class Fault(AssertionError):
    """What the product did is not what it should do."""


def is_gone(error):
    """Whether an element belonged to a page that has been left; the driver says so in more than one way."""
    return isinstance(error, (StaleElementReferenceException, NoSuchElementException)) or "does not belong to the document" in str(error)


def expect(condition, sentence):
    if not condition:
        raise Fault(sentence)


def program(*names):
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    raise SystemExit(f"{names[0]} is not installed. Scripts/setup --tests installs it.")


class Browser:
    """One window with its own cookies. Use it as a context."""

    def __init__(self, address, runs_scripts=True, width=1440, height=900):
        self.address = address
        self.runs_scripts = runs_scripts
        self.allowed, self.refused = set(), set()
        options = webdriver.ChromeOptions()
        options.binary_location = program("chromium", "chromium-browser", "google-chrome")
        for argument in (
            "--headless=new",
            # As root, and in small containers.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--lang=en-GB",
            "--no-proxy-server",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"credentials_enable_service": False, "profile.password_manager_enabled": False})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        # Dates and hours the same wherever it runs.
        environment = {**os.environ, "LANGUAGE": "en_GB", "TZ": "UTC"}
        self.driver = webdriver.Chrome(options=options, service=Service(program("chromedriver"), env=environment))
        self.driver.set_page_load_timeout(30)
        self.driver.set_script_timeout(PATIENCE)
        self.resize(width, height)
        self.tell("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]})
        if not runs_scripts:
            self.tell("Emulation.setScriptExecutionDisabled", {"value": True})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def tell(self, command, parameters):
        return self.driver.execute_cdp_cmd(command, parameters)

    def resize(self, width, height=900):
        self.tell("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def prefer(self, scheme):
        """`light` or `dark`, as the system would say."""
        self.tell("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def settle(self):
        """Waits until transitions have ended and fonts are there."""
        self.until(
            lambda: self.run(
                "const moving = document.getAnimations()"
                ".some((one) => one.playState === 'running' && one.effect.getComputedTiming().iterations === 1);"
                "return !moving && document.fonts.status === 'loaded';"
            ),
            "the page does not come to rest",
        )

    # Where we are

    @property
    def url(self):
        return self.driver.current_url

    @property
    def path(self):
        return urllib.parse.urlsplit(self.url).path

    @property
    def query(self):
        """The address's parameters, each with its one value."""
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.url).query))

    def go(self, path):
        self.driver.get(self.address + path)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def api(self, path):
        """An answer of the JSON API, asked for by the page itself with its own session."""
        answer = self.driver.execute_async_script(
            "const [path, done] = arguments;"
            "fetch(path, {headers: {Accept: 'application/json'}})"
            ".then(async (answer) => done([answer.status, await answer.text()]), (error) => done([0, String(error)]));",
            "/api/v1" + path,
        )
        expect(answer[0] == 200, f"GET /api/v1{path} answered {answer[0]}: {answer[1][:300]}")
        return json.loads(answer[1])

    # Finding

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def has(self, selector):
        return bool(self.all(selector))

    def one(self, selector):
        """The first element that is shown; waits for it."""
        return self.until(
            lambda: next((element for element in self.all(selector) if element.is_displayed()), None),
            f"there is no {selector} on {self.url}",
        )

    def text(self, selector):
        return self.one(selector).text.strip()

    def texts(self, selector):
        return [element.text.strip() for element in self.all(selector)]

    def named(self, selector, text):
        """The element of the selector with exactly this text."""
        return self.until(
            lambda: next((element for element in self.all(selector) if element.is_displayed() and element.text.strip() == text), None),
            f"no {selector} reads “{text}” on {self.url}",
        )

    def until(self, condition, sentence, seconds=PATIENCE):
        def look(_):
            try:
                return condition()
            except WebDriverException as error:
                if is_gone(error):
                    return False
                raise

        try:
            return WebDriverWait(self.driver, seconds, BETWEEN_LOOKS).until(look)
        except TimeoutException:
            raise Fault(f"after {seconds} s, {sentence}") from None

    # Acting

    @contextlib.contextmanager
    def new_page(self):
        """What happens inside leads to another page; afterwards that one is there."""
        old, url = self.driver.find_element(By.TAG_NAME, "html"), self.url
        yield

        def is_left():
            try:
                old.is_enabled()
                return False
            except WebDriverException as error:
                if is_gone(error):
                    return True
                raise

        self.until(is_left, f"nothing led away from {url}")
        self.until(lambda: self.run("return document.readyState") == "complete", f"{self.url} did not finish loading")

    def follow(self, element):
        with self.new_page():
            element.click()

    def fill(self, selector, text):
        field = self.one(selector)
        field.clear()
        field.send_keys(text)
        return field

    def sign_in(self, person):
        email, password = person
        self.go("/login")
        self.fill("#field-email", email)
        self.fill("#field-password", password)
        self.follow(self.named("button", "Sign in"))
        expect(self.path != "/login", f"signing in as {email} did not work: {' '.join(self.texts('.banner'))}")

    # Complaints

    @contextlib.contextmanager
    def refusal(self, status, path):
        """Inside, the server may answer this path with this status; it must, or the test proves nothing."""
        self.allowed.add((status, path))
        self.refused = set()
        yield
        complaints = self.complaints()
        self.allowed.clear()
        expect(not complaints, "; ".join(complaints))
        expect((status, path) in self.refused, f"{path} did not answer {status}")

    def complaints(self):
        """What the browser has complained about since it was asked last: errors, refused or failed requests, foreign hosts."""
        found = []
        for entry in self.driver.get_log("browser"):
            if entry["level"] != "SEVERE":
                continue
            answer = REFUSED_BY_SERVER.match(entry["message"])
            if answer and self._is_allowed(int(answer.group(2)), answer.group(1)):
                continue
            found.append(f"console: {entry['message'][:400]}")
        requested = {}
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            found += self._network(message["method"], message["params"], requested)
        return found

    def _network(self, method, params, requested):
        if method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            requested[params["requestId"]] = url
            if url.startswith(("http:", "https:")) and not url.startswith(self.address + "/"):
                return [f"the page asked another host: {url}"]
        elif method == "Network.responseReceived":
            status, url = params["response"]["status"], params["response"]["url"]
            if status >= 400 and not self._is_allowed(status, url):
                return [f"{url} answered {status}"]
        elif method == "Network.loadingFailed":
            # A page that is left cancels what it was loading.
            if not params.get("canceled") and params.get("errorText") != "net::ERR_ABORTED":
                return [
                    f"{requested.get(params['requestId'], 'a request')} failed: {params.get('blockedReason') or params.get('errorText')}"
                ]
        return []

    def _is_allowed(self, status, url):
        key = (status, urllib.parse.urlsplit(url).path)
        if key not in self.allowed:
            return False
        self.refused.add(key)
        return True
