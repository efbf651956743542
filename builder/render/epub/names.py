"""Names of files, each given once."""


def free_name(stem: str, suffix: str, taken: set[str]) -> str:
    """The stem with its suffix, or with the first number from 2 that is free; then it is taken."""
    name, number = f"{stem}{suffix}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    taken.add(name)
    return name
