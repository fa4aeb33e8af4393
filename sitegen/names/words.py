"""Vocabularies of bylines as data: words before, between and behind names, per language where that
matters."""

from __future__ import annotations

from sitegen.base.clean import word_set
from sitegen.base.page_words import page_words

# What is in front of names and is never the beginning of one. Regular expressions.
LEADS = (
    "by",
    r"(?:posted|published|created|written|reported) by",
    r"(?:words|text|story|reporting|report|guest post|exclusive) by",
    r"(?:interview|analysis|opinion|review|edited|commentary|column|essay|photographs|profile"
    r"|article) by",
    r"veröffentlicht von",
    r"(?:geschrieben|erstellt|verfasst|berichtet|aufgezeichnet|protokoll) von",
    r"(?:kommentar|kolumne|analyse|essay|gastbeitrag|gastkommentar|interview|reportage|porträt"
    r"|rezension)\s+von",
    r"(?:bericht|glosse|leitartikel|kritik|meinung|protokoll|aufgezeichnet)\s+von",
    r"von unser(?:em|er) \w{3,20}",
    "von",
    "vom",
    r"gespeichert von",
    r"beitrag ?von",
    r"text(?:e)?",
    r"text:\s?von",
    "interview",
    r"interview:\s?von",
    r"(?:eine?|ein)\s+\w{3,20}\s+von",
    r"(?:eine?)\s+\w{3,20}\s+\w{3,20}\s+von",
    r"autor(?:in)?(?:/autor(?:in)?)?",
    r"autor(?:en|es|as|a|ka|ky|i)",
    r"(?:\w{3,20}\s)?(?:beitrag|artikel|text)\s+von",
    r"aus \w{2,20} berichtet",
    "es berichtet",
    "par",
    r"publié par",
    r"écrit par",
    r"propos recueillis par",
    "auteurs?",
    "autrices?",
    "por",
    r"publicado por",
    r"escrito por",
    r"texto(?: de)?",
    "redacción:",
    r"a cura di",
    r"dal nostro (?:inviato|corrispondente)(?: (?:a|ad|da|in) \w{3,20})?",
    r"dalla nostra (?:inviata|corrispondente)(?: (?:a|ad|da|in) \w{3,20})?",
    r"pubblicato da",
    r"scritto da",
    r"testo di",
    "autore",
    "autrice",
    "door",
    r"geschreven door",
    "tekst",
    "av",
    "skrevet av",
    "skriven av",
    "skrevet af",
    "forfatter",
    "författare",
    "kirjoittaja",
    "teksti",
    "authors?",
    "oleh",
    "penulis",
    "tác giả",
    "szerző",
    "írta",
    "scris de",
    "yazan",
    "yazar",
    "haber",
    "napsal[ai]?",
    r"opracował[ai]?",
    "piše",
    "avtor",
    "kirjoittanut",
    "kirjutas",
    "skribent",
    "skriver",
    "ditulis oleh",
    "hazırlayan",
    "parengė",
    "reportagem (?:de|por)",
    "autorius",
    "autors",
    "egilea",
    "συντάκτης",
    "του",
    "της",
    r"γράφει [οη]",
    "автор(?:ы|и|ка)?(?: статьи| текста)?",
    "текст",
    "аутор",
    "пише",
    "بقلم",
    "كتبت?",
    "بواسطة",
    "الكاتبة?",
    "نویسنده",
    "نوشته",
    "מאת",
    "כתבה?",
    "โดย",
    "ผู้เขียน",
    "लेखक",
    "লেখক",
)
# Words that also begin names or sentences: they lead only where one person's whole name follows,
# in these languages.
WEAK_LEADS = {
    "di": ("", "it"),
    "de": ("ro", "ca", "gl", "fr"),
    "del": ("es",),
    "per": ("ca", "it"),
    "da": ("it",),
    "af": ("", "da"),
    "od": ("", "sk", "cs", "sl"),
    "nga": ("", "sq"),
    "na": ("sw",),
    "от": ("", "ru", "bg"),
    "від": ("", "uk"),
    "από": ("", "el"),
    "theo": ("vi",),
    "le": ("ga",),
}

