# SPDX-License-Identifier: GPL-2.0
"""One row in a guest (tests/guest/run), and what it has measured."""

import json
import re
import subprocess

from . import events
from .events import Events, Missing
from .rows import ARRIVES, HARMED, FIRMWARE, HANGS, UNMARKED


class Tree:
    """Where things are, and what is built before the first row."""

    def __init__(self, top):
        self.top = top
        self.bench = top / "build" / "bench"
        self.guest = top / "build" / "guest"
        self.plugin = self.extra = self.traced = self.modules = None

    def output(self, *command):
        """The last line that a program of the tree's prints."""
        done = subprocess.run([str(self.top / command[0]), *command[1:]], cwd=self.top,
                              stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.splitlines()[-1]

    def build(self, rows):
        self.bench.mkdir(parents=True, exist_ok=True)
        self.plugin = self.output("tests/bench/build-plugin")
        self.extra = self.output("tests/guest/extra/build")
        if any(row.traced for row in rows):
            self.traced = self.output("tests/bench/build-traced")
        if any(row.packing for row in rows):
            self.modules = self.output("tests/bench/build-archive")


def arguments(tree, row):
    """Of tests/guest/run, after --plugin."""
    words = ["--kernel", row.kernel, "--level", row.level, "--cpus", str(row.cpus),
             "--id", f"bench-{row.name}", "--timeout", str(row.timeout), "--icount",
             # The same random numbers in every run; memory that is not used costs nothing.
             "--qemu-arg", "-seed", "--qemu-arg", "1",
             "--mem", str(row.memory), "--machine",
             "memory-backend=ram" + (",its=on" if row.its else ""),
             "--qemu-arg", "-object", "--qemu-arg",
             f"memory-backend-ram,id=ram,size={row.memory}M,reserve=off",
             # All guests have the same files, so all next kernels the same initrd.
             "--module", "--tool", "--stock", "--test-module", "mark", "--test-module", "spoil",
             "--file", f"{tree.extra}/measure:t/measure",
             "--script", "bench.sh", "--next-script", "bench-next.sh",
             "--next", row.kernel, "--next-pad", str(row.pad), "--set", f"WHO={row.who}"]
    if row.ours:
        words += ["--set", f"VERIFY={row.verify}"]
    options = " ".join(filter(None, (row.options, row.design and f"--design {row.design}")))
    if options:
        words += ["--set", f"OPTIONS={options}"]
    if row.cma is not None:
        words += ["--append", f"cma={row.cma}M"]
    if row.spoil:
        words += ["--set", "SPOIL=yes"]
    if row.traced:
        words += ["--set", "TRACED=yes", "--file", f"{tree.traced}:t/fastkexec.ko"]
    if row.packing:
        words += ["--next-below", tree.modules, "--next-format", f"initrd.{row.packing}"]
    return words


def command(tree, row):
    """Program and arguments of a row's guest."""
    plugin = f"{tree.plugin},out={tree.bench / row.name}.events,each=yes"
    if row.access:
        plugin += ",memory=yes"
    return [str(tree.top / "tests/guest/run"), "--plugin", plugin, *arguments(tree, row)]


def run_guest(tree, row, under):
    """Whether it passed; its logs say the rest."""
    (tree.bench / f"{row.name}.events").unlink(missing_ok=True)
    with open(tree.bench / f"{row.name}.log", "w", encoding="utf-8") as log:
        return not subprocess.run([*under, *command(tree, row)], stdout=log,
                                  stderr=subprocess.STDOUT, check=False).returncode


class Run:
    """A guest that has ended."""

    def __init__(self, tree, row, passed):
        self.row = row
        self.passed = passed
        self.log = (tree.bench / f"{row.name}.log").read_text(errors="replace")
        directory = tree.guest / f"bench-{row.name}"
        self.console = self.text(directory / "console.log")
        self.report = self.text(directory / "report.log")
        self.events = Events(tree.bench / f"{row.name}.events")

    @staticmethod
    def text(path):
        return path.read_text(errors="replace").replace("\r", "") if path.exists() else ""

    def reported(self, word):
        """What the guest has reported behind a word at the start of a line."""
        found = re.search(rf"^{word} (.*)$", self.report, re.MULTILINE)
        if not found:
            raise Missing(f"the report's line \"{word}\"")
        return found[1]

    def outcome(self):
        """What became of the machine; None if that cannot be told."""
        left = re.search(r"\] Bye!$", self.console, re.MULTILINE)
        after = self.console[left.end():] if left else ""
        if self.passed:
            return ARRIVES
        if "restarting through the firmware" in self.console and \
                "QEMU ended with status" not in self.log:
            return FIRMWARE
        if re.search(r"Unable to handle|Kernel panic|Internal error|corrupted", after):
            return HARMED
        if left and not after.strip() and "QEMU ended with status 124" in self.log:
            return HANGS
        return None

    def milliseconds_of_stock(self):
        """How long the kernel's own kexec turned CPUs off, by the console's stamps."""
        stamp = r"^\[ *(\d+\.\d+)\] "
        start = re.search(stamp + r".*Starting new kernel$", self.console, re.MULTILINE)
        end = re.search(stamp + r".*Bye!$", self.console, re.MULTILINE)
        if not start or not end:
            raise Missing("the time of the other CPUs")
        return round((float(end[1]) - float(start[1])) * 1000, 3)

    def milliseconds_of_ours(self):
        """The same of ours, by the record."""
        record = json.loads(self.reported("record"))["record"]
        return round((record["cpus_off"] - record["verified"]) / record["frequency"] * 1000, 6)


def claims(run, status):
    """Bytes that the jump has stored to each segment that lies in place."""
    return {segment["name"]: run.events.stored_to(segment["address"],
                                                  segment["address"] + segment["bytes"])
            for segment in status["segments"]}


def of_ours(run, result):
    """What only our own tool tells."""
    status = json.loads(run.reported("status"))["image"]
    result["pages_held"] = status["pages_held"]
    result["table_pages"] = status["table_pages"]
    if run.row.access:
        result["stored_to_segments"] = claims(run, status)


def measured(run):
    """Everything that a row yields, as for JSON; raises Missing."""
    row = run.row
    way = run.events.last_way()
    which = [phase for phase in events.PHASES if row.ours or
             phase[0] in ("load", "down", "jump", "whole", "init", "answer")]
    if not row.ours and row.kernel in UNMARKED:
        which = [phase for phase in which if events.SHUTDOWN not in phase]
    image, initrd = map(int, run.reported("bytes").split())
    result = {"image_bytes": image + initrd, "instructions": events.phases(way, which),
              "load_peak_kb": int(run.reported("load").removeprefix("peak "))}
    if row.cpus > 1:
        jump = [phase for phase in which if phase[0] not in ("load", "init", "answer")]
        cpu = events.busiest(way.get(events.SHUTDOWN, way[events.DOWN]), way[events.ENTRY])
        result["busiest_cpu"] = events.phases(way, jump, cpu)
        result["cpus_off_ms"] = (run.milliseconds_of_ours() if row.ours else
                                 run.milliseconds_of_stock())
    if row.access:
        result["accesses"] = run.events.accesses(way)
    if row.traced:
        pages, build = map(int, re.match(r"pages=(\d+) build=(\d+)$",
                                         run.reported("cost")).groups())
        result["tables"] = {"pages": pages, "build": build}
    if row.ours:
        of_ours(run, result)
    return result


def read_row(tree, row, passed):
    """The JSON object of a row; "failed" in it says why there are no figures."""
    run = Run(tree, row, passed)
    result = {"name": row.name, "outcome": run.outcome() or "unknown"}
    if result["outcome"] != row.outcome:
        result["failed"] = f"{result['outcome']} instead of: {row.outcome}"
    elif row.outcome == ARRIVES:
        try:
            result.update(measured(run))
        except (Missing, KeyError, ValueError, AttributeError) as error:
            result["failed"] = f"not measured: {error}"
    return result
