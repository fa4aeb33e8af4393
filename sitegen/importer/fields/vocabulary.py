"""Words of page furniture in seven languages: what surrounds an article but is not part of it.

General vocabulary only. Patterns are anchored at the start of a folded line and linear.
"""

from __future__ import annotations

import re

# Lines that are exactly this (case, punctuation and blanks folded): buttons, labels, menus.
EXACT = frozenset(
    line.strip()
    for line in """Advertisement; advertising; ad; ads; sponsored; sponsored content; promoted; paid
                content; partner content; sponsored stories; share; sharing; social sharing; share
                this; share this article; share article; share comments; print; print article;
                email; e-mail; mail; save; saved; bookmark; comment; comments; view comments; show
                comments; join the conversation; have your say; leave a comment; post a comment; add
                a comment; reply; facebook; twitter; x; x.com; linkedin; whatsapp; reddit;
                pinterest; tumblr; flipboard; messenger; telegram; bluesky; threads; instagram;
                youtube; tiktok; snapchat; line; vk; xing; rss; copy link; link copied; copy url;
                url copied; copied; copy link copied; copy; text size; font size; small; medium;
                large; aa; a a a; schriftgröße; taille du texte; tamaño del texto; more; show more
                sharing options; show more; see more; view more; view all; see all; load more; read
                in app; open in app; listen; listen to article; listen to this article; gift; gift
                article; give this article; close; open; menu; search; home; back; next; previous;
                play; pause; mute; loading; video; videos; audio; gallery; slideshow; image; images;
                photo; photos; photograph; illustration; picture; live; live now; watch; watch now;
                watch live; now playing; up next; transcript; expand; enlarge; enlarge this image;
                hide caption; toggle caption; caption; subscribe; subscribed; subscribe now; sign
                up; sign in; sign out; log in; login; logout; register; account; my account;
                newsletter; newsletters; donate; become a member; join; follow; following; follow
                us; contact; contact us; about; about us; careers; terms; privacy; cookies; help;
                faq; advertise; sitemap; site map; go deeper; key points; quick read; in brief; skip
                to content; skip to main content; skip advertisement; skip; breadcrumb trail links;
                back to top; top of page; article content; end of article; continue reading; read
                full story; read full article; read entire article; read the full article; read the
                full story; read original; source; view original; original article; view post; this
                post; in this article; on this page; table of contents; contents; jump to; or; and;
                by; image caption; media caption; image source; published; updated; last updated; 1
                min; email address; your email; submit; cancel; ok; yes; no; thanks; fact check;
                breaking; breaking news; exclusive; premium; subscriber only; subscribers only;
                members only; for subscribers; free; anzeige; werbung; teilen; drucken; merken;
                gemerkt; speichern; vorlesen; artikel anhören; anhören; kommentare; kommentar;
                kommentieren; leserdiskussion; zur startseite; startseite; zur app; menü; suche;
                schließen; mehr; mehr anzeigen; mehr laden; weiterlesen; weiter; zurück; abonnieren;
                anmelden; registrieren; newsletter abonnieren; folgen; bild; bilder; foto; fotos;
                bilderstrecke; bildergalerie; video abspielen; themen; schlagworte; alle themen;
                nach oben; artikel merken; artikel teilen; artikel drucken; link kopieren; link
                kopiert; per mail; feedback; fehler melden; impressum; datenschutz; abo; jetzt
                testen; exklusiv; plus; quelle; inhalt; von; artikel verschenken; verschenken;
                hören; audio; auf facebook teilen; zum artikel; bildbeitrag; audiobeitrag;
                videobeitrag; schlagwörter; bildrechte; web share; artikel teilen mit; hauptinhalt;
                navigation; standort; nach oben scrollen; zum seitenanfang; link kopieren link
                kopieren; das wichtigste in kürze; in kürze; auf einen blick; auf dieser seite;
                inhaltsverzeichnis; hinweis der redaktion; transparenzhinweis; so berichten wir;
                info; infobox; pfeil nach rechts; pfeil nach links; copyright; zum thema; audio
                starten; partager; imprimer; enregistrer; commenter; commentaires; commentaire;
                réagir; publicité; sommaire; lien copié; copier le lien; envoyer; s'inscrire; se
                connecter; identifiez-vous; s'abonner; je m'abonne; s'inscrire gratuitement; vous
                possédez déjà un compte; menu; rechercher; accueil; fermer; écouter; écouter
                l'article; lire plus tard; lecture; vidéo; vidéos; photo; par; suivre; offrir
                l'article; offrir; newsletters; connexion; sauvegarder; lire l'article; la suite;
                ajouter à vos sélections; ajouter aux favoris; lire dans l'app; passer la publicité;
                voir plus; plus d'infos; réservé aux abonnés; article réservé aux abonnés; abonnés;
                compartir; comparte; guardar; imprimir; comentarios; comentar; publicidad; enviar;
                suscríbete; inicia sesión; iniciar sesión; regístrate; menú; buscar; inicio; cerrar;
                escuchar; leer más; ver más; seguir; vídeo; vídeos; fotos; foto; por; copiar enlace;
                enlace copiado; normas; archivado en; boletín; boletines; más noticias; facebook
                twitter; escuchar noticia; síguenos; flecha; añadir usuario; condividi; salva;
                stampa; commenti; commenta; commenta la notizia; leggi e commenta; pubblicità;
                annuncio; iscriviti; accedi; abbonati; registrati; menu; cerca; chiudi; ascolta;
                ascolta l'articolo; leggi di più; continua a leggere; segui; video; foto; di; copia
                link; riproduzione riservata; partecipa alla discussione; regala; invia; i commenti;
                newsletter; partilhar; compartilhar; guardar; imprimir; comentários; publicidade;
                assine; entrar; fechar; ouvir; ouça este conteúdo; leia mais; delen; opslaan;
                afdrukken; reacties; advertentie; abonneer; inloggen; dela; spara; annons;
                kommentarer; logga in; del; lagre; skriv ut; článek; artikel; artículo; article;
                articolo; おすすめ情報; 関連キーワード; 関連記事; 関連リンク; 完了しました;
                この記事は会員限定です; 続きを読む; シェア; ツイート; 印刷; 保存; 広告;""".replace(
        "\n", ";"
    ).split(";")
    if line.strip()
)

