"""What stands around the text of a letter: how to leave the list, links to the page of it, the
sender's address, a line below the headline that names who wrote it, and signatures.

The words are data, by language. What is taken out must be a notice as programs write it, or a link
with such words: a sentence that speaks of leaving a list is text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sitegen.base.text import count_words
from sitegen.importer.to_markdown import plain_block
from sitegen.model.article import Person
from sitegen.names.byline import has_lead, split_byline
from sitegen.names.shape import looks_like_name

# What links to leave a list, or to change what one gets, are called.
_LEAVE = {
    "en": r"unsubscribe|opt[ -]out|(?:manage|update) (?:your )?(?:preferences|subscriptions?)",
    "de": r"abmelden|abbestellen|austragen|einstellungen (?:verwalten|ändern)",
    "fr": r"d[ée]sabonner|d[ée]sinscri\w*|g[ée]rer (?:mes|vos) pr[ée]f[ée]rences",
    "es": r"darse de baja|desuscribir\w*|(?:cancelar|anular) (?:la |tu |su )?suscripci[óo]n",
    "pt": r"cancelar (?:a |sua )?(?:inscri[çc][ãa]o|subscri[çc][ãa]o|assinatura)|descadastr\w*",
    "it": r"disiscri\w*|annulla l.iscrizione|cancella(?:ti| l.iscrizione)",
    "nl": r"uitschrijven|afmelden|voorkeuren (?:beheren|wijzigen)",
    "ca": r"donar-se de baixa|cancel·la la subscripció",
    "sv": r"avregistrera|avprenumerera|avsluta (?:din )?prenumeration\w*",
    "da nb": r"afmeld\w*|frameld\w*|avmeld\w*|meld deg av|stopp abonnement\w*",
    "fi": r"(?:peruuta|lopeta|peru) tilaus|poistu listalta",
    "is": r"afskrá\w*",
    "pl": r"wypisz si[ęe]|zrezygnuj|anuluj subskrypcj[ęe]",
    "cs sk": r"odhlásit(?: se)?(?: z)? odběru?|odhlásiť(?: sa)?|zrušit odběr",
    "hu": r"leiratkoz\w*",
    "ro": r"dezabon\w*",
    "hr sl sr": r"odjav\w* (?:se )?(?:s|sa|z|od)\b|одјави\w*",
    "et lv lt": r"loobu(?:da)? uudiskirjast|atrakstīties|atsisakyti prenumeratos",
    "tr": r"abonelikten (?:çık\w*|ayrıl\w*)|üyelikten çık\w*",
    "el": r"διαγραφή από|απεγγραφή|κατάργηση εγγραφής",
    "ru uk bg": r"отписаться|отказаться от рассылки|відписатися|отпиш\w*|отписване",
    "ar fa": r"إلغاء الاشتراك|لغو اشتراک",
    "he": r"להסרה מ|הסרה מרשימת|ביטול מנוי",
    "vi id": r"hủy đăng ký|berhenti (?:berlangganan|langganan)",
    "ja": r"配信(?:停止|解除)|購読(?:解除|停止)|登録解除",
    "zh": r"退订|退訂|取消订阅|取消訂閱",
    "ko": r"수신\s?거부|구독\s?취소",
    "th": r"ยกเลิกการ(?:สมัคร|รับ|ติดตาม)",
}
# What the link to the page of a letter is called.
_VIEW = {
    "en": (
        r"(?:view|read|open|see) (?:this |it |the )?(?:e-?mail |newsletter |message |letter )?"
        r"(?:in|on) (?:your |the |a )?(?:web ?)?(?:browser|web|online)|web version"
    ),
    "de": r"(?:im|in ihrem|in deinem) (?:web)?browser (?:ansehen|öffnen|anzeigen|lesen)|webversion",
    "fr": (
        r"(?:voir|lire|afficher|ouvrir|consulter) .{0,30}(?:dans (?:le|votre) navigateur|"
        r"en ligne)"
    ),
    "es": r"(?:ver|leer|abrir) .{0,30}en (?:el|tu|su|un) navegador",
    "pt": r"(?:ver|ler|abrir|visualizar) .{0,30}no (?:seu )?navegador",
    "it": r"(?:visualizza|leggi|apri|vedi) .{0,30}nel (?:tuo )?browser",
    "nl": r"(?:bekijk|lees|open) .{0,30}in (?:je|uw|de) browser|(?:bekijk de )?webversie",
    "sv da nb": (
        r"(?:visa|läs|öppna|vis|se|læs|les|åpne|åbn) .{0,30}i (?:din |en )?(?:web)"
        r"?(?:läsare|browser|nettleser)\w*"
    ),
    "fi": r"(?:avaa|katso|lue) .{0,30}selaimessa",
    "pl": r"(?:zobacz|otwórz|wyświetl|czytaj) .{0,30}w przeglądarce",
    "cs sk": r"zobrazi[tť] .{0,30}v prohlížeči|(?:zobraziť|otvoriť) .{0,30}v prehliadači",
    "hu": r"(?:megtekint\w*|megnyit\w*) .{0,20}böngésző\w*|böngészőben",
    "ro": r"(?:vezi|vizualizează|deschide) .{0,30}în browser",
    "tr": r"tarayıcı(?:da|nızda) (?:görüntüle\w*|aç\w*)",
    "el": r"(?:προβολή|δείτε|άνοιγμα) .{0,30}πρόγραμμα περιήγησης",
    "ru uk": (
        r"(?:открыть|посмотреть|смотреть|читать) .{0,20}в браузере|переглянути .{0,20}в "
        r"браузері"
    ),
    "ja": r"ブラウザ(?:ー)?で(?:表示|見る|開く|読む)|ウェブ(?:版|で見る)",
    "zh": r"在?浏览器中?(?:查看|打开|阅读)|在?瀏覽器中?(?:檢視|查看|開啟)",
    "ko": r"브라우저(?:에서|로) (?:보기|열기)|웹에서 보기",
    "ar he": r"عرض .{0,20}في المتصفح|(?:צפה|הצג|לצפייה) .{0,20}בדפדפן",
}
# Sentences that say why somebody gets the letter.
_NOTICE = {
    "en": (
        r"you(?:.re| are) receiv(?:ing|ed) this|you (?:received|got) this (?:e-?mail|letter|message"
        r"|newsletter)|forwarded this (?:e-?mail|letter|newsletter|message)"
        r"|was this (?:e-?mail|letter|newsletter) forwarded|forwarded this to you"
    ),
    "de": r"(?:sie|du) erh[aä]l(?:ten|tst) diese\w* (?:e-?mail|newsletter|nachricht|mail)",
    "fr": (
        r"vous (?:recevez|avez re[çc]u) (?:ce|cet|cette) (?:e-?mail|courriel|message|"
        r"lettre|infolettre|newsletter)"
    ),
    "es": (
        r"(?:recibes?|recibi[óo]|has recibido|ha recibido) est[ea] (?:correo|e-?mail|"
        r"mensaje|bolet[íi]n|newsletter)"
    ),
    "pt": (
        r"(?:está recebendo|recebeu|está a receber|recebe) est[ae] (?:e-?mail|mensagem|"
        r"newsletter|boletim)"
    ),
    "it": r"(?:ricev\w+|hai ricevuto|ha ricevuto) quest[ao] (?:e-?mail|mail|messaggio|newsletter)",
    "nl": r"(?:je|u) (?:ontvangt|krijgt) (?:deze|dit) (?:e-?mail|mail|nieuwsbrief|bericht)",
    "sv da nb": (
        r"du (?:får|modtager|mottar) (?:detta|denne|den här|dette) (?:e-?post\w*|"
        r"mail\w*|nyhetsbrev\w*|nyhedsbrev\w*|brev\w*)"
    ),
    "pl": r"otrzymujesz (?:tę|ten|tego) (?:wiadomość|e-?mail\w*|newsletter)",
    "ru": r"вы получили это (?:письмо|сообщение)|вы получаете (?:это|эту) (?:письмо|рассылку)",
    "ja": r"この(?:メール|メールマガジン)は.{0,30}(?:送信|配信|お送り)",
    "zh": r"您?(?:收到|接收)(?:此|这封|這封)(?:邮件|電子郵件|郵件)",
    "ko": r"(?:본|이) (?:메일|이메일)은 .{0,30}(?:발송|전송)",
}
_FIRST_OF_OTHERS = "\u0900"  # scripts from here on part words by other signs, or not at all
MOST_WORDS = 60  # of a notice
FEW_WORDS = 6  # of a line that is nothing but the words of such a link
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.){1,200})\]\(")
_IMPRINT = re.compile(
    r"^(?:©|\(c\)|copyright)\s|\b(?:Ltd|Inc|LLC|PBC|PLC|GmbH|UG|AG|S\.?A\.?S?|S\.?L\.?|S\.?r\.?l"
    r"|B\.?V|Pty)\b\.?,?"
    r" .{0,60}\d"
)
# What telephones and programs put below a mail: a word for sending, and their name.
_DEVICE = re.compile(
    r"\b(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|blackberry|outlook|yahoo mail"
    r"|proton ?mail|thunderbird|gmail|windows)",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\b(?:sent|get|gesendet|envoyé|enviado|inviato|verzonden|skickat|sendt|lähetetty|wysłan\w+"
    r"|odeslán\w+|отправлено|надіслано|küldve|trimis|gönder\w+|στάλθηκε)\b"
    r"|送信|发自|發自|보냄|보낸|أُ?رسل|נשלח",
    re.IGNORECASE,
)
_MARK = re.compile(r"\\?--+|—|–")  # of a signature, as a line of its own
_NO_SIGNATURE = re.compile(r"[>#|]|!?\[|[-_*]{4,}|\d{1,3}[.)] |.{1,60}[:：]$")
MAX_SIGNATURE = 12  # lines
WORDS_OF_SIGNATURE = 80
WORDS_OF_DEVICE = 10


class OwnText(NamedTuple):
    """The blocks of a letter's text, and the signatures below it that were taken out."""

    blocks: tuple[str, ...]
    signatures: tuple[str, ...] = ()


