"""How many reports a program exchanges with a key."""
from typing import NamedTuple

from processes import run


class Reports(NamedTuple):
    """Without KEEPALIVE, whose number depends on the time, and without what follows a CANCEL."""
    sent: int
    received: int
    requests: int  # messages to the key; INIT is one

    def __str__(self):
        return f"{self.sent} / {self.received}"


def count(keys, task, program):
    """Of one run with a key of its own, so that the log holds nothing else."""
    with keys.plugged(task.has_pin) as (environment, key):
        run(program, environment)
    return in_log(key)


def in_log(key):
    """Those in the log of a key that has ended, so that none is missing."""
    packets = [line.split() for line in key.lines]
    packets = [words[words.index(arrow):] for words in packets for arrow in ("->", "<-") if arrow in words]
    to_key = [packet for packet in packets if packet[0] == "->"]
    from_key = [packet for packet in packets if packet[0] == "<-" and packet[2] != "KEEPALIVE"]
    return Reports(len(to_key), len(from_key), sum(not packet[2].startswith("+") for packet in to_key))
