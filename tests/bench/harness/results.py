# SPDX-License-Identifier: GPL-2.0
"""Results as files, and what has changed since the last ones."""

import json
import re
import subprocess

CHANGE = 0.05

# Not of the program: how much of a second it was, on a clock that goes in steps.
ROUGH = ("cpus_off_ms",)


def word_of(command, pattern):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = re.search(pattern, done.stdout)
    return found[1] if found else done.stdout.strip()


def commit_of(top):
    """Or the version, if this is no repository."""
    if not (top / ".git").exists():
        return (top / "VERSION").read_text().strip()
    return word_of(["git", "-C", str(top), "-c", f"safe.directory={top}", "describe",
                    "--always", "--dirty", "--exclude=*"], r"(\S+)")


def origin(top, rows):
    """What the figures are of."""
    releases = {}
    for kernel in sorted({row.kernel for row in rows}):
        done = subprocess.run(
            ["bash", "-c", f". {top}/tests/env/lib.sh; cat \"$(kernel_dir {kernel})/release\""],
            stdout=subprocess.PIPE, text=True, check=True)
        releases[kernel] = done.stdout.strip()
    return {
        "commit": commit_of(top),
        "qemu": word_of(["qemu-system-aarch64", "--version"], r"version (\S+)"),
        "compiler": word_of(["bash", "-c", f". {top}/tests/env/lib.sh; ${{FK_CROSS}}gcc-12 "
                             "--version"], r"\) (\S+)"),
        "kernels": releases,
    }


def read(path):
    """Results from a file, or None."""
    return json.loads(path.read_text()) if path.exists() else None


def write(path, results):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n")


def leaves(value, name=""):
    """(name, number) of each number in a row."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{name} {key}".strip())
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield name, value


def changes(before, after):
    """A sentence for each figure of `after` that differs by more than CHANGE."""
    old = {row["name"]: row for row in (before or {"rows": []})["rows"]}
    for row in after["rows"]:
        if row["name"] not in old or "failed" in row:
            continue
        if row["outcome"] != old[row["name"]]["outcome"]:
            yield f"{row['name']}: {row['outcome']}; before: {old[row['name']]['outcome']}"
        was = dict(leaves(old[row["name"]]))
        for name, now in leaves(row):
            then = was.get(name)
            if then is None or name in ROUGH or abs(now - then) <= CHANGE * abs(then):
                continue
            share = f"{(now - then) / then:+.0%}" if then else "new"
            yield f"{row['name']}: {name}: {then:,} -> {now:,} ({share})"
