"""A seal breaks with any edit, and an edit of ours can renew it."""

from __future__ import annotations

from sitegen.content.seal import is_sealed, seal

TEXT = "---\ntitle: T\nextra:\n  import:\n    digest: " + "0" * 32 + "\n---\n\nBody.\n"


def test_a_sealed_text_is_one_to_the_byte() -> None:
    sealed = seal(TEXT)
    assert is_sealed(sealed)
    assert not is_sealed(TEXT)
    assert not is_sealed(sealed + " ")
    assert not is_sealed(sealed.replace("title: T", "title: U"))
    assert is_sealed(seal(sealed.replace("title: T", "title: U")))


def test_what_has_no_digest_is_not_sealed() -> None:
    assert not is_sealed("---\ntitle: T\n---\n\n    digest: " + "0" * 32 + "\n")
