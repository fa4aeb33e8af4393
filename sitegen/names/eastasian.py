"""Bylines in Chinese, Japanese and Korean: no capitals, few blanks, and a word for reporter at
either end."""

from __future__ import annotations

import re
import unicodedata

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u3041-\u30fa\u30fc-\u30ff"
_HANGUL = "\uac00-\ud7af"
_LETTER = re.compile(f"[{_HAN}{_KANA}{_HANGUL}]")
_HAN_ONLY = re.compile(f"[{_HAN}]+")
_HANGUL_ONLY = re.compile(f"[{_HANGUL}]+")

_BRACKETED = re.compile(r"\([^()]*\)|<[^<>]*>")
_PLACE_BEFORE = re.compile(rf"^[{_HANGUL}]{{2,6}}\s?=\s?(?=[{_HANGUL}])")  # `서울=김철수 기자`
_FILED_FROM = re.compile(rf"/[{_HAN}]{{1,8}}(?:報導|报道|電|电|攝|摄)")
# Before a name, with or without a colon; a single letter needs one.
_LEAD = re.compile(
    r"(?:[本][报報社刊])?(?:[特专專][派约約稿])?(?:[记記]者|[编編][辑輯集][长長]?|責任編輯|责任编辑|責編|责编)\s?[:/]?\s?"
    r"|(?:作者|著者|撰文|撰稿|取材・文|文・写真|取材・構成|執筆|聞き手|ライター|글쓴이|기자|글·사진)(?:\s?[:/=]\s?|\s+)"
    r"|(?:文|글|撰|著|作)\s?[:/=]\s?|文・(?=\S)|글\s+(?=\S{2,4}$)"
)
_TITLE = re.compile(
    r"\s?(?:本紙)?(?:[记記]者|特派員|特派员|論説委員|編集委員|編集長|支局長|解説委員|評論家|評論員|评论员|主筆|主笔|さん|氏"
    r"|(?:선임|수습|인턴|전문|객원|대)?기자|특파원|논설위원|편집위원|편집장|통신원|평론가|칼럼니스트|앵커|작가|교수)$"
)
_JOINER = re.compile(r"\s*[、,;&＆＋+]\s*|\s+(?:및|와|과|and)\s+|(?<=[^\s])및(?=\s)")
_DOT = re.compile(rf"(?<![{_KANA}])\s?[·・]\s?|\s?[·・]\s?(?![{_KANA}])|(?<=[^\W\d_])/(?=[^\W\d_])")
_HAN_AND = re.compile(f"([{_HAN}]{{2,4}})[和与與及]([{_HAN}]{{2,4}})")

# The most frequent family names: with one in front, two names side by side are two people.
_CHINESE = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇"
    "卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段"
    "钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
)
_KOREAN = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류"
    "나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모"
)


def is_east_asian(text: str) -> bool:
    """Whether most letters of ``text`` are Chinese, Japanese or Korean."""
    found = 0 if text.isascii() else len(_LETTER.findall(text))
    return found > 0 and found * 5 >= sum(map(str.isalpha, text)) * 3


def split_east_asian(text: str, lang: str = "") -> list[tuple[str, str]]:
    """(name, title) of each person in a byline.

    Examples: ``本報記者 張偉、李娜``, ``박서준 기자``.
    """
    text = _narrow(text)
    text = text.strip("[]【】〔〕「」()<> ") if text[:1] in "[【〔(<" else text
    text = _FILED_FROM.split(_BRACKETED.sub("", text))[0].strip()
    text = _PLACE_BEFORE.sub("", text)
    labelled = bool(_LEAD.match(text))
    out: list[tuple[str, str]] = []
    for part in _JOINER.split(text):
        title = ""
        part = _LEAD.sub("", part, count=1) if _LEAD.match(part) else part
        if match := _TITLE.search(part):
            part, title = part[: match.start()], match[0].strip()
        names = [
            n
            for piece in _DOT.split(part)
            for n in _by_blanks(piece.strip(" :/・·"), lang, labelled)
        ]
        out += [(name, "" if title in ("さん", "氏") else title) for name in names if name]
    return out


def _narrow(text: str) -> str:
    """``text`` with narrow punctuation; letters stay as they are."""
    table = {ord(c): unicodedata.normalize("NFKC", c) for c in "：；（）／，［］＜＞　＝"}
    return " ".join(text.translate(table).split())


def _by_blanks(text: str, lang: str, labelled: bool) -> list[str]:
    """Names with blanks between them, unless the blank is between the parts of one name."""
    if match := _HAN_AND.fullmatch(text):
        return [match[1], match[2]]
    parts = text.split()
    if len(parts) > 1 and all(_whole(part, lang, labelled) for part in parts):
        return parts
    return [text]


def _whole(part: str, lang: str, labelled: bool) -> bool:
    if _HANGUL_ONLY.fullmatch(part):
        return 3 <= len(part) <= 4 and part[0] in _KOREAN
    han = bool(_HAN_ONLY.fullmatch(part)) and 2 <= len(part) <= 4 and lang != "ja"
    return han and (part[0] in _CHINESE or (labelled and lang == "zh"))
