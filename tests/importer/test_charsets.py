"""Bytes that declare no charset are decoded by their letters; UTF-8 that was read wrongly once is
repaired."""

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.importer.charsets import Guess, guess, repaired, wide
from sitegen.importer.detect import decode, detect
from sitegen.importer.model import ImportOptions
from sitegen.importer.run import import_all

TEXTS = {
    "ru": (
        "Старая башня на холме снова показывает время, потому что часовщик нашёл стрелку в"
        " сарае.\nОн просил не писать об этом."
    ),
    "uk": (
        "Стара вежа на пагорбі знову показує час, бо годинникар знайшов стрілку у власній"
        " коморі.\nВін просив не писати про це."
    ),
    "pl": (
        "Stara wieża na wzgórzu znów pokazuje godzinę, bo zegarmistrz znalazł wskazówkę w"
        " szopie.\nProsił, żeby o tym nie pisać."
    ),
    "cs": (
        "Stará věž na kopci zase ukazuje čas, protože hodinář našel ručičku ve vlastní"
        " kůlně.\nŽádal, aby se o tom nepsalo."
    ),
    "hu": (
        "A dombon álló régi torony újra mutatja az időt, mert az órás megtalálta a mutatót.\nAzt"
        " kérte, hogy ne írjanak róla."
    ),
    "el": (
        "Ο παλιός πύργος στον λόφο δείχνει ξανά την ώρα, γιατί ο ωρολογοποιός βρήκε τον δείκτη στην"
        " αποθήκη του."
    ),
    "he": (
        "המגדל הישן על הגבעה מראה שוב את השעה, כי השען מצא את המחוג במחסן שלו. הוא ביקש שלא יכתבו"
        " על כך."
    ),
    "ar": (
        "عاد البرج القديم على التل يشير إلى الوقت، لأن الساعاتي وجد العقرب في مخزنه. وطلب ألا يكتب"
        " أحد عن ذلك."
    ),
    "zh": (
        "山上的老塔又开始报时了，因为钟表匠在自己的棚子里找到了指针。"
        "\n他请大家不要把这件事写进报纸，他的姐姐天天都看。"
    ),
    "tw": (
        "山上的老塔又開始報時了，因為鐘錶匠在自己的棚子裡找到了指針。"
        "\n他請大家不要把這件事寫進報紙，他的姐姐天天都看。"
    ),
    "ja": (
        "丘の上の古い塔がまた時を告げている。時計屋が自分の物置で針を見つけたからだ。"
        "\n姉が読む新聞には書かないでほしいと頼んだ。"
    ),
    "ko": (
        "언덕 위의 낡은 탑이 다시 시간을 알린다. 시계공이 자기 창고에서 바늘을 찾았기"
        " 때문이다.\n그는 신문에 쓰지 말아 달라고 부탁했다."
    ),
    "fr": (
        "La vieille tour de la colline donne de nouveau l'heure, car l'horloger a retrouvé"
        " l'aiguille égarée derrière sa grange."
    ),
    "de": (
        "Der alte Turm auf dem Hügel zeigt wieder die Zeit, weil der Uhrmacher den Zeiger in seinem"
        " Schuppen fand: größer als gedacht."
    ),
    "es": (
        "La vieja torre de la colina vuelve a dar la hora porque el relojero encontró la aguja en"
        " su cobertizo. ¿Quién lo diría mañana?"
    ),
}
TEXTS |= {
    "sr": (
        "Стари торањ на брду поново показује време, јер је часовничар нашао казаљку у својој шупи."
        " Ђаци из Љубичева и њихов учитељ Ћирић слушају звоно, а џеп општине није дубок."
    ),
    "mk": (
        "Стариот часовник на ридот повторно го покажува времето, зашто часовничарот ја најде"
        " стрелката во својот амбар. Ќе ѕвони секој ден, вели Ѓорѓи, а сите учат да го слушаат."
    ),
    "bg": (
        "Старата кула на хълма отново показва времето, защото часовникарят намери стрелката в"
        " своята барака. Жителите се радват, а кметът обещава нов часовник."
    ),
}
CHARSETS = {
    "ru": "koi8-r cp1251 cp866 iso-8859-5 mac-cyrillic",
    "uk": "koi8-u cp1251 mac-cyrillic",
    "sr": "cp1251 iso-8859-5 mac-cyrillic",
    "mk": "cp1251 iso-8859-5 mac-cyrillic",
    "bg": "cp1251 iso-8859-5 mac-cyrillic koi8-r",
    "pl": "cp1250 iso-8859-2 cp852",
    "cs": "cp1250 iso-8859-2",
    "hu": "cp1250 iso-8859-2",
    "el": "cp1253 iso-8859-7",
    "he": "cp1255 iso-8859-8",
    "ar": "cp1256",
    "zh": "gb18030 gb2312",
    "tw": "big5",
    "ja": "shift_jis euc-jp iso-2022-jp",
    "ko": "euc-kr",
    "fr": "cp1252 cp437 cp850 mac-roman",
    "de": "cp1252 cp437 mac-roman",
    "es": "cp1252 cp437 mac-roman",
}
EACH = [
    (lang, charset)
    for lang, charsets in CHARSETS.items()
    for charset in (*charsets.split(), "utf-16-le", "utf-16-be")
]


