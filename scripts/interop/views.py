"""Chromium's own dialogs, which neither a page nor its DevTools can reach, by its UI DevTools.

They serve the tree of the browser's own views on a WebSocket, also without a window. Chromium's benchmarks drive it so.
"""
import base64
import json
import os
import pathlib
import socket
import struct
import time

# The last one has buttons react at once, which they otherwise do half a second after they appeared.
OPTIONS = ("--enable-ui-devtools=0", "--enable-features=ui-debug-tools-enable-synthetic-events",
           "--disable-input-event-activation-protection")
DIALOG = "AuthenticatorRequestDialogView"
TIMEOUT = 20


class Dialog:
    """The dialog of a registration or login, in the Chromium of this profile, which was started with OPTIONS."""

    def __init__(self, profile):
        port_file = pathlib.Path(profile, "UIDevToolsActivePort")
        end = time.monotonic() + TIMEOUT
        while not (port_file.exists() and port_file.read_text()):
            if time.monotonic() > end:
                raise TimeoutError("Chromium does not serve its UI DevTools")
            time.sleep(0.05)
        port = int(port_file.read_text().split()[0])
        self.last_id = 0
        self.socket = socket.create_connection(("localhost", port), TIMEOUT)
        self.incoming = self.socket.makefile("rb")
        self.socket.sendall((f"GET /0 HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
                             "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        status = self.incoming.readline()
        if b" 101 " not in status:
            raise RuntimeError(f"UI DevTools: {status}")
        while self.incoming.readline().strip():
            pass  # a header
        self.call("DOM.enable")
        self.call("CSS.enable")

    def close(self):
        self.incoming.close()
        self.socket.close()

    # What a person sees and does

    def texts(self):
        return [text for _, _, text in self.views() if text]

    def press(self, text):
        """Presses the button with this text once it is there."""
        node = self.wait_for(text)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("DOM.dispatchMouseEvent", nodeId=node,
                      event={"type": kind, "x": 5, "y": 5, "button": "left", "wheelDirection": "none"})

    def type(self, text):
        """Types into the field for a PIN."""
        node = self.wait("a field", lambda kind, _: kind == "PinTextfield")
        for character in text:
            self.call("DOM.dispatchKeyEvent", nodeId=node, event={
                "type": "keyPressed", "keyCode": 0, "code": 0, "flags": 0, "key": ord(character), "isChar": True})

    def wait_for(self, text):
        return self.wait(repr(text), lambda _, shown: shown == text)

    def wait(self, what, is_it):
        """Waits for a view, given its class and text; returns its node."""
        end = time.monotonic() + TIMEOUT
        while True:
            views = list(self.views())
            for node, kind, text in views:
                if is_it(kind, text):
                    return node
            if time.monotonic() > end:
                raise TimeoutError(f"waited for {what}; the dialog shows {[text for *_, text in views if text]}")
            time.sleep(0.05)

    def views(self):
        """Of every view of the dialog: the node that takes its events, which is the button round a text; its class, its text."""
        pending = [(self.call("DOM.getDocument")["root"], False, None)]
        while pending:
            node, inside, button = pending.pop()
            attributes = node.get("attributes", [])
            attributes = dict(zip(attributes[::2], attributes[1::2]))
            inside = inside or attributes.get("name") == DIALOG
            if inside and node["nodeName"] == "View":
                if attributes["class"].endswith("Button"):
                    button = node["nodeId"]
                yield button or node["nodeId"], attributes["class"], self.text(node["nodeId"])
            pending += [(child, inside, button) for child in reversed(node["children"])]

    def text(self, node):
        try:
            rules = self.call("CSS.getMatchedStylesForNode", nodeId=node).get("matchedCSSRules", [])
        except LookupError:
            return ""  # it is gone meanwhile
        return next((property["value"] for rule in rules for property in rule["rule"]["style"]["cssProperties"]
                     if property["name"] == "Text"), "")

    # The protocol

    def call(self, method, **parameters):
        self.last_id += 1
        self.send(json.dumps({"id": self.last_id, "method": method, "params": parameters}).encode())
        while (reply := json.loads(self.receive())).get("id") != self.last_id:
            pass  # an event
        if "error" in reply:
            message = f"{method}: {reply['error']['message']}"
            raise LookupError(message) if "not found" in message else RuntimeError(message)
        return reply["result"]

    def send(self, data):
        """One text frame (RFC 6455 §5.2), masked with zeros."""
        length = bytes([0x80 | len(data)]) if len(data) < 126 else struct.pack(">BH", 0x80 | 126, len(data))
        self.socket.sendall(b"\x81" + length + bytes(4) + data)

    def receive(self):
        _, length = self.incoming.read(2)
        if length == 126:
            length, = struct.unpack(">H", self.incoming.read(2))
        elif length == 127:
            length, = struct.unpack(">Q", self.incoming.read(8))
        return self.incoming.read(length)
