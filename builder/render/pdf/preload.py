"""The engine loaded before its fonts are known, for workers forked from a process that has it."""

import warnings

with warnings.catch_warnings():
    # It looks for the system's fonts, which no book will see; there may be none.
    warnings.filterwarnings("ignore", message=".*Expect ugly output", category=UserWarning)
    import weasyprint  # noqa: F401
