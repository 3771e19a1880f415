"""Runs the benchmarks that were asked for, prints their tables, and writes docs/benchmarks.md after a whole run."""

import argparse
import os
import signal
import sys
import time

import first_sync
import matching
import memory
import report
import tickets_page
from stage import Stage

BENCHMARKS = {"first-sync": first_sync.run, "tickets-page": tickets_page.run, "memory": memory.run, "matching": matching.run}
# Seconds after which a run is given up, so that nothing hangs for ever.
LONGEST = {"full": 40 * 60, "quick": 10 * 60}


def main():
    options = arguments()
    size = "quick" if options.quick else "full"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST[size])
    names = options.benchmarks or list(BENCHMARKS)
    began = time.monotonic()
    sections = []
    with Stage(options.clynto, options.work, options.cache, options.peer, size) as stage:
        for name in names:
            print(f"\n{name}", flush=True)
            sections += BENCHMARKS[name](stage)
    minutes = (time.monotonic() - began) / 60
    print("\n" + report.text(sections) + f"\nDone in {minutes:.1f} minutes.", flush=True)
    is_whole = size == "full" and set(names) == set(BENCHMARKS)
    if options.save or is_whole:
        with open(options.document, "w", encoding="utf-8") as file:
            file.write(report.document(sections, size))
        print("Written: docs/benchmarks.md")


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/run", description="Measures Clynto. Figures are printed, never asserted.")
    parser.add_argument("benchmarks", nargs="*", metavar="BENCHMARK", help=f"any of {', '.join(BENCHMARKS)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="smaller portals and shorter loads, under four minutes")
    parser.add_argument("--save", action="store_true", help="write docs/benchmarks.md even after a quick or partial run")
    # Given by the script around this one.
    for name in ("clynto", "peer", "work", "cache", "document"):
        parser.add_argument(f"--{name}", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = [name for name in options.benchmarks if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS)}")
    options.clynto = os.path.abspath(options.clynto)
    return options


def give_up(*_):
    sys.exit("The benchmarks took too long and were stopped.")


if __name__ == "__main__":
    main()
