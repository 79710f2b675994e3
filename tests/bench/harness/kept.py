# SPDX-License-Identifier: GPL-2.0
"""Guests that have run already, with the same sources: their logs are still there."""

import hashlib
import json

# What a guest does depends on them. How its logs are read does not.
SOURCES = ("module", "uapi", "userspace-tool", "tests/env", "tests/guest")
OTHERS = ("tests/guest/hook", "tests/guest/cases", "tests/guest/demo", "tests/guest/host")
PLUGIN = ("tests/bench/insncount.c", "tests/bench/plugin.h")
MADE = (".o", ".ko", ".cmd", ".8", ".mod")


def digest(top):
    """Of the sources."""
    found = hashlib.sha256()
    for path in PLUGIN:
        found.update((top / path).read_bytes())
    others = tuple(top / folder for folder in OTHERS)
    for folder in SOURCES:
        for path in sorted((top / folder).rglob("*")):
            if any(path.is_relative_to(other) for other in others):
                continue
            if path.is_file() and path.suffix not in MADE and path.name != "fastkexec":
                found.update(str(path.relative_to(top)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


class Kept:
    """How the guests of one state of the sources ended."""

    def __init__(self, tree):
        self.directory = tree.bench
        self.sources = digest(tree.top)

    def path(self, row):
        return self.directory / f"{row.name}.ended"

    def find(self, row):
        """Whether it passed; None: it has not run."""
        path = self.path(row)
        kept = json.loads(path.read_text()) if path.exists() else {}
        return kept["passed"] if kept.get("sources") == self.sources else None

    def forget(self, row):
        self.path(row).unlink(missing_ok=True)

    def keep(self, row, passed):
        self.path(row).write_text(json.dumps({"sources": self.sources, "passed": passed}))
