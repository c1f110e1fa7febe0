"""py_webauthn, python-fido2 and OpenSSL judge the project's own attestation statements, paths and metadata as fidoctl does.

Reads attestation.json and attestation_trust.json in Tests/CTAPTests/Vectors. What a judge does otherwise is in LENIENT
and UNKNOWN.
"""
import hashlib
import json
from datetime import datetime
from pathlib import Path

from OpenSSL import crypto
from fido2 import cbor
from fido2.attestation import Attestation
from fido2.mds3 import parse_blob
from fido2.webauthn import AuthenticatorData
from webauthn.helpers import parse_attestation_object, parse_authenticator_data
from webauthn.registration.formats import android_key, apple, fido_u2f, packed, tpm

from checks import Checks

VECTORS = Path(__file__).resolve().parents[2] / "Tests/CTAPTests/Vectors"
CLIENT_DATA = b"client data"
PY_WEBAUTHN = {
    "packed": packed.verify_packed,
    "fido-u2f": fido_u2f.verify_fido_u2f,
    "tpm": tpm.verify_tpm,
    "android-key": android_key.verify_android_key,
    "apple": apple.verify_apple,
}
PYTHON_FIDO2 = ("packed", "fido-u2f", "tpm", "apple")

# Invalid statements that a judge accepts, because it does not check this.
LENIENT = {
    ("py_webauthn", "own-packed-ou"),
    ("py_webauthn", "own-packed-no-c"),
    ("py_webauthn", "own-packed-no-o"),
    ("py_webauthn", "own-packed-no-cn"),
    ("py_webauthn", "own-packed-ca"),
    ("py_webauthn", "own-packed-no-constraints"),
    ("py_webauthn", "own-packed-aaguid"),
    ("py_webauthn", "own-packed-critical"),
    ("py_webauthn", "own-packed-empty-x5c"),
    ("python-fido2", "own-packed-empty-x5c"),
    ("python-fido2", "own-u2f-two"),
    ("python-fido2", "own-apple-other"),
    ("python-fido2", "own-tpm-version"),
    ("python-fido2", "own-tpm-manufacturer"),
    ("python-fido2", "own-blob-other-signer"),
}
# Valid ones of an algorithm that a judge does not know.
UNKNOWN = {("py_webauthn", "own-packed-es384")}


def pem(der):
    certificate = crypto.load_certificate(crypto.FILETYPE_ASN1, der)
    return crypto.dump_certificate(crypto.FILETYPE_PEM, certificate)


def by_py_webauthn(vector):
    data = vector["data"]
    fmt, auth_data = data["fmt"], bytes.fromhex(data["authData"])
    statement = cbor.decode(bytes.fromhex(data["attStmtCbor"]))
    encoded = cbor.encode({"fmt": fmt, "attStmt": statement, "authData": auth_data})
    credential = parse_authenticator_data(auth_data).attested_credential_data
    more = {"attestation_object": encoded}
    if fmt == "fido-u2f":
        more = {
            "rp_id_hash": auth_data[:32], "credential_id": credential.credential_id, "aaguid": credential.aaguid,
        }
    # Two of its formats require a path to a root, which is the last certificate of these statements.
    roots = [pem(statement["x5c"][-1])] if fmt in ("apple", "android-key") else []
    PY_WEBAUTHN[fmt](
        attestation_statement=parse_attestation_object(encoded).att_stmt, client_data_json=CLIENT_DATA,
        credential_public_key=credential.credential_public_key, pem_root_certs_bytes=roots, **more)


def by_python_fido2(vector):
    data = vector["data"]
    statement = cbor.decode(bytes.fromhex(data["attStmtCbor"]))
    auth_data = AuthenticatorData(bytes.fromhex(data["authData"]))
    Attestation.for_type(data["fmt"])().verify(statement, auth_data, hashlib.sha256(CLIENT_DATA).digest())


def by_openssl(vector):
    load = lambda text: crypto.load_certificate(crypto.FILETYPE_ASN1, bytes.fromhex(text))
    store = crypto.X509Store()
    store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
    store.set_time(datetime.fromisoformat(vector["data"]["date"].replace("Z", "+00:00")).replace(tzinfo=None))
    for anchor in vector["data"]["anchors"]:
        store.add_cert(load(anchor))
    leaf, *others = map(load, vector["data"]["chain"])
    crypto.X509StoreContext(store, leaf, others).verify_certificate()


def metadata_by_python_fido2(vector):
    payload = parse_blob(vector["data"]["blob"].encode(), bytes.fromhex(vector["data"]["root"]))
    expected = vector["expect"]
    if "reject" in expected:
        return
    entry = payload.entries[0]
    if payload.no != expected["number"] or bytes(entry.aaguid).hex() != expected["aaguid"]:
        raise RuntimeError("another number or AAGUID")
    if [report.status for report in entry.status_reports] != expected["statuses"]:
        raise RuntimeError(f"other statuses: {entry.status_reports}")


def agrees(judge, vector, is_valid):
    try:
        judge(vector)
    except Exception:
        if is_valid:
            raise
        return
    if not is_valid:
        raise RuntimeError("accepted")


def judges():
    for vector in json.loads((VECTORS / "attestation.json").read_text())["vectors"]:
        is_valid = vector["expect"]["valid"] is True
        if vector["data"]["fmt"] in PY_WEBAUTHN:
            yield "py_webauthn", by_py_webauthn, vector, is_valid
        if vector["data"]["fmt"] in PYTHON_FIDO2:
            yield "python-fido2", by_python_fido2, vector, is_valid
    for vector in json.loads((VECTORS / "attestation_trust.json").read_text())["vectors"]:
        is_valid = "reject" not in vector["expect"]
        if "blob" in vector["data"]:
            yield "python-fido2", metadata_by_python_fido2, vector, is_valid
        else:
            yield "OpenSSL", by_openssl, vector, is_valid


checks = Checks()
for name, judge, vector, is_valid in judges():
    case = (name, vector["id"])
    if case in LENIENT:
        is_valid = not is_valid
    if case not in UNKNOWN:
        checks.check(f"{name} on {vector['id']}: {'accepted' if is_valid else 'refused'}", agrees, judge, vector, is_valid)
checks.finish()
