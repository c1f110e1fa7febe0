"""Firefox at a page of relying_party.py, and its person."""
import json

from ceremonies import BrowserCeremonies
from marionette import Marionette

# Its window for a PIN lets no script run until it is closed. It is filled in when it opens, therefore.
TYPE_PINS = """
window.pins = [];
Services.obs.addObserver(({Dialog: {ui}}) => {
  ui.password1Textbox.value = window.pins.shift();
  ui.button0.click();
}, "common-dialog-loaded");
"""
PRESS = """
const [id, label] = arguments;
const notification = document.getElementById(`webauthn-prompt-${id}-notification`);
const buttons = [...(notification?.querySelectorAll("moz-button, menuitem") ?? [])];
const button = buttons.find((button) => button.getAttribute("label") === label);
button?.click();
return button !== undefined;
"""


class Firefox(BrowserCeremonies, Marionette):
    name = "Firefox"

    def __init__(self, environment, *options, headless=True):
        super().__init__(environment, *options, headless=headless)
        self.evaluate_in_window(TYPE_PINS)

    def begin(self, ceremony, wanted, pins=()):
        """Begins `register` or `login`, and types these PINs when asked."""
        self.evaluate_in_window("window.pins = arguments[0]", list(pins))
        self.evaluate(f"begin({ceremony}, {json.dumps(wanted)})")

    def choose(self, account):
        self.press("select-sign-result", account)

    def acknowledge(self):
        """It says nothing of its own when the key is registered already."""

    def cancel(self):
        self.press("presence", "Cancel")

    def press(self, notification, button):
        self.wait(f"the button {button}", lambda: self.evaluate_in_window(PRESS, notification, button))

    def outcome(self):
        self.wait("the end of the ceremony", lambda: self.evaluate("outcome"))
        left = self.evaluate_in_window("return window.pins.splice(0).length")
        if left:
            raise AssertionError(f"did not ask for {left} of the PINs")
        return self.evaluate("outcome")
