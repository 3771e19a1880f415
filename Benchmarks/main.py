"""Runs the benchmarks that were asked for, prints their tables, and writes them into docs/benchmarks.md after a whole run."""

import argparse
import os
import signal
import sys
import time

import first_sync
import matching
import memory
import million
import peers
import report
import tickets_page
import upserts
from stage import Stage

BENCHMARKS = {
    "first-sync": first_sync.run, "peers": peers.run, "tickets-page": tickets_page.run, "memory": memory.run, "upserts": upserts.run,
    "matching": matching.run,
}
# Asked for by name only: they take long and much disk.
LARGE = {"million": million.run}
# Seconds after which a run is given up, so that nothing hangs for ever.
LONGEST = {"full": 40 * 60, "quick": 10 * 60}


def main():
    options = arguments()
    size = "quick" if options.quick else "full"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGALRM, give_up)
    names = options.benchmarks or list(BENCHMARKS)
    signal.alarm(LONGEST[size] * (4 if any(name in LARGE for name in names) else 1))
    began = time.monotonic()
    sections = []
    with Stage(options.clynto, options.work, options.cache, (options.peer, options.other_peer), size) as stage:
        stage.tickets, stage.data, stage.fill_only = options.tickets, os.path.abspath(options.data) if options.data else "", options.fill_only
        for name in names:
            print(f"\n{name}", flush=True)
            sections += (BENCHMARKS | LARGE)[name](stage)
    minutes = (time.monotonic() - began) / 60
    print("\n" + report.text(sections) + f"\nDone in {minutes:.1f} minutes.", flush=True)
    is_whole = size == "full" and set(names) == set(BENCHMARKS)
    if sections and (options.save or is_whole):
        if set(names) <= set(LARGE):
            # The large ones have a page of their own.
            page = options.document.replace(".md", "-million.md")
            report.save(page, sections, size, report.MILLION_HEAD)
        else:
            page = options.document
            report.save(page, sections, size)
        print(f"Written: docs/{os.path.basename(page)}")


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/run", description="Measures Clynto. Figures are printed, never asserted.")
    parser.add_argument("benchmarks", nargs="*", metavar="BENCHMARK", help=f"any of {', '.join(BENCHMARKS)}, all of these when none is named; or {', '.join(LARGE)}")
    parser.add_argument("--quick", action="store_true", help="smaller portals and shorter loads, under four minutes")
    parser.add_argument("--save", action="store_true", help="write docs/benchmarks.md even after a quick or partial run")
    large = parser.add_argument_group("for million")
    large.add_argument("--tickets", type=int, default=0, help="so many tickets instead of a million, with five messages each")
    large.add_argument("--data", default="", metavar="FOLDER", help="keep the filled databases there, and measure those that are there already")
    large.add_argument("--fill-only", action="store_true", help="with --data: fill, measure another time")
    # Given by the script around this one.
    for name in ("clynto", "peer", "other-peer", "work", "cache", "document"):
        parser.add_argument(f"--{name}", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill_only and not options.data:
        parser.error("--fill-only needs --data")
    unknown = [name for name in options.benchmarks if name not in BENCHMARKS | LARGE]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS | LARGE)}")
    options.clynto = os.path.abspath(options.clynto)
    return options


def give_up(*_):
    sys.exit("The benchmarks took too long and were stopped.")


if __name__ == "__main__":
    main()
