"""Who undertakes what for whom: from the grammar of a clause to commitments, each told once."""
