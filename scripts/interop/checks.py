"""Counts the passed and failed checks of the Python scripts here."""
import base64
import sys
import traceback


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

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

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(self.failed > 0)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
