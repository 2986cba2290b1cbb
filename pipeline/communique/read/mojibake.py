"""Text that was once decoded wrongly (`Norwayâ€™s`), made right again where that is certain, and told."""

from __future__ import annotations

import re

from communique_models import Notice, NoticeCode

SIGNS = re.compile("[ÂÃÅÆÇÐÎÏâ][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")  # a first byte of UTF-8 and a second, as cp1252 has them
SHOWN = 3  # words in a notice


def mended(text: str) -> tuple[str, tuple[Notice, ...]]:
    """The text, and a notice if words in it were mended; line by line, since a file may hold right and wrong ones.

    ftfy tells what is certain: it takes a wrong decoding back only if what comes out is less odd by far.
    """
    if not SIGNS.search(text):
        return text, ()
    import ftfy

    told: list[str] = []
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if SIGNS.search(line) and (right := ftfy.fix_encoding(line)) != line:
            lines[i] = right
            told += [word for word in line.split() if SIGNS.search(word)]
    if not told:
        return text, ()
    words = ", ".join(repr(word) for word in dict.fromkeys(told[:SHOWN]))
    message = f"{len(told):,} words that had been decoded wrongly were mended, such as {words}"
    return "\n".join(lines), (Notice(code=NoticeCode.ENCODING, message=message),)