@pytest.mark.parametrize(("lang", "charset"), EACH)
def test_text_and_page_without_a_declaration(lang: str, charset: str) -> None:
    text = f"26.11.2026\n\n{TEXTS[lang]}\n"
    found = decode(text.encode(charset))
    assert (found.text, found.guessed, detect(text.encode(charset))) == (text, True, "text")
    page = f"<!doctype html><html><body><h1>26.11.2026</h1><p>{TEXTS[lang]}</p></body></html>"
    assert decode(page.encode(charset), page=True).text == page


@pytest.mark.parametrize(
    "charset", ["windows-1252", "windows-1251", "windows-1250", "mac-roman", "cp850"]
)
@pytest.mark.parametrize("lang", ["fr", "de", "pl", "ru", "el"])
def test_utf8_that_was_read_wrongly_is_repaired(lang: str, charset: str) -> None:
    try:
        spoilt = TEXTS[lang].encode().decode(charset)
    except UnicodeDecodeError:
        spoilt = "".join(
            bytes([b]).decode(charset, "ignore") or chr(b) for b in TEXTS[lang].encode()
        )
    assert repaired(spoilt)[:2] == (TEXTS[lang], charset)


@pytest.mark.parametrize("lang", TEXTS)
def test_what_is_right_stays(lang: str) -> None:
    assert repaired(TEXTS[lang]) == (TEXTS[lang], "", 0)
    assert repaired(TEXTS[lang] + " He wrote `Ã©` for `é`.")[1:] == ("", 0)


def test_a_lost_blank_comes_back() -> None:
    spoilt = "Le four Ã  pain fumait dÃ©jÃ  quand la clÃ© fut retrouvÃ©e"
    assert repaired(spoilt)[0] == "Le four à pain fumait déjà quand la clé fut retrouvée"


def test_a_guess_says_how_sure_it_is() -> None:
    assert (
        guess(TEXTS["ru"].encode("koi8-r")).sure
        and not guess(b"the ferry \x81\x8d\x9d left \xa4\xa6\xb8 its \x90\xad berth").sure
    )


@pytest.mark.parametrize(
    ("lang", "charset"), [("sr", "mac-cyrillic"), ("sr", "cp1251"), ("bg", "cp1251")]
)
def test_what_no_other_charset_fits_as_well_is_sure(lang: str, charset: str) -> None:
    assert guess(TEXTS[lang].encode(charset)).sure


