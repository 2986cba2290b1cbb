"""Where a text names somebody: by lists, titles, shape, apposition and the language model."""
