"""What is done and how firmly, where the grammar alone does not settle it: the likeliest answer of a trained model.

The frames' own answer is one of the features, so a model speaks up only where what stands around it says otherwise. It is not
asked where words are plain: 'will lend' lends, 'plans to' plans, 'will not' refuses.
"""

from __future__ import annotations

from communique.link.commitments.draft import Draft
from communique.link.commitments.learned import choice
from communique_models import Action, Status

BY_TENSE = frozenset({"status:past", "status:present", "status:future", "status:list", "status:goes on", "status:an aim"})
SAID = frozenset({Status.PROPOSED, Status.PLANNED, Status.WITHDRAWN})  # it takes words to say so


def settle(draft: Draft) -> None:
    """Set the action and the status of an undertaking to the likeliest; a rule tells where that is not what the frame says."""
    if draft.frame.by_object or draft.frame.nominal:
        action = Action(choice("actions").best(draft.features))
        if action is not draft.action:
            draft.rules.append(f"action:not {draft.action}")
            draft.action = action
    if not BY_TENSE.isdisjoint(draft.rules):
        status = Status(choice("statuses").best(draft.features))
        if status is not draft.status and status not in SAID and draft.status not in SAID:
            draft.rules.append(f"status:not {draft.status}")
            draft.status = status
