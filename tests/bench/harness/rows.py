# SPDX-License-Identifier: GPL-2.0
"""What is measured: rows, in series.

A row is one run of one guest: a kernel that replaces itself on some machine, by somebody.
Rows are compared with what was recorded by their names, so a name never changes its
meaning.
"""

from dataclasses import dataclass

OURS = ("in-place", "copy")
STOCK = ("stock", "stock-i", "stock-s")

ARRIVES = "the next kernel runs"
FIRMWARE = "restarted through the firmware"
HARMED = "the next kernel crashes, or finds its memory corrupted"
HANGS = "hangs"


# Whose own kexec tells kmsg dumpers nothing, so that its shutdown stage has no mark.
UNMARKED = ("5.10",)

# Of our own: the only one that has kexec_file_load.
FILE = "7.3-file"


@dataclass(frozen=True)
class Row:
    """One run. `who` is one of OURS or STOCK; `verify` and `design` are ours only."""

    who: str
    verify: str = ""
    kernel: str = "6.1"
    level: str = "el1"
    cpus: int = 1
    memory: int = 3072	# MB
    pad: int = 0	# MB of random data more in the initrd
    design: str = ""
    packing: str = ""	# of an initrd with modules in it
    options: str = ""	# more of 'fastkexec load'
    access: bool = False	# loads and stores are counted, too
    traced: bool = False	# the tables are measured, by the function tracer
    its: bool = False	# the machine has a GICv3 ITS
    cma: int = None	# MB of the area that kexec_file_load prefers
    spoil: bool = False	# a byte changes after the load
    outcome: str = ARRIVES	# what is expected
    timeout: int = 840	# seconds

    @property
    def ours(self):
        return self.who in OURS

    @property
    def name(self):
        words = [self.who, self.verify, self.design, self.kernel, self.level,
                 f"{self.cpus}cpu", f"{self.memory}mb", f"{self.pad}pad", self.packing,
                 self.options.replace("--", "").replace(" ", "-"),
                 "" if self.cma is None else f"{self.cma}cma", "traced" if self.traced else "",
                 "its" if self.its else "", "spoiled" if self.spoil else ""]
        return "-".join(word for word in words if word)


# Everybody, at his best: ours unchecked as stock -i is, ours checked as stock is.
WAYS = (("in-place", "none"), ("copy", "none"), ("in-place", "full"), ("stock-i", ""),
        ("stock", ""))
UNCHECKED = (("in-place", "none"), ("copy", "none"), ("stock-i", ""))


def image(quick):
    """The jump and the load, as the image grows."""
    for pad in (0, 256) if quick else (0, 64, 256, 512, 1024):
        memory = 3072 if pad <= 256 else 8192
        for who, verify in WAYS:
            yield Row(who, verify, pad=pad, memory=memory, access=not pad)


def cpus(quick):
    """The other CPUs, and the checks that they share."""
    for number in (4, 16) if quick else (2, 4, 8, 16, 32, 64):
        yield Row("in-place", "none", cpus=number)
        yield Row("stock-i", cpus=number)
        if number == 4 or (not quick and number <= 16):
            yield Row("in-place", "full", cpus=number)


def verify(quick):
    """Levels of --verify."""
    for number in (1,) if quick else (1, 2, 4, 8):
        for level in ("none", "fast", "full"):
            yield Row("in-place", level, cpus=number, access=number == 1 and level != "fast")


def ram(quick):
    """The same image in more memory."""
    for gigabytes in (16,) if quick else (1, 4, 16, 64):
        for who, level in UNCHECKED:
            yield Row(who, level, memory=gigabytes * 1024)


def kernels(quick):
    """Releases and levels."""
    for kernel in ("5.10", "6.1", "7.3"):
        for level in ("el1", "nvhe", "vhe"):
            if quick and (kernel == "6.1") == (level == "el1"):
                continue
            for who, verify_level in UNCHECKED:
                if quick and who == "copy":
                    continue
                yield Row(who, verify_level, kernel=kernel, level=level,
                          access=(kernel, level) == ("6.1", "el1"))


def files(quick):
    """Stock's kexec_file_load, with and without an area to place the image in. The kernel
    takes long to build, so that quick runs leave it out."""
    for pad in () if quick else (0, 256):
        yield Row("stock-s", kernel=FILE, pad=pad, cma=0)
        yield Row("stock-s", kernel=FILE, pad=pad, cma=512)
        for who, level in (*UNCHECKED, ("in-place", "full")):
            yield Row(who, level, kernel=FILE, pad=pad)


def load(quick):
    """What a load costs beside the jump; the initrd is not looked at."""
    for pad in (0,) if quick else (0, 512):
        yield Row("in-place", "none", pad=pad, memory=3072 if not pad else 8192,
                  options="--no-check-initrd")


def little(quick):
    """A large image where stock's pages come to lie where it is to go: its load looks at
    each of them anew."""
    if not quick:
        for who, level in UNCHECKED:
            yield Row(who, level, pad=512, memory=3072)


def packed(quick):
    """An initrd that is packed, and unpacked by the load."""
    for packing in ("zst",) if quick else ("gz", "xz", "zst"):
        for options in ("--unpack-initrd never", "--unpack-initrd always"):
            yield Row("in-place", "none", packing=packing, options=options)


def tables(quick):
    """Pages of translation tables, and what it costs to build them."""
    sizes = ((0, 1),) if quick else ((0, 1), (0, 64), (214, 16), (982, 64))
    for pad, gigabytes in sizes:
        for design in ("identity", "range", "linear"):
            yield Row("copy", "none", design=design, pad=pad, memory=gigabytes * 1024,
                      traced=True)
        for who, level in (("in-place", "none"), ("stock-i", "")):
            yield Row(who, level, pad=pad, memory=gigabytes * 1024, traced=True)


def faults(quick):
    """What one of the two does not survive."""
    for kernel in ("6.1",) if quick else ("5.10", "6.1", "7.3"):
        yield Row("in-place", "full", kernel=kernel, its=True)
        yield Row("stock-i", kernel=kernel, its=True, outcome=HARMED, timeout=240)
    yield Row("in-place", "full", spoil=True, outcome=FIRMWARE, timeout=240)
    yield Row("stock", spoil=True, outcome=HANGS, timeout=150)


SERIES = (image, verify, cpus, ram, kernels, files, load, little, packed, tables, faults)


def all_rows(quick):
    """Each row once, in order of the series."""
    rows = {}
    for series in SERIES:
        for row in series(quick):
            before = rows.setdefault(row.name, row)
            if before != row:
                raise ValueError(f"two rows are called {row.name}")
    return list(rows.values())