# Words of share bars: a line of nothing else is one.
NETWORKS = frozenset(
    "facebook twitter x linkedin linked in whatsapp whats app reddit pinterest tumblr flipboard"
    " messenger telegram bluesky threads instagram youtube you tube tiktok tik tok xing vk send"
    " email e-mail mail print copy link url copied share on via teilen auf per drucken kopieren"
    " link kopiert partager sur envoyer compartir en condividi su mastodon pocket sms signal line"
    " snapchat comments comment save google news feedly rss bookmark more mehr follow us and or den"
    " der artikel".split()
)

# Beginnings of lines that ask, offer or speak about the page itself.
ASKS = re.compile(
    r"(?:sign[- ]?up|sign in|signed up|subscribe|subscription|register (?:now|for|to|/)|log[-"
    r" ]?in|create (?:an|your) account"
    r"|join (?:our|the conversation|now|us|thousands)|follow (?:us|me|him|her|them|the|@)|get"
    r" (?:the latest|our|email|all the"
    r"|unlimited|breaking)"
    r"|download (?:the|our)|click (?:here|to|below)|tap (?:here|to)|by"
    r" (?:signing|clicking|submitting|subscribing|registering"
    r"|entering|providing|continuing)|you(?:['’]ve| have)"
    r" (?:successfully|been|reached)|you(?:['’]re| are) (?:reading|receiving"
    r"|signed|now)|thanks? (?:you )?for (?:signing|subscribing|reading|your)"
    r"|already (?:a|an|have)|this"
    r" (?:article|content|story|page|website|site|video|feature|newsletter) (?:is|was (?:originally"
    r"|first|produced|amended|updated)|may|has"
    r" been|originally|first|contains|uses|requires|can)|access (?:your|articles|to)"
    r"|don['’]t (?:have an account|miss)|need to be a|please (?:read|enable|sign|log|note"
    r" that|check|enter|try|wait|refresh"
    r"|consider|keep|support)|would you like to|want (?:more|to read)|share"
    r" (?:this|on|via|your|story|to|with)|copy (?:the )?link"
    r"|skip to|go to (?:navigation|main|search|footer|access|the)|view"
    r" (?:more|all|in|this|offers|the)"
    r"|read more|read next|read also|read the|read our|read full|also read|show (?:more|less)|see"
    r" (?:also|more|all)|find (?:us"
    r"|out more|more)|story continues|article continues|continue (?:reading|with)|scroll"
    r" (?:to|down)|(?:this )?advertisement"
    r"|we apologi[sz]e|loading|try refreshing|your"
    r" (?:browser|email|account|subscription|privacy)|watch ?[:|]|listen ?[:|]"
    r"|listen to|video ?[:|]|podcast ?[:|]|gallery ?[:|]|photos?"
    r" ?:\s*\S+\s*photos|copyright\b|©|\(c\) \d{4}|all (?:rights reserved"
    r"|site contents|times)|our standards|purchase licens|license this|licensing|reprints|terms"
    r" (?:of|and)|privacy (?:policy"
    r"|notice)|cookie|email (?:address|us|me)|e-?mail:|contact (?:the|us|me)|have (?:a|you got a)"
    r" (?:tip|question|story)"
    r"|do you have|got a (?:tip|story)|send (?:us|your)|with files from"
    r"|support (?:independent|our|the|quality|us)|become a|donate|make a"
    r" (?:donation|contribution)|card \d{1,3} of"
    r"|\d{1,3} of \d{1,3}$|slide \d|if you (?:are|have|would|like|enjoy|need"
    r" help|want|value|click|buy"
    r"|purchase)[^.]{0,80}(?:subscri|account|newsletter|e-?mail|article|commission|sign|login|samaritans|helpline)|get"
    r" in touch"
    r"|submit a|related"
    r" (?:tags|topics|articles|stories|content|links|coverage|countries|people|reading)|duration"
    r"|image(?:s)? (?:source|caption)|to read the rest|unlock|special offer|limited time|just"
    r" \S{1,6} for|save (?:up to )?\d"
    r"|\d{1,2}% off|voucher|enjoy (?:unlimited|our|this)|exclusive (?:articles|offers)|view this"
    r" post|a post shared by"
    r"|embedded content|external content|this embed|to view this|newsletter|buy now|order now|shop"
    r" (?:now|the)"
    r"|opens? (?:in )?(?:a )?new (?:tab|window)|\d+ (?:comments?|shares?|views?|likes?)\b|comments?"
    r" ?\(?\d+|be the first to"
    r"|(?:do you |did you )?like this (?:story|article)\?|you need to be a"
    r" (?:subscriber|member)|this (?:feature|function) is only for"
    r"|views expressed|the views|disclaimer|disclosure|editor['’]s note|correction:|the author"
    r" is|about the author)"
    r"|(?:werbung\b|schicken sie|schreib(?:en sie)? uns|folgst du|folge (?:uns|jetzt)|kommentar"
    r" (?:hinzufügen"
    r"|schreiben|verfassen|abgeben)|mit agenturmaterial|mit material|mostrar"
    r" comentarios|cargando|mostrar más"
    r"|voir les commentaires|ad block|add .{2,30} to your|for more stories|sign me up|nouveau ?:"
    r" découvrez"
    r"|die redaktion empfiehlt|das ist die|alle informationen|wie denken sie|was denken sie|was"
    r" meinen sie"
    r"|diskutieren|unterstützen sie|jetzt spenden|sie lesen gerade|sie waren einige zeit|aktuell"
    r" sind sie"
    r"|mit ihrem abo|wir verwenden cookies|wir nutzen cookies|klicken,? (?:um|sie)|klicke"
    r" (?:hier|auf)|(?:auf"
    r"|per|über|via) \S{1,12} (?:teilen"
    r"|versenden|senden|schicken)|zu den kommentaren|anzahl (?:der )?kommentare|\d+"
    r" kommentare?|seite \d|artikel (?:teilen|drucken"
    r"|merken|anhören|kommentieren|lesen|vom|weiterempfehlen|speichern)|diesen artikel|sendung"
    r" (?:vom|in)|über dieses thema"
    r"|haben sie (?:einen )?(?:fehler|fragen)|fehler (?:melden|gefunden)|sie haben einen"
    r" fehler|kopiere|link (?:in die|wurde|zum)"
    r"|(?:mehr|weitere) (?:infos|informationen)|neuer bereich|bildunterschrift|stand"
    r" ?:|neueste|nutzungsbedingungen"
    r"|allgemeine geschäfts|(?:the )?(?:we|this site|our site|our website) uses? cookies|aktuelle"
    r" zeit|news folgen"
    r"|jetzt"
    r" (?:abonnieren|anmelden|testen|lesen|registrieren|bestellen|kostenlos|herunterladen|mit"
    r"|weiterlesen|downloaden)"
    r"|melden sie|abonnieren|abonniere|registrieren|hier (?:anmelden|klicken|können"
    r" sie|geht|finden|lesen|gibt|bestellen|alle)"
    r"|bitte (?:melden|aktivieren|beachten|geben|loggen)|alle rechte|lesezeit|lesedauer|weitere"
    r" (?:videos|artikel|themen"
    r"|nachrichten|infos|informationen|meldungen)|alle"
    r" (?:themen|artikel|nachrichten|infos|news)|zur (?:\S+-)?startseite"
    r"|dieses thema im programm|dieser (?:artikel|text|beitrag)"
    r" (?:ist|wurde|erschien|stammt)|artikelrechte|folgen sie|folge uns"
    r"|das könnte|empfohlener (?:redaktioneller )?|externer? inhalt|an dieser stelle|mit ihrer"
    r" zustimmung"
    r"|ich bin (?:damit )?einverstanden|bestellen sie|kurse und"
    r" finanzdaten|leser(?:diskussion|kommentare)|diskutieren sie"
    r"|schreiben sie|ihre meinung|kommentare? ?\(?\d|zum (?:newsletter|thema|artikel|abo)|zugang"
    r" zu|testen sie|sie (?:haben|möchten"
    r"|sind|können|wollen)[^.]{0,60}(?:abo|konto|artikel|angemeldet|newsletter|account)|mit"
    r" (?:material|informationen) (?:von|der)"
    r"|mehr (?:lesen|anzeigen|laden|dazu|aus|von|zum|zu|nachrichten|news|infos)|lesen sie|lies"
    r" auch|auch interessant|auch spannend"
    r"|passend dazu|quelle ?:|schlagwort|themen ?:|stichwort|text ?: \S+$|© |redaktion ?:|dieses"
    r" video|um diesen|wir benötigen"
    r"|inhalt (?:nicht|von)|datenschutz|von der redaktion empfohlen|mit (?:dpa|afp)\b|audio ?:)"
    r"|(?:abonnez|inscrivez|s['’](?:abonner|inscrire)|connectez|se"
    r" connecter|identifiez|partagez?|envoyer|ajouter|pour ajouter"
    r"|il vous reste|la suite est|cet article (?:est|vous)|article (?:réservé|abonné)|réservé"
    r" aux|temps de lecture|lecture \d"
    r"|suivez|écoute[rz]|voir (?:aussi|plus|tous|les commentaires)|lire (?:aussi|la"
    r" suite|plus|l['’]article|dans)|à (?:lire|voir"
    r"|découvrir|écouter)|découvr(?:ez|ir)|sur le même|nos (?:articles|offres|newsletters)|notre"
    r" (?:sélection|newsletter)|recevez"
    r"|téléchargez|profitez|contribuer|réutiliser|en savoir plus|vous"
    r" (?:avez|pouvez|souhaitez|n['’]êtes|êtes)[^.]{0,60}(?:abonn"
    r"|compte|article|newsletter|connect|commenter)|déjà abonné|tous droits|passer"
    r" la|publicité|copier|retrouvez"
    r"|(?:la )?rédaction vous|votre (?:adresse|email|abonnement)|\d+ commentaires?)"
    r"|(?:suscr[íi]b|regístrate|inicia sesión|recibe|comparte|compartir|tu suscripción|si"
    r" (?:quieres|continúas|está interesado"
    r"|decides|ya)|en el caso de no|¿(?:quieres añadir|por qué estás"
    r" viendo|tienes)|añadir|rellena|ya tengo|más información"
    r"|archivado|últimas noticias|lo más|lee también|leer (?:más|también)|ver (?:más|también)|te"
    r" puede|puedes seguir|sigue (?:toda"
    r"|leyendo|a)|sobre la firma|se adhiere|normas|especial"
    r" publicidad|haz(?:te|clic)|únete|accede|apúntate|todos los derechos"
    r"|esta funcionalidad|escucha|descarga|comentarios|noticias relacionadas|otras"
    r" noticias|temas|etiquetas)"
    r"|(?:abbonati|iscriviti|accedi|registrati|condividi|leggi (?:anche|e commenta|di"
    r" più|tutt|altr|l['’]articolo|la notizia)"
    r"|© ?riproduzione|riproduzione riservata|caratteri rimanenti|partecipa|ascolta|per"
    r" approfondire|potrebbe(?:ro)? interessar"
    r"|i più|ultime (?:notizie|news)|segui|scarica|guarda (?:anche|il video|le foto)|tutti i"
    r" diritti|vai al|clicca|sei già|hai già"
    r"|articoli correlati|altre notizie|argomenti|il (?:podcast|video)|ricevi|unisciti)"
    r"|(?:leia (?:também|mais)|assine|compartilhe|partilhe|inscreva|veja (?:também|mais)|saiba"
    r" mais|lees (?:ook|meer)|lees verder"
    r"|meld je|abonneer|volg ons|läs (?:också|mer|även)|prenumerera|les"
    r" (?:også|mer)|følg|abonner|deel dit|log ind|læs (?:også"
    r"|mere)|czytaj (?:też|także|więcej)|čtěte také|přečtěte)",
    re.I,
)