# The word for "and", by language: the list patterns of CLDR and what newspapers write besides.
# `tests/names` compares it with CLDR.
JOINERS = {
    "en": "and",
    "de": "und sowie",
    "fr": "et",
    "es": "y e",
    "it": "e ed",
    "pt": "e",
    "nl": "en",
    "af": "en",
    "da": "og",
    "nb": "og",
    "nn": "og",
    "is": "og",
    "sv": "och",
    "fi": "ja",
    "et": "ja",
    "pl": "i oraz",
    "cs": "a",
    "sk": "a",
    "sl": "in",
    "hr": "i",
    "bs": "i",
    "sr": "и i",
    "mk": "и",
    "bg": "и",
    "ru": "и",
    "uk": "і й та",
    "be": "і",
    "ro": "și şi si",
    "hu": "és",
    "el": "και",
    "tr": "ve",
    "az": "və",
    "kk": "және",
    "uz": "va",
    "lv": "un",
    "lt": "ir",
    "ga": "agus",
    "cy": "a ac",
    "eu": "eta",
    "ca": "i",
    "gl": "e",
    "sq": "dhe",
    "mt": "u",
    "id": "dan",
    "ms": "dan",
    "fil": "at",
    "sw": "na",
    "vi": "và",
    "hy": "և",
    "ka": "და",
    "hi": "और",
    "bn": "এবং ও",
    "ta": "மற்றும்",
    "te": "మరియు",
    "mr": "आणि",
    "gu": "અને",
    "kn": "ಮತ್ತು",
    "pa": "ਅਤੇ",
    "ne": "र",
    "ur": "اور",
    "fa": "و",
    "ar": "و",
    "ku": "û",
    "am": "እና",
    "si": "සහ",
    "so": "iyo",
    "ha": "da",
    "ig": "na",
    "th": "และ",
    "lo": "ແລະ",
    "km": "និង",
    "my": "နှင့်",
    "ps": "او",
    "no": "og",
    "jv": "lan",
    "su": "sareng",
    "ceb": "ug",
    "ky": "жана",
    "tg": "ва",
    "tt": "һәм",
    "tk": "we",
    "or": "ଓ",
    "as": "আৰু",
    "mai": "और",
    "sd": "۽",
}
# Those that are also a particle, a preposition or a given name: each side must be a whole name.
WEAK_JOINERS = word_set(
    "y e i a u ac in en da na at ja va ed un ir si ve și şi й та र ও و û lan ug we ଓ"
)
# With the language known to be one of these, its own weak joiner parts without further question.
WITH = word_set("with mit avec con met med")

PARTICLES = word_set(
    "van von der den de la le da di del della dos das do du des ten ter zu zur zum af av y e i bin"
    " ibn al el ben abu st. st san santa ap ó ní vander vom bint ould 't"
)
SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md"])
DEGREES = SUFFIXES | {
    "mba",
    "rd",
    "rn",
    "jd",
    "cfa",
    "cpa",
    "dds",
    "ma",
    "msc",
    "ba",
    "bsc",
    "mp",
    "esq",
    "llm",
    "dphil",
}
# Beginnings of names with a capital inside: the border behind them joins, it does not part.
INNER = word_set(
    "Mc Mac De Di Da Du Des Del Della La Le Lo Les Fitz Van Von Vander Vande Den Der Ten Ter El Al"
    " St O D L Lu Jo Ja Ka Sha Ta Ra Mar Mary Anne Abu Ben Bin Ibn Ó Ni Nic Ap Ma Na Ro Sa Te Tre"
    " Ke De' Dell' Dall' O' O’ D' D’ L' L’"
)

ROLES = word_set(
    "editor correspondent reporter writer columnist producer chief journalist critic photographer"
    " contributor director analyst host anchor staff freelance investigations researcher author"
    " bureau desk redakteur redakteurin reporterin korrespondent korrespondentin autor autorin"
    " volontär volontärin ressortleiter ressortleiterin journaliste correspondant correspondante"
    " envoyé envoyée rédacteur rédactrice corresponsal redactor redactora periodista enviado"
    " enviada inviato inviata corrispondente giornalista verslaggever verslaggeefster journaliste"
    " redacteur correspondente jornalista repórter redaktør journalist dziennikarz dziennikarka"
    " korespondent korespondentka reporterka muhabir muhabiri корреспондент журналист обозреватель"
    " кореспондент журналіст újságíró toimittaja meteorologist intern fellow"
)
# Roles that are no surnames: `Wine Columnist` is nobody's name.
NO_SURNAMES = word_set("columnist columnists")
ROLES |= NO_SURNAMES
# What precedes a role: `Health Editor` is a role, `Nell Editor` is a name.
DEPARTMENTS = word_set(
    "senior chief political politics foreign health staff news sports sport city web guest"
    " contributing managing deputy assistant associate executive national international business"
    " science technology tech education crime court environment climate culture arts features"
    " investigations investigative data video photo picture night day digital online social media"
    " world europe asia africa america local county state diplomatic defence defense security"
    " economics economy finance financial money consumer transport travel food fashion music film"
    " theatre tv religion royal legal home affairs special independent freelance lead principal"
    " junior trainee opinion books property energy engagement audience copy metro regional rural"
    " industry market markets energy our your the editor writer reporter freier freie leitender"
    " leitende politischer stellvertretender grand grande jefe jefa"
)

