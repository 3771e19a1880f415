"""One walk through the product in a real browser, as people would go it: owner, member, and an admin whose browser runs no scripts.

The demo's portal is a simulated one with a fixed seed. Every step fails on anything the browser complains about: an error on its
console, a refused style or script, a request that was answered with 4xx or 5xx, a request to another host.

Usage: browser_test.py PATH_OF_CLYNTO
"""

import pathlib
import signal
import sys
import time
import traceback

# The steps, in the order of the walk.
import signing_in  # noqa: F401
import connecting  # noqa: F401
import tickets  # noqa: F401
import one_ticket  # noqa: F401
import accounts_and_agents  # noqa: F401
import every_page  # noqa: F401
import larry  # noqa: F401
import additions  # noqa: F401
import matching  # noqa: F401
import other_people  # noqa: F401
import trouble  # noqa: F401
from demo import Demo, DemoError
from slow_model import SlowModel
from walk import STEPS, Walk

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / ".build" / "browser-test"
# Slow enough for each step of a sync to be seen.
PORTAL = ["--seed", "1", "--latency-ms", "120"]
# Seconds for the whole walk; what has not begun by then has failed.
ALLOWED = 540


def attempt(walk, number, function):
    """The fault of a step, or nil; with a picture of every window as it was."""
    fault = None
    try:
        function(walk)
    except AssertionError as error:
        fault = str(error)
    except Exception:
        fault = "".join(traceback.format_exc(limit=-3)).split("Stacktrace:")[0]
    complaints = []
    for browser in walk.browsers:
        browser.allowed.clear()
        try:
            complaints += browser.complaints()
        except Exception as error:
            complaints.append(f"the browser does not answer: {str(error)[:200]}")
    if complaints:
        fault = "\n    ".join([*([fault] if fault else []), *dict.fromkeys(complaints)])
    if fault:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for window, browser in enumerate(walk.browsers):
            try:
                browser.driver.save_screenshot(str(PICTURES / f"{number:02}-{function.__name__}-{window}.png"))
            except Exception as error:
                print(f"    no picture: {str(error)[:200]}")
    return fault


def run(demo, model):
    for old in PICTURES.glob("*.png"):
        old.unlink()
    began = time.monotonic()
    passed, failed, obstacle = 0, 0, None
    walk = Walk(demo, model)
    try:
        for number, (sentence, function, is_needed) in enumerate(STEPS, 1):
            if obstacle is None and time.monotonic() - began > ALLOWED:
                obstacle = f"the walk has taken more than {ALLOWED} s"
            if obstacle:
                failed += 1
                print(f"not reached  {sentence} ({obstacle})", flush=True)
                continue
            start = time.monotonic()
            fault = attempt(walk, number, function)
            print(f"{'failed' if fault else 'passed'} {time.monotonic() - start:5.1f} s  {sentence}", flush=True)
            if fault:
                failed += 1
                print(f"    {fault}", flush=True)
                if is_needed:
                    obstacle = "a step that it needs failed"
            else:
                passed += 1
    finally:
        for browser in walk.browsers:
            browser.driver.quit()
    if failed:
        print(f"Pictures of what failed: {PICTURES.relative_to(ROOT)}/")
        print("The demo's last lines:")
        print("\n".join(f"    {line}" for line in demo.lines[-15:] if "password" not in line))
    print(f"{passed} passed, {failed} failed", flush=True)
    return failed == 0


def main():
    # So that the demo and the browsers are stopped when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with SlowModel() as model:
            with Demo(pathlib.Path(sys.argv[1]).resolve(), *PORTAL, environment=model.environment) as demo:
                is_good = run(demo, model)
    except DemoError as error:
        print(error)
        print(f"0 passed, {len(STEPS)} failed")
        is_good = False
    sys.exit(0 if is_good else 1)


main()
