"""From the names of a text to its parties: joined, told apart, and for whom they act."""
