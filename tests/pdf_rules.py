"""What ISO 32000-1 asks of a file, read from its bytes: every rule that is broken, in words."""

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pikepdf

from tests.pdf_facts import pairs_of

_OBJECT = re.compile(rb"(?<=\n)(\d+) 0 obj\n")
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)
_MARKS = "BDC BMC EMC"
Entry = tuple[int, int, int]


def broken_rules(data: bytes) -> list[str]:
    """Everything that is wrong with a file."""
    pdf: Any = pikepdf.open(io.BytesIO(data))
    checks = (
        _check_syntax(pdf),
        _check_file(data),
        _check_references(pdf),
        _check_pages(pdf),
        _check_structure(pdf),
        _check_ids(pdf),
        _check_parents(pdf),
        _check_names(pdf),
        _check_outline(pdf),
        _check_labels(pdf),
        _check_links(pdf),
        _check_fonts(pdf),
        _check_form(pdf),
        _check_widgets(pdf),
    )
    return [rule for check in checks for rule in check]


def broken_rules_of_forms(data: bytes) -> list[str]:
    """What is wrong with the form of a file, whoever wrote it."""
    pdf: Any = pikepdf.open(io.BytesIO(data))
    return [*_check_references(pdf), *_check_form(pdf), *_check_widgets(pdf)]


def cross_references(data: bytes) -> Mapping[int, Entry]:
    """The entries of the cross-reference stream that ends a file (7.5.8), by object number."""
    start = int(data[data.rindex(b"startxref\n") :].split()[1])
    head, _, rest = data[start:].partition(b"stream\n")
    length = int(re.findall(rb"/Length (\d+)", head)[0])
    table = zlib.decompress(rest[:length])
    widths = [int(width) for width in re.findall(rb"/W\[([\d ]+)\]", head)[0].split()]
    sections = [int(number) for number in re.findall(rb"/Index\[([\d ]+)\]", head)[0].split()]
    entries: dict[int, Entry] = {}
    at = 0
    for first, count in zip(sections[::2], sections[1::2], strict=True):
        for number in range(first, first + count):
            fields = []
            for width in widths:
                fields.append(int.from_bytes(table[at : at + width], "big"))
                at += width
            assert number not in entries, f"{number} has two entries"
            entries[number] = (fields[0], fields[1], fields[2])
    assert at == len(table), "the cross-reference stream has another length than its index"
    assert int(re.findall(rb"/Size (\d+)", head)[0]) == max(entries) + 1, "wrong Size"
    return entries


def _check_syntax(pdf: Any) -> Iterator[str]:
    yield from (f"qpdf: {problem}" for problem in pdf.check_pdf_syntax())
    yield from (f"qpdf warns: {warning}" for warning in pdf.get_warnings())


def _check_file(data: bytes) -> Iterator[str]:
    """7.5: each object once, each where the cross-reference stream says."""
    entries = cross_references(data)
    found = [(int(match[1]), match.start()) for match in _OBJECT.finditer(_without_streams(data))]
    if len({number for number, _ in found}) != len(found):
        yield "an object number twice"
    if {number: (1, at, 0) for number, at in found} != {
        number: entry for number, entry in entries.items() if entry[0] == 1
    }:
        yield "objects lie elsewhere than the cross-reference stream says"
    packed: dict[int, list[int]] = {}
    for number, (kind, container, place) in sorted(entries.items(), key=lambda each: each[1]):
        if kind == 2:
            if place != len(packed.setdefault(container, [])):
                yield f"object {number} has the wrong place in its stream"
            packed[container].append(number)
    for container, numbers in packed.items():
        if _numbers_in(data, entries[container][1]) != numbers:
            yield f"object stream {container} holds other objects than the entries say"
    free = [number for number, entry in entries.items() if entry[0] == 0]
    if entries[0] != (0, 0, 65535):
        yield "object 0 is not the head of the free list"
    if any(entries[number] != (0, 0, 0) for number in free if number):
        yield "a free entry is not free"


def _without_streams(data: bytes) -> bytes:
    """The bytes of a file with those of its streams blotted out."""
    made = bytearray(data)
    for match in re.finditer(rb"/Length (\d+)>>stream\n", data):
        end = match.end() + int(match[1])
        assert data[end : end + 18] == b"\nendstream\nendobj\n", "a stream has another length"
        made[match.end() : end] = b" " * (end - match.end())
    return bytes(made)


