"""A display without a screen, and pictures of it."""
import os
import pathlib
import struct
import subprocess
import tempfile
import zlib


class Display:
    """An Xvfb of this size until the end of the `with` block; `environment` is for programs that are to use it."""

    def __init__(self, width, height):
        self.width, self.height = width, height

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="display.")
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{self.width}x{self.height}x24", "-fbdir", self.folder.name,
             "-nolisten", "tcp"], pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with open(reader) as answer:
            self.environment = {"DISPLAY": ":" + answer.readline().strip()}
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def picture(self):
        """What the display shows, as PNG."""
        data = pathlib.Path(self.folder.name, "Xvfb_screen0").read_bytes()
        # XWDFileHeader in X11/XWDFile.h: its size, then 4 and 5 the width and height, 12 the bytes of a row, 19 the colours.
        header = struct.unpack_from(">25I", data)
        start, width, height, row_bytes = header[0] + header[19] * 12, header[4], header[5], header[12]
        rows = []
        for row in range(height):
            pixels = data[start + row * row_bytes:][:width * 4]  # blue, green, red, unused
            line = bytearray(width * 3)
            line[0::3], line[1::3], line[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
            rows.append(b"\0" + line)
        return b"\x89PNG\r\n\x1a\n" + b"".join([
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            chunk(b"IDAT", zlib.compress(b"".join(rows), 9)), chunk(b"IEND", b"")])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
