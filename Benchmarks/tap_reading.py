"""Runs tap-freshdesk against a portal with the streams that Clynto reads, too; prints seconds and records a stream as JSON.

Runs in the virtual environment of the tap. Starting the interpreter and loading the tap are not counted. Left out, in the tap's
favour: roles and time entries, which Clynto does not read, satisfaction ratings, which the tap asks for ticket by ticket and cannot
read, its log, and storing: its records go to a file.
"""

import contextlib
import json
import logging
import sys
import time

import singer
from tap_freshdesk.client import Client
from tap_freshdesk.discover import discover
from tap_freshdesk.sync import sync

STREAMS = {"agents", "companies", "contacts", "conversations", "groups", "tickets"}
START = "2000-01-01T00:00:00Z"


def main(url, key, subdomain, path):
    logging.disable(logging.WARNING)
    config = {"api_key": key, "domain": subdomain, "start_date": START, "user_agent": "benchmark"}
    catalog = discover()
    for stream in catalog.streams:
        for entry in stream.metadata:
            is_stream = entry["breadcrumb"] in ((), [])
            entry["metadata"]["selected"] = stream.stream in STREAMS if is_stream else True
    client = Client(config)
    # The only change to the tap: where the portal is.
    client.base_url = url + "/api/v2"
    with open(path, "w", encoding="utf-8") as output, contextlib.redirect_stdout(output):
        began = time.monotonic()
        with client:
            sync(client=client, config=config, catalog=singer.Catalog.from_dict(catalog.to_dict()), state={})
        seconds = time.monotonic() - began
    print(json.dumps({"seconds": seconds, "records": counted(path)}))


def counted(path):
    """Distinct records a stream."""
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line)
            if message["type"] == "RECORD":
                found.setdefault(message["stream"], set()).add(message["record"]["id"])
    return {stream: len(ids) for stream, ids in found.items()}


if __name__ == "__main__":
    main(*sys.argv[1:5])