# Words of newspapers' names: what holds one is not a person.
PRESS = word_set(
    "times post news press herald tribune journal gazette chronicle guardian telegraph mail"
    " observer globe zeitung bild magazine media radio television tv network newspaper newspapers"
    " daily weekly presse tagblatt tageblatt anzeiger kurier nachrichten rundschau rundfunk agency"
    " agence agencia agenzia agentur nyheter avisen dagbladet editorial newsroom website blog"
    " podcast channel studios publishing publications"
)
AGENCIES = word_set(
    "afp ap dpa reuters epa efe ansa apa sda kna epd sid afpd bloomberg bbc cnn npr pa tass xinhua"
    " ritzau ntb tt belga anp upi pti ani ians kyodo jiji yonhap anadolu dha iha interfax tanjug"
    " hina stt lusa adnkronos agi askanews"
)
AGENCY_PHRASES = (
    "associated press",
    "press association",
    "agence france-presse",
    "canadian press",
    "europa press",
    "thomson reuters",
    "deutsche presse-agentur",
    "press trust of india",
    "australian associated press",
    "anadolu ajansı",
    "anadolu agency",
)
# What offices and schools are called: `Department of Energy, Office of Science` is one of them.
OFFICES = word_set(
    "department ministry office bureau agency authority commission council committee institute"
    " university college school faculty division directorate laboratory center centre city county"
    " state ministerium bundesministerium amt behörde abteilung institut universität fakultät"
    " referat stadt ministère département direction université faculté secrétariat conseil"
    " préfecture ville ministerio departamento secretaría universidad facultad instituto oficina"
    " consejería ayuntamiento ministero dipartimento università facoltà istituto ufficio comune"
    " ministério secretaria universidade faculdade câmara ministerie universiteit faculteit"
    " afdeling gemeente ministeriet departementet universitetet institutt"
)
# `Staff and agencies`, `mit Agenturen`: many, and nobody by name.
COLLECTIVE = word_set(
    "staff agencies agency wire wires service services report reports correspondents reporters"
    " newsroom desk our news agenturen redaktion agences agence rédaction agencias redacción"
    " agenzie redazione agências redação agentschappen redactie bureauer redaktionen agencje"
    " redakcja агентства редакция ajanslar"
)
# What a newsroom calls itself as an author, and what it says beside that: `Redacción Digital`.
DESKS = COLLECTIVE | word_set(
    "toimitus szerkesztőség redakce redakcia redakcija redaksjonen redaktionen nettredaksjonen"
    " redaksi redacció redacția redacţia redazione toimetus redaktsioon redaktsiya ritstjórn"
    " редакція редакцията редакцијата σύνταξη التحرير تحریریه מערכת 編集部 编辑部 編輯部 편집부"
)
BESIDE_DESKS = word_set(
    "online digital digitale web the la le il die der das team tim von de da di central website"
    " site сайта портала portalu هيئة האתר"
)

# Of these a line on the day of a text is made. The second part is also names of people.
WEEKDAY_NAMES = word_set(
    "monday tuesday wednesday thursday friday saturday montag dienstag mittwoch donnerstag freitag"
    " samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes"
    " miércoles jueves viernes sábado lunedì martedì mercoledì giovedì venerdì february february"
    " september october november december february februar oktober dezember"
)
NAMES_TOO = word_set(
    "january march april may june july august sunday friday tuesday wednesday freitag sonntag"
    " montag domenica domingo sabato october september avril"
)
# Next to one of these a month or a weekday is not a given name.
OF_A_DAY = word_set(
    "morning evening night noon afternoon edition issue deals offers sale day days week weekend"
    " month year fools madness update updates abend morgen nachmittag nacht ausgabe matin soir"
    " semaine mañana tarde noche sera mattina revolution showers budget results forecast horoscope"
    " horoscopes schedule calendar"
)
# Function words in two- and three-word names that begin with them: Per Hansen, Una Quill, Con
# Brady.
GIVEN_TOO = word_set("per una con so")
# The same in names of three words that end with them: Nguyễn Văn An, Choi Yoo In.
LAST_TOO = word_set("an in on so to my")