def _any_of(words: Mapping[str, str]) -> re.Pattern[str]:
    bounded = (word for word in words.values() if _letter(word) < _FIRST_OF_OTHERS)
    others = (word for word in words.values() if _letter(word) >= _FIRST_OF_OTHERS)
    either = (rf"\b(?:{'|'.join(bounded)})\b", *others)
    return re.compile("|".join(either), re.IGNORECASE)


def _letter(pattern: str) -> str:
    return next(sign for sign in pattern if sign.isalpha())


_LEAVES, _VIEWS, _NOTICES = map(_any_of, (_LEAVE, _VIEW, _NOTICE))


def letter_text(blocks: tuple[str, ...]) -> OwnText:
    """The text of a letter with these Markdown ``blocks``: without what speaks of the subscription,
    the sender's address below the last text, and signatures."""
    kept = [block for block in blocks if not _is_subscription(block)]
    while len(kept) > 1 and _is_imprint(plain_block(kept[-1])):
        kept.pop()
    return _unsigned(kept)


def mail_furniture(text: str) -> str:
    """The kind of a line of a mail that may be none of its text, or an empty string."""
    said = (_NOTICES, _LEAVES, _VIEWS)
    if count_words(text) <= MOST_WORDS and any(words.search(text) for words in said):
        return "subscription"
    return "imprint" if _is_imprint(text) else ""


