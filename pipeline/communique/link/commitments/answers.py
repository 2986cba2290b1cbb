"""What is done and how firmly, where the grammar alone does not settle it: the likeliest answer of a trained model.

The frames' own answer is one of the features, so the model speaks up where what surrounds it says otherwise.
"""

from __future__ import annotations

from communique.link.commitments.draft import Draft
from communique.link.commitments.learned import choice
from communique_models import Action, Status


def settle(draft: Draft) -> None:
    """Set the action and the status of an undertaking to the likeliest; a rule tells where that is not what the frame says."""
    action, status = Action(choice("actions").best(draft.features)), Status(choice("statuses").best(draft.features))
    if action is not draft.action:
        draft.rules.append(f"action:not {draft.action}")
    if status is not draft.status:
        draft.rules.append(f"status:not {draft.status}")
    draft.action, draft.status = action, status
