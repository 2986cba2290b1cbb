"""Written forms become values: numbers, sums of money, times, parties."""