# Words of a page's frame, and of its sentences, that are in no name of a person.
NOT_NAMES = word_set(
    "the a an and or of in on at for to from with by is are was how why what when where who which"
    " this that these those my your our his her its read more news sport sports politics business"
    " world home opinion culture video photo photos image images share print email comments"
    " advertisement subscribe newsletter live latest updated published posted related most top"
    " story stories all about contact follow us der die das und oder im am zum zur mit für auf bei"
    " nach wie warum wer ein eine einer nicht mehr politik wirtschaft kultur les une pour dans sur"
    " avec plus lire los las una para con más sobre lo il gli per sul nel today watch listen view"
    " sign log editorial analysis explainer breaking exclusive review special report magazine media"
    " tech science health entertainment money finance company inc ltd llc corp bank university"
    " ministry sponsored gesponserte content inhalt inhalte advertiser disclosure disclaimer"
    " takeaways edition strategy guide guides archive archives privacy cookies"
)
# Labels and buttons. Behind a name they end it; as all of a text they are nobody.
LABELS = frozenset(page_words("labels"))
# Units of time behind a number: `5 hours ago`, `3 min read`.
UNITS = word_set(
    "ago min mins minute minutes hour hours hr hrs day days week weeks month months year years"
    " minuten stunden tage tagen monate jahre heures jours mois ans minutos horas días meses años"
    " minuti ore giorni mesi anni dias minuter timmar timer dager minutter uur dagen"
)
# Only in front of another label: `Last Modified`, `Text Size`.
HALF_LABELS = frozenset(page_words("half labels"))

REGIONS = frozenset(
    line.strip()
    for line in (
        "new south wales; western australia; south australia; northern territory; british columbia;"
        " nova scotia; new brunswick;prince edward island; newfoundland and labrador; northwest"
        " territories; new york; new jersey; new mexico; new hampshire;north carolina; south"
        " carolina; north dakota; south dakota; west virginia; rhode island; united kingdom; united"
        " states;saudi arabia; south africa; south korea; north korea; new zealand; sri lanka;"
        " costa rica; el salvador; puerto rico;hong kong; czech republic; united arab emirates;"
        " northern ireland; papua new guinea; burkina faso; sierra leone"
    ).split(";")
)
# Sections of a source, which some bylines name where others name a place: `Ana, en Deportes`.
SECTIONS = word_set(
    "news politics business economy world sport sports culture lifestyle opinion property tourism"
    " travel technology science health entertainment education real estate nachrichten politik"
    " wirtschaft ausland inland kultur wissen reise gesundheit panorama gesellschaft lokales"
    " economía política deportes cultura sociedad internacional nacional tecnología salud opinión"
    " empresas fútbol économie politique culture société monde santé livres sciences economia"
    " cronaca esteri spettacoli società salute política mundo esporte esportes saúde tecnologia"
    " negócios economie politiek cultuur binnenland buitenland wetenschap nyheter ekonomi kultur"
    " politikk økonomi utenriks innenriks gospodarka polityka świat kraj kultura"
)
# Between a name and a place, with the languages that say so; "" where the language is not known.
PLACE_WORDS = {
    "in": ("", "en", "de", "it", "nl"),
    "from": ("", "en"),
    "aus": ("", "de"),
    "à": ("", "fr"),
    "en": ("", "es", "fr"),
    "em": ("", "pt"),
    "dans": ("", "fr"),
    "w": ("", "pl"),
    "v": ("", "cs", "sk", "sl"),
    "в": ("", "ru", "bg", "uk"),
    "у": ("", "uk", "sr"),
    "из": ("", "ru"),
    "i": ("sv", "nb", "nn", "no", "da", "is"),
    "a": ("it", "es"),
    "na": ("pl", "cs", "sk"),
}
# Beginnings of places of two words, which "en" and "i" precede: `en Nueva York`.
PLACE_STARTS = word_set(
    "nueva nuevo new los las la el san santa santo saint são buenos ciudad río rio port puerto le"
    " north south east west cape fort mount lake hong tel abu kuala phnom sri costa"
)