def _is_subscription(block: str) -> bool:
    text = plain_block(block)
    count = count_words(text)
    if count > MOST_WORDS:
        return False
    links = " \n ".join(_LINK.findall(block))
    shown = text if count <= FEW_WORDS else links
    return any(words.search(shown) for words in (_LEAVES, _VIEWS)) or bool(_NOTICES.search(text))


def _unsigned(blocks: list[str]) -> OwnText:
    """Without the signature below the last line `--`, and without what a telephone puts below."""
    signatures: list[str] = []
    if len(blocks) > 1 and _is_of_device(plain_block(blocks[-1])):
        signatures.append(plain_block(blocks.pop()))
    marks = [at for at, block in enumerate(blocks) if _MARK.fullmatch(block.strip())]
    if marks and marks[-1] > 0 and _may_be_signature(blocks[marks[-1] + 1 :]):
        said = map(plain_block, blocks[marks[-1] + 1 :])
        signatures.insert(0, " ".join(said))
        blocks = blocks[: marks[-1]]
    return OwnText(tuple(blocks), tuple(filter(None, signatures)))


def _may_be_signature(blocks: list[str]) -> bool:
    rows = [row.strip() for block in blocks for row in block.split("\n") if row.strip()]
    if len(rows) > MAX_SIGNATURE or sum(map(count_words, rows)) > WORDS_OF_SIGNATURE:
        return False
    return not any(map(_NO_SIGNATURE.match, rows))


def _is_of_device(text: str) -> bool:
    return bool(
        count_words(text) <= WORDS_OF_DEVICE and _DEVICE.search(text) and _SENT.search(text)
    )


def mail_byline(blocks: list[str]) -> tuple[tuple[Person, ...], int]:
    """(people, number of the block) of a byline among the first blocks of a mail: a short line,
    `By` and names; else ``((), -1)``."""
    for number, block in enumerate(blocks[:4]):
        text = plain_block(block)
        people = (
            split_byline(text)
            if len(text) <= 120 and has_lead(text) and not text.endswith((".", ":", "!", "?"))
            else ()
        )
        if people and all(looks_like_name(p.name) for p in people):
            return people, number
    return (), -1


def _is_imprint(text: str) -> bool:
    """Whether a line is a company's address: few words, none of them a sentence."""
    return (
        len(text.split()) <= 25
        and not text.endswith(("!", "?", "”", '"'))
        and bool(_IMPRINT.search(text))
    )
