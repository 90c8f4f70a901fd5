"""The Basic Profile with pydicom, as its documentation shows how to anonymise: pydicom_profile.py TABLE INPUT OUTPUT

Reads a file, removes private elements, walks through all others and does what the table says, replaces UIDs, writes
it. Nothing is searched for afterwards. Keeps time from bytes to bytes, writes the results of the last round to OUTPUT,
and says the seconds of the best of three rounds as JSON.
"""

import io
import json
import pathlib
import platform
import sys
import time

import pydicom
from pydicom.uid import generate_uid

ROUNDS = 3
DUMMIES = {"DS": "0", "IS": "0", "AS": "000Y", "TM": "000000", "DA": "19000101", "DT": "1900", "UR": "about:blank"}
NUMBERS = {"US", "SS", "UL", "SL", "FL", "FD", "SV", "UV"}
BYTES = {"OB", "OW", "OD", "OF", "OL", "OV", "UN"}


def read_table(folder):
    table = {}
    for part in ("image", "procedure", "other"):
        for line in (folder / f"profile_{part}.txt").read_text().splitlines()[1:]:
            tag, action, _ = line.split(" ")
            table[int(tag, 16)] = action
    return table


def dummy(vr):
    if vr in NUMBERS:
        return 0
    return b"\0\0" if vr in BYTES else DUMMIES.get(vr, "REMOVED")


def make_callback(table):
    def callback(dataset, element):
        action = table.get(int(element.tag))
        if action is None and element.tag.group & 0xFF00 not in (0x5000, 0x6000):
            return
        if action in (None, "X"):
            del dataset[element.tag]
        elif element.VR == "SQ":
            if action in ("Z", "X/Z"):
                element.value = []
        elif action in ("U", "X/Z/U*"):
            element.value = generate_uid(entropy_srcs=[str(element.value)])
        elif action in ("Z", "X/Z"):
            element.value = b"" if element.VR in BYTES else ""
        else:
            element.value = dummy(element.VR)

    return callback


def clean(data, callback):
    dataset = pydicom.dcmread(io.BytesIO(data))
    dataset.remove_private_tags()
    dataset.walk(callback)
    meta = dataset.file_meta
    for name in ("SourceApplicationEntityTitle", "SendingApplicationEntityTitle", "ReceivingApplicationEntityTitle"):
        if name in meta:
            del meta[name]
    for name in ("PrivateInformationCreatorUID", "PrivateInformation"):
        if name in meta:
            del meta[name]
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.preamble = b"\0" * 128
    dataset.PatientIdentityRemoved = "YES"
    result = io.BytesIO()
    dataset.save_as(result, enforce_file_format=True)
    return result.getvalue()


def main():
    table, source, target = map(pathlib.Path, sys.argv[1:])
    callback = make_callback(read_table(table))
    files = {path.name: path.read_bytes() for path in sorted(source.iterdir())}
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        results = {name: clean(data, callback) for name, data in files.items()}
        best = min(best, time.perf_counter() - start)
    for name, result in results.items():
        (target / name).write_bytes(result)
    name = f"pydicom {pydicom.__version__}, Python {platform.python_version()}"
    json.dump({"seconds": best, "name": name}, sys.stdout)


if __name__ == "__main__":
    main()
