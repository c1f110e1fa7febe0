"""Chromium with a new profile, and usually without a window, by the DevTools protocol.

It finds the keys that this program would find, and has no virtual authenticator of its own.
"""
import json
import os
import select
import shutil
import tempfile
import time

from program import Program

# Debian's /usr/bin/chromium is a shell script, which starts the first of these.
PROGRAMS = ("/usr/lib/chromium/chromium", "chromium", "chromium-browser", "google-chrome")
TIMEOUT = 20


class DevTools:
    """A Chromium with one tab. The end of the `with` block ends it."""

    def __init__(self, *options, environment=None, headless=True):
        executable = next((path for path in map(shutil.which, PROGRAMS) if path), None)
        if executable is None:
            raise SystemExit("Chromium not found: scripts/setup browser")
        self.profile = tempfile.TemporaryDirectory(prefix="chromium.", ignore_cleanup_errors=True)
        options = [*["--headless=new"] * headless, "--disable-gpu", "--no-first-run", f"--user-data-dir={self.profile.name}",
                   "--remote-debugging-pipe", "--lang=en-US", *options]
        if os.geteuid() == 0:
            options.append("--no-sandbox")  # Chromium requires it of root
        commands, self.commands = os.pipe()
        self.replies, replies = os.pipe()
        # It reads commands from descriptor 3, and writes replies to descriptor 4.
        self.program = Program(
            "Chromium", ["sh", "-c", f'exec "$@" 3<&{commands} 4>&{replies}', "sh", executable, *options],
            environment, pass_fds=(commands, replies))
        os.close(commands)
        os.close(replies)
        self.received, self.last_id, self.tab, self.session = b"", 0, None, None
        self.lost = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.kill()
        os.close(self.commands)
        os.close(self.replies)
        self.profile.cleanup()

    def open(self, url):
        """Shows a page in a new tab, in place of the last one."""
        last, self.session = self.tab, None
        self.tab = self.call("Target.createTarget", url=url)["targetId"]
        if last:
            self.call("Target.closeTarget", targetId=last)
        self.session = self.call("Target.attachToTarget", targetId=self.tab, flatten=True)["sessionId"]
        self.wait("the page", f"location.href === {json.dumps(url)} && document.readyState === 'complete'")

    def wait(self, what, condition):
        """Waits until this JavaScript is true."""
        end = time.monotonic() + TIMEOUT
        while not self.evaluate(condition):
            if time.monotonic() > end:
                raise TimeoutError(f"waited for {what}; the page shows:\n{self.shown()}")
            time.sleep(0.05)

    def shown(self):
        return self.evaluate("document.body.innerText")

    def evaluate(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def call(self, method, **parameters):
        if self.lost:
            raise self.lost
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while (reply := self.receive()).get("id") != self.last_id:
            pass  # an event
        if "error" in reply:
            raise RuntimeError(f"{method}: {reply['error']['message']}")
        return reply["result"]

    def receive(self):
        while b"\0" not in self.received:
            if not select.select([self.replies], [], [], TIMEOUT)[0]:
                self.lost = TimeoutError("Chromium did not reply")
                raise self.lost
            part = os.read(self.replies, 65536)
            if not part:
                self.lost = EOFError("Chromium exited")
                raise self.lost
            self.received += part
        message, self.received = self.received.split(b"\0", 1)
        return json.loads(message)
