# SPDX-License-Identifier: GPL-2.0
"""Whether the plugin counts right: known.S, whose counts are known."""

import subprocess

from .events import DOWN, ENTRY, INIT, QUIET, SHUTDOWN, Events, phases

# What known.S says of itself.
INSTRUCTIONS = {"masters": 7002, "jump": 7011, "init": 2}
ACCESSES = {"loads": 3000, "stores": 4000, "loaded": 24000, "stored": 32000}
STORED = {0x40210000: 24000, 0x40212000: 8000}

WHICH = (("masters", SHUTDOWN, QUIET), ("jump", SHUTDOWN, ENTRY), ("init", ENTRY, INIT))


def differences(path):
    """Sentences; none if all counts are right."""
    found = Events(path)
    way = {DOWN: None} | {event.name: event for event in found.all}
    counted = (
        ("instructions", phases(way, WHICH), INSTRUCTIONS),
        ("accesses", found.accesses(way), ACCESSES),
        ("stores to pages", found.stored, STORED),
    )
    return [f"{what}: {got} instead of {right}" for what, got, right in counted if got != right]


def check(tree):
    """Run it; sentences, none if the plugin is right."""
    program = tree.output("tests/bench/build-known")
    path = tree.bench / "known.events"
    path.unlink(missing_ok=True)
    subprocess.run(["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a57", "-m", "128",
                    "-icount", "shift=0,sleep=off", "-nodefaults", "-display", "none",
                    "-device", f"loader,file={program},addr=0x40200000,cpu-num=0", "-plugin",
                    f"{tree.plugin},out={path},memory=yes,each=yes"],
                   check=True, timeout=60, stderr=subprocess.DEVNULL)
    return differences(path)
