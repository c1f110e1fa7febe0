"""The page of Chromium's settings where a person manages security keys, driven by the DevTools protocol.

Chromium runs without a window and with a new profile, and finds the keys that this program would find.
"""
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

# Debian's /usr/bin/chromium is a shell script, which starts the first of these.
PROGRAMS = ("/usr/lib/chromium/chromium", "chromium", "chromium-browser", "google-chrome")
PAGE = "chrome://settings/securityKeys"
TIMEOUT = 20

# Selectors apply to the visible elements of the open dialog, or of the page if none is open. Both consist of nested
# shadow roots, each of which is searched.
SCRIPT = """
(() => {
  const visible = (element) => element.getClientRects().length > 0;
  const all = (root, selector) => [...root.querySelectorAll("*")].flatMap((element) => [
    ...(element.matches(selector) ? [element] : []),
    ...(element.shadowRoot ? all(element.shadowRoot, selector) : [])]);
  const dialog = () => all(document, "cr-dialog[open]").pop();
  const find = (selector) => all(dialog() ?? document, selector).filter(visible);
  const text = (node) => node.nodeType === Node.TEXT_NODE ? node.data.trim()
    : node.nodeType === Node.ELEMENT_NODE && visible(node)
      ? [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(text).filter((part) => part).join("\\n") : "";
  window.keys = {
    isOpen: () => dialog() !== undefined,
    isClosed: () => all(document, "*").every((element) => !element.localName.endsWith("-dialog")),
    count: (selector) => find(selector).length,
    click: (selector, index) => find(selector)[index].click(),
    select: (selector) => find(selector)[0].select(),
    texts: (selector) => find(selector).map(text),
    text: () => text(dialog() ?? document.body),
  };
})()
"""


class SecurityKeysPage:
    def __init__(self):
        program = next((path for path in map(shutil.which, PROGRAMS) if path), None)
        if program is None:
            raise SystemExit("Chromium not found: scripts/setup browser")
        self.profile = tempfile.TemporaryDirectory(prefix="chromium.", ignore_cleanup_errors=True)
        options = ["--headless=new", "--disable-gpu", "--no-first-run", f"--user-data-dir={self.profile.name}",
                   "--remote-debugging-pipe", "--lang=en-US"]
        if os.geteuid() == 0:
            options.append("--no-sandbox")  # Chromium requires it of root
        commands, self.commands = os.pipe()
        self.replies, replies = os.pipe()
        # It reads commands from descriptor 3, and writes replies to descriptor 4.
        self.browser = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{commands} 4>&{replies}', "sh", program, *options],
            pass_fds=(commands, replies), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(replies)
        self.received, self.last_id, self.tab, self.session = b"", 0, None, None
        self.load()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session = None
        self.call("Browser.close")
        self.browser.wait(TIMEOUT)
        self.profile.cleanup()

    def load(self):
        """Shows the page in a new tab, in place of the last one."""
        last, self.session = self.tab, None
        self.tab = self.call("Target.createTarget", url=PAGE)["targetId"]
        if last:
            self.call("Target.closeTarget", targetId=last)
        self.session = self.call("Target.attachToTarget", targetId=self.tab, flatten=True)["sessionId"]
        self.wait("the page", f"location.href === {json.dumps(PAGE)} && document.readyState === 'complete'")
        self.evaluate(SCRIPT)

    # What a person does

    def open(self, button):
        """Opens a dialog. One that a failed check left open is gone then."""
        if not self.evaluate("keys.isClosed()"):
            self.load()
        self.click(button)
        self.wait(f"the dialog of {button}", "keys.isOpen()")

    def close(self, button):
        self.click(button)
        self.wait("the end of the dialog", "keys.isClosed()")

    def click(self, selector, index=0):
        self.wait(selector, f"keys.count({json.dumps(selector)}) > {index}")
        self.evaluate(f"keys.click({json.dumps(selector)}, {index})")

    def type(self, field, text):
        """Replaces the text of a field."""
        self.wait(field, f"keys.count({json.dumps(field)}) > 0")
        self.evaluate(f"keys.select({json.dumps(field)})")
        self.call("Input.insertText", text=text)

    def wait_for(self, text):
        self.wait(repr(text), f"keys.text().includes({json.dumps(text)})")

    def texts(self, selector):
        return self.evaluate(f"keys.texts({json.dumps(selector)})")

    # The protocol

    def wait(self, what, condition):
        """Waits until this JavaScript is true."""
        end = time.monotonic() + TIMEOUT
        while not self.evaluate(condition):
            if time.monotonic() > end:
                raise TimeoutError(f"waited for {what}; the page shows:\n{self.evaluate('keys.text()')}")
            time.sleep(0.05)

    def evaluate(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def call(self, method, **parameters):
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
                raise TimeoutError("Chromium did not reply")
            part = os.read(self.replies, 65536)
            if not part:
                raise EOFError("Chromium exited")
            self.received += part
        message, self.received = self.received.split(b"\0", 1)
        return json.loads(message)
