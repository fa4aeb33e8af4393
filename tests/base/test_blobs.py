"""Byte strings in one file: what is read is what was put there, whoever else adds to it, or an
error."""

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.base.blobs import BlobPlace, BlobsDamaged, Pack, append, compact


def read(path: Path, places: list[BlobPlace]) -> list[bytes]:
    pack = Pack(str(path))
    try:
        return [pack.read(place) for place in places]
    finally:
        pack.close()


@given(batches=st.lists(st.lists(st.binary(max_size=50), max_size=5), max_size=5), data=st.data())
def test_what_is_kept_survives_compaction(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[bytes]], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("pack") / "texts"
    parts = [part for batch in batches for part in batch]
    places = [place for batch in batches for place in append(str(path), batch)]
    assert read(path, places) == parts
    kept = [i for i in range(len(parts)) if data.draw(st.booleans())]
    moved = compact(str(path), [places[i] for i in kept])
    assert read(path, moved) == [parts[i] for i in kept]
    assert path.stat().st_size == sum(len(parts[i]) for i in kept)


def _add(path: str) -> list[tuple[bytes, BlobPlace]]:
    out = []
    for number in range(200):
        parts = [
            f"{multiprocessing.current_process().name} {number} {n}".encode() * 20 for n in range(3)
        ]
        out += list(zip(parts, append(path, parts), strict=True))
    return out


def test_several_processes_add_at_once(tmp_path: Path) -> None:
    path = tmp_path / "texts"
    with multiprocessing.get_context("fork").Pool(4) as pool:
        added = [pair for result in pool.map(_add, [str(path)] * 8, chunksize=1) for pair in result]
    assert read(path, [place for _, place in added]) == [part for part, _ in added]


@pytest.mark.parametrize("damage", [b"", b"wrong", b"\0" * 5])
def test_damage_is_noticed(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "texts"
    places = append(str(path), [b"right"])
    path.write_bytes(damage)
    with pytest.raises(BlobsDamaged):
        read(path, places)
