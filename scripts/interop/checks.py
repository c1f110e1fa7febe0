"""Counts what passed, for the scripts here that judge."""
import base64
import sys
import traceback


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, rule, function, *arguments):
        """Call the function, which must not raise; what it returns comes back, None when it raised."""
        try:
            result = function(*arguments)
        except Exception:  # noqa: BLE001  whatever went wrong, it is a failed check, shown whole
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
