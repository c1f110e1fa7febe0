"""The micro-benchmarks of Benchmarks, and the same work done by Python's libraries."""
import json
import pathlib
import subprocess
import sys
from typing import NamedTuple

from keys import PYTHON

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ROUNDS, PACKETS = 1000, 129  # as in Benchmarks/Codecs


class Cost(NamedTuple):
    nanoseconds: float  # of the processor
    allocations: float | None


def run():
    """The median cost of each piece of work; per packet where it is about packets."""
    peers = json.loads(output([PYTHON, PROJECT / "Benchmarks/peers.py"]))
    costs = {name: Cost(nanoseconds, None) for name, nanoseconds in peers.items()}
    text = output(["swift", "package", "--package-path", PROJECT / "Benchmarks", "--scratch-path", PROJECT / ".build-benchmarks",
                   "-Xswiftc", "-enable-testing", "benchmark", "--format", "jmh", "--path", "stdout", "--no-progress", "--quiet"])
    for measured in json.loads(text[text.index("[{"):text.rindex("]") + 1]):
        name = measured["benchmark"].split(".Codecs.")[-1].replace("_", " ")
        others = measured["secondaryMetrics"]
        rounds = ROUNDS * (PACKETS if "packets" in name else 1)
        nanoseconds, allocations = (others[metric]["scorePercentiles"]["50.0"] for metric in ("processor time", "allocations"))
        costs[name] = Cost(nanoseconds / rounds, allocations / rounds)
    return costs


def output(command):
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if ended.returncode:
        sys.exit(f"bench: {command} failed\n{ended.stdout}{ended.stderr}")
    return ended.stdout
