"""What columns of tables, keys of objects and keys in heads of texts are called, in many
languages."""

from __future__ import annotations

import re

_WHOSE = re.compile(r"^(?:article|news|post|item|story|document|doc|page)(?!name$)")
# field -> names of its column, in small letters without blanks and signs
_NAMES = {
    "title": (
        "title headline titel titre titulo título titolo überschrift name booktitle articletitle"
        " documenttitle heading schlagzeile kop titular titulek tytuł cím başlık overskrift"
        " otsikko заголовок название τίτλος 标题 標題 タイトル 제목 عنوان العنوان כותרת judul"
    ),
    "url": (
        "url link href address permalink sourceurl resolvedurl givenurl lien enlace adresse weblink"
        " articleurl originalurl uri pageurl canonicalurl ссылка odkaz länk lenke linkki 网址"
        " 链接 リンク 링크 رابط קישור"
    ),
    "authors": (
        "author authors byline creator autor autoren auteur auteurs autore autores bookauthor"
        " writer writers verfasser verfasserin creators autori autora autorzy autoři szerző szerzők"
        " yazar yazarlar författare forfatter forfattere kirjoittaja kirjoittajat schrijver"
        " schrijvers redacteur journalist penulis redactor rédacteur автор авторы автори συγγραφέας"
        " 作者 著者 저자 كاتب الكاتب מחבר"
    ),
    "date": (
        "date published publishedat publicationdate pubdate datum fecha publisheddate datepublished"
        " erschienen dateofpublication data dato dátum päivämäärä päiväys tarih дата publishdate"
        " publishdatetime publishedon erscheinungsdatum veröffentlicht datepublication"
        " datedepublication fechadepublicación fechapublicación datadepublicação datapublicação"
        " datadipubblicazione datapublikacji publicatiedatum publiceringsdatum ημερομηνία 日期"
        " 发布日期 発行日 公開日 날짜 تاريخ התאריך תאריך tanggal"
    ),
    "text": (
        "text body content fulltext article inhalt texte texto testo articletext volltext contenu"
        " contenido conteúdo contenuto tekst treść obsah szöveg metin içerik innehåll innhold"
        " indhold brødtext brødtekst sisältö teksti inhoud текст содержание κείμενο 正文 内容 本文"
        " 본문 نص النص טקסט cuerpo corpo corps isi bodytext articlebody htmlcontent"
    ),
    "dek": (
        "dek subtitle subheadline standfirst untertitel soustitre subtítulo subtitulo sottotitolo"
        " ondertitel underrubrik podtytuł chapeau vorspann bajada entradilla ingress подзаголовок"
    ),
    "comment": (
        "highlight highlights selection note notes comment comments notiz description excerpt"
        " abstract abstractnote summary annotation extended"
    ),
    "tags": (
        "tags tag keywords labels schlagworte documenttags motsclés manualtags automatictags"
        " etiquetas schlagwörter parolechiave palavraschave palabrasclave trefwoorden tagi"
        " słowakluczowe nyckelord nøkkelord emneord avainsanat ключевыеслова теги 标签 タグ 태그"
    ),
    "source": (
        "source publication outlet newspaper publisher medium quelle journal publicationtitle"
        " sitename site zeitung fuente fonte bron źródło zdroj forrás kaynak källa kilde lähde"
        " источник 来源 出典 출처 المصدر מקור diario periódico jornal giornale krant gazeta tidning"
    ),
    "section": (
        "section category rubrik ressort folder ordner collection rubrique sección seccion seção"
        " secao sezione rubriek dział kategorie kategori kategoria categoria categoría catégorie"
        " рубрика категория 栏目 分类 カテゴリ"
    ),
    "page": "page pages seite seiten página pagina strona sida side sivu страница",
    "lang": "language lang sprache langue idioma lingua taal język språk kieli язык 语言 言語",
    "saved": (
        "timeadded created timestamp addedat dateadded savedat saveddate createdat creationdate"
        " highlightedat addedon time"
    ),
}


def folded_name(name: str) -> str:
    """The name of a column, without case, blanks and signs."""
    return re.sub(r"[\W_]", "", name.casefold())


COLUMNS: dict[str, tuple[str, ...]] = {
    field: tuple(map(folded_name, said.split())) for field, said in _NAMES.items()
}
FIELD_OF_COLUMN = {name: field for field, names in COLUMNS.items() for name in names}


def field_of(name: str) -> str:
    """The field that a column of this name holds (`news_title` as `title`), or an empty string."""
    folded = folded_name(name)
    bare = _WHOSE.sub("", folded)
    return FIELD_OF_COLUMN.get(folded) or FIELD_OF_COLUMN.get(bare, "")