# Who helped: not an author, but named. (role, beginning of the phrase as a regular expression)
# Work that lines below an article name, beside that of bylines
CLOSING_WORK = (
    ("reporting", r"(?<!additional )reporting(?: by|:)"),
    ("writing", r"(?:writing|written)(?: by|:)"),
    ("editing", r"edit(?:ing|ed)(?: by|:)"),
    ("compiling", r"compiled(?: by|:)"),
)
HELPERS = (
    (
        "translator",
        r"translat(?:ed|ion)(?: from(?: the)? \w+)?(?: in)?(?:to \w+)?(?: by|:)|translator:"
        r"|transl?\."
        r"|(?:aus dem \w+ )?übersetzt(?: aus dem \w+)? von"
        r"|übersetzung(?: aus dem \w+)?(?: von|:)|aus dem \w+ von"
        r"|tradui(?:t|te)(?: (?:du|de l['’]|de la|de) ?\w+)? par"
        r"|traduction(?: (?:du|de l['’]) ?\w+)?(?: par| de|\s?:)"
        r"|traducid[oa](?: del \w+)? por|traducción(?: de|:)|tradott[oa](?: dal\W?\w+)? da"
        r"|traduzione(?: di|:)"
        r"|traduzid[oa](?: do \w+)? por|tradução(?: de|:)|vertaald(?: uit het \w+)? door"
        r"|vertaling(?: door|:)"
        r"|oversat(?: fra \w+)? af|oversættelse:|oversatt(?: fra \w+)? av|oversettelse:"
        r"|översatt(?: från \w+)? av|översättning:"
        r"|tłumaczenie:|tłum\.|przełożyła?|z \w+ przełożyła?|přeložila?|překlad:|preložila?"
        r"|preklad:"
        r"|перевод(?: с \w+)?:|перев[её]ла?|переклад(?: з \w+)?:|fordította:?|fordítás:"
        r"|çeviri:|çeviren:|traducere(?: de|:)"
        r"|μετάφραση:|käännös:|suomennos:|suomentanut|terjemahan:|penerjemah:|ترجمة:?|תרגום:"
        r"|vertaal(?: uit \w+)? deur|tərcümə(?: edən)?:|прев[ео]д(?: от \w+)?:|преведе"
        r"|traducció(?: de|:)|traduït per|tradución(?: de|:)|itzulpena:|tõlge:|tõlkinud|tulkoja"
        r"|tulkojums:|vertė|vertimas:|prijevod:|prevela?|prevod:|þýðing:|þýddi|përkthimi:"
        r"|përktheu|tradus de|traducător:|omsett(?: frå \w+)? av|người dịch:|bản dịch:|tafsiri:"
        r"|salin ni|թարգմանությունը?:|თარგმანი:|ترجمه:?|ترجمہ:?|अनुवादक?:|अनुवाद:|অনুবাদ:"
        r"|மொழிபெயர்ப்பு:|అనువాదం:|แปลโดย|ผู้แปล:|"
        r"(?:译者|譯者|翻译|翻譯|翻訳|訳|번역)\s?[：:／/・＝=]",
    ),
    (
        "additional reporting",
        r"(?:with )?additional reporting(?: by|:)|mitarbeit:|mitarbeit von"
        r"|avec la collaboration de",
    ),
    ("illustration", r"illustrat(?:ions?|ed)(?: by|:)|illustration(?:en)?(?: von|:)"),
    (
        "photo",
        r"photo(?:s|graphs|graphy)?(?: by|:)|pictures by|fotos?(?: von|:| de| di)"
        r"|bilder(?: von|:)"
        r"|(?:攝影|摄影|攝|摄|圖片|图片|圖|图|写真|撮影|사진)\s?[：:／/・＝=]|사진(?=\s)",
    ),
    (
        "photo",
        r"(?:images?|pictures?|bilde?|imagen|imagem|imágenes|afbeelding|beeld|kuvat?|zdjęci[ae]|fot"
        r"|obrázek|снимок|фото|εικόνα|φωτογραφία|görsel|gambar|ảnh)(?: credits?| source)?:",
    ),
    ("reviewer", r"(?:(?:medically|clinically|fact)[ -])?(?:reviewed|checked) by"),
    ("video", r"videos?(?: by| von|:)"),
    ("graphic", r"graphics?(?: by|:)|grafik(?:en)?(?: von|:)"),
    ("editor", r"edited by|redigiert von"),
)
