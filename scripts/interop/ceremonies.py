"""What a browser's person does at the page of relying_party.py, beside that of fidoctl there."""
import json
import os
import subprocess
import urllib.error
import urllib.request

TIMEOUT = 60


class BrowserCeremonies:
    """For a browser with `begin` and `outcome`."""

    def register(self, user, pins=(), **wanted):
        self.begin("register", {"user": user, **wanted}, pins)
        return self.done()

    def log_in(self, user, pins=(), **wanted):
        self.begin("login", {"user": user, **wanted}, pins)
        return self.done()

    def log_in_by_choosing(self, user, pins, **wanted):
        self.begin("login", wanted, pins)
        self.choose(user)
        done = self.done()
        if done["user"] != user:
            raise AssertionError(f"{done} instead of {user}")

    def is_excluded(self, user):
        self.begin("register", {"user": user})
        self.acknowledge()
        self.fails("InvalidStateError")

    def abort(self):
        """What the page does."""
        self.evaluate("abort.abort()")

    def done(self):
        outcome = self.outcome()
        if "error" in outcome:
            raise RuntimeError(outcome["error"])
        return outcome["done"]

    def fails(self, error):
        outcome = self.outcome()
        if not outcome.get("error", "").startswith(error + ":"):
            raise AssertionError(f"{outcome} instead of {error}")


class Fidoctl:
    name = "fidoctl"

    def __init__(self, program, origin, environment):
        self.program, self.origin, self.environment = program, origin, environment

    def register(self, user, pins=(), **wanted):
        return self.answer("register", "/register", {"user": user, **wanted}, pins)

    def log_in(self, user, pins=(), **wanted):
        return self.answer("assert", "/login", {"user": user, **wanted}, pins)

    def answer(self, command, path, wanted, pins):
        """Fetches the options, and posts what `fidoctl --options` makes of them."""
        options = json.dumps(self.post(path + "/options", wanted))
        return self.post(path, json.loads(self.run(command, "--options", "-", "--origin", self.origin, "--json",
                                                   pins=pins, text=options)))

    def run(self, *arguments, pins=(), text=""):
        reader, writer = os.pipe()
        with open(reader), open(writer, "w") as pipe:
            if pins:
                pipe.write("".join(f"{pin}\n" for pin in pins))
                arguments += ("--pin-fd", str(reader))
            pipe.close()
            done = subprocess.run([self.program, *arguments], input=text, pass_fds=[reader], timeout=TIMEOUT, text=True,
                                  env={**os.environ, **self.environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} exited with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def post(self, path, body):
        try:
            with urllib.request.urlopen(self.origin + path, json.dumps(body).encode(), TIMEOUT) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from None
