# SPDX-License-Identifier: GPL-2.0
"""Tables for people, in Markdown."""

from .rows import FILE, Row, UNCHECKED, WAYS, all_rows

WORDS = {
    ("in-place", "none"): "fastkexec, in place, nothing checked (`--verify none`)",
    ("in-place", "fast"): "fastkexec, in place, `--verify fast`",
    ("copy", "none"): "fastkexec, by copy, nothing checked",
    ("in-place", "full"): "fastkexec, in place, all checked by 1 CPU (default)",
    ("stock-i", ""): "stock kexec, `-i` (no digest)",
    ("stock", ""): "stock kexec",
}


class Figures:
    """Rows by name; what was not measured is not there."""

    def __init__(self, results):
        self.rows = {row["name"]: row for row in results["rows"] if "failed" not in row}
        self.origin = results["origin"]

    def get(self, row, *path):
        """A figure of a row, or None."""
        value = self.rows.get(row.name)
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def known(self, rows):
        return [row for row in rows if row.name in self.rows]


def release(figures, kernel):
    """What a kernel calls itself."""
    return figures.origin["kernels"].get(kernel, kernel)


def text(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(head, lines):
    """Markdown; the first column is words, the others are figures."""
    lines = [line for line in lines if any(cell not in (None, "") for cell in line[1:])]
    if not lines:
        return ""
    rule = "|---|" + "---:|" * (len(head) - 1)
    return "\n".join(["| " + " | ".join(text(cell) for cell in line) + " |"
                      for line in [head]] + [rule] +
                     ["| " + " | ".join(text(cell) for cell in line) + " |" for line in lines])


def columns(head, lines):
    """Without the columns that no line has a figure for."""
    keep = [0] + [at for at in range(1, len(head))
                  if any(line[at] not in (None, "") for line in lines)]
    return table([head[at] for at in keep], [[line[at] for at in keep] for line in lines])


def image_row(way, pad):
    return Row(*way, pad=pad, memory=3072 if pad <= 256 else 8192, access=not pad)


PADS = (0, 64, 256, 512, 1024)


def by_image(figures, *path, more=()):
    sizes = [figures.get(image_row(WAYS[0], pad), "image_bytes") for pad in PADS]
    head = ["kernel and initrd", *(f"{size / 1e6:.0f} MB" if size else "" for size in sizes)]
    lines = [[WORDS[way], *(figures.get(image_row(way, pad), *path) for pad in PADS)]
             for way in WAYS]
    return columns(head, lines + [line + [None] * (len(PADS) - 1) for line in more])


def jump(figures):
    four = Row("in-place", "full", cpus=4)
    words = "fastkexec, in place, all checked by 4 CPUs: the busiest one, of " + \
        text(figures.get(four, "instructions", "jump"))
    return by_image(figures, "instructions", "jump",
                    more=[[words, figures.get(four, "busiest_cpu", "jump")]])


def load(figures):
    return by_image(figures, "instructions", "load")


def peak(figures):
    return by_image(figures, "load_peak_kb")


PHASES = (
    ("load", "load"),
    ("from `exec` to the shutdown stage", "down"),
    ("masters quiet, FF-A left", "masters"),
    ("verify", "verify"),
    ("other CPUs off", "cpus"),
    ("the rest of the jump", "relocate"),
    ("shutdown stage to next kernel", "jump"),
    ("`exec` to next kernel", "whole"),
    ("next kernel to its first program", "init"),
    ("next kernel to a service that answers", "answer"),
)


def phases(figures):
    """Phases of everybody, one CPU, the image as it is."""
    lines = [[words, *(figures.get(image_row(way, 0), "instructions", phase) for way in WAYS)]
             for words, phase in PHASES]
    return table(["", "in place", "by copy", "in place, checked", "stock `-i`", "stock"], lines)


def accesses(figures):
    lines = []
    for way in WAYS:
        row = image_row(way, 0)
        stored = figures.get(row, "stored_to_segments")
        lines.append([WORDS[way], *(figures.get(row, "accesses", key) for key in
                                    ("loads", "stores", "loaded", "stored")),
                      stored and stored["kernel"] + stored["initrd"], stored and stored["dtb"]])
    return table(["", "loads", "stores", "bytes loaded", "bytes stored",
                  "to kernel and initrd", "to the device tree"], lines)


CPUS = (2, 4, 8, 16, 32, 64)


def cpus(figures):
    """Turning the other CPUs off."""
    lines = []
    for number in CPUS:
        ours = Row("in-place", "none", cpus=number)
        stock = Row("stock-i", cpus=number)
        mine, theirs = figures.get(ours, "cpus_off_ms"), figures.get(stock, "cpus_off_ms")
        lines.append([str(number), mine, theirs,
                      round(theirs / mine) if mine and theirs else None,
                      figures.get(ours, "instructions", "whole"),
                      figures.get(stock, "instructions", "whole")])
    return table(["CPUs", "fastkexec, ms", "stock, ms", "times", "`exec` to next kernel",
                  "stock"], lines)


def verify(figures):
    lines = []
    for level in ("full", "fast", "none"):
        cells = [f"`{level}`"]
        for number in (1, 2, 4, 8):
            row = Row("in-place", level, cpus=number)
            cells += [figures.get(row, "busiest_cpu", "jump") if number > 1 else None,
                      figures.get(row, "instructions", "jump")]
        lines.append(cells)
    return columns(["", "", "1 CPU", "2 CPUs: the busiest", "all",
                    "4 CPUs: the busiest", "all", "8 CPUs: the busiest", "all"],
                   lines)


def ram(figures):
    sizes = (1, 3, 4, 16, 64)
    lines = []
    for way in (("in-place", "none"), ("copy", "none"), ("stock-i", "")):
        for words, path in (("load", ("instructions", "load")),
                            ("jump", ("instructions", "jump")),
                            ("pages of tables", ("table_pages",))):
            lines.append([f"{WORDS[way]}: {words}", *(
                figures.get(Row(*way, memory=1024 * size), *path) for size in sizes)])
    return columns(["", *(f"{size} GB" for size in sizes)], lines)


def kernels(figures):
    lines = []
    for kernel in ("5.10", "6.1", "7.3"):
        for level in ("el1", "nvhe", "vhe"):
            lines.append([f"{release(figures, kernel)}, {level}", *(
                figures.get(Row(*way, kernel=kernel, level=level), "instructions", phase)
                for phase in ("jump", "whole") for way in
                (("in-place", "none"), ("copy", "none"), ("stock-i", "")))])
    return table(["", "in place: jump", "copy: jump", "stock `-i`: jump", "in place: from `exec`",
                  "copy: from `exec`", "stock `-i`: from `exec`"], lines)


def files(figures):
    lines = []
    for pad in (0, 256):
        named = [(WORDS[way], Row(*way, kernel=FILE, pad=pad)) for way in
                 (*UNCHECKED, ("in-place", "full"))]
        named += [(words, Row("stock-s", kernel=FILE, pad=pad, cma=cma)) for words, cma in
                  (("stock kexec, `-s`, no CMA", 0), ("stock kexec, `-s`, placed in CMA", 512))]
        for words, row in named:
            size = figures.get(row, "image_bytes")
            lines.append([f"{words}, {size / 1e6:.0f} MB" if size else words,
                          *(figures.get(row, "instructions", phase) for phase in
                            ("load", "down", "jump", "whole")),
                          figures.get(row, "load_peak_kb")])
    return table(["", "load", "from `exec` to the shutdown stage", "jump",
                  "`exec` to next kernel", "peak KB"], lines)


def little(figures):
    lines = []
    for way in UNCHECKED:
        for memory in (3072, 8192):
            row = Row(*way, pad=512, memory=memory)
            lines.append([f"{WORDS[way]}, {memory // 1024} GB",
                          *(figures.get(row, "instructions", phase) for phase in
                            ("load", "jump")), figures.get(row, "load_peak_kb")])
    return table(["", "load", "jump", "peak KB"], lines)


def packed(figures):
    lines = []
    for packing in ("gz", "xz", "zst"):
        rows = [Row("in-place", "none", packing=packing, options=options)
                for options in ("--unpack-initrd never", "--unpack-initrd always")]
        lines.append([packing, *(figures.get(row, "instructions", phase) for phase in
                                 ("load", "init") for row in rows)])
    return table(["", "load", "load, unpacking", "next kernel to its first program",
                  "the same, unpacked"], lines)


def designs(figures):
    lines = []
    ways = [(f"`{design}`", "copy", "none", design) for design in
            ("identity", "range", "linear")]
    for words, who, level, design in [("in place", "in-place", "none", ""), *ways,
                                      ("stock `-i`", "stock-i", "", "")]:
        cells = [words]
        for pad, size in ((0, 1), (0, 64), (214, 16), (982, 64)):
            row = Row(who, level, design=design, pad=pad, memory=1024 * size, traced=True)
            cells += [figures.get(row, "tables", key) for key in ("pages", "build")]
        lines.append(cells)
    head = ["", *(f"{what}, {size}" for size in ("1 GB", "64 GB", "+214 MB in 16 GB",
                                                 "+982 MB in 64 GB")
                  for what in ("pages", "build"))]
    return columns(head, lines)


def faults(figures):
    lines = []
    for row in all_rows(False):
        if row.its or row.spoil:
            what = "ITS by device tree" if row.its else "a byte of the initrd changes"
            lines.append([f"{what}, {release(figures, row.kernel)}: {WORDS[row.who, row.verify]}",
                          figures.get(row, "outcome")])
    return table(["", "what happens"], lines)


def stock_wins(figures):
    """Each figure of which stock, under the same conditions, has less."""
    lines = []
    for row in figures.known(all_rows(False)):
        if not row.ours or row.traced or row.packing or row.options or row.spoil:
            continue
        for who in ("stock", "stock-i", "stock-s"):
            other = Row(who, kernel=row.kernel, level=row.level, cpus=row.cpus,
                        memory=row.memory, pad=row.pad, its=row.its)
            for path in (("instructions", "load"), ("instructions", "down"),
                         ("instructions", "jump"), ("instructions", "whole"),
                         ("instructions", "init"), ("load_peak_kb",), ("cpus_off_ms",)):
                mine, theirs = figures.get(row, *path), figures.get(other, *path)
                if mine is not None and theirs is not None and theirs < mine:
                    lines.append([row.name, other.name, path[-1], mine, theirs])
    return table(["", "stock's row", "figure", "fastkexec", "stock"], lines)


# Name, heading, table: the name is the one of the block in README and docs.
TABLES = (
    ("jump", "Instructions of the jump", jump),
    ("phases", "Instructions by phase", phases),
    ("accesses", "Loads and stores of the jump", accesses),
    ("load", "Instructions of a load", load),
    ("peak", "The most memory of the program that loads, KB", peak),
    ("verify", "Instructions of the jump by --verify", verify),
    ("cpus", "The other CPUs off", cpus),
    ("ram", "The same image in more memory", ram),
    ("kernels", "Releases and levels", kernels),
    ("files", "Beside kexec_file_load", files),
    ("little", "A large image in little memory", little),
    ("packed", "An initrd that is packed", packed),
    ("tables", "Translation tables", designs),
    ("faults", "What goes wrong", faults),
    ("stock-wins", "Where stock has less", stock_wins),
)


def how_many(found):
    quick = {row.name for row in all_rows(True)}
    if {row["name"] for row in found} == quick:
        return f"All {len(quick)} rows of the quick run."
    return f"{len(found)} of {len(all_rows(False))} rows of the full run."


def page(results):
    """All tables, with what they are of."""
    figures = Figures(results)
    about = results["origin"]
    parts = ["# What was measured",
             how_many(results["rows"]),
             f"Commit {about['commit']}, QEMU {about['qemu']}, compiler {about['compiler']}, "
             "kernels " + ", ".join(f"{name}: {release}" for name, release in
                                    about["kernels"].items()) + "."]
    for _, heading, make in TABLES:
        made = make(figures)
        if made:
            parts += [f"## {heading}", made]
    return "\n\n".join(parts) + "\n"
