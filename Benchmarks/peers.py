"""What python-fido2 and cbor2 take for the work of Benchmarks/Codecs, on the same bytes; prints JSON, in nanoseconds of the processor."""
import json
import pathlib
import time

import cbor2
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.ctap2 import Info
from fido2.ctap2.pin import PinProtocolV2
from fido2.webauthn import AttestationObject

SAMPLES = {name: bytes.fromhex(digits) for name, digits in (
    line.split() for line in pathlib.Path(__file__).with_name("samples.txt").read_text().splitlines() if line[0] != "#")}
key = CoseKey.parse(cbor.decode(SAMPLES["publicKey"]))


def pin_protocol_round():
    protocol = PinProtocolV2()
    _, secret = protocol.encapsulate(key)
    protocol.decrypt(secret, protocol.encrypt(secret, bytes(16)))
    protocol.authenticate(secret, SAMPLES["signed"])


WORK = {
    "getInfo decoded by cbor2": lambda: cbor2.loads(SAMPLES["getInfo"]),
    "getInfo decoded by python-fido2": lambda: Info.from_dict(cbor.decode(SAMPLES["getInfo"])),
    "attestation object decoded by cbor2": lambda: cbor2.loads(SAMPLES["attestationObject"]),
    "attestation object decoded by python-fido2": lambda: AttestationObject(SAMPLES["attestationObject"]),
    "assertion verified by python-fido2": lambda: key.verify(SAMPLES["signed"], SAMPLES["signature"]),
    "PIN protocol round of python-fido2": pin_protocol_round,
}


def median_time(work):
    """The median processor time of a call, in nanoseconds, over about a second."""
    times = []
    end = time.thread_time_ns() + 1_000_000_000
    while (begin := time.thread_time_ns()) < end:
        work()
        times.append(time.thread_time_ns() - begin)
    return sorted(times)[len(times) // 2]


print(json.dumps({name: median_time(work) for name, work in WORK.items()}))
