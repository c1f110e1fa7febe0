"""The measurements as a page in Markdown, and which bounds they meet."""
import os
import pathlib
import platform
import statistics
import subprocess
from typing import NamedTuple

from keys import OURS, PYTHON, PYTHONS, THEIRS
from micro import PACKETS
from processes import median, paired_ratio
from reports import Reports


class Bound(NamedTuple):
    measure: str
    figure: float
    limit: float
    unit: str = ""

    @property
    def is_met(self):
        return self.figure <= self.limit


class Counts(NamedTuple):
    """What does not depend on how busy the machine is."""
    reports: Reports
    system_calls: int
    instructions: int | None


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("| " + " | ".join(["---"] * len(head)) + " |")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def said_by(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True).stdout.strip()


def print_head(fidoctl, pairs, load):
    """What was measured, and where."""
    processor = next((line.partition(": ")[2] for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                      if line.startswith("model name")), platform.machine())
    client = pathlib.Path(__file__).with_name("python_client.py")
    print("# Measurements\n")
    print("What `make bench` has printed; [performance.md](performance.md) explains it.\n")
    print(f"- fidoctl {said_by(fidoctl, '--version')} at {said_by('git', 'describe', '--always', '--dirty', '--exclude=*')},"
          f" libfido2 {said_by('fido2-token', '-V')}, python-fido2 {said_by(PYTHON, client, 'version')}")
    print(f"- {processor}, {os.cpu_count()} processors, Linux {platform.release()}")
    print(f"- {pairs} runs of each program, in turns")
    print(f"- processes that ran or wanted to: {load:.1f} in the minute before, {os.getloadavg()[0]:.1f} in the last\n")


def print_bounds(bounds):
    print("## Bounds\n")
    table(("measure", "figure", "at most", ""), [
        (bound.measure, f"{bound.figure:.3g}{bound.unit}", f"{bound.limit:g}{bound.unit}", "met" if bound.is_met else "**missed**")
        for bound in bounds])


def print_processes(results):
    print("## Whole commands\n\nMedians. The last column is the median of the ratios of the rounds, the ratio of medians in brackets.\n")
    rows = []
    for name, runs in results.items():
        for program, its in runs.items():
            ratio = "" if program == OURS else (
                f"{paired_ratio(runs[OURS], its, 'wall'):.2f} ({median(runs[OURS], 'wall') / median(its, 'wall'):.2f})")
            rows.append((name, program, *(f"{median(its, measure):.1f}" for measure in ("wall", "tail", "processor", "memory")), ratio))
    table(("command", "program", "wall, ms", "output to end, ms", "processor, ms", "memory, MB", "fidoctl's wall / this"), rows)


def print_counts(counts):
    print("## Counts\n\nReports without KEEPALIVE. System calls and instructions of all threads.\n")
    table(("command", "program", "reports sent / received", "requests", "system calls", "instructions, millions"), [
        (name, program, str(count.reports), str(count.reports.requests), str(count.system_calls),
         "" if count.instructions is None else f"{count.instructions / 1e6:.1f}")
        for name, programs in counts.items() for program, count in programs.items()])


def print_costs(costs):
    print("## Codecs and cryptography\n\nMedians of processor time. Framing and reassembly are per packet.\n")
    table(("work", "ns", "allocations"), [
        (name, f"{cost.nanoseconds:,.0f}", "" if cost.allocations is None else f"{cost.allocations:.2f}")
        for name, cost in sorted(costs.items())])


def print_waiting(waiting):
    print("## Waiting\n")
    table(("waits for a touch", "processor, % of a core", "wake-ups a second"), [
        (program, f"{cost.processor_share * 100:.2f}", f"{cost.wakeups:.0f}") for program, cost in waiting.items()])


def print_times(times):
    table(("from … to", "median, ms", "99 %, ms", "worst, ms", "of"), [
        (name, *(f"{seconds * 1000:.2f}" for seconds in (statistics.median(all), percentile(all, 0.99), max(all))), str(len(all)))
        for name, all in times.items()])


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


# The commands that have bounds.
COMPARED = ("list, 1 key", "list, 16 keys", "info", "assert", "assert with PIN", "register")


def process_bounds(results):
    for name in COMPARED:
        yield Bound(f"{name}: wall / libfido2's", paired_ratio(results[name][OURS], results[name][THEIRS], "wall"), 1)
    for name in ("assert", "assert with PIN"):
        yield Bound(f"{name}: processor / libfido2's", paired_ratio(results[name][OURS], results[name][THEIRS], "processor"), 1)
    slowest = max(results, key=lambda name: median(results[name][OURS], "tail"))
    yield Bound(f"last byte of the result to the end of the process: the slowest, {slowest}",
                median(results[slowest][OURS], "tail"), 1, " ms")
    for text, measure, peer, limit in (("wall / python-fido2's", "wall", PYTHONS, 0.1), ("peak memory / libfido2's", "memory", THEIRS, 2)):
        ratios = {name: paired_ratio(results[name][OURS], results[name][peer], measure) for name in COMPARED}
        greatest = max(ratios, key=ratios.get)
        yield Bound(f"{text}: the greatest, {greatest}", ratios[greatest], limit)
    one, sixteen, sixty_four = (
        median(results[name][OURS], "processor") for name in ("list, 1 key", "list, 16 keys", "list, 64 keys"))
    growth = (sixty_four - sixteen) / 48 / max((sixteen - one) / 15, 0.001)
    yield Bound("list: a key's processor time from 16 to 64 keys / from 1 to 16", growth, 1.25)


def count_bounds(counts):
    for name in COMPARED:
        if name in counts:  # listing exchanges none
            ours, theirs = (counts[name][program].reports for program in (OURS, THEIRS))
            yield Bound(f"{name}: reports sent / libfido2's", ours.sent / theirs.sent, 1)
            yield Bound(f"{name}: reports received / libfido2's", ours.received / theirs.received, 1)
    yield Bound("info: requests", counts["info"][OURS].reports.requests, 2)


def waiting_bounds(waiting, times):
    to_cancel = times["SIGINT to CANCEL"]
    yield Bound("SIGINT to CANCEL: median", statistics.median(to_cancel) * 1000, 1, " ms")
    yield Bound(f"SIGINT to CANCEL: worst of {len(to_cancel)}", max(to_cancel) * 1000, 10, " ms")
    yield Bound("a new key to key-added: worst", max(times["plugging in to key-added"]) * 1000, 200, " ms")
    yield Bound("processor while waiting for a touch", waiting[OURS].processor_share * 100, 0.2, " % of a core")


def codec_bounds(costs):
    for name in ("framing", "reassembly"):
        cost = costs[f"{name} of {PACKETS} packets"]
        yield Bound(f"{name}, per packet", cost.nanoseconds, 100, " ns")
        # A message of any length is one allocation.
        further = (cost.allocations * PACKETS - costs[f"{name} of 1 packet"].allocations) / (PACKETS - 1)
        yield Bound(f"{name}, allocations per further packet", further, 0)
    ours, theirs = costs["getInfo decoded"], costs["getInfo decoded by libcbor"]
    yield Bound("getInfo decoded / by libcbor and a walk", ours.nanoseconds / theirs.nanoseconds, 1)
