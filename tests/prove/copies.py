"""Proof: whatever hides in a file, the clean copy holds none of it, and the original is what it was.

Run as `python -m tests.prove.copies COUNT SEED`; prints what it found as JSON. Each file hides a word of its own in places drawn by chance; the
copy is searched as it is and unpacked, and exiftool looks at it where it is on the machine: another reader than ours.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import time
from typing import Any

import django
import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from tests.prove.ledger import Found

# What any picture or document has, and tells nothing of anybody.
PLAIN = {
    "SourceFile", "ExifToolVersion", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate", "FileInodeChangeDate",
    "FilePermissions", "FileType", "FileTypeExtension", "MIMEType", "ImageWidth", "ImageHeight", "EncodingProcess", "BitsPerSample",
    "ColorComponents", "YCbCrSubSampling", "ImageSize", "Megapixels", "JFIFVersion", "ResolutionUnit", "XResolution", "YResolution",
    "BitDepth", "ColorType", "Compression", "Filter", "Interlace", "PDFVersion", "Linearized", "PageCount",
}  # fmt: skip
TAGS = (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298)  # what the picture shows, maker, model, program, artist, owner


def picture(dice: random.Random, kind: str, word: str) -> bytes:
    size = (dice.randint(8, 60), dice.randint(8, 60))
    image, out = Image.frombytes("RGB", size, dice.randbytes(size[0] * size[1] * 3)), io.BytesIO()
    exif = Image.Exif()
    for tag in dice.sample(TAGS, dice.randint(1, len(TAGS))):
        exif[tag] = word
    exif[0x0112] = dice.randint(1, 8)
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 24.0, 30.0), 3: "W", 4: (1.0, 30.0, 39.0), 29: word})
    if kind == "JPEG":
        image.save(out, "JPEG", exif=exif, comment=word.encode(), progressive=dice.random() < 0.5)
    else:
        said = PngImagePlugin.PngInfo()
        said.add_text(dice.choice(("Author", "Comment", "Location")), word, zip=dice.random() < 0.5)
        said.add_itxt("XML:com.adobe.xmp", f"<x>{word}</x>")
        image.save(out, "PNG", exif=exif, pnginfo=said)
    return out.getvalue() + (word.encode() if dice.random() < 0.5 else b"")


def document(dice: random.Random, word: str) -> bytes:
    made = pikepdf.new()
    for _ in range(dice.randint(1, 3)):
        page = made.add_blank_page(page_size=(200, 200)).obj
        photograph = made.make_stream(picture(dice, "JPEG", word))
        photograph.update(
            {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 8, "/Height": 8, "/BitsPerComponent": 8}
        )
        photograph.ColorSpace, photograph.Filter = Name.DeviceRGB, Name.DCTDecode
        page.Resources = Dictionary(XObject=Dictionary(Im1=photograph))
        page.Contents = made.make_stream(b"q 90 0 0 90 10 10 cm /Im1 Do Q")
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=String(word), Contents=String(word))
        places: list[Any] = [
            lambda p=page, n=note: p.update({"/Annots": Array([made.make_indirect(n)])}),
            lambda p=page: p.update({"/PieceInfo": Dictionary(Word=Dictionary(Private=String(word)))}),
            lambda p=page: p.update({"/AA": Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(word)))}),
            lambda p=photograph: p.update({"/Metadata": made.make_stream(word.encode())}),
            lambda: made.Root.update({"/Metadata": made.make_stream(f"<x>{word}</x>".encode())}),
            lambda: made.Root.update({"/OpenAction": Dictionary(S=Name.URI, URI=String(word))}),
            lambda: made.attachments.__setitem__("a", pikepdf.AttachedFileSpec(made, word.encode(), filename=word)),
        ]
        for hide in dice.sample(places, dice.randint(1, len(places))):
            hide()
    made.docinfo[dice.choice(("/Author", "/Title", "/Producer", "/Keywords"))] = word
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def told_by_another(copy: bytes, kind: str) -> list[str]:
    """The tags exiftool finds that a plain file would not have."""
    done = subprocess.run(["exiftool", "-json", "-a", "-"], input=copy, capture_output=True)
    return sorted(set(json.loads(done.stdout)[0]) - PLAIN) if done.stdout else [f"exiftool read nothing of a {kind}"]


def one(dice: random.Random, found: Found, *, looks: bool) -> None:
    from alongside.uploads import cleaning
    from alongside.uploads.sniffing import media_type
    from tests.apps.uploads.made import everything_in

    word = f"Kezia{dice.randrange(10**12):012d}"
    kind = dice.choice(("JPEG", "PNG", "PDF"))
    data = document(dice, word) if kind == "PDF" else picture(dice, kind, word)
    before = hashlib.sha256(data).digest()
    copy = data if os.environ.get("PROVE_MUTANT") == "the-original" else cleaning.clean(data, media_type(data))
    found.tries[kind] += 1
    if hashlib.sha256(data).digest() != before:
        found.fault(f"{kind}: the original changed")
    if word.encode() in everything_in(copy):
        found.fault(f"{kind}: {word} is in the copy")
    if looks and (tags := told_by_another(copy, kind)):
        found.fault(f"{kind}: {tags}")


def main() -> None:
    # The product, not the ground apps alone that the other programs under proof run on.
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.config.settings"
    django.setup()
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    dice, found, began = random.Random(seed), Found(), time.monotonic()  # noqa: S311 - repeatable, not secret
    looks = shutil.which("exiftool") is not None
    for _ in range(count):
        one(dice, found, looks=looks)
    found.seconds = time.monotonic() - began
    sys.stdout.write(found.to_json() + "\n")


if __name__ == "__main__":
    main()