@pytest.mark.parametrize("charset", ["cp1253", "iso-8859-7"])
def test_of_two_charsets_that_fit_alike_neither_is_sure(charset: str) -> None:
    """They differ in one letter, which is a sign in the other."""
    text = "Άρχισαν τα έργα στη γέφυρα. Το κόστος θα μοιραστούν ο δήμος και το κράτος."
    assert not guess(text.encode(charset)).sure
    assert guess(text.replace("Ά", "Α").encode(charset)).sure


def test_an_import_reports_guess_and_repair(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(
        "title: Desk\nbase_url: https://desk.example\nlanguage: en\ntimezone: UTC\n"
    )
    config = load_config((tmp_path / "site.yaml").read_text(), "site.yaml")
    head = "Башня показывает время\n\nАвтор: Нина Зорина\n26 ноября 2026\n\n"
    old = tmp_path / "old.txt"
    old.write_bytes((head + TEXTS["ru"].replace("\n", "\n\n") * 2).encode("koi8-r"))
    twice = tmp_path / "twice.txt"
    clipping = (
        "La tour donne l'heure\n\nPar Maëlle Quint\n26 novembre"
        f" 2026\n\n{TEXTS['fr']}\n\n{TEXTS['fr']}\n"
    )
    twice.write_text(clipping.encode().decode("cp1252"))
    report = import_all(tmp_path, config, [str(old), str(twice)], ImportOptions())
    first, second = report.items
    assert (
        first.title == "Башня показывает время"
        and ("charset", "koi8-r, guessed by its letters") in first.evidence
    )
    assert (
        second.outcome == "created"
        and "retrouvé l'aiguille" in (tmp_path / second.path).read_text()
    )
    assert any("once read as windows-1252" in d.message for d in report.diagnostics)


def samples(numbers: list[int]) -> bytes:
    """Numbers of 16 bits, as sounds and measurements are written."""
    return b"".join(number.to_bytes(2, "little") for number in numbers)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (samples([33 + n * 7 % 90 for n in range(900)]), ""),
        (samples([33 + abs(n % 160 - 80) for n in range(900)]), ""),
        (("The heron waits for the ferry. " * 20).encode("utf-16-le"), "utf-16-le"),
        (("The heron waits for the ferry. " * 20).encode("utf-16-be"), "utf-16-be"),
        (("渡輪等待白鷺。\n" * 60).encode("utf-16-le"), "utf-16-le"),
        ('{"title":"A"}'.encode("utf-16-le"), "utf-16-le"),
    ],
    ids=["numbers", "a wave", "words", "the other order", "a script without blanks", "short"],
)
def test_numbers_are_no_text_in_utf_16(data: bytes, charset: str) -> None:
    assert wide(data) == charset


def test_text_behind_a_long_head_is_repaired() -> None:
    spoilt = TEXTS["fr"].encode().decode("windows-1252")
    head = "<script>let a = 1;</script>\n" * 3000
    assert repaired(head + spoilt)[0] == head + TEXTS["fr"]


@pytest.mark.parametrize("charset", ["windows-1250", "iso-8859-2"])
def test_no_language_has_words_of_two_scripts(charset: str) -> None:
    text = "Příliš žluťoučký kůň pěl ďábelské ódy na nábřeží, kde kotvily lodě. " * 4
    assert guess(text.encode(charset)) == Guess(charset, True)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("Ein Reiher über dem Wehr, sagt der Müller.\0 Er bleibt.".encode(), ""),
        ("Ein Reiher über dem Wehr, sagt der Müller.".encode("utf-16-le"), "utf-16-le"),
        ("Цапля стоит на плотине, и никто её не гонит.".encode("utf-16-be"), "utf-16-be"),
        ("堰の上に鷺がいる。誰も追い払わない。\n".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_a_zero_byte_that_strayed_makes_no_utf_16(data: bytes, charset: str) -> None:
    assert wide(data) == charset
