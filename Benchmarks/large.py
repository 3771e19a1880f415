"""A database of many tickets, made by a first sync and kept for later runs of the same program."""

import datetime
import hashlib
import json
import os
import shutil

from installation import Installation


def prepared(stage):
    """The installation with the large database, and what its sync cost: {seconds, processor, peak, tickets, megabytes}."""
    tickets, companies = stage.choose((100_000, 2_000), (10_000, 300))
    folder = os.path.join(stage.cache, f"{tickets}-tickets")
    about = os.path.join(folder, "measured.json")
    # The port matters to nobody: the portal is gone when the database is used.
    installation = Installation(stage, os.path.join(folder, "installation"), "http://127.0.0.1:9")
    program = digest(stage.clynto)
    if os.path.exists(about):
        with open(about, encoding="utf-8") as file:
            measured = json.load(file)
        if measured["program"] == program:
            stage.say(f"the database of {tickets:,} tickets is there already")
            return installation, measured
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(installation.folder)
    stage.say(f"a portal of {tickets:,} tickets")
    with stage.portal(tickets, companies) as portal:
        installation.portal_url = portal.url
        installation.create()
        installation.import_accounts(portal.companies())
        installation.connect(portal, None)
        portal.forget_statistics()
        stage.say("clynto sync")
        before = portal.process.processor_seconds()
        measured = installation.sync()
        measured["portal"] = portal.process.processor_seconds() - before
        measured["requests"] = portal.statistics()["requests"]
    installation.portal_url = "http://127.0.0.1:9"
    now = datetime.datetime.now(datetime.timezone.utc)
    measured |= {"program": program, "tickets": tickets, "megabytes": installation.size(), "at": now.strftime("%Y-%m-%dT%H:%M:%SZ")}
    with open(about, "w", encoding="utf-8") as file:
        json.dump(measured, file)
    stage.say(f"    {measured['seconds']:.0f} s, {measured['peak']:.0f} MB")
    return installation, measured


def clock(measured):
    """Environment that keeps a server from syncing with the portal that is gone: a day's slot may have passed since the sync."""
    made = datetime.datetime.fromisoformat(measured["at"].replace("Z", "+00:00"))
    slot = made.replace(hour=3, minute=0, second=0)
    if slot <= made:
        slot += datetime.timedelta(days=1)
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    return {} if soon < slot else {"CLYNTO_NOW": measured["at"]}


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
