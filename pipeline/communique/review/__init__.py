"""A local page on which a person walks through the commitments of a database and decides about each: needs the extra `review`."""
