"""Names of months and weekdays in the languages of most outlets of Europe."""

from __future__ import annotations

from sitegen.base.clean import word_set

# English to Portuguese, then Dutch, Scandinavian, Polish, Czech, Russian, Ukrainian, Turkish.
_MONTH_NAMES = (
    (
        "january january jan januar jänner janvier janv enero ene gennaio gen janeiro januari"
        " stycznia ledna января січня ocak"
    ),
    (
        "february feb febr februar février févr fév febrero febbraio febb fevereiro fev februari"
        " lutego února февраля лютого şubat"
    ),
    "march mar märz mär mrz mars marzo março maart marts marca března марта березня mart",
    "april apr avril avr abril abr aprile kwietnia dubna апреля квітня nisan",
    "may mai mayo maggio mag maio mei maj maja května мая травня mayıs",
    "june jun juni juin junio giugno giu junho czerwca června июня червня haziran",
    "july jul juli juil juillet julio luglio lug julho lipca července июля липня temmuz",
    "august aug août aout agosto ago augustus augusti sierpnia srpna августа серпня ağustos",
    (
        "september sept sep septembre septiembre set settembre sett setembro września září сентября"
        " вересня eylül"
    ),
    (
        "october oct oktober okt octobre octubre ottobre ott outubro out października října октября"
        " жовтня ekim"
    ),
    "november nov novembre noviembre novembro listopada listopadu ноября листопада kasım",
    (
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember grudnia"
        " prosince декабря грудня aralık"
    ),
)
# Hungarian, Romanian, Greek, Finnish, Croatian, Slovene, Serbian, Lithuanian, Latvian, Estonian …
# (CLDR)
_MORE_MONTH_NAMES = (
    (
        "január ianuarie ιανουαρίου ιανουάριος tammikuuta siječnja јануар sausio janvāris jaanuar"
        " януари يناير ינואר जनवरी gener janúar"
    ),
    (
        "február februarie φεβρουαρίου φεβρουάριος helmikuuta veljače фебруар vasario februāris"
        " veebruar февруари فبراير פברואר फ़रवरी febrer"
    ),
    "március martie μαρτίου μάρτιος maaliskuuta ožujka marec март kovo märts مارس מרץ मार्च març",
    (
        "április aprilie απριλίου απρίλιος huhtikuuta travnja април balandžio aprīlis أبريل אפריל"
        " अप्रैल apríl"
    ),
    "május μαΐου μάιος toukokuuta svibnja мај май gegužės maijs مايو מאי maig maí",
    (
        "június iunie ιουνίου ιούνιος kesäkuuta lipnja junij јун юни birželio jūnijs juuni يونيو"
        " יוני जून juny júní xuño"
    ),
    (
        "július iulie ιουλίου ιούλιος heinäkuuta srpnja julij јул юли liepos jūlijs juuli يوليو"
        " יולי जुलाई juliol júlí xullo"
    ),
    (
        "augusztus αυγούστου αύγουστος elokuuta kolovoza avgust август rugpjūčio augusts أغسطس"
        " אוגוסט अगस्त agustus agost ágúst"
    ),
    (
        "szeptember septembrie σεπτεμβρίου σεπτέμβριος syyskuuta rujna септембар септември rugsėjo"
        " septembris سبتمبر ספטמבר सितंबर setembre"
    ),
    (
        "október octombrie οκτωβρίου οκτώβριος lokakuuta октобар октомври spalio oktobris oktoober"
        " أكتوبر אוקטובר अक्टूबर"
    ),
    (
        "noiembrie νοεμβρίου νοέμβριος marraskuuta studenoga новембар ноември lapkričio novembris"
        " نوفمبر נובמבר नवंबर nóvember"
    ),
    (
        "decembrie δεκεμβρίου δεκέμβριος joulukuuta децембар декември gruodžio decembris detsember"
        " ديسمبر דצמבר दिसंबर desembre decembro"
    ),
)
# Short forms of Russian, Ukrainian, Bulgarian, Polish, Czech, Slovak, Hungarian, Romanian, Greek,
# Turkish, Lithuanian, Dutch, Finnish, Catalan and Indonesian; none that is two months (`lis`).
_SHORT_MONTH_NAMES = (
    "янв січ яну sty led oca ian ιαν saus tammi",
    "фев лют lut úno şub φεβ velj helmi",
    "мар бер már bře ožu μαρ mrt maalis",
    "апр кві kwi ápr dub nis απρ huhti",
    "тра máj kvě svi μαΐ touko मई",
    "июн чер cze čvn jún haz iun ιουν birž kesä",
    "июл júl čvc tem iul ιουλ liep heinä",
    "авг серп sie ağu αυγ rugp elo aoû ag agu",
    "сен вер сеп wrz zář szep eyl σεπ rugs syys ruj",
    "окт жов paź říj eki οκτ spal loka",
    "ноя ное kas νοε lapkr marras stu",
    "дек гру gru ara δεκ gruod joulu des",
)
MONTHS = {
    name: number
    for table in (_SHORT_MONTH_NAMES, _MORE_MONTH_NAMES, _MONTH_NAMES)
    for number, names in enumerate(table, 1)
    for name in names.split()
}
# Hebrew writes "in" as the first letter of the month: `26 בנובמבר 2026`.
MONTHS |= {f"ב{name}": number for name, number in MONTHS.items() if "א" <= name[0] <= "ת"}
WEEKDAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri"
    " sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr"
    " sa so lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves"
    " viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica"
    " segunda-feira terça-feira quarta-feira quinta-feira sexta-feira"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    " måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag onsdag lørdag søndag"
    " maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai"
    " maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina"
    " poniedziałek wtorek środa czwartek piątek niedziela"
    " pondělí úterý středa čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa"
    " hétfő kedd szerda csütörtök péntek szombat vasárnap"
    " luni marți marţi miercuri joi vineri sâmbătă duminică"
    " понедельник вторник среда четверг пятница суббота воскресенье"
    " понеділок вівторок середа четвер пʼятниця п'ятниця неділя"
    " понеделник сряда четвъртък петък събота неделя ponedjeljak utorak srijeda četvrtak petak"
    " subota nedjelja ponedeljek torek sreda četrtek petek nedelja"
    " pazartesi salı çarşamba perşembe cuma cumartesi"
    " δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή"
    " pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena"
    " pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis"
    " esmaspäev teisipäev kolmapäev neljapäev laupäev pühapäev"
    " dilluns dimarts dimecres dijous divendres dissabte diumenge"
    " senin selasa rabu kamis jumat sabtu minggu"
    " الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
    " सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार"
)

# Before noon, after noon. What is in front of the hour in some languages is behind it in others.
MORNING = ("오전", "午前", "上午", "de.", "öö", "π.μ.", "πμ", "ص", "صباحا", "dop.", "vm.")
AFTERNOON = ("오후", "午後", "下午", "du.", "ös", "μ.μ.", "μμ", "م", "مساء", "odp.", "nm.")
