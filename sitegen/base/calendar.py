"""Names of months and weekdays in the languages of most outlets of Europe."""

from __future__ import annotations

from sitegen.base.clean import word_set

_MONTH_NAMES = (  # English to Portuguese, then Dutch, Scandinavian, Polish, Czech, Russian, Ukrainian, Turkish
    "january january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia ledna января січня ocak",
    "february feb febr februar février févr fév febrero febbraio febb fevereiro fev februari lutego února февраля лютого şubat",
    "march mar märz mär mrz mars marzo março maart marts marca března марта березня mart",
    "april apr avril avr abril abr aprile kwietnia dubna апреля квітня nisan",
    "may mai mayo maggio mag maio mei maj maja května мая травня mayıs",
    "june jun juni juin junio giugno giu junho czerwca června июня червня haziran",
    "july jul juli juil juillet julio luglio lug julho lipca července июля липня temmuz",
    "august aug août aout agosto ago augustus augusti sierpnia srpna августа серпня ağustos",
    "september sept sep septembre septiembre set settembre sett setembro września září сентября вересня eylül",
    "october oct oktober okt octobre octubre ottobre ott outubro out października října октября жовтня ekim",
    "november nov novembre noviembre novembro listopada listopadu ноября листопада kasım",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember grudnia prosince декабря грудня aralık",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
WEEKDAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag dienstag "
    "mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi "
    "samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato "
    "domenica"
)
