"""Where the instructions of list, info and assert go: profile.py FIDOCTL

FIDOCTL needs its symbols: swift build -c release --product fidoctl --static-swift-stdlib --disable-local-rpath
"""
import pathlib
import subprocess
import sys
import tempfile

from keys import DEVICE, Keys
from processes import Program, run
from report import table

# Part of a function's name: that function and what it calls. They overlap: conformances are looked up while parsing.
PARTS = {
    "the dynamic loader": "rtld.c:_dl_start",
    "parsing the command line": "ParsableCommand.parseAsRoot",
    "looking up protocol conformances": "swift_conformsToProtocolMaybeInstantiateSuperclasses",
    "reading sysfs": "DeviceList.",
    "opening the key": "static HidrawDevice.open",
    "exchanging messages": "Session.job",
    "decoding CBOR": "static CBORDecoder.decode",
    "describing the key": "InfoReport.lines",
}


def annotated(program, environment, folder):
    """Lines of a count and a function, which includes what it calls; the first line is the total."""
    recorded = folder / "callgrind"
    run(Program(["valgrind", "--tool=callgrind", f"--callgrind-out-file={recorded}", "--log-file=/dev/null", *program]), environment)
    lines = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", recorded], check=True, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    names = subprocess.run(["swift", "demangle", "--simplified"], input=lines, check=True, text=True, stdout=subprocess.PIPE).stdout
    for line in names.splitlines():
        count, _, function = line.strip().partition(" ")
        if count[:1].isdigit() and not function.endswith("'2"):
            yield int(count.replace(",", "")), function


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        fidoctl = folder / "fidoctl"  # valgrind 3.19 cannot read the debug information
        subprocess.run(["strip", "--strip-debug", "-o", fidoctl, sys.argv[1]], check=True)
        keys = Keys(fidoctl, folder)
        commands = {"list": [], "info": ["--device", DEVICE],
                    "assert": ["--device", DEVICE, "--rp-id", "example.com", "--allow", keys.credential,
                               "--user-verification", "discouraged"]}
        counts = {}
        for name, arguments in commands.items():
            with keys.plugged() as (environment, _):
                functions = list(annotated([fidoctl, name, *arguments], environment, folder))
            counts[name] = {part: max((count for count, function in functions if text in function), default=0)
                            for part, text in {"all": "PROGRAM TOTALS", **PARTS}.items()}
    table(("part", *(f"{name}, thousands" for name in commands)), [
        (part, *(f"{counts[name][part] // 1000:,}" for name in commands)) for part in counts["list"]])


if __name__ == "__main__":
    main()
