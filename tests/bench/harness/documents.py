# SPDX-License-Identifier: GPL-2.0
"""Tables and plots of recorded results in documents.

A document holds "<!-- bench NAME WHAT -->", something, and "<!-- end -->": the table WHAT
(tables.py) of the results NAME (full or quick), or the plot of PLOTS.
"""

import os
import re

from . import results
from .tables import TABLES, Figures

BLOCK = re.compile(r"(<!-- bench (\w+) ([\w-]+) -->\n).*?(\n<!-- end -->)", re.DOTALL)

PLOTS = {
    "jump-plot": "instructions of the jump, by size of the image",
    "load-plot": "instructions of a load, by size of the image",
    "cpus-plot": "time to turn the other CPUs off, by their number",
}

# What "plots" stands for.
ON_FIRST_PAGE = ("jump-plot", "cpus-plot")


def plot(folder, name, what):
    """A picture, if it was drawn."""
    path = folder / f"{name}-{what.removesuffix('-plot')}.svg"
    return path.exists() and f"![{PLOTS[what]}]({{}}/{path.name})"


def filled(page, recorded):
    """The text of a page with its blocks made anew. One whose results were not recorded
    stays."""
    makers = {name: make for name, _, make in TABLES}
    way = os.path.relpath(recorded, page.resolve().parent)

    def block(found):
        name, what = found[2], found[3]
        known = results.read(recorded / f"{name}.json")
        if known and what == "plots":
            made = "\n".join(filter(None, (plot(recorded, name, one) for one in ON_FIRST_PAGE)))
            made = made.format(way, way)
        elif known and what in PLOTS:
            made = plot(recorded, name, what)
            made = made and made.format(way)
        else:
            made = known and makers[what](Figures(known))
        return f"{found[1]}{made}{found[4]}" if made else found[0]

    return BLOCK.sub(block, page.read_text())


def update(recorded, pages, checked):
    """Writes pages, or else says which of those to be checked would change; the exit
    status."""
    status = 0
    for page in pages or checked:
        after = filled(page, recorded)
        if page.read_text() == after:
            continue
        if pages:
            page.write_text(after)
        else:
            print(f"{page}: other tables than those of tests/bench/results;"
                  " tests/bench/bench --documents makes them")
            status = 1
    return status
