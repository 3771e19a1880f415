"""The found figures as a table on the terminal and as docs/benchmarks.md."""

import dataclasses
import datetime
import os


@dataclasses.dataclass
class Section:
    title: str
    # How it was measured, in sentences.
    method: str
    # (what, figure, aim or nothing).
    rows: list


def text(sections):
    width = max((len(what) for section in sections for what, _, _ in section.rows), default=0)
    figures = max((len(figure) for section in sections for _, figure, _ in section.rows), default=0)
    lines = []
    for section in sections:
        lines += [section.title, "-" * len(section.title)]
        lines += [f"{what:<{width}}  {figure:>{figures}}  {f'aim: {aim}' if aim else ''}".rstrip() for what, figure, aim in section.rows]
        lines.append("")
    return "\n".join(lines)


HEAD = """# Benchmarks

Written by `make bench` and `make bench-peers`. Ratios come from one run on one machine, where the portal, the program and the \
client that asks share the same cores, so they carry over to other machines; absolute figures do not. Aims are aims: nothing \
fails when one is missed."""
MILLION_HEAD = """# A million tickets

Written by `Benchmarks/run --save million`, which fills an installation with tickets and messages whose words follow Zipf's law, moves it to \
PostgreSQL with `clynto migrate`, measures pages, lists and searches on both engines, and deletes everything. It takes most of an hour and \
15 GB of disk and is no part of `make bench` or `make check`; `--tickets` makes it smaller, `--data` keeps what was filled."""


def save(path, sections, size, head=HEAD):
    """Puts the sections into the document; those of other benchmarks stay as they are."""
    kept = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            kept = {part.partition("\n")[0]: "## " + part.strip() for part in file.read().split("\n## ")[1:]}
    kept |= {section.title: written(section, size) for section in sections}
    parts = [
        head,
        *kept.values(),
    ]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n\n".join(parts) + "\n")


def written(section, size):
    now = datetime.datetime.now(datetime.timezone.utc)
    table = ["| What | Figure | Aim |", "| --- | ---: | --- |"]
    table += [f"| {what} | {figure} | {aim or ''} |" for what, figure, aim in section.rows]
    measured = f"Measured on {now:%Y-%m-%d} with {machine()}{'' if size == 'full' else ', at the small sizes of `--quick`'}."
    return "\n\n".join([f"## {section.title}", section.method, measured, "\n".join(table)])


def machine():
    with open("/proc/meminfo", encoding="ascii") as file:
        memory = int(next(line for line in file if line.startswith("MemTotal")).split()[1]) / 1024**2
    return f"{len(os.sched_getaffinity(0))} processor cores and {memory:.0f} GB of memory"


def seconds(value):
    return f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"


def milliseconds(value):
    return f"{value:.1f} ms" if value < 100 else f"{value:,.0f} ms"


def megabytes(value):
    return f"{value:,.0f} MB"


def times(value):
    return f"{value:.1f} ×" if value >= 2 else f"{value:.3f} ×"


def rate(value):
    return f"{value:,.0f} /s"


def percent(value):
    return f"{100 * value:.1f} %"


def count(value):
    return f"{value:,}"
