"""The store: what is kept comes back as it was, or not at all."""

import os
import random
import threading
from pathlib import Path

import pytest

from builder.cache import DiskStore, MemoryStore, clear, key, user_cache_folder
from builder.recall import fingerprint
from builder.request import Request


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a store keeps its entries."""
    return tmp_path / "cache"


def _entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _date(folder: Path, store: DiskStore, name: str, when: float) -> None:
    """Keep a name, and make it look as if it had been used at that time."""
    before = set(_entries(folder))
    store.put(name, b"x" * 1000)
    (path,) = set(_entries(folder)) - before
    os.utime(path, (when, when))


@pytest.mark.parametrize("data", [b"", b"text", bytes(range(256)) * 300])
def test_kept_bytes_come_back(folder: Path, data: bytes) -> None:
    """What was put under a name is got under it."""
    DiskStore(folder).put("a", data)

    assert DiskStore(folder).get("a") == data


@pytest.mark.parametrize("data", [b"", b"text", bytes(range(256)) * 9000])
def test_a_file_is_kept_as_its_bytes_are(folder: Path, tmp_path: Path, data: bytes) -> None:
    """In pieces or at once, it is the same entry; of a file that is not there, there is none."""
    file = tmp_path / "file"
    file.write_bytes(data)
    store = DiskStore(folder)

    assert store.put_file("a", file)
    assert store.get("a") == data
    assert not store.put_file("b", tmp_path / "nothing")
    assert store.get("b") is None


def test_a_build_without_a_cache_holds_no_file_that_it_has_written(tmp_path: Path) -> None:
    """A book of hundreds of megabytes would be in memory as a whole, and for nothing."""
    file = tmp_path / "file"
    file.write_bytes(b"a book")
    store = MemoryStore()

    assert not store.put_file("a", file)
    assert store.get("a") is None


def test_unknown_name_is_a_miss(folder: Path) -> None:
    """Nothing is kept under a name that was never used, nor without a folder."""
    assert DiskStore(folder).get("a") is None
    assert MemoryStore().get("a") is None


def test_any_damage_is_a_miss(folder: Path) -> None:
    """An entry with one byte changed, anywhere, is as good as none."""
    DiskStore(folder).put("a", b"some text")
    (path,) = _entries(folder)
    sound = path.read_bytes()
    for place in range(len(sound)):
        damaged = bytearray(sound)
        damaged[place] ^= 1
        path.write_bytes(damaged)

        assert DiskStore(folder).get("a") is None, place


def test_any_truncation_is_a_miss(folder: Path) -> None:
    """An entry cut off, anywhere, or with something behind it is as good as none."""
    DiskStore(folder).put("a", b"some text")
    (path,) = _entries(folder)
    sound = path.read_bytes()
    for made in (*(sound[:length] for length in range(len(sound))), sound + b"x"):
        path.write_bytes(made)

        assert DiskStore(folder).get("a") is None, len(made)


def test_entry_of_another_name_is_a_miss(folder: Path) -> None:
    """A sound entry in the place of another is not taken for it."""
    store = DiskStore(folder)
    store.put("a", b"one")
    (first,) = _entries(folder)
    store.put("b", b"two")
    (second,) = set(_entries(folder)) - {first}
    first.write_bytes(second.read_bytes())

    assert store.get("a") is None


def test_folder_in_place_of_an_entry_is_a_miss(folder: Path) -> None:
    """What is no file is neither read nor written, nor does it stop a build."""
    store = DiskStore(folder)
    store.put("a", b"one")
    (path,) = _entries(folder)
    path.unlink()
    path.mkdir()

    assert store.get("a") is None
    assert not store.put("a", b"one")
    assert _entries(folder) == []


def test_store_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """A file in the place of the folder is no reason to fail."""
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    store = DiskStore(tmp_path / "cache")

    assert not store.put("a", b"one")
    assert store.get("a") is None
    store.prune(0)


def test_damaged_entry_is_mended_by_the_next_build(folder: Path) -> None:
    """What is put again comes back."""
    store = DiskStore(folder)
    store.put("a", b"one")
    _entries(folder)[0].write_bytes(b"")
    store.put("a", b"one")

    assert store.get("a") == b"one"


def test_oldest_go_first(folder: Path) -> None:
    """Over the limit, what was not used for longest goes, until well below it."""
    store = DiskStore(folder)
    for number in range(10):
        _date(folder, store, f"entry {number}", 1_000_000.0 + number)
    store.prune(6000)

    assert [number for number in range(10) if store.get(f"entry {number}")] == [6, 7, 8, 9]


def test_used_entries_stay(folder: Path) -> None:
    """To read an entry is to use it."""
    store = DiskStore(folder)
    for number in range(10):
        _date(folder, store, f"entry {number}", 1_000_000.0 + number)
    store.get("entry 0")
    store.prune(6000)

    assert store.get("entry 0") is not None
    assert store.get("entry 6") is None


def test_nothing_goes_below_the_limit(folder: Path) -> None:
    """A store with room is left alone."""
    store = DiskStore(folder)
    for number in range(5):
        store.put(str(number), b"x" * 1000)
    store.prune(6000)

    assert all(store.get(str(number)) for number in range(5))


def test_what_cannot_be_removed_is_left(folder: Path) -> None:
    """A strange folder among the entries stops neither pruning nor clearing."""
    store = DiskStore(folder)
    _date(folder, store, "a", 1_000_000.0)
    (path,) = _entries(folder)
    (path.parent / "strange").mkdir()
    store.prune(0)
    store.put("b", b"two")

    assert store.get("a") is None
    assert clear(folder) == len(b"two") + 32
    assert _entries(folder) == []


def test_two_builds_at_once_never_see_half_an_entry(folder: Path) -> None:
    """Whoever reads while others write gets the whole of what one of them wrote, or nothing."""
    written = [bytes([letter]) * 50_000 for letter in range(8)]
    seen: list[bytes | None] = []
    done = threading.Event()

    def write(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(60):
            DiskStore(folder).put("a", chance.choice(written))

    def read() -> None:
        while not done.is_set():
            seen.append(DiskStore(folder).get("a"))
            DiskStore(folder).prune(60_000)

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(3)]
    reader = threading.Thread(target=read)
    for thread in (*writers, reader):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()

    assert {each for each in seen if each is not None} <= set(written)
    assert len(_entries(folder)) <= 1


@pytest.mark.parametrize(
    ("name", "counts"), [(".art/pic.png", True), (".cover.png", True), (".git/index", False)]
)
def test_hidden_files_are_part_of_the_book(name: str, counts: bool, tmp_path: Path) -> None:
    """A chapter may show them; but a book is not built anew because its history grew."""
    path = tmp_path / "book" / name
    path.parent.mkdir(parents=True)
    request = Request(root=tmp_path / "book", out=tmp_path / "out")
    path.write_bytes(b"1")
    before = fingerprint(request)
    path.write_bytes(b"2")

    assert (fingerprint(request) != before) is counts


def test_key_tells_its_parts_apart() -> None:
    """Where one part ends and the next begins makes a difference."""
    assert len({key("ab", "c"), key("a", "bc"), key("abc"), key("abc", "")}) == 4
    assert key("a", b"b") == key(b"a", "b")


def test_cache_lies_where_the_platform_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG_CACHE_HOME names the folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")

    assert user_cache_folder() == Path("/somewhere/build-book")
