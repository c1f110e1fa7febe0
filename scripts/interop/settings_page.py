"""The page of Chromium's settings where a person manages security keys, driven by the DevTools protocol."""
import json

from devtools import DevTools

PAGE = "chrome://settings/securityKeys"

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


class SecurityKeysPage(DevTools):
    def __init__(self):
        super().__init__()
        self.load()

    def load(self):
        """Shows the page as new."""
        self.open(PAGE)
        self.evaluate(SCRIPT)

    def shown(self):
        return self.evaluate("keys.text()")

    def open_dialog(self, button):
        """Opens a dialog. One that a failed check left open is gone then."""
        if not self.evaluate("keys.isClosed()"):
            self.load()
        self.click(button)
        self.wait(f"the dialog of {button}", "keys.isOpen()")

    def close_dialog(self, button):
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
