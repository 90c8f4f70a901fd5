"""Compares results with pydicom and dicom-anonymizer: oracle_pydicom.py ORIGINALS RESULTS

Needs `pip install pydicom dicom-anonymizer`. Files are paired by their pixels, which de-identification leaves as
they are. Checked for every pair:

1. pydicom reads the result, and its meta group names the result's own instance and no application entity.
2. Whatever dicom-anonymizer removes or replaces by Table E.1-1 (edition 2026c) is removed or replaced.
3. No text of the original that dicom-anonymizer touched stands anywhere in the result.
4. Originals that are not in the results are counted as refused.
"""

import copy
import hashlib
import pathlib
import sys

import pydicom
from dicomanonymizer.simpledicomanonymizer import anonymize_dataset, initialize_actions

TEXT = {"AE", "LO", "LT", "PN", "SH", "ST", "UC", "UI", "UR", "UT", "DA", "DT"}
SHORTEST = 4


def read(folder):
    files = {}
    for path in sorted(pathlib.Path(folder).rglob("*.dcm")):
        dataset = pydicom.dcmread(path)
        files[hashlib.sha256(dataset.PixelData).hexdigest()] = (path.name, dataset)
    return files


def touched(original, result):
    return {element.tag for element in original if element.tag not in result or result[element.tag] != element}


def texts(element):
    values = element.value if isinstance(element.value, (list, pydicom.multival.MultiValue)) else [element.value]
    return [str(value) for value in values if element.VR in TEXT and len(str(value)) >= SHORTEST]


def everything(dataset):
    for element in dataset.iterall():
        if element.VR != "SQ" and element.keyword != "PixelData":
            yield str(element.value)


def compare(original, result):
    problems = []
    for title in ("SourceApplicationEntityTitle", "SendingApplicationEntityTitle", "ReceivingApplicationEntityTitle"):
        if title in result.file_meta:
            problems.append(f"{title} in the meta group")
    if result.file_meta.MediaStorageSOPInstanceUID != result.SOPInstanceUID:
        problems.append("the meta group names another instance")
    theirs = copy.deepcopy(original)
    anonymize_dataset(theirs, base_rules_gen=lambda: initialize_actions("dicomfields_2026c"))
    removed = touched(original, theirs)
    problems += [f"{tag} is as it was" for tag in sorted(removed - touched(original, result))]
    rest = "\n".join(everything(result)).upper()
    for tag in sorted(removed):
        if any(text.upper() in rest for text in texts(original[tag])):
            problems.append(f"{tag} stands somewhere in the result")
    return len(removed), problems


def main():
    originals, results = read(sys.argv[1]), read(sys.argv[2])
    failed = attributes = 0
    for key, (name, result) in results.items():
        count, problems = compare(originals[key][1], result)
        attributes += count
        for problem in problems:
            failed += 1
            print(f"{name}: {problem}")
    refused = len(originals.keys() - results.keys())
    print(f"{len(results)} pairs, {attributes} attributes touched by the oracle, {refused} refused, {failed} problems")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
