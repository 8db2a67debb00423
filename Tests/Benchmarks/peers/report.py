# SPDX-License-Identifier: Apache-2.0
"""The results as a Markdown table, and the page that it stands on."""

import os
import tempfile
from pathlib import Path

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"


def time(microseconds):
    for limit, unit, size in ((1, "ns", 1e-3), (1e3, "µs", 1), (1e6, "ms", 1e3)):
        if microseconds < limit:
            return f"{digits(microseconds / size)} {unit}"
    return f"{digits(microseconds / 1e6)} s"


def digits(x, count=3):
    """A number with so many significant digits and no exponent."""
    whole = len(str(int(abs(x)))) if abs(x) >= 1 else 0
    if whole == 0:
        return f"{x:.{count}g}" if abs(x) >= 1e-4 else f"{x:.1e}"
    return f"{x:.{max(0, count - whole)}f}"


def verdict(row):
    if row.get("failure"):
        return row["failure"]
    if row["target"] is None:
        return "faster" if row["ratio"] < 1 else "slower"
    return "met" if row["ratio"] <= row["target"] else "**missed**"


def table(rows):
    lines = [
        "| workload | threads | peer | its time | `difftool` | our time | ratio | target | verdict |",
        "|---|---:|---|---:|---|---:|---:|---:|---|",
    ]
    for row in rows:
        measured = row.get("ratio") is not None
        cells = [
            f"`{row['workload']}`", str(row["threads"]), row["peer"], time(row["peerMinimum"]) if measured else "",
            f"`{row['ours']}`", time(row["ourMinimum"]) if measured else "",
            digits(row["ratio"], 2) if measured else "", "" if row["target"] is None else f"≤ {row['target']}",
            verdict(row),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def summary(results):
    judged = [r for r in results["rows"] if r["target"] is not None and r.get("ratio") is not None]
    met = sum(r["ratio"] <= r["target"] for r in judged)
    versions = ", ".join(sorted({r["version"] for r in results["rows"] if r.get("version")}))
    text = (
        f"{results['date']}, {results['processor']}, rounds of {results['seconds']} s, {results['rounds']} of each side "
        f"in turns, the shortest of each. Load average at the start: {results['load']}. Peers: {versions}."
    )
    text += f"\n\n{met} of {len(judged)} targets met."
    if results["load"] > 1.2:
        text += " The machine was doing other things: a repetition that is interrupted looks slow, the longer the more so."
    for name, remedy in results["missing"].items():
        text += f"\n\nNot measured, because it was not installed: {name}; {remedy}."
    return text


def section(results):
    return f"{summary(results)}\n\n{table(results['rows'])}"


def write(path, content):
    """All or nothing: a reader never sees half a file."""
    path = Path(path)
    with tempfile.NamedTemporaryFile("w", dir=path.parent or ".", delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def replace_section(path, results):
    page = Path(path).read_text()
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{path} has no lines '{BEGIN}' and '{END}' for the table to stand between")
    write(path, f"{before}{BEGIN}\n{section(results)}\n{END}{after}")
