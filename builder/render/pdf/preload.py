"""The engine loaded before its fonts are known, for workers forked from a process that has it."""

import os
import warnings

# It looks for the system's fonts, which no book will see; there may be none, and the library
# that looks says so by itself, past all that Python has a say in.
_STDERR = 2
_kept = os.dup(_STDERR)
_nowhere = os.open(os.devnull, os.O_WRONLY)
os.dup2(_nowhere, _STDERR)
try:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*Expect ugly output", category=UserWarning)
        import weasyprint  # noqa: F401
finally:
    os.dup2(_kept, _STDERR)
    os.close(_kept)
    os.close(_nowhere)
