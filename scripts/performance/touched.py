"""Which parts of a program a run touches: the pages that Linux then has to bring in."""
import bisect
import os
import subprocess
import tempfile
from typing import NamedTuple

from processes import Program, run

WINDOW = 0x10000  # bytes of a file that Linux maps at once when one of them is needed
BASE = 0x108000  # where valgrind maps a position-independent program


class Code(NamedTuple):
    instructions: int  # of all threads and libraries
    functions: list  # the program's own that were executed, by their names in the object files
    windows: int  # of WINDOW bytes that these are in


def code(program, environment):
    with tempfile.NamedTemporaryFile("r") as counts:
        run(Program(["valgrind", "--tool=callgrind", "--dump-instr=yes", "--demangle=no", "--compress-strings=no",
                     "--compress-pos=no", f"--callgrind-out-file={counts.name}", "--log-file=/dev/null", *program.arguments],
                    program.pin), environment)
        functions, windows, instructions, is_own = {}, set(), 0, False
        for line in counts:
            if line.startswith("ob="):
                is_own = line.rstrip() == f"ob={os.path.realpath(program.arguments[0])}"
            elif line.startswith("summary:"):
                instructions = int(line.split()[1])
            elif is_own and line.startswith("fn="):
                functions[line[3:].rstrip().split("'")[0]] = True  # those of a recursion are numbered
            elif is_own and line.startswith("0x"):
                windows.add(int(line.split()[0], 16) // WINDOW)
        named = [name for name in functions if not name.startswith(("0x", "("))]  # valgrind's own names for the others
        return Code(instructions, named, len(windows))


class Symbols:
    """The names and addresses of a program that has them."""

    def __init__(self, program):
        lines = subprocess.run(["nm", "--numeric-sort", "--defined-only", program], check=True, stdout=subprocess.PIPE, text=True).stdout
        symbols = [(int(address, 16), kind, name) for address, kind, name in (line.split(None, 2) for line in lines.splitlines())]
        self.addresses = [address for address, _, _ in symbols]
        self.symbols = symbols
        self.start = next(address for address, _, name in symbols if name == "_start")

    def at(self, address):
        return self.symbols[max(0, bisect.bisect_right(self.addresses, address) - 1)]


def variables(program, environment, symbols):
    """The program's variables without an initial value that its own code uses."""
    with tempfile.NamedTemporaryFile("r") as accesses:
        run(Program(["valgrind", "--tool=lackey", "--trace-mem=yes", f"--log-file={accesses.name}", *program.arguments]), environment)
        names, is_own, has_started = {}, False, False
        for line in accesses:
            kind, _, rest = line.strip().partition(" ")
            if kind not in ("I", "L", "S", "M"):
                continue
            address = int(rest.strip().split(",")[0], 16) - BASE
            if kind == "I":
                is_own = 0 <= address <= symbols.addresses[-1]
                has_started |= address == symbols.start
            elif is_own and symbols.addresses[0] <= address <= symbols.addresses[-1]:
                _, section, name = symbols.at(address)
                if section in "bB":
                    names[name] = True
        if not has_started:
            raise SystemExit(f"valgrind did not map the program at {BASE:#x}")
        return list(names)
