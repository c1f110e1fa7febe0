"""One open hidraw device whose reports pass through here, on the way between a program and the key."""
import contextlib
import os
import pathlib
import pty
import select
import socket
import subprocess
import sys
import time

TESTBED = pathlib.Path(__file__).resolve().parents[1] / "testbed"
PATIENCE = 20  # the longest wait for any step, in seconds
INITIALIZATION, CANCEL, KEEPALIVE, TOUCH_NEEDED = 0x80, 0x11, 0x3B, 2  # CTAP 2.1 §11.2.4, §11.2.9


class Wire:
    """Relays reports. Also reads and discards the program's terminal output, so that the terminal does not fill up."""

    def __init__(self, listener, key, terminal):
        self.listener, self.path, self.terminal = listener, str(key), terminal
        listener.settimeout(PATIENCE)
        self.open()

    def open(self):
        self.client, _ = self.listener.accept()
        self.key = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.key.connect(self.path)

    def close(self):
        self.client.close()
        self.key.close()

    def relay(self, seconds):
        """Relays reports for this time, yielding each as (time, command or None, payload, whether to the key)."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0:
            for source in select.select([self.client, self.key, self.terminal], [], [], rest)[0]:
                if source is self.terminal:
                    os.read(self.terminal, 4096)
                    continue
                report = source.recv(4096)
                now = time.monotonic()
                if not report:
                    return
                is_to_key = source is self.client
                with contextlib.suppress(OSError):  # the other side may be gone
                    (self.key if is_to_key else self.client).send(report)
                packet = report[1:] if is_to_key else report  # strips the report number
                command = packet[4] & ~INITIALIZATION if packet[4] & INITIALIZATION else None
                yield now, command, packet[7:], is_to_key

    def wait_for_touch(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for _, command, payload, is_to_key in self.relay(PATIENCE):
                if not is_to_key and command == KEEPALIVE and payload[0] == TOUCH_NEEDED:
                    return
            self.close()
            self.open()  # python-fido2 opens a key first to see what it is
        sys.exit("bench: the key did not start to wait for a touch")


class TouchlessKey:
    """A key that nobody touches, behind a relay."""

    def __init__(self, fidoctl, bed):
        self.bed = bed
        subprocess.run([TESTBED, "make", bed], check=True)
        shim = subprocess.run([TESTBED, "shim"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        self.environment = {**os.environ, "LD_PRELOAD": shim, "FIDOCTL_TEST_HIDRAW": str(bed), "TERM": "xterm"}
        self.server = subprocess.Popen(
            [fidoctl, "virtual", "serve", "--touch", "never", "--socket", bed / "key"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.server.stdout.readline()  # ready
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listener.bind(str(bed / "dev/hidraw0"))
        self.listener.listen()
        subprocess.run([TESTBED, "plug", bed, "0"], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.kill()
        self.server.wait()
        self.listener.close()

    @contextlib.contextmanager
    def waiting(self, arguments):
        """Starts a program at a terminal and waits until the key awaits its touch; returns it with the wire."""
        terminal, its_side = pty.openpty()  # its side stays open, so that reads of the other never fail
        program = subprocess.Popen(
            arguments, env=self.environment, stdin=its_side, stdout=subprocess.DEVNULL, stderr=its_side)
        try:
            wire = Wire(self.listener, self.bed / "key", terminal)
            try:
                wire.wait_for_touch()
                yield program, wire
            finally:
                wire.close()
        finally:
            program.kill()
            program.wait()
            os.close(terminal)
            os.close(its_side)
