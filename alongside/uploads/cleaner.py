"""Makes a file anew without what hides in it. A program of its own: `python cleaner.py TYPE`, the file in, its copy out.

It imports nothing of Alongside, is given no setting, and bounds itself before it reads a byte: files are made to break what reads them.
Ends with 3 and one word of `codes.PROBLEMS` on its last line when no copy can be made.
"""

from __future__ import annotations

import io
import resource
import sys
import zlib
from typing import Any, NoReturn

MOST_PIXELS = 50_000_000
MOST_PAGES = 500
MOST_UNPACKED = 300_000_000  # of all streams of a document together
MEMORY, SECONDS = 1_500_000_000, 20
# Who wrote it, when, with what; what runs, what is attached, what was struck out but is still there.
HIDDEN = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/Names", "/AF", "/EF", "/Collection", "/AcroForm", "/Perms",
    "/Extensions", "/Threads", "/URI", "/SpiderInfo", "/Thumb", "/OPI", "/Annots", "/JS", "/JavaScript", "/Legal", "/Alternates",
)  # fmt: skip
ACTS = ("/URI", "/Launch", "/JavaScript", "/SubmitForm", "/GoToR", "/GoToE", "/Rendition", "/ImportData")
KEPT_SEGMENTS = {0xE0, 0xEE}  # of a JPEG in a document: how it is coded, and nothing of where or by what it was taken


def refuse(code: str) -> NoReturn:
    sys.stderr.write(f"{code}\n")
    raise SystemExit(3)


def bound() -> None:
    bounds = {"AS": MEMORY, "CPU": SECONDS, "FSIZE": 0, "CORE": 0}
    for name, most in bounds.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def picture(data: bytes, kind: str) -> bytes:
    """The pixels alone, upright and in the colours of a screen."""
    from PIL import Image, ImageCms, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image: Any = Image.open(io.BytesIO(data), formats=[kind])
    except Image.DecompressionBombError:
        refuse("too-large-inside")
    if image.width * image.height > MOST_PIXELS:
        refuse("too-large-inside")
    if getattr(image, "n_frames", 1) > 1:
        refuse("moves")
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    mode = (
        "RGBA"
        if "A" in image.getbands() or "transparency" in image.info
        else "L"
        if image.mode in ("1", "L")
        else "RGB"
    )
    if profile and mode == "RGB" and image.mode == "RGB":  # a bruise keeps its colour
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"))
    image = image.convert(mode)
    plain = Image.frombytes(mode, image.size, image.tobytes())  # nothing that was beside the pixels comes along
    out = io.BytesIO()
    plain.save(out, kind, **({"quality": 92} if kind == "JPEG" else {}))
    return out.getvalue()


def text(data: bytes) -> bytes:
    return data.decode("utf-8-sig").encode()


def document(data: bytes) -> bytes:
    """The pages as they look, with their text: forms and notes become part of the page, all that hides or runs goes."""
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        refuse("locked")
    if len(pdf.pages) > MOST_PAGES:
        refuse("too-many-pages")
    layers: Any = pdf.Root.get("/OCProperties")
    if layers is not None and len(layers.get("/D", pikepdf.Dictionary()).get("/OFF", pikepdf.Array())):
        refuse("layers")
    check_sizes(pdf, pikepdf)
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")
    for one in list(pdf.objects):
        scrub(one, pikepdf, 0)
        if isinstance(one, pikepdf.Stream):
            clean_image(one)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def check_sizes(pdf: Any, pikepdf: Any) -> None:
    """Refuse what would fill the machine of whoever opens it."""
    left = MOST_UNPACKED
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Stream):
            continue
        if int(one.get("/Width", 0)) * int(one.get("/Height", 0)) > MOST_PIXELS:
            refuse("too-large-inside")
        filters = names(one)
        if filters.count("/FlateDecode") + filters.count("/LZWDecode") + filters.count("/RunLengthDecode") > 1:
            refuse("too-large-inside")
        if filters[:1] == ["/FlateDecode"]:
            unpacked = unpack(one.read_raw_bytes(), left)
            left -= unpacked
        if left <= 0:
            refuse("too-large-inside")


def unpack(raw: bytes, most: int) -> int:
    """How many bytes it unpacks to, up to `most` and a piece; nothing of it is kept."""
    machine, total = zlib.decompressobj(), 0
    while raw and total <= most:
        try:
            total += len(machine.decompress(raw, 1 << 20))
        except zlib.error:
            return total
        raw = machine.unconsumed_tail
    return total


def names(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(found)] if str(found._type_name) == "name" else [str(one) for one in found]


def scrub(one: Any, pikepdf: Any, depth: int) -> None:
    """Take out what hides, here and in what stands inside."""
    if depth > 50:
        refuse("damaged")
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key in HIDDEN:
            if key in one:
                del one[key]
        if str(one.get("/S")) in ACTS:
            one["/S"] = pikepdf.Name("/None")
        inner = [value for _, value in one.items()]
    elif isinstance(one, pikepdf.Array):
        inner = list(one)
    else:
        return
    for value in inner:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            scrub(value, pikepdf, depth + 1)


def clean_image(stream: Any) -> None:
    """A photograph in a document brings its own account of where and when it was taken."""
    filters = names(stream)
    if "/JPXDecode" in filters:
        refuse("picture-kind")
    if "/DCTDecode" not in filters:
        return
    if filters != ["/DCTDecode"]:
        refuse("picture-kind")
    stream.write(
        without_segments(stream.read_raw_bytes()), filter=stream.Filter, decode_parms=stream.get("/DecodeParms")
    )


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without its notes: every segment of an application and every comment goes, but those that say how it is coded; and
    whatever was put behind its end."""
    if jpeg[:2] != b"\xff\xd8":
        refuse("picture-kind")
    kept, at = [b"\xff\xd8"], 2
    while at + 2 <= len(jpeg):
        mark = jpeg[at + 1]
        if jpeg[at] != 0xFF:
            refuse("picture-kind")
        if mark == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        if mark == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if mark == 0xDA:  # coded pixels follow, up to the next mark
            end = next_mark(jpeg, end)
        if mark in KEPT_SEGMENTS or not (0xE0 <= mark <= 0xEF or mark == 0xFE):
            kept.append(jpeg[at:end])
        at = max(end, at + 2)
    refuse("picture-kind")


def next_mark(jpeg: bytes, at: int) -> int:
    """Where the coded pixels end: at the first mark that is none of theirs."""
    while (at := jpeg.find(b"\xff", at)) >= 0 and at + 1 < len(jpeg):
        if jpeg[at + 1] != 0 and not 0xD0 <= jpeg[at + 1] <= 0xD7:
            return at
        at += 2
    return len(jpeg)


def main() -> None:
    bound()
    data, kind = sys.stdin.buffer.read(), sys.argv[1]
    try:
        made = {
            "application/pdf": lambda: document(data),
            "image/jpeg": lambda: picture(data, "JPEG"),
            "image/png": lambda: picture(data, "PNG"),
            "text/plain": lambda: text(data),
        }[kind]()
    except MemoryError:
        refuse("too-large-inside")
    except Exception as fault:  # whatever it was made to do: no copy, and nothing of its words
        sys.stderr.write(f"{type(fault).__name__}\n")
        refuse("damaged")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
