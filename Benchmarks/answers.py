"""JSON over HTTP."""

import json
import urllib.error
import urllib.request


def read_json(url, body=None, headers=None):
    """A JSON answer to a GET, or to a POST of `body`."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 503 and url.endswith("/readyz"):
            return {"status": "not_ready"}
        raise SystemExit(f"{url.partition('?')[0]} answered {error.code}: {error.read().decode(errors='replace')[:500]}") from None
