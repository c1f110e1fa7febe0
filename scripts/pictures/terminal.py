"""A shell in a terminal of its own, and every screen that it showed, with the time."""
import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata

READY = "\x1b]133;A\x07"  # what shells send before a prompt
ESCAPE = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])|\x1b\]133;A\x07|\x1b[=>]")
TIMEOUT = 30


def columns(text):
    """The columns that text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class Screen:
    """The lines so far, as runs of (text, style): understands what the shell and fidoctl send, no more."""

    def __init__(self, width, rows):
        self.width, self.rows, self.lines, self.style = width, rows, [[]], ""
        self.column = 0

    def feed(self, text):
        place = 0
        while place < len(text):
            if text[place] == "\x1b":
                found = ESCAPE.match(text, place)
                if not found:
                    raise ValueError(f"an unknown escape sequence: {text[place:place + 20]!r}")
                self.escape(found[1], found[2])
                place = found.end()
                continue
            self.character(text[place])
            place += 1

    def escape(self, parameters, final):
        line = self.lines[-1]
        if final == "K" and parameters in ("", "0"):
            del line[self.column:]
        elif final == "m":
            self.style = "" if parameters in ("", "0") else parameters
        elif final == "D":
            self.column -= int(parameters or 1)
        elif final == "C":
            self.column += int(parameters or 1)

    def character(self, character):
        if character == "\n":
            self.lines.append([])
            self.column = 0
        elif character == "\r":
            self.column = 0
        elif character == "\b":
            self.column = max(0, self.column - 1)
        elif character >= " ":
            line = self.lines[-1]
            line[self.column:self.column + 1] = [(character, self.style)]
            self.column += 1

    def snapshot(self):
        """The last rows, each as a tuple of runs."""
        rows = [self.runs(row) for line in self.lines for row in self.wrapped(line)]
        return tuple(rows[-self.rows:])

    def wrapped(self, line):
        """The rows that a line takes."""
        rows, used = [[]], 0
        for cell in line:
            used += columns(cell[0])
            if used > self.width:
                rows.append([])
                used = columns(cell[0])
            rows[-1].append(cell)
        return rows

    @staticmethod
    def runs(line):
        runs = []
        for character, style in line:
            if runs and runs[-1][1] == style:
                runs[-1] = (runs[-1][0] + character, style)
            else:
                runs.append((character, style))
        return tuple(runs)


class Shell:
    """bash in a terminal. `frames` are its screens: (seconds, screen)."""

    def __init__(self, width, rows, folder, environment):
        self.screen, self.frames = Screen(width, rows), []
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.text = ""
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, width, 0, 0))
        variables = {**os.environ, **environment, "PS1": r"\[\e]133;A\a\]$ ", "TERM": "xterm-256color", "INPUTRC": "/dev/null"}
        for variable in ("PROMPT_COMMAND", "NO_COLOR", "FIDOCTL_DEVICE", "LC_ALL"):
            variables.pop(variable, None)
        self.process = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "--noediting", "-i"], stdin=slave, stdout=slave, stderr=slave, env=variables,
            cwd=folder, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.start = time.monotonic()

    def __enter__(self):
        self.wait_for(re.escape(READY))
        return self

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def pause(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)

    def wait_for(self, pattern):
        """Waits for this output after what was waited for last."""
        end = time.monotonic() + TIMEOUT
        while not (found := re.search(pattern, self.text)):
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"waited for {pattern!r} in {self.text!r}")
            self.read(left)
        self.text = self.text[found.end():]

    def type(self, command):
        """Types a command as a person does, and enters it."""
        self.pause(0.6)
        for key in command:
            os.write(self.master, key.encode())
            self.pause(0.035)
        self.pause(0.4)
        self.press("\n")

    def press(self, key):
        os.write(self.master, key.encode())

    def finish(self):
        """Waits for the next prompt."""
        self.wait_for(re.escape(READY))
        self.pause(0.2)

    def read(self, seconds):
        if not select.select([self.master], [], [], seconds)[0]:
            return
        text = self.decoder.decode(os.read(self.master, 65536))
        self.text += text
        self.screen.feed(text)
        frame = (time.monotonic() - self.start, self.screen.snapshot())
        if not self.frames or self.frames[-1][1] != frame[1]:
            self.frames.append(frame)
