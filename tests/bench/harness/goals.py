# SPDX-License-Identifier: GPL-2.0
"""What the figures have to be."""

from .rows import Row, all_rows
from .tables import CPUS, PADS, Figures, image_row

IN_PLACE, COPY, CHECKED, STOCK_I, STOCK = (
    ("in-place", "none"), ("copy", "none"), ("in-place", "full"), ("stock-i", ""), ("stock", ""))


def no_dearer(figures, way, phase):
    """Whether a phase takes no more than stock's without a digest, for each image."""
    for pad in PADS:
        ours, stock = (figures.get(image_row(who, pad), "instructions", phase)
                       for who in (way, STOCK_I))
        yield ours and stock and ours <= stock


def stores_nothing(figures):
    """in place nothing is stored to kernel and initrd"""
    for way in (IN_PLACE, CHECKED):
        stored = figures.get(image_row(way, 0), "stored_to_segments")
        yield stored and not stored["kernel"] and not stored["initrd"]


def jump_is_short(figures):
    """in place and not checked, a jump takes at most 2,000 instructions"""
    for pad in PADS:
        taken = figures.get(image_row(IN_PLACE, pad), "instructions", "jump")
        yield taken and taken <= 2000


def jump_is_flat(figures):
    """in place and not checked, a jump takes the same for every image (5 %)"""
    taken = [figures.get(image_row(IN_PLACE, pad), "instructions", "jump") for pad in PADS]
    taken = [one for one in taken if one]
    if len(taken) > 1:
        yield max(taken) <= 1.05 * min(taken)


def copy_is_no_dearer(figures):
    """by copy and not checked, a jump takes no more than stock's without a digest"""
    return no_dearer(figures, COPY, "jump")


def checks_are_shared(figures):
    """checked, with four CPUs, the busiest one takes no more than stock without a digest, and at
    most a hundredth of stock with one"""
    ours = figures.get(Row(*CHECKED, cpus=4), "busiest_cpu", "jump")
    for way, factor in ((STOCK_I, 1), (STOCK, 100)):
        stock = figures.get(image_row(way, 0), "instructions", "jump")
        yield ours and stock and ours * factor <= stock


def cpus_go_off_at_once(figures):
    """with 16 CPUs, the others are off in a five hundredth of stock's time"""
    ours, stock = (figures.get(Row(*way, cpus=16), "cpus_off_ms") for way in (IN_PLACE, STOCK_I))
    yield ours and stock and ours * 500 <= stock


def cpus_off_is_flat(figures):
    """each further CPU takes at most 20 us, of all CPUs' time"""
    known = [(number, figures.get(Row(*IN_PLACE, cpus=number), "cpus_off_ms"))
             for number in CPUS]
    known = [(number, ms) for number, ms in known if ms]
    yield all(ms <= number * 0.02 for number, ms in known)


def tables_are_flat(figures):
    """the pages of tables are the same (8 more at most) in all sizes of memory"""
    pages = [figures.get(Row(*COPY, memory=1024 * size), "table_pages")
             for size in (1, 3, 4, 16, 64)]
    pages = [one for one in pages if one]
    if len(pages) > 1:
        yield max(pages) <= min(pages) + 8


def tables_are_few(figures):
    """in place the tables take at most 8 pages, and linear ones at most one more than stock's:
    KASLR decides where the linear map begins, and so whether it takes one more"""
    for row in all_rows(False):
        if not row.traced:
            continue
        pages = figures.get(row, "tables", "pages")
        if row.who == "in-place":
            yield pages and pages <= 8
        if row.design == "linear":
            stock = figures.get(Row(*STOCK_I, pad=row.pad, memory=row.memory, traced=True),
                                "tables", "pages")
            yield pages and stock and pages <= stock + 1


def load_is_no_dearer(figures):
    """a load in place takes no more than stock's without a digest"""
    return no_dearer(figures, IN_PLACE, "load")


def load_is_linear(figures):
    """a load in place takes at most 1.1 instructions for each further byte"""
    known = [(figures.get(row, "image_bytes"), figures.get(row, "instructions", "load"))
             for row in (image_row(IN_PLACE, pad) for pad in PADS)]
    known = [point for point in known if point[0]]
    for (small, least), (large, most) in zip(known, known[1:]):
        yield most - least <= 1.1 * (large - small)


GOALS = (stores_nothing, jump_is_short, jump_is_flat, copy_is_no_dearer, checks_are_shared,
         cpus_go_off_at_once, cpus_off_is_flat, tables_are_flat, tables_are_few, load_is_no_dearer,
         load_is_linear)


def missed(results):
    """The sentences of the goals that are missed. One whose rows were not asked for is not
    judged."""
    figures = Figures(results)
    for goal in GOALS:
        known = [met for met in goal(figures) if met is not None]
        if known and not all(known):
            yield " ".join(goal.__doc__.split())
