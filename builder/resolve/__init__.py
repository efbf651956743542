"""The chapters together: numbers, references, contents."""
