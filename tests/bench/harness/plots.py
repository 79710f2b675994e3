# SPDX-License-Identifier: GPL-2.0
"""Plots, by gnuplot."""

import subprocess

from .rows import Row, WAYS
from .tables import CPUS, PADS, WORDS, Figures, image_row

SETUP = """
set terminal svg size 760,460 font "sans-serif,13" background rgb "white"
set output "{output}"
set title "{title}"
set xlabel "{x}"
set ylabel "{y}"
set key tmargin left Left reverse maxcols 1
set grid ytics lc rgb "#dddddd"
set border 3
set tics nomirror
set logscale y
set format y "{format}"
{more}
"""

COLOURS = ("#0060ad", "#56a0d3", "#00795a", "#dd7722", "#aa1111")


def draw(path, setup, curves):
    """curves: (title, [(x, y)]). Nothing is drawn of fewer than two curves."""
    curves = [(title, points) for title, points in curves if len(points) > 1]
    if len(curves) < 2:
        return False
    script = SETUP.format(output=path, **setup)
    plots = [f"'-' using 1:2 with linespoints pt 7 lw 2 lc rgb '{COLOURS[at]}' "
             f"title \"{title}\"" for at, (title, _) in enumerate(curves)]
    data = "".join("".join(f"{x} {y}\n" for x, y in points) + "e\n" for _, points in curves)
    subprocess.run(["gnuplot", "-"], input=f"{script}plot {', '.join(plots)}\n{data}",
                   text=True, check=True)
    return True


def plain(words):
    return words.replace("`", "")


def by_image(figures, phase):
    curves = []
    for way in WAYS:
        points = []
        for pad in PADS:
            row = image_row(way, pad)
            size = figures.get(row, "image_bytes")
            if size:
                points.append((size / 1e6, figures.get(row, "instructions", phase)))
        curves.append((plain(WORDS[way]), points))
    return curves


def by_cpus(figures):
    curves = []
    for words, who, level in (("fastkexec", "in-place", "none"), ("stock kexec", "stock-i", "")):
        found = [(number, figures.get(Row(who, level, cpus=number), "cpus_off_ms"))
                 for number in CPUS]
        curves.append((words, [point for point in found if point[1]]))
    return curves


def draw_all(directory, name, results):
    """Writes NAME-jump.svg, NAME-load.svg and NAME-cpus.svg; the names of those drawn."""
    figures = Figures(results)
    # With both axes like this, what is proportional to the size is a straight line.
    size = {"x": "kernel and initrd, MB", "format": "10^{%T}",
            "more": "set logscale x\nset xrange [40:*]\nset xtics (50, 100, 200, 500, 1000)"}
    wanted = (
        ("jump", {**size, "title": "From the shutdown stage to the next kernel",
                  "y": "instructions"}, by_image(figures, "jump")),
        ("load", {**size, "title": "A load", "y": "instructions"}, by_image(figures, "load")),
        ("cpus", {"title": "The other CPUs off", "x": "CPUs", "y": "milliseconds of the guest",
                  "format": "%g",
                  "more": "set logscale x\nset xtics (2, 4, 8, 16, 32, 64)\nset xrange [1.8:70]"},
         by_cpus(figures)),
    )
    return [f"{name}-{which}.svg" for which, setup, curves in wanted
            if draw(directory / f"{name}-{which}.svg", setup, curves)]
