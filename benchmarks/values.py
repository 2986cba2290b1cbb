"""Speed of the components for money and dates, each alone on blank English, beside the tokenizer alone.

    python benchmarks/values.py FOLDER [REPEATS]

FOLDER holds texts (`*.txt`, searched deeply). Prints words a second of process CPU time, the best of the repeats.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import spacy
from spacy.language import Language

import communique.annotate
from communique.analysis import Context, analysis_of

assert communique.annotate  # registers the components


def seconds(nlp: Language, texts: list[str], component: str | None, repeats: int) -> float:
    """The least CPU time over all texts: of the tokenizer, or of a component on docs that are tokenized and laid out."""
    best = float("inf")
    for _ in range(repeats):
        docs = [] if component is None else [nlp.make_doc(text) for text in texts]
        for doc in docs:
            analysis_of(doc, Context())
        begin = time.process_time()
        if component is None:
            for text in texts:
                nlp.make_doc(text)
        else:
            annotate = nlp.get_pipe(component)
            for doc in docs:
                annotate(doc)
        best = min(best, time.process_time() - begin)
    return best


def main() -> None:
    """Print a line for the tokenizer and one for each component."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(Path(sys.argv[1]).rglob("*.txt"))]
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    words = sum(len(text.split()) for text in texts)
    nlp = spacy.blank("en")
    nlp.max_length = max((len(text) for text in texts), default=0) + 1
    for component in ("communique_money", "communique_dates"):
        nlp.add_pipe(component)
    print(f"{len(texts)} texts, {words} words")
    for component in (None, "communique_money", "communique_dates"):
        print(
            f"{component or 'tokenizer':18} {words / max(seconds(nlp, texts, component, repeats), 1e-9):>12,.0f} words a second"
        )


if __name__ == "__main__":
    main()