def _numbers_in(data: bytes, start: int) -> list[int]:
    head, _, rest = data[start:].partition(b"stream\n")
    length = int(re.findall(rb"/Length (\d+)", head)[0])
    content = zlib.decompress(rest[:length])
    (first,) = re.findall(rb"/First (\d+)", head)
    pairs = [int(number) for number in content[: int(first)].split()]
    (count,) = re.findall(rb"/N (\d+)", head)
    assert len(pairs) == 2 * int(count), "wrong N in an object stream"
    assert pairs[1::2] == sorted(pairs[1::2]), "objects out of order in an object stream"
    return pairs[::2]


def _check_references(pdf: Any) -> Iterator[str]:
    """7.3.10: every reference names an object that there is."""
    there = {item.objgen[0] for item in pdf.objects if item is not None}
    for item in pdf.objects:
        if item is None:
            continue
        entries = item.stream_dict if isinstance(item, pikepdf.Stream) else item
        for match in _REFERENCE.finditer(entries.unparse(resolved=True)):
            if match[1] and int(match[1]) not in there:
                yield f"object {item.objgen[0]} names {int(match[1])}, which there is not"


def _check_pages(pdf: Any) -> Iterator[str]:
    """7.7.3: the page tree counts right, and each of its nodes knows its parent."""

    def count(node: Any) -> Iterator[str | int]:
        if node.Type == "/Page":
            yield 1
            return
        below = [each for kid in node.Kids for each in count(kid)]
        yield from (each for each in below if isinstance(each, str))
        pages = sum(each for each in below if isinstance(each, int))
        if pages != int(node.Count):
            yield f"a node of the page tree says {int(node.Count)} and has {pages}"
        if any(kid.Parent.objgen != node.objgen for kid in node.Kids):
            yield "a node of the page tree has another parent"
        yield pages

    yield from (each for each in count(pdf.Root.Pages) if isinstance(each, str))
    for number, page in enumerate(pdf.pages):
        if page.get("/Tabs") != "/S":
            yield f"page {number} is not tabbed through in the order of the structure"


def _elements(pdf: Any) -> Iterator[Any]:
    """Every structure element."""
    waiting = list(pdf.Root.StructTreeRoot.K)
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", ())
        waiting += [kid for kid in kids if not isinstance(kid, int) and "/S" in kid]


def _check_structure(pdf: Any) -> Iterator[str]:
    """14.7.2: each element knows its parent; its kids are elements, content or objects."""
    seen: set[int] = set()
    for element in _elements(pdf):
        number = element.objgen[0]
        if number in seen:
            yield f"element {number} is in the structure twice"
        seen.add(number)
        for kid in element.get("/K", ()):
            if isinstance(kid, int):
                continue
            if "/S" in kid and kid.P.objgen[0] != number:
                yield f"element {kid.objgen[0]} has another parent"
            if "/S" not in kid and (kid.Type != "/OBJR" or "/Pg" not in kid):
                yield f"element {number} holds what is no element"


def _check_ids(pdf: Any) -> Iterator[str]:
    """14.7.2: the tree of ids holds those of all elements, and cells name them."""
    ids: dict[str, int] = {}
    for element in _elements(pdf):
        if "/ID" in element:
            if str(element.ID) in ids:
                yield f"the id {element.ID} twice"
            ids[str(element.ID)] = element.objgen[0]
    tree = dict(pairs_of(pdf.Root.StructTreeRoot.IDTree, "/Names"))
    if {name: element.objgen[0] for name, element in tree.items()} != ids:
        yield "the tree of ids does not hold the ids of the elements"
    for element in _elements(pdf):
        for name in element.get("/A", {}).get("/Headers", ()):
            if str(name) not in ids:
                yield f"a cell names the header {name}, which there is not"


def _check_parents(pdf: Any) -> Iterator[str]:
    """14.7.4.4: content and annotations find their elements, and are found in them."""
    root = pdf.Root.StructTreeRoot
    pairs = list(pairs_of(root.ParentTree, "/Nums"))
    keys = [key for key, _ in pairs]
    if keys != sorted(set(keys)):
        yield "the keys of the parent tree are not in order"
    if keys and keys[-1] >= int(root.ParentTreeNextKey):
        yield "ParentTreeNextKey is taken"
    yield from _check_limits(root.ParentTree, "/Nums")
    parents = dict(pairs)
    wanted: set[int] = set()
    for number, page in enumerate(pdf.pages):
        key = int(page.StructParents)
        wanted.add(key)
        if key not in parents:
            yield f"page {number} is not in the parent tree"
            continue
        yield from _check_marks(number, page, list(parents[key]))
        for annotation in page.get("/Annots", ()):
            key = int(annotation.StructParent)
            wanted.add(key)
            if key not in parents or not any(
                not isinstance(kid, int) and kid.get("/Obj", kid).objgen == annotation.objgen
                for kid in parents[key].K
            ):
                yield f"an annotation of page {number} is not in its element"
    if wanted != set(keys):
        yield "the parent tree has keys that nothing names"


