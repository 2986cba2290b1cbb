"""The language model read with numpy alone: the same weights, the same moves, the same words' tags, in a third of the time.

spaCy reads a doc through one component after the other, each with work of its own for each token. Here the weights are taken
out of the components once: each distinct word is embedded once, the windows pass over many blocks at a time, the moves of the
parser are made for all blocks side by side, and of the rules for parts of speech and lemmas each case is asked once. `reader`
compares itself with spaCy on a text, and where it differs in a single token, or a model is built in another way, there is none.
"""

from __future__ import annotations

from communique.network.read import Blocks, Network, network

__all__ = ["Blocks", "Network", "network"]
