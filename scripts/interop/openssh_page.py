"""Runs the commands of a page: those after `$ ` in its ```console blocks, in one shell, and compares what they print.

`…` on the page stands for any text, and a line of its own for any lines.
"""
import re


def commands(page):
    """Each command with the lines that the page shows after it."""
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text(), re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *printed = part.splitlines()
            yield command, printed


def pattern(lines):
    parts = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    return re.compile("".join(parts))


def follow(page, run, environment, folder):
    """`run` runs a program and returns what it printed."""
    steps = list(commands(page))
    mark = "--- step"
    script = "".join(f"echo '{mark} {number}'\n{command}\n" for number, (command, _) in enumerate(steps))
    printed = run("bash", "-e", "-c", script, environment=environment, cwd=folder)
    shown = re.split(rf"^{mark} \d+\n", printed, flags=re.M)[1:]
    for (command, expected), lines in zip(steps, shown, strict=True):
        if not pattern(expected).fullmatch(lines):
            raise AssertionError(f"$ {command}\nthe page shows {expected}, but it printed\n{lines}")