def _check_marks(number: int, page: Any, owners: list[Any]) -> Iterator[str]:
    used = list(_marks_on(page))
    if len(set(used)) != len(used):
        yield f"page {number} has marked content of the same number"
    if set(used) != {index for index, owner in enumerate(owners) if owner is not None}:
        yield f"page {number} has content that is neither tagged nor an artifact"
    for mark in used:
        owner = owners[mark]
        if owner.Pg.objgen != page.objgen or mark not in [
            kid for kid in owner.K if isinstance(kid, int)
        ]:
            yield f"page {number}: content {mark} is not in its element"


def _marks_on(page: Any) -> Iterator[int]:
    """The numbers of marked content of a page; all content has to be within marks."""
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            depth += 1
            if name == "BDC" and "/MCID" in operands[1]:
                yield int(operands[1].MCID)
        elif name == "EMC":
            depth -= 1
        elif name in ("Tj", "TJ", "Do", "f", "f*", "S", "B", "sh") and not depth:
            raise AssertionError(f"{name} outside marked content")
    assert not depth, "marked content does not end"


def _check_limits(root: Any, key: str) -> Iterator[str]:
    """7.9.6, 7.9.7: the limits of the leaves are right and in order."""
    limits = []
    for kid in root.get("/Kids", ()):
        names = [_raw(name) for name in list(kid.get(key))[::2]]
        if names != sorted(names):
            yield f"a leaf of {key} is not in order"
        if [_raw(name) for name in kid.Limits] != [names[0], names[-1]]:
            yield f"a leaf of {key} has wrong limits"
        limits += [names[0], names[-1]]
    if any(later < former for former, later in pairwise(limits)):
        yield f"the leaves of {key} are not in order"


def _raw(name: Any) -> Any:
    return int(name) if isinstance(name, int) else bytes(name)


def _check_names(pdf: Any) -> Iterator[str]:
    """12.3.2.3: the named places are in order, each once, and each on a page."""
    trees = [pdf.Root.StructTreeRoot.IDTree]
    if "/Names" in pdf.Root:
        trees.append(pdf.Root.Names.Dests)
    for tree in trees:
        yield from _check_limits(tree, "/Names")
        names = [name for name, _ in pairs_of(tree, "/Names")]
        if len(set(names)) != len(names):
            yield "a name twice in a name tree"
    pages = {page.objgen for page in pdf.pages}
    for name, place in pairs_of(trees[-1], "/Names") if len(trees) == 2 else ():
        if place[0].objgen not in pages or place[1] != "/XYZ" or len(place) != 5:
            yield f"the name {name} leads to no place"


def _check_outline(pdf: Any) -> Iterator[str]:
    """12.3.3: items linked both ways, counts of what shows when opened, places on pages."""
    pages = {page.objgen for page in pdf.pages}

    def walk(node: Any) -> Iterator[str | int]:
        visible, item, before = 0, node.get("/First"), None
        while item is not None:
            if item.Parent.objgen != node.objgen:
                yield f"the bookmark {item.Title} has another parent"
            if (item.get("/Prev").objgen if "/Prev" in item else None) != before:
                yield f"the bookmark {item.Title} has another one before it"
            if item.Dest[0].objgen not in pages:
                yield f"the bookmark {item.Title} leads to no page"
            below = list(walk(item))
            yield from (each for each in below if isinstance(each, str))
            (shown,) = (each for each in below if isinstance(each, int))
            if abs(int(item.get("/Count", 0))) != shown:
                yield f"the bookmark {item.Title} counts wrong"
            visible += 1 + (shown if int(item.get("/Count", 0)) > 0 else 0)
            before, last = item.objgen, item
            item = item.get("/Next")
        if visible and node.Last.objgen != last.objgen:
            yield "a level of bookmarks has another last one"
        yield visible

    if "/Outlines" in pdf.Root:
        below = list(walk(pdf.Root.Outlines))
        yield from (each for each in below if isinstance(each, str))
        if int(pdf.Root.Outlines.Count) != below[-1]:
            yield "the outline counts wrong"


def _check_labels(pdf: Any) -> Iterator[str]:
    """12.4.2: ranges in order, the first at the first page, none without need."""
    pairs = list(pairs_of(pdf.Root.PageLabels, "/Nums"))
    starts = [start for start, _ in pairs]
    if starts[0] != 0 or starts != sorted(set(starts)) or starts[-1] >= len(pdf.pages):
        yield f"page labels begin at {starts}"
    for (start, label), (following, next_label) in pairwise(pairs):
        run_on = (str(label.S), int(label.St) + following - start)
        if run_on == (str(next_label.S), int(next_label.St)):
            yield f"the label at page {following} goes on as before"


