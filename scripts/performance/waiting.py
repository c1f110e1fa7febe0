"""What waiting costs, how fast a signal reaches the key, and how fast a new key is noticed and used.

The times are upper bounds. This program relays the reports between the hidraw device and the key, sends the signal, and takes
both times with one clock: the first before kill(), the second after the report with CANCEL has woken it up. The signal comes
at a random moment between two KEEPALIVEs of the key. The times from plugging in include plugging in: the work of the kernel
and udevd before the node is ready.
"""
import pathlib
import random
import signal
import subprocess
import sys
import time
from typing import NamedTuple

from wire import CANCEL, PATIENCE, TESTBED

SIGNALS, PLUGS, WAITING_SECONDS = 200, 20, 10


class Waiting(NamedTuple):
    processor_share: float  # of one core
    wakeups: float  # a second, all threads together


def time_to_cancel(key, arguments):
    """Seconds from SIGINT to CANCEL on the wire."""
    with key.waiting(arguments) as (program, wire):
        for _ in wire.relay(random.uniform(0.05, 0.15)):
            pass
        begin = time.monotonic()
        program.send_signal(signal.SIGINT)
        cancels = [now for now, command, _, is_to_key in wire.relay(PATIENCE) if is_to_key and command == CANCEL]
        status = program.wait(PATIENCE)
    if len(cancels) != 1 or status != 130:
        sys.exit(f"bench: {len(cancels)} CANCELs and exit status {status}, expected one and 130")
    return cancels[0] - begin


def cost_of_waiting(key, arguments):
    """Of a program that waits for a touch, while the key sends a KEEPALIVE every 100 ms."""
    with key.waiting(arguments) as (program, wire):
        begin = time.monotonic(), *usage(program.pid)
        for _ in wire.relay(WAITING_SECONDS):
            pass
        end = time.monotonic(), *usage(program.pid)
    seconds, processor, switches = (b - a for a, b in zip(begin, end))
    return Waiting(processor / seconds, switches / seconds)


def usage(pid):
    """The seconds that all threads have run so far, and how often they have given up the processor."""
    nanoseconds = switches = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        nanoseconds += int((task / "schedstat").read_text().split()[0])
        lines = (task / "status").read_text().splitlines()
        switches += sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
    return nanoseconds / 1e9, switches


class Plugger:
    """Plugs keys in and out of a test bed from a process that has already started."""

    def __init__(self, bed):
        self.bed = bed
        self.process = subprocess.Popen([TESTBED, "commands"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        bufsize=1)

    def __enter__(self):
        self.begin("allow", 0)  # without effect, but its answer shows that the process has started
        self.end()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def begin(self, command, number):
        self.process.stdin.write(f"{command} {self.bed} {number}\n")

    def end(self):
        expect(self.process.stdout, "ok")

    def unplug(self, number):
        self.begin("unplug", number)
        self.end()


def expect(lines, text):
    for line in lines:
        if text in line:
            return
    sys.exit(f"bench: {text} did not come")


def times_to_notice(fidoctl, key):
    """Seconds from plugging in a second key until `list --watch` reports it."""
    watcher = subprocess.Popen([fidoctl, "list", "--watch", "--json"], env=key.environment, stdout=subprocess.PIPE, text=True)
    try:
        expect(watcher.stdout, "hidraw0")
        with Plugger(key.bed) as plugger:
            for _ in range(PLUGS):
                begin = time.monotonic()
                plugger.begin("plug", 1)
                expect(watcher.stdout, "key-added")
                yield time.monotonic() - begin
                plugger.end()
                plugger.unplug(1)
                expect(watcher.stdout, "key-removed")
    finally:
        watcher.kill()
        watcher.wait()


def times_to_use(fidoctl, key):
    """Seconds from plugging in the only key until `info`, which waited for it, has printed what the key says."""
    with Plugger(key.bed) as plugger:
        plugger.unplug(0)
        for _ in range(PLUGS):
            (key.bed / "dev/hidraw1").symlink_to(key.bed / "key")
            info = subprocess.Popen([fidoctl, "info", "--events", "2"], env=key.environment, stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, text=True)
            expect(info.stderr, "waiting-for-key")
            begin = time.monotonic()
            plugger.begin("plug", 1)
            expect(info.stdout, "hidraw1")
            yield time.monotonic() - begin
            plugger.end()
            info.communicate()
            plugger.unplug(1)
