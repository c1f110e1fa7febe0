"""Firefox with a new profile, and usually without a window, by Marionette: JSON over TCP, each message after its length.

It finds the keys that this program would find.
"""
import contextlib
import json
import pathlib
import shutil
import socket
import tempfile
import time

from program import Program

PROGRAMS = ("firefox-esr", "firefox")
TIMEOUT = 20
START = 60
PREFERENCES = {
    "marionette.port": 0,  # a free one, which it writes to MarionetteActivePort
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
}


class Asking(Exception):
    """A window of Firefox is open until whose end no script runs."""


class Marionette:
    """A Firefox with one tab. The end of the `with` block ends it."""

    def __init__(self, environment=None, *options, headless=True):
        executable = next((path for path in map(shutil.which, PROGRAMS) if path), None)
        if executable is None:
            raise SystemExit("Firefox not found: scripts/setup browser")
        self.profile = tempfile.TemporaryDirectory(prefix="firefox.", ignore_cleanup_errors=True)
        folder = pathlib.Path(self.profile.name)
        (folder / "user.js").write_text("".join(
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()))
        self.program = Program("Firefox", [
            executable, *["--headless"] * headless, "--marionette", "--remote-allow-system-access", "--no-remote",
            "--profile", str(folder), *options],
            {**(environment or {}), "MOZ_CRASHREPORTER_DISABLE": "1"})
        self.lost, self.received, self.last_id = None, b"", 0
        self.connect(folder / "MarionetteActivePort")

    def connect(self, port_file):
        end = time.monotonic() + START
        while not (port_file.exists() and port_file.read_text()):
            if self.program.ended() or time.monotonic() > end:
                raise TimeoutError("\n".join(["Firefox did not start", *self.program.last_lines()]))
            time.sleep(0.05)
        self.connection = socket.create_connection(("localhost", int(port_file.read_text())), TIMEOUT)
        self.receive()  # its greeting
        self.call("WebDriver:NewSession", unhandledPromptBehavior="ignore")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.program.kill()
        self.profile.cleanup()

    def open(self, url):
        self.call("WebDriver:Navigate", url=url)

    def wait(self, what, is_it):
        """Waits until the function returns true."""
        end = time.monotonic() + TIMEOUT
        while True:
            with contextlib.suppress(Asking):
                if is_it():
                    return
            if time.monotonic() > end:
                raise TimeoutError(f"waited for {what}; the page shows:\n{self.evaluate('document.body.innerText')}")
            time.sleep(0.05)

    def evaluate(self, script):
        return self.call("WebDriver:ExecuteScript", script=f"return eval({json.dumps(script)})", args=[],
                         sandbox=None)["value"]

    def evaluate_in_window(self, script, *arguments):
        """Runs a function's body in the browser's own window, which shows what it asks its person."""
        self.call("Marionette:SetContext", value="chrome")
        try:
            return self.call("WebDriver:ExecuteScript", script=script, args=arguments)["value"]
        finally:
            self.call("Marionette:SetContext", value="content")

    def call(self, method, **parameters):
        if self.lost:
            raise self.lost
        self.last_id += 1
        message = json.dumps([0, self.last_id, method, parameters]).encode()
        self.connection.sendall(b"%d:%s" % (len(message), message))
        _, number, error, result = self.receive()
        if number != self.last_id:
            raise RuntimeError(f"a reply to command {number}")
        if error:
            message = f"{method}: {error['error']}: {error['message']}"
            raise Asking(message) if error["error"] == "unexpected alert open" else RuntimeError(message)
        return result

    def receive(self):
        """A message: its length in digits, a colon, and JSON."""
        while True:
            length, colon, rest = self.received.partition(b":")
            if colon and len(rest) >= int(length):
                self.received = rest[int(length):]
                return json.loads(rest[:int(length)])
            try:
                part = self.connection.recv(65536)
            except TimeoutError:
                self.lost = TimeoutError("Firefox did not reply")
                raise self.lost from None
            if not part:
                self.lost = EOFError("Firefox exited")
                raise self.lost
            self.received += part
