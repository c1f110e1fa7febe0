"""Counts the passed and failed checks of the Python scripts here."""
import base64
import contextlib
import signal
import sys
import traceback


class Checks:
    def __init__(self, limit=None):
        """A script with a limit gives up after so many seconds, as when what it waits for hangs."""
        self.passed = self.failed = 0
        if limit:
            signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"gave up after {limit} s"))
            signal.alarm(limit)

    def check(self, rule, function, *arguments):
        """Calls the function, which must not raise; returns its result, or None if it raised."""
        try:
            result = function(*arguments)
        except Exception:  # noqa: BLE001  any exception fails the check and is printed in full
            self.failed += 1
            print("FAILED ", rule)
            print("".join(f"        | {line}\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
            return None
        self.passed += 1
        print("ok     ", rule, flush=True)
        return result

    @contextlib.contextmanager
    def with_logs_of(self, *programs):
        """Shows what these programs (program.py) printed last unless all checks pass."""
        passed = False
        try:
            yield
            passed = not self.failed
        finally:
            if not passed:
                for program in programs:
                    print("last lines of", program.name, *program.last_lines(), sep="\n        | ", flush=True)

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(self.failed > 0)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
