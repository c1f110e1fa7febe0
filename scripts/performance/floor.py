"""What no fidoctl can be faster than: the start of a static Swift program, and hidapi's enumeration."""
import shutil

from processes import Program, build, build_c


def programs():
    """The commands to measure; without swiftc only hidapi's."""
    found = {"hidapi's enumeration": Program([build_c("enumerate.c", "-lhidapi-hidraw")])}
    if shutil.which("swiftc"):
        hello = build("hello.swift", "swiftc", "-O", "-static-stdlib", "-Xlinker", "-s")
        found["static Swift hello"] = Program([hello])
    return found
