"""Chromium at a page of relying_party.py, and its person."""
import json

from ceremonies import BrowserCeremonies
from devtools import DevTools
from views import OPTIONS, Dialog


class Chromium(BrowserCeremonies, DevTools):
    name = "Chromium"

    def __init__(self, environment, *options, headless=True):
        super().__init__(*OPTIONS, *options, environment=environment, headless=headless)
        self.dialog = Dialog(self.profile.name)

    def __exit__(self, *_):
        self.dialog.close()
        super().__exit__()

    def begin(self, ceremony, wanted, pins=()):
        """Begins `register` or `login`, and types these PINs when asked."""
        self.evaluate(f"begin({ceremony}, {json.dumps(wanted)})")
        for pin in pins:
            self.dialog.wait("an empty field for the PIN", lambda kind, text: kind == "PinTextfield" and not text)
            self.dialog.type(pin)
            self.dialog.press("Next")

    def choose(self, account):
        self.dialog.press(account)

    def acknowledge(self):
        """Closes the dialog that says that the key is registered already."""
        self.dialog.press("Close")

    def cancel(self):
        self.dialog.press("Cancel")

    def outcome(self):
        self.wait("the end of the ceremony", "outcome")
        return self.evaluate("outcome")
