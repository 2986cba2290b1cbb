"""Who is meant, who gives what to whom, and what is told twice."""