def _check_links(pdf: Any) -> Iterator[str]:
    """12.5.6.5: a link prints, says where it goes, leads somewhere; all lie on their page."""
    names = {}
    if "/Names" in pdf.Root:
        names = dict(pairs_of(pdf.Root.Names.Dests, "/Names"))
    for number, page in enumerate(pdf.pages):
        _, _, width, height = (float(side) for side in page.mediabox)
        for link in page.get("/Annots", ()):
            # Any two opposite corners will do (7.9.5).
            left, right = sorted(float(side) for side in list(link.Rect)[::2])
            bottom, top = sorted(float(side) for side in list(link.Rect)[1::2])
            if not (-1 <= left < right <= width + 1 and -1 <= bottom < top <= height + 1):
                yield f"an annotation lies off page {number}"
            if link.Subtype == "/Widget":
                continue
            if not int(link.get("/F", 0)) & 4:
                yield f"a link of page {number} does not print"
            if "/Contents" not in link:
                yield f"a link of page {number} has no words"
            if "/A" not in link and str(link.Dest) not in names:
                yield f"a link of page {number} leads to {link.Dest}, which there is not"


def _check_fonts(pdf: Any) -> Iterator[str]:
    """9.7, 9.9: every font is embedded, as a subset, and says what its glyphs mean."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        if item.Subtype == "/Type0":
            if "/ToUnicode" not in item:
                yield f"the font {item.BaseFont} does not say what its glyphs mean"
            continue
        descriptor = item.FontDescriptor
        if not re.fullmatch(r"/[A-Z]{6}\+.+", str(descriptor.FontName)):
            yield f"the font {descriptor.FontName} is not named as a subset"
        if not any(name in descriptor for name in ("/FontFile2", "/FontFile3")):
            yield f"the font {descriptor.FontName} is not embedded"


def _check_form(pdf: Any) -> Iterator[str]:
    """12.7.2 and 12.7.3: each field once, by a name of its own, with a font that is there."""
    shown = {each.get("/Parent", each).objgen for page in pdf.pages for each in _widgets(page)}
    form = pdf.Root.get("/AcroForm")
    if form is None:
        if shown:
            yield "widgets without a form"
        return
    if bool(form.get("/NeedAppearances", False)):
        yield "the looks of fields are left to readers"
    if sorted(each.objgen for each in form.Fields) != sorted(shown):
        yield "the fields of the form are not those of the pages"
    names = [str(each.T) for each in form.Fields]
    yield from (f"two fields are called {name}" for name in {*names} if names.count(name) > 1)
    yield from (f"a level in the name of a field: {name}" for name in names if "." in name)
    for each in form.Fields:
        if each.FT != "/Tx":
            continue
        font = form.DR.Font.get(str(each.DA).split()[0])
        if font is None or not {"/FontFile2", "/FontFile3"} & {*font.FontDescriptor.keys()}:
            yield f"nothing to write with in {each.T}"


def _check_widgets(pdf: Any) -> Iterator[str]:
    """12.5.5, 12.5.6.19 and PDF/UA-1, 7.18: printed, with looks and words, in the structure."""
    owners: dict[int, Any] = dict(pairs_of(pdf.Root.StructTreeRoot.ParentTree, "/Nums"))
    for number, page in enumerate(pdf.pages):
        for each in _widgets(page):
            field = each.get("/Parent", each)
            name = f"the field {field.T} on page {number}"
            if field.FT == "/Btn" and not {"/Off", str(each.AS)} <= {*each.AP.N.keys()}:
                yield f"{name} has no look for a state"
            if field is not each and each.objgen not in [kid.objgen for kid in field.Kids]:
                yield f"{name} has a widget that it does not know of"
            if page.get("/Tabs") != "/S":
                yield f"{name} is not come to in the order of the structure"
            if each.P.objgen != page.objgen:
                yield f"{name} names another page"
            if int(each.F) != 4:
                yield f"{name} is not printed"
            if not str(each.get("/TU", "")):
                yield f"{name} says nothing to a screen reader"
            if field is each and each.FT == "/Btn" and str(each.V) not in each.AP.N:
                yield f"{name} has no look for its value"
            element = owners[int(each.StructParent)]
            kids = list(element.K)
            if element.S != "/Form" or len(kids) != 1:
                yield f"{name} has no element of its own"
            elif kids[0].Type != "/OBJR" or kids[0].Obj.objgen != each.objgen:
                yield f"{name} is not what its element stands for"


def _widgets(page: Any) -> list[Any]:
    return [each for each in page.get("/Annots", ()) if each.Subtype == "/Widget"]
