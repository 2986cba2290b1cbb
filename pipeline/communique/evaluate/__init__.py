"""How well records agree with gold: scores a field, totals in money, reliability of confidence, and all that is wrong."""

from communique.evaluate.gold import Gold, GoldRelease, load_gold
from communique.evaluate.release import Finding, evaluate_release
from communique.evaluate.scores import Scores, evaluate, record_of

__all__ = ["Finding", "Gold", "GoldRelease", "Scores", "evaluate", "evaluate_release", "load_gold", "record_of"]
