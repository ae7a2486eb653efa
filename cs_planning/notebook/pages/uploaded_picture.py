"""Pictures that users upload: judged by their content, drawn again from their pixels, so that nothing else comes along.

Neither the name of a file nor what a browser says about it is believed.  Place and camera that a photograph carries, comments,
further frames and bytes behind the picture are left behind.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from cs_planning.errors import InvalidPage
from cs_planning.language import Text, text

MOST_BYTES = 10_000_000
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
_FORMATS = ("PNG", "JPEG", "WEBP")
_JPEG_QUALITY = 85
_LARGEST_PNG = 400_000


@dataclass(frozen=True)
class Picture:
    """A picture that is safe to keep and that every export can hold.

    Attributes:
        content: the bytes of the file.
        width, height: in pixels.
    """

    content: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int


def read_picture(content: bytes) -> Picture:
    """An uploaded file as a picture of at most `LONGEST_SIDE` pixels a side, turned as the camera was held.

    Args:
        content: the bytes of a PNG, JPEG or WebP file.

    Raises:
        InvalidPage: it is none of these, it is damaged, or it is too large; the message says which.

    Drawings stay PNG; photographs, and whatever would be too heavy for a page that is sent around, become JPEG.
    """
    if len(content) > MOST_BYTES:
        raise InvalidPage(
            text("The picture has {size} megabytes.", size=len(content) / 1e6),
            text("A picture has at most {most} megabytes; make it smaller first.", most=MOST_BYTES / 1e6),
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _too_many_pixels(opened.width, opened.height)
                source = opened.format
                drawn = ImageOps.exif_transpose(opened)
                drawn.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise InvalidPage(text("This file is no picture that can be shown here."), _hint(content)) from None
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError):
        raise InvalidPage(
            text("The picture is damaged: it ends early or can't be decoded."), text("Save it again, and upload the new file.")
        ) from None
    return _written(drawn, keep_png=source != "JPEG")


def _hint(content: bytes) -> Text:
    start = content[:2000].lstrip().lower()
    if start.startswith(b"<") and b"svg" in start:
        return text("SVG files can carry scripts. Save the drawing as PNG, and upload that.")
    return text("Choose a PNG, JPEG or WebP file.")


def _too_many_pixels(width: int = 0, height: int = 0) -> InvalidPage:
    size = text("The picture has {width} × {height} pixels.", width=width, height=height) if width else None
    return InvalidPage(
        size or text("The picture has too many pixels."),
        text("A picture has at most {most} million pixels; make it smaller first.", most=MOST_PIXELS // 1_000_000),
    )


def _written(drawn: Image.Image, *, keep_png: bool) -> Picture:
    clear = drawn.has_transparency_data
    pixels = drawn.convert("RGBA" if clear else "RGB")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if keep_png:
        png = _saved(pixels, "PNG", optimize=True)
        if len(png) <= _LARGEST_PNG:
            return Picture(png, "image/png", pixels.width, pixels.height)
    if clear:
        ground = Image.new("RGB", pixels.size, "white")
        ground.paste(pixels, mask=pixels.getchannel("A"))
        pixels = ground
    jpeg = _saved(pixels, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return Picture(jpeg, "image/jpeg", pixels.width, pixels.height)


def _saved(pixels: Image.Image, format: str, **settings: object) -> bytes:
    # Built from the pixels alone: saving the opened picture would carry its metadata along.
    fresh = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    written = io.BytesIO()
    fresh.save(written, format, **settings)
    return written.getvalue()
