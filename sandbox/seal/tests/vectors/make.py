#!/usr/bin/env python3
"""Seals a file and an envelope by the words of the documentation, with Python 3.11 and its `cryptography` 48.

An independent implementation: `tests/vectors.rs` opens what it prints. Run it without arguments to get other vectors,
or with a data key in hex and a sealed file to open that file: `make.py KEY FILE > PLAINTEXT`.
"""

import os
import sys

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 65_536


def derive(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key)


def header(key: bytes, salt: bytes) -> bytes:
    claims = b"\x89HLS\r\n\x1a\n" + (1).to_bytes(2) + salt + derive(key, b"", b"heirloom-seal 1 key id", 16)
    return claims + derive(key, salt, b"heirloom-seal 1 header" + claims, 32)


def frame(number: int, last: bool, length: int) -> bytes:
    return number.to_bytes(4) + bytes([last]) + length.to_bytes(3)


def seal(key: bytes, salt: bytes, plain: bytes) -> bytes:
    sealed = head = header(key, salt)
    cipher = ChaCha20Poly1305(derive(key, salt, b"heirloom-seal 1 stream", 32))
    chunks = [plain[at : at + CHUNK] for at in range(0, len(plain), CHUNK)] or [b""]
    for number, chunk in enumerate(chunks):
        clear = frame(number, number == len(chunks) - 1, len(chunk))
        sealed += clear + cipher.encrypt(bytes(7) + clear[:5], chunk, head + clear)
    return sealed


def unseal(key: bytes, sealed: bytes) -> bytes:
    head, salt = sealed[:90], sealed[10:42]
    assert head == header(key, salt), "another key, or an altered header"
    cipher = ChaCha20Poly1305(derive(key, salt, b"heirloom-seal 1 stream", 32))
    plain, at, number, last = b"", 90, 0, False
    while not last:
        clear = sealed[at : at + 8]
        last, length = bool(clear[4]), int.from_bytes(clear[5:])
        assert clear == frame(number, last, length), "another chunk"
        plain += cipher.decrypt(bytes(7) + clear[:5], sealed[at + 8 : at + 24 + length], head + clear)
        at, number = at + 24 + length, number + 1
    assert at == len(sealed), "something behind the last chunk"
    return plain


def envelope(key: bytes, recipient: X25519PrivateKey, binding: bytes) -> bytes:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    info = b"heirloom-envelope" + b"\x01" + binding
    sealed = suite.encrypt(key, recipient.public_key(), info=info)
    return b"\x01" + binding + recipient.public_key().public_bytes_raw() + sealed


if len(sys.argv) == 3:
    with open(sys.argv[2], "rb") as file:
        sys.stdout.buffer.write(unseal(bytes.fromhex(sys.argv[1]), file.read()))
    sys.exit()

data_key = bytes(range(32))
sealing_key = X25519PrivateKey.from_private_bytes(
    bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
)
content = b"\x55" + bytes([0x33] * 32)
print("sealed file:", seal(data_key, os.urandom(32), b"lung nodule, 6 mm").hex())
for name, purpose in [("standing", b"\x00"), ("permit 17", b"\x01" + (17).to_bytes(8, "little"))]:
    binding = bytes([0x11] * 32) + bytes([0x22] * 32) + content + purpose
    print(f"envelope, {name}:", envelope(data_key, sealing_key, binding).hex())
