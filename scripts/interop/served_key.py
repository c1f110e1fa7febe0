"""Virtual keys for the programs that a script starts, plugged in one after the other."""
import json
import pathlib
import re
import subprocess
import tempfile
import threading

TESTBED = pathlib.Path(__file__).resolve().parents[1] / "testbed"
TIMEOUT = 20


class Bed:
    """A test bed (docs/testing.md). Programs with its `environment` see its keys."""

    def __init__(self, fidoctl):
        self.fidoctl = fidoctl

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="testbed.")
        self.testbed("make")
        shim = subprocess.run([TESTBED, "shim"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        self.environment = {"LD_PRELOAD": shim, "FIDOCTL_TEST_HIDRAW": self.folder.name}
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def testbed(self, command, *arguments):
        subprocess.run([TESTBED, command, self.folder.name, *arguments], check=True, timeout=TIMEOUT)

    def key(self, touch="auto", number=0, state=None, **members):
        return Key(self, touch, number, state, members)


class Key:
    """A key with these members (docs/scenarios.md), plugged in until the end of the `with` block, and its packet log."""

    def __init__(self, bed, touch, number, state, members):
        self.bed, self.touch, self.number, self.members = bed, touch, str(number), members
        self.state = state or pathlib.Path(bed.folder.name) / f"state{number}"
        self.lines, self.grown = [], threading.Condition()
        self.reader = threading.Thread(target=self.read_log, daemon=True)

    def __enter__(self):
        folder = pathlib.Path(self.bed.folder.name)
        scenario = folder / f"scenario{self.number}.json"
        scenario.write_text(json.dumps({"key": self.members}))
        self.server = subprocess.Popen(
            [self.bed.fidoctl, "virtual", "serve", "--socket", folder / f"dev/hidraw{self.number}", "--touch", self.touch,
             "--scenario", scenario, "--state", self.state, "--log"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.reader.start()
        if not self.server.stdout.readline().startswith("ready"):
            raise RuntimeError("\n".join(self.lines))
        self.bed.testbed("plug", self.number)
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(TIMEOUT)
        self.reader.join(TIMEOUT)
        self.bed.testbed("unplug", self.number)

    def read_log(self):
        for line in self.server.stderr:
            with self.grown:
                self.lines.append(line.rstrip())
                self.grown.notify_all()

    def mark(self):
        """The place in the log after which `wait_for` looks."""
        with self.grown:
            return len(self.lines)

    def wait_for(self, pattern, after):
        """Waits for a line of the log; returns the place after it."""
        with self.grown:
            found = self.grown.wait_for(lambda: next(
                (place for place, line in enumerate(self.lines[after:], after + 1) if re.search(pattern, line)), None), TIMEOUT)
            if not found:
                raise TimeoutError(f"waited for {pattern!r}; the key's log:\n" + "\n".join(self.lines[after:][-40:]))
            return found
