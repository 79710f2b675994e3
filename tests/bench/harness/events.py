# SPDX-License-Identifier: GPL-2.0
"""What the plugin has counted: events, and what lies between them."""

# Marks of module/marks.h.
SHUTDOWN, INIT, BEGIN, END, DOWN, QUIET, VERIFIED, CPUS_OFF, ANSWERS = (
    f"mark{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9))
ENTRY = "entry"

# Phase: from one event to another. Stock's has no marks on the jump's way.
PHASES = (
    ("load", BEGIN, END),
    ("down", DOWN, SHUTDOWN),
    ("masters", SHUTDOWN, QUIET),
    ("verify", QUIET, VERIFIED),
    ("cpus", VERIFIED, CPUS_OFF),
    ("relocate", CPUS_OFF, ENTRY),
    ("jump", SHUTDOWN, ENTRY),
    ("whole", DOWN, ENTRY),
    ("init", ENTRY, INIT),
    ("answer", ENTRY, ANSWERS),
)


class Missing(Exception):
    """What should have been measured was not."""


class Event:
    """One line of the plugin's: a name, and numbers by name."""

    def __init__(self, line):
        self.name, *words = line.split()
        self.numbers = {key: int(value) for key, value in
                        (word.split("=") for word in words)}

    def cpus(self):
        """The numbers of those CPUs that have executed something."""
        return [int(key[3:]) for key in self.numbers if key[3:].isdecimal()]

    def cpu(self, number):
        """What CPU `number` has executed."""
        return self.numbers.get(f"cpu{number}", 0)


class Events:
    """The events of one run."""

    def __init__(self, path):
        lines = path.read_text().splitlines() if path.exists() else []
        self.stored = {int(page, 16): int(size) for _, page, size in
                       (line.split() for line in lines if line.startswith("stored "))}
        self.all = [Event(line) for line in lines if not line.startswith("stored ")]

    def last_way(self):
        """{name: event} of the way from the first kernel into the next one."""
        found = {}
        for event in self.all:
            if event.name == SHUTDOWN and DOWN in found:
                found.setdefault(SHUTDOWN, event)
            elif event.name == ENTRY:
                if DOWN in found:
                    found.setdefault(ENTRY, event)
            elif event.name == INIT:
                if ENTRY in found:
                    found.setdefault(INIT, event)
            else:
                found.setdefault(event.name, event)
        return found

    def accesses(self, way):
        """Loads and stores between shutdown stage and entry, if they were counted."""
        if "loads" not in way[ENTRY].numbers:
            raise Missing("loads and stores")
        return {key: way[ENTRY].numbers[key] - way[SHUTDOWN].numbers[key]
                for key in ("loads", "stores", "loaded", "stored")}

    def stored_to(self, start, end):
        """Bytes stored to the pages of [start, end)."""
        return sum(size for page, size in self.stored.items() if start <= page < end)


def busiest(start, end):
    """The CPU that has executed most between two events: the others wait for it."""
    return max(end.cpus(), key=lambda cpu: end.cpu(cpu) - start.cpu(cpu))


def phases(way, which, cpu=None):
    """{phase: instructions} of all CPUs, or of one."""
    result = {}
    for name, start, end in which:
        if start not in way or end not in way:
            raise Missing(f"phase {name}")
        if cpu is None:
            result[name] = way[end].numbers["insns"] - way[start].numbers["insns"]
        else:
            result[name] = way[end].cpu(cpu) - way[start].cpu(cpu)
    return result
