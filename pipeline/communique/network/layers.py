"""The layers of a spaCy model, taken out of it as plain arrays; a model that is built otherwise is told by `UnlikeError`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Ids = NDArray[np.uint64]
"""Of strings in spaCy's store, and of codes that stand beside them."""


class UnlikeError(Exception):
    """A model is not built as this package reads it; spaCy itself must run it. Never leaves the package."""


def expect(condition: bool, what: str) -> None:
    """Raise `UnlikeError` where a model is not as it must be."""
    if not condition:
        raise UnlikeError(what)


@dataclass(frozen=True, slots=True)
class Linear:
    """``x @ weights + bias``."""

    weights: Floats  # (inputs, outputs)
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """The outputs for rows of inputs, the same for a row whatever stands beside it.

        So a single one is doubled, since BLAS takes another way for it, which rounds otherwise.
        """
        if len(x) == 1:
            return self(np.repeat(x, 2, axis=0))[:1]
        y: Floats = x @ self.weights
        y += self.bias
        return y


@dataclass(frozen=True, slots=True)
class Window:
    """A layer over a word and its neighbours: the greatest of some pieces, made even in mean and spread, added to the word."""

    weights: Floats  # (3 * width, pieces * width)
    bias: Floats
    pieces: int
    gain: Floats
    shift: Floats

    def __call__(self, x: Floats, around: Floats, y: Floats) -> None:
        """Take the words of a run through the layer, in place; before the first and after the last there are zeros.

        Two rows at the least. `around` and `y` are room to work in, as large as the weights' inputs and outputs: to ask for it
        anew each time costs as much as the work.
        """
        rows, width = x.shape
        around, y = around[:rows], y[:rows]
        around[0, :width] = 0
        around[1:, :width] = x[:-1]
        around[:, width : 2 * width] = x
        around[:-1, 2 * width :] = x[1:]
        around[-1, 2 * width :] = 0
        np.matmul(around, self.weights, out=y)
        y += self.bias
        best = y[:, :width]
        for piece in range(1, self.pieces):
            np.maximum(best, y[:, piece * width : (piece + 1) * width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-08)
        best *= (spread ** np.float32(-0.5))[:, None]
        best *= self.gain
        best += self.shift
        x += best


@dataclass(frozen=True, slots=True)
class Scorer:
    """The layers of a transition-based model after its words' vectors: for each place in a state a part of the hidden layer."""

    narrow: Linear
    parts: Floats  # (width, places * pieces * hidden)
    missing: Floats  # (places, pieces * hidden): what a place without a word gives
    bias: Floats  # (pieces * hidden)
    pieces: int
    upper: Linear  # hidden -> moves
    room: list[Floats] = field(default_factory=list)

    def table(self, vectors: Floats) -> Floats:
        """The parts of the hidden layer by word and place, (1 + words, places, pieces * hidden); row 0 stands for no word.

        It stands in the same room for each call.
        """
        narrow = self.narrow(vectors)
        if not self.room or len(self.room[0]) <= len(vectors):
            self.room[:] = [np.empty((len(vectors) + 1, self.parts.shape[1]), dtype=np.float32)]
        found = self.room[0][: len(vectors) + 1]
        if len(vectors) == 1:
            found[1:] = (np.repeat(narrow, 2, axis=0) @ self.parts)[:1]
        else:
            np.matmul(narrow, self.parts, out=found[1:])
        found[0] = self.missing.ravel()
        return found.reshape(len(found), *self.missing.shape)

    def scores(self, summed: Floats) -> Floats:
        """The moves' scores from the sums of the parts."""
        summed += self.bias
        hidden = summed.shape[1] // self.pieces
        best = summed[:, :hidden]
        for piece in range(1, self.pieces):
            best = np.maximum(best, summed[:, piece * hidden : (piece + 1) * hidden])
        return self.upper(best)


def linear(layer: Any) -> Linear:
    """Of thinc's Linear or Softmax, which is the same up to an order."""
    expect(layer.name in ("linear", "softmax"), layer.name)
    return Linear(np.ascontiguousarray(layer.get_param("W").T), layer.get_param("b"))


def windows(encode: Any) -> list[Window]:
    """Of spaCy's MaxoutWindowEncoder."""
    expect(encode.name.startswith("with_array(") and len(encode.layers) == 1, encode.name)
    residuals = encode.layers[0].layers
    expect(encode.attrs["pad"] == len(residuals), "pad")
    return [_window(residual) for residual in residuals]


def _window(residual: Any) -> Window:
    expect(residual.name.startswith("residual("), residual.name)
    flat = [layer for layer in residual.walk() if not layer.layers]
    named = {layer.name: layer for layer in flat}
    expect(len(flat) == 4 and set(named) == {"expand_window", "maxout", "layernorm", "dropout"}, "window encoder")
    maxout, norm = named["maxout"], named["layernorm"]
    expect(named["expand_window"].attrs["window_size"] == 1, "window_size")
    weights = maxout.get_param("W")  # (width, pieces, 3 * width)
    width, pieces, inputs = weights.shape
    expect(inputs == 3 * width, "width")
    return Window(
        np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * width)),
        np.ascontiguousarray(maxout.get_param("b").T).ravel(),
        pieces,
        norm.get_param("G"),
        norm.get_param("b"),
    )


def scorer(model: Any, places: int) -> Scorer:
    """Of spaCy's TransitionBasedParser, with so many places in a state."""
    expect(model.name == "parser_model" and model.attrs["has_upper"] and not model.attrs["unseen_classes"], model.name)
    tok2vec, lower, upper = model.layers
    expect(lower.name == "precomputable_affine" and lower.get_dim("nF") == places and lower.get_dim("nP") > 1, lower.name)
    hidden, pieces, width = lower.get_dim("nO"), lower.get_dim("nP"), lower.get_dim("nI")
    weights = lower.get_param("W")  # (places, hidden, pieces, width)
    return Scorer(
        linear(tok2vec.layers[-1]),
        np.ascontiguousarray(weights.transpose(3, 0, 2, 1).reshape(width, places * pieces * hidden)),
        np.ascontiguousarray(lower.get_param("pad")[0].transpose(0, 2, 1)).reshape(places, pieces * hidden),
        np.ascontiguousarray(lower.get_param("b").T).ravel(),
        pieces,
        linear(upper),
    )
