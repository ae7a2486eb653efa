"""Pictures that users upload: what they show is kept, what else they carry is not."""

import io
import zlib

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cs_planning.errors import InvalidPage
from cs_planning.notebook.pages.uploaded_picture import LONGEST_SIDE, MOST_BYTES, read_picture

SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"


def file_of(picture: Image.Image, format: str, **settings) -> bytes:
    written = io.BytesIO()
    picture.save(written, format, **settings)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def two_colours(width=60, height=40) -> Image.Image:
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("navy", (0, 0, width // 2, height))
    return picture


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_what_a_picture_shows_is_kept(format):
    kept = read_picture(file_of(two_colours(), format))
    again = opened(kept.content).convert("RGB")
    assert again.size == (kept.width, kept.height) == (60, 40)
    assert np.allclose(again.getpixel((5, 20)), (0, 0, 128), atol=12)
    assert np.allclose(again.getpixel((55, 20)), (255, 255, 255), atol=12)


def test_metadata_comments_and_trailing_bytes_are_left_behind():
    comments = PngInfo()
    comments.add_text("Comment", "<script>alert(1)</script>")
    png = read_picture(file_of(two_colours(), "PNG", pnginfo=comments) + b"<script>alert(1)</script>")
    place = Image.Exif()
    place[0x010E] = "secret place"
    jpeg = read_picture(file_of(two_colours(), "JPEG", exif=place, comment=b"secret words") + b"PK\x03\x04 secret archive")
    assert b"script" not in png.content
    assert b"secret" not in jpeg.content


def test_a_photograph_stands_upright():
    turned = Image.Exif()
    turned[0x0112] = 6
    kept = read_picture(file_of(two_colours(60, 40), "JPEG", exif=turned))
    assert (kept.width, kept.height) == (40, 60)


def test_a_large_picture_is_made_small_enough_for_a_page():
    noise = np.random.default_rng(7).integers(0, 255, (2100, 2400, 3), dtype=np.uint8)
    kept = read_picture(file_of(Image.fromarray(noise), "JPEG", quality=70))
    assert max(kept.width, kept.height) == LONGEST_SIDE
    assert len(kept.content) < 2_000_000


def test_clear_parts_stay_clear():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    seen = opened(read_picture(file_of(clear, "PNG")).content).getpixel((3, 3))
    assert isinstance(seen, tuple)
    assert seen[3] == 0


def test_a_drawing_with_scripts_is_refused_with_the_way_out():
    with pytest.raises(InvalidPage, match="no picture") as refused:
        read_picture(SVG)
    assert "PNG" in str(refused.value.hint)


@pytest.mark.parametrize("content", [b"", b"GIF89a" + b"0" * 50, b"%PDF-1.7", b"hello", b"\x89PNG\r\n\x1a\n", SVG[::-1]])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(InvalidPage):
        read_picture(content)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_a_file_that_ends_early_is_refused(format):
    whole = file_of(Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 90, 3), dtype=np.uint8)), format)
    with pytest.raises(InvalidPage):
        read_picture(whole[: len(whole) // 2])


def test_a_file_of_too_many_bytes_is_refused_unread():
    with pytest.raises(InvalidPage, match="megabytes"):
        read_picture(b"\x89PNG" + b"0" * MOST_BYTES)


def test_a_small_file_of_enormous_size_is_refused():
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    with pytest.raises(InvalidPage, match="pixels"):
        read_picture(bomb)
