"""The genres of journalism: what kind of article one is.

An article names its genre in any of sitegen's languages; pages show it in theirs, by the catalogues
in `sitegen/locales/`. Another word is shown as it is written. Pure.
"""

from __future__ import annotations

# The genre in English, and what else means it.
GENRES = {
    "Analysis": ("Analyse", "Análisis", "تحليل", "分析"),
    "Background": ("Hintergrund", "Contexte", "Contexto", "خلفية", "背景"),
    "Column": ("Kolumne", "Chronique", "Columna", "عمود", "コラム"),
    "Commentary": ("Kommentar", "Commentaire", "Comentario", "تعليق", "論評", "Comment"),
    "Editorial": ("Leitartikel", "Éditorial", "افتتاحية", "社説", "Leader"),
    "Essay": ("Essai", "Ensayo", "مقالة", "エッセー"),
    "Explainer": ("Erklärt", "Décryptage", "Claves", "شرح", "解説"),
    "Fact check": ("Faktencheck", "Vérification", "Verificación", "تدقيق", "ファクトチェック"),
    "Interview": ("Entretien", "Entrevista", "مقابلة", "インタビュー"),
    "Investigation": ("Recherche", "Enquête", "Investigación", "تحقيق", "調査報道"),
    "Letter": ("Leserbrief", "Courrier", "Carta", "رسالة", "投書"),
    "Live": ("Liveblog", "En direct", "En directo", "مباشر", "ライブ"),
    "Obituary": ("Nachruf", "Nécrologie", "Obituario", "نعي", "訃報"),
    "Opinion": ("Meinung", "Opinión", "رأي", "オピニオン"),
    "Profile": ("Porträt", "Portrait", "Perfil", "شخصية", "人物"),
    "Reportage": ("Reportaje", "تقرير ميداني", "ルポ"),
    "Review": ("Rezension", "Critique", "Reseña", "مراجعة", "レビュー"),
}
OPINIONS = frozenset(("Column", "Commentary", "Editorial", "Letter", "Opinion"))  # of one person


def _folded(words: str) -> str:
    return " ".join(words.replace("-", " ").replace("_", " ").split()).casefold()


_BY_WORDS = {_folded(word): genre for genre, also in GENRES.items() for word in (genre, *also)}


def genre_of(words: str) -> str:
    """The genre that ``words`` mean, in English; other words as they are."""
    return _BY_WORDS.get(_folded(words), words)