# Heads of boxes that hold links to other articles.
BOX = re.compile(
    r"(?:related\b|more (?:from|on|about|in|stories|news|top|to|like|techn|\S+$)|read more|read"
    r" next|read also|also read"
    r"|most (?:read|popular|viewed|shared|watched|commented)|top"
    r" (?:stories|news|videos|articles|headlines)|latest (?:stories|news"
    r"|articles|videos|headlines|in|from)|trending|popular"
    r" (?:now|stories|in)|recommended|editor['’]?s?['’]? (?:picks?|choice)"
    r"|you (?:might|may) (?:also )?(?:like|be interested|want)|don['’]t miss|what to read next|up"
    r" next|topics\b|tags\b|filed under"
    r"|in this (?:story|section)|explore (?:more|our)|further reading|new stories|today['’]s|best"
    r" of|must[- ]reads?|sponsored"
    r"|from our|from the|featured|our picks|our latest|see also|see more|watch\b ?[|:]|keep"
    r" reading|next article|previous article"
    r"|other stories|breaking news|stories for you|for you|sign up|join our|newsletter|question of"
    r" the day|voucher codes"
    r"|about the author|understand the|what to know|here['’]s what|on the topic|comments?$|read"
    r" our|check out|learn more"
    r"|around the web|promoted|people are reading|live updates"
    r"|mehr (?:zum|zu|aus|von|über)|auch interessant|auch lesenswert|lesen sie"
    r" (?:auch|mehr|dazu)|lies auch|lesetipps?"
    r"|meist(?:gelesen|geklickt)|das könnte|weitere"
    r" (?:artikel|themen|meldungen|nachrichten|beiträge)|passend (?:dazu|zum)|ähnliche"
    r"|verwandte|empfehlungen|empfohlen|aus (?:dem|unserem) (?:archiv|ressort)|top[-"
    r" ]?(?:themen|artikel|news)|neueste"
    r"|aktuelle (?:nachrichten|themen|meldungen)|schlagworte|themen\b|zum"
    r" thema|exklusive|beliebt|newsletter|hintergrund$"
    r"|kommentare|die wichtigsten|jetzt live|ebenfalls interessant|zu diesem artikel|mehr$"
    r"|lire aussi|à lire|à voir|à découvrir|sur le même|nos articles|articles liés|les plus"
    r" (?:lus|vus|partagés)|voir aussi"
    r"|à ne pas manquer|notre sélection|dans la même|plus d['’]articles|en continu|contenus"
    r" sponsorisés|thématiques|mots[- ]clés|tags"
    r"|más (?:información|noticias|sobre|en|leíd[oa]s|vist[oa]s)|lo más|lee también|leer también|te"
    r" puede|noticias relacionadas"
    r"|archivado|últimas noticias|relacionad[oa]s|temas|etiquetas|otras noticias|no te pierdas|ver"
    r" también|te recomendamos"
    r"|leggi anche|per approfondire|articoli correlati|potrebbe|i più (?:letti|visti)|ultime"
    r" (?:notizie|news)|altre notizie"
    r"|argomenti|vedi anche|correlati|consigliati|guarda anche|leia também|veja também|mais"
    r" (?:lidas|notícias)|lees ook|läs också"
    r"|läs mer|les også)",
    re.I,
)
# A box with the article's main points, between head and body.
KEY_POINTS = re.compile(
    r"(?:key (?:points|takeaways|facts)|takeaways|in brief|at a glance|summary|the (?:big|bottom)"
    r" (?:picture|line)|quick take"
    r"|darum geht['’]?s|das wichtigste(?: in kürze)?|in kürze|auf einen blick|zusammenfassung|der"
    r" artikel für sie zusammengefasst"
    r"|l['’]essentiel|en bref|en résumé|puntos clave|claves|en resumen|in sintesi|in breve|punti"
    r" chiave)\b.{0,20}$",
    re.I,
)
# Words about the page: two of them in one line speak of subscriptions, accounts and comments.
PAGE_WORDS = re.compile(
    r"\b(?:subscri(?:be|bers?|ption|ptions|bing)|newsletters?|inbox|sign(?:ed|ing)?"
    r" (?:up|in)|log(?:ged)?[- ]in|log in|account"
    r"|privacy (?:policy|notice)|terms (?:of (?:use|service)|and conditions|&"
    r" conditions)|cookies?|comments?|comment policy"
    r"|community guidelines|posts? (?:are|on"
    r" topic)|constructive|e-?paper|puzzles|crossword|unlimited (?:online )?access"
    r"|online access|exclusive articles|read(?:ers)? (?:ad|our)|registered|your"
    r" (?:email|inbox|browser|account|preferences"
    r"|settings)|app store|our app|download|donat(?:e|ion)|paywall|independent journalism|quality"
    r" journalism|support (?:local|our)"
    r"|opt[- ]out|unsubscribe|recaptcha|affiliate|commission"
    r"|abo|abos|abonnement|abonnent(?:en|innen)?|abonnieren|posteingang|anmelden|anmeldung|anmelde|registrieren|datenschutz\w{0,12}"
    r"|nutzungsbedingungen|agb|kommentar(?:e|bereich|funktion)?|leserinnen und"
    r" lesern?|netiquette|einwilligung|widerruf\w{0,10}"
    r"|e-mail-adresse|privatsphäre\w{0,14}|push-nachrichten|unser(?:en|em|e)?"
    r" (?:newsletter|app|angebot|podcast|whatsapp-kanal)"
    r"|affiliate-links?|provision|feedback|maschinelle übersetzung|künstlich"
    r" (?:erzeugt|generiert)|redaktionell"
    r"|abonn(?:é|és|ez|er|ement)|boîte mail|inscri(?:vez|re|ption)|identifiez|votre"
    r" (?:adresse|compte|email)|données personnelles"
    r"|désinscrire|se connecter|conditions"
    r" générales|suscri(?:ptor|ptores|pción|bir|birte|bete)|boletín|tu (?:cuenta|suscripción"
    r"|correo|contraseña|dispositivo)|política de privacidad|iniciar"
    r" sesión|abbona(?:ti|mento|to)|iscri(?:viti|zione)"
    r"|la tua (?:casella|email)|registrat[oi]|informativa)\b",
    re.I,
)
BIO = re.compile(
    r"(?:is (?:a|an|the|our|one|currently|senior|chief)|was (?:a|an|the)|has"
    r" (?:been|covered|worked|written|reported)|covers|writes"
    r"|joined|reports"
    r" on|works|ist|war|arbeitet|schreibt|berichtet|leitet|studierte|est|travaille|couvre"
    r"|écrit|es|trabaja|escribe|è"
    r"|scrive|lavora|,)\b",
    re.I,
)
# A sentence with one of these reports what somebody said: a paragraph, and not a caption.
REPORTS = re.compile(
    r"\b(?:said|says|told|added|according to|warned|announced|argued|noted"
    r"|sagt(?:e|en)?|teilt(?:e|en) .{0,60}\bmit|betont(?:e|en)|berichtet(?:e|en)"
    r"|a déclaré|ont déclaré|a affirmé|a expliqué|a indiqué|a ajouté|selon"
    r"|dij(?:o|eron)|afirm[óo]|asegur[óo]|explic[óo]|añadi[óo]|según"
    r"|ha (?:detto|dichiarato|spiegato|aggiunto)|secondo"
    r"|disse(?:ram)?|zei(?:den)?|zegt|volgens|sade|säger|enligt|sier|sagde|siger"
    r"|powiedziała?|сказала?|сообщила?)\b",
    re.I,
)
STAMP_WORDS = re.compile(
    r"\b(?:published|posted|updated?|last|first|modified|created|on|at|about|time|date|edited|issued|original(?:ly)?|hours?|ago"
    r"|min(?:ute)?s?\.?|read(?:ing)?|views?|stand|vom|uhr|um|aktualisiert|veröffentlicht|erstellt|zuletzt|geändert|lesezeit"
    r"|lesedauer|min|artikel|am|publié|mis|mise|à|jour|modifié|créé|le|par|lecture|temps|de|publicado|actualizado|a|las|el|del|hora"
    r"|lectura|pubblicato|aggiornato|alle|ore|il|modifica|ultimo|aggiornamento|creato|tempo|di|lettura|em|atualizado|às"
    r"|gepubliceerd|bijgewerkt|van|vor|il|y|a|ha|fa|hace|days?|weeks?|months?|years?|ist|edt|est|et|gmt|utc|local|jahre?n?|stunden?"
    r"|minuten?|tage?n?|heures?|jours?|ans?|mois|words?|words)\b",
    re.I,
)
UPDATED = re.compile(
    r"(?:updat(?:ed?|ing)|modified|last"
    r" changed|revised|aktualisiert|geändert|überarbeitet|mis(?:e)? à jour|modifié|actualizad[oa]"
    r"|actualización|aggiornat[oa]|aggiornamento|modifica|atualizad[oa]|actualitzat|bijgewerkt|gewijzigd|edited|opdateret|oppdatert"
    r"|uppdaterad|päivitetty|muokattu|uppfært|aktualizacja|zaktualizowano|aktualizováno|upraveno|aktualizované|frissítve|módosítva"
    r"|actualizat|обновлен[оа]|изменено|оновлено|обновена|ажурирано|ažurirano|posodobljeno|ενημερώθηκε|τελευταία"
    r" ενημέρωση"
    r"|güncellen(?:me|di)|güncelleme|yeniləndi|diperbarui|dikemas kini|cập"
    r" nhật|อัปเดต|อัพเดท|अपडेट|تحديث|به‌روزرسانی|עודכן|更新|수정|업데이트)"
    r"[^0-9]{0,25}$",
    re.I,
)

