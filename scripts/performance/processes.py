"""Programs run to their end, one after the other in turns, and what each run cost."""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
BUILT = HERE.parents[1] / ".build/performance"


class Run(NamedTuple):
    """Times in milliseconds; the greatest memory in MB."""
    wall: float
    tail: float  # from the last byte of output to the end of the process
    processor: float
    memory: float


class Program(NamedTuple):
    arguments: list
    pin: str | None = None  # typed at a terminal when the program asks for it


def build(name, *compiler):
    """Builds a program of this folder if its source is newer; returns its path."""
    source, program = HERE / name, BUILT / pathlib.Path(name).stem
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        BUILT.mkdir(parents=True, exist_ok=True)
        subprocess.run([*compiler[:1], "-o", program, source, *compiler[1:]], check=True)
    return program


def build_c(name, *options):
    return build(name, os.environ.get("CC", "cc"), "-O2", "-Wall", "-Wextra", "-Werror", *options)


def run(program, environment, output="/dev/null"):
    """Runs it once; ends this script if it fails, since a failure has no time worth comparing."""
    typing = ["-p", program.pin] if program.pin else []
    with tempfile.TemporaryFile("w+") as errors:
        measured = subprocess.run(
            [build_c("measure.c", "-static"), *typing, "-o", output, *program.arguments],
            env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=errors, text=True)
        *costs, status = measured.stdout.split() or ["no result"]
        if status != "0":
            errors.seek(0)
            sys.exit(f"bench: {program.arguments} ended with {status}\n{errors.read()}")
    wall, tail, processor, memory = map(int, costs)
    return Run(wall / 1000, tail / 1000, processor / 1000, memory / 1024)


def in_turns(programs, environment, pairs):
    """The runs of each program: all of them once before any again, each round beginning with another."""
    runs = {name: [] for name in programs}
    for program in programs.values():
        run(program, environment)  # fills the caches
    names = list(programs)
    for turn in range(pairs):
        for name in names[turn % len(names):] + names[:turn % len(names)]:
            runs[name].append(run(programs[name], environment))
    return runs


def median(runs, measure):
    return statistics.median(getattr(run, measure) for run in runs)


def paired_ratio(ours, theirs, measure):
    """The median over the rounds of our cost divided by theirs: a busy moment of the machine falls on both."""
    return statistics.median(getattr(a, measure) / max(getattr(b, measure), 0.001) for a, b in zip(ours, theirs))


def system_calls(program, environment):
    """How many system calls all its threads make."""
    with tempfile.NamedTemporaryFile("r") as counts:
        traced = Program(["strace", "-f", "-c", "-o", counts.name, *program.arguments], program.pin)
        run(traced, environment)
        return int(counts.read().split("\n100.00")[-1].split()[2])
