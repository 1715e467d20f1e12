"""Files as people have them, with all that hides in them; made here, of nobody."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

TELLS = "KeziaTellsWhere"  # what must not be in any copy
PLACE = {1: "N", 2: (52.0, 24.0, 30.0), 3: "W", 4: (1.0, 30.0, 39.0)}


def _exif() -> Any:
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = f"{TELLS} camera", TELLS, 6
    exif.get_ifd(0x8825).update(PLACE)
    return exif


def pixels(size: tuple[int, int] = (40, 30), mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, size)
    for x in range(size[0]):
        image.putpixel((x, x % size[1]), 255 if mode == "L" else (x % 256, 90, 40, 255)[: len(mode)])
    return image


def jpeg(**more: Any) -> bytes:
    """A photograph with the place, the camera and its owner, a comment, and something behind its end."""
    out = io.BytesIO()
    pixels().save(out, "JPEG", exif=_exif(), comment=TELLS.encode(), **more)
    return out.getvalue() + f"<x:xmpmeta>{TELLS}</x:xmpmeta>".encode()


def png(mode: str = "RGB") -> bytes:
    """A picture with texts, place and time beside its pixels."""
    out, said = io.BytesIO(), PngImagePlugin.PngInfo()
    said.add_text("Author", TELLS)
    said.add_itxt("XML:com.adobe.xmp", f"<x>{TELLS}</x>")
    pixels(mode=mode).save(out, "PNG", pnginfo=said, exif=_exif())
    return out.getvalue() + TELLS.encode()


def pdf(*, with_photograph: bool = True, **save: Any) -> bytes:
    """A document with an author, a note with a name, a form, an attachment, a script, and a photograph that knows its place."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    draw = b"BT /F1 12 Tf 10 100 Td (She came on Monday) Tj ET "
    if with_photograph:
        image = made.make_stream(jpeg())
        image.update(
            {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 40, "/Height": 30, "/BitsPerComponent": 8}
        )
        image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
        image.Metadata = made.make_stream(TELLS.encode())
        page.Resources.XObject = Dictionary(Im1=image)
        draw += b"q 40 0 0 30 10 10 cm /Im1 Do Q"
    page.Contents = made.make_stream(draw)
    page.PieceInfo = Dictionary(Word=Dictionary(Private=String(TELLS)))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=String(TELLS), Contents=String(TELLS))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=String(f"http://{TELLS}/"))
    )
    page.Annots = Array([made.make_indirect(note), made.make_indirect(link)])
    made.docinfo["/Author"], made.docinfo["/Title"] = TELLS, TELLS
    made.attachments["letter.txt"] = pikepdf.AttachedFileSpec(made, TELLS.encode(), filename="letter.txt")
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{TELLS}')"))
    made.Root.Metadata = made.make_stream(f"<x>{TELLS}</x>".encode())
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


def bomb_pdf() -> bytes:
    """A page whose drawing unpacks to a thousand times its size."""
    made = pikepdf.new()
    page = made.add_blank_page().obj
    machine = zlib.compressobj(9)
    piece = machine.compress(bytes(1 << 20)) + machine.flush(
        zlib.Z_FULL_FLUSH
    )  # stands for itself, so it may stand there often
    again = machine.compress(bytes(1 << 20)) + machine.flush(zlib.Z_FULL_FLUSH)
    packed = piece + again * 320 + machine.flush()
    page.Contents = pikepdf.Stream(made, packed, Filter=Name.FlateDecode)
    out = io.BytesIO()
    made.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def layered_pdf() -> bytes:
    """A document with a layer that is hidden until somebody shows it."""
    made = pikepdf.open(io.BytesIO(pdf()))
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("notes")))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bomb_png() -> bytes:
    """A picture that says it has 60,000 by 60,000 dots."""
    small = bytearray(png())
    head = small.index(b"IHDR")
    small[head + 4 : head + 12] = (60_000).to_bytes(4, "big") * 2
    small[head + 17 : head + 21] = zlib.crc32(small[head : head + 17]).to_bytes(4, "big")
    return bytes(small)


def everything_in(data: bytes) -> bytes:
    """The bytes of a copy, and for a document those of everything in it unpacked."""
    if not data.startswith(b"%PDF-"):
        return data
    held = pikepdf.open(io.BytesIO(data))
    streams = [one.read_raw_bytes() for one in held.objects if isinstance(one, pikepdf.Stream)]
    out = io.BytesIO()
    held.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return b"".join([data, out.getvalue(), *streams])