_QUOTES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\u00a0": " ",
        "\u202f": " ",
    }
)
_TRIM = " \t.,:;!?…›»>|•·-–—_*+#\"'()[]↓→←▶▼"


def folded(line: str) -> str:
    """``line`` for look-ups: case, quotes and outer punctuation folded."""
    return " ".join(line.translate(_QUOTES).casefold().split()).strip(_TRIM)


# We and you in one line that is not a quotation: the source speaks to its reader.
_WE = re.compile(
    r"\b(?:we|our|us|wir|uns|unser(?:e[mnrs]?)?|nous|notre|nos|nosotros|nuestr[oa]s?|noi|nostr[oaie])\b",
    re.I,
)
_YOU = re.compile(
    r"\b(?:you|your|yours|Sie|Ihre[mnrs]?|Ihnen|[dD]u|[dD]ir|[dD]ich|[dD]eine?[mnrs]?|vous|votre|vos|ustedes?|voi|vostr[oaie])\b"
)
_ASKED = re.compile(
    r"\b(?:readers?|support|contribut\w{1,6}|journalism|for free|free of charge|feedback|our"
    r" (?:team|site|page"
    r"|website|newsroom)|email|article|leser\w{0,8}|unterstütz\w{1,6}"
    r"|journalismus|kostenlos|artikel|redaktion|beitrag|lecteurs?|lectrices?|soutenez|soutien|journalisme"
    r"|gratuit|lectores|apoya|periodismo|gratis|lettori|sostieni|giornalismo)\b",
    re.I,
)


def speaks_to_reader(line: str) -> bool:
    """Whether the source addresses its reader: ``We are proud to provide our readers …``, ``Support
    us``."""
    if any(c in line for c in '“”„«»"'):
        return False
    you, us = bool(_YOU.search(line)), bool(_WE.search(line))
    if not (you or us):
        return False
    page = bool(PAGE_WORDS.search(line))
    return (you and us and (page or bool(_ASKED.search(line)))) or (
        page and (you or us) and len(line.split()) < 60
    )
