"""How often is the text of a helpdesk's export read as it was written? Beside charset-normalizer, on the same bytes.

usage: python -m benchmarks.encodings
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

from cs_planning.kpis.files.decoding import decode

try:
    from charset_normalizer import from_bytes
except ImportError:
    from_bytes = None  # type: ignore[assignment]

_HEADERS = {
    "japanese": ("チケット番号", "受付日時", "件名", "担当チーム", "満足度"),
    "german": ("Ticket-Nr.", "Eröffnet", "Betreff", "Gruppe", "Zufriedenheit"),
    "french": ("N° de ticket", "Créé le", "Objet", "Équipe", "Satisfaction"),
}
_WORDS = {
    "japanese": (
        "返品について",
        "ログインできない",
        "請求書の再発行",
        "配送が遅い",
        "ｻｰﾊﾞ障害",
        "解約したい",
        "〜円の誤請求",
        "①の件",
    ),
    "german": ("Rückgabe", "Anmeldung unmöglich", "Rechnung über 20 €", "Verspätete Lieferung", "Kündigung", "„Störung“"),
    "french": ("Problème de connexion", "Livraison en retard", "Facture n° 12", "Résiliation", "Où est mon colis ?"),
}
_ENCODINGS = {
    "japanese": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp"),
    "german": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"),
    "french": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"),
}
_ROWS = (1, 3, 20, 400)


def exports() -> Iterator[tuple[str, str, bytes]]:
    """Tables of several sizes and shares of letters beyond ASCII: language, encoding, bytes."""
    chosen = random.Random(1)
    for language, headers in _HEADERS.items():
        for encoding in _ENCODINGS[language]:
            for rows in _ROWS:
                for ascii_only in (0.0, 0.8):
                    lines = [",".join(headers)]
                    for number in range(rows):
                        subject = "Login" if chosen.random() < ascii_only else chosen.choice(_WORDS[language])
                        lines.append(
                            f"{number + 1},2026-10-{number % 28 + 1:02} 09:15,{subject},Team {number % 3},{number % 5 + 1}"
                        )
                    written = "\r\n".join(lines).encode(encoding, errors="ignore")
                    yield language, encoding, written


def peer(data: bytes) -> str:
    """What charset-normalizer takes for the text."""
    best = from_bytes(data).best()
    return "" if best is None else str(best)


def measured(name: str, read: Callable[[bytes], str]) -> None:
    right: dict[str, list[bool]] = {}
    begun = time.process_time()
    for _language, encoding, data in exports():
        wanted = data.decode(encoding).removeprefix("\ufeff")
        right.setdefault(encoding, []).append(read(data).removeprefix("\ufeff") == wanted)
    took = time.process_time() - begun
    every = [one for found in right.values() for one in found]
    parts = ", ".join(f"{encoding} {sum(found)}/{len(found)}" for encoding, found in right.items())
    print(f"{name}: {sum(every)} of {len(every)} files as written, {took:.2f} s of processor time; {parts}")


def main() -> None:
    measured("decoding.py", lambda data: decode(data).content)
    if from_bytes is None:
        print("charset-normalizer is not installed: pip install charset-normalizer")
    else:
        measured("charset-normalizer", peer)


if __name__ == "__main__":
    main()
