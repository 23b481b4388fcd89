<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Accounts</name>
    <message>
        <source>It cannot be renewed; the tool would lose it when it ends.</source>
        <translation>Es lässt sich nicht erneuern; das Werkzeug würde es an seinem Ende verlieren.</translation>
    </message>
    <message>
        <source>It is being renewed just now.</source>
        <translation>Es wird gerade erneuert.</translation>
    </message>
    <message>
        <source>cannot be read as a login just now</source>
        <translation>lässt sich gerade nicht als Login lesen</translation>
    </message>
    <message>
        <source>was changed by its tool a moment ago; try again in a few seconds</source>
        <translation>wurde eben von seinem Werkzeug geändert; in ein paar Sekunden noch einmal versuchen</translation>
    </message>
    <message>
        <source>is not among the logins that can be used there</source>
        <translation>gehört nicht zu den Logins, die dort benutzt werden können</translation>
    </message>
    <message>
        <source>is being renewed just now; try again in a moment</source>
        <translation>wird gerade erneuert; gleich noch einmal versuchen</translation>
    </message>
    <message>
        <source>does not let its account be exchanged here</source>
        <translation>lässt sein Konto hier nicht austauschen</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>found a login</source>
        <translation>ein Login gefunden</translation>
    </message>
    <message>
        <source>the tool renewed its token</source>
        <translation>das Werkzeug hat sein Token erneuert</translation>
    </message>
    <message>
        <source>signed in: a renewable login replaces the bare token</source>
        <translation>angemeldet: ein erneuerbares Login ersetzt das bloße Token</translation>
    </message>
    <message>
        <source>the tool was signed in to another account</source>
        <translation>das Werkzeug wurde bei einem anderen Konto angemeldet</translation>
    </message>
    <message>
        <source>the copy holds less than before; Keytender keeps what it knew</source>
        <translation>die Kopie enthält weniger als zuvor; Keytender behält, was es wusste</translation>
    </message>
    <message>
        <source>an older token came back; Keytender keeps the newer one</source>
        <translation>ein älteres Token kam zurück; Keytender behält das neuere</translation>
    </message>
    <message>
        <source>the tool blanked its record</source>
        <translation>das Werkzeug hat seinen Eintrag geleert</translation>
    </message>
    <message>
        <source>the record is gone</source>
        <translation>der Eintrag ist verschwunden</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>war nicht lesbar</translation>
    </message>
    <message>
        <source>another token, and neither is provably newer</source>
        <translation>ein anderes Token, und keines ist nachweislich neuer</translation>
    </message>
    <message>
        <source>holds another account&apos;s login; Keytender keeps this one</source>
        <translation>enthält das Login eines anderen Kontos; Keytender behält dieses</translation>
    </message>
    <message>
        <source>in step</source>
        <translation>im Gleichstand</translation>
    </message>
    <message>
        <source>nothing there</source>
        <translation>nichts vorhanden</translation>
    </message>
    <message>
        <source>something that only a later Keytender can tell</source>
        <translation>etwas, das nur ein neueres Keytender erzählen kann</translation>
    </message>
    <message>
        <source>renewed by Keytender</source>
        <translation>von Keytender erneuert</translation>
    </message>
    <message>
        <source>a newer token was there already; nothing was sent</source>
        <translation>ein neueres Token war schon da; nichts wurde gesendet</translation>
    </message>
    <message>
        <source>renewed, and kept in the journal until the vault can be written</source>
        <translation>erneuert und im Journal aufbewahrt, bis der Tresor beschreibbar ist</translation>
    </message>
    <message>
        <source>not renewed: the provider could not be reached</source>
        <translation>nicht erneuert: der Anbieter war nicht erreichbar</translation>
    </message>
    <message>
        <source>not renewed: another program holds the lock</source>
        <translation>nicht erneuert: ein anderes Programm hält die Sperre</translation>
    </message>
    <message>
        <source>not renewed: something could not be read or stored</source>
        <translation>nicht erneuert: etwas ließ sich nicht lesen oder speichern</translation>
    </message>
    <message>
        <source>not renewed: the server is not well, or asked for patience</source>
        <translation>nicht erneuert: dem Server geht es nicht gut, oder er bat um Geduld</translation>
    </message>
    <message>
        <source>not renewed: the server does not accept how it was asked</source>
        <translation>nicht erneuert: der Server nimmt die Anfrage so nicht an</translation>
    </message>
    <message>
        <source>asked for a renewal, and no answer came</source>
        <translation>um Erneuerung gebeten, und keine Antwort kam</translation>
    </message>
    <message>
        <source>not renewed: the answer held no access token</source>
        <translation>nicht erneuert: die Antwort enthielt kein Zugriffstoken</translation>
    </message>
    <message>
        <source>the provider has ended this sign-in</source>
        <translation>der Anbieter hat diese Anmeldung beendet</translation>
    </message>
    <message>
        <source>the provider took the refresh token, and its answer was lost</source>
        <translation>der Anbieter nahm das Erneuerungstoken, und seine Antwort ging verloren</translation>
    </message>
    <message>
        <source>another account&apos;s login came back; it was put aside</source>
        <translation>das Login eines anderen Kontos kam zurück; es wurde beiseitegelegt</translation>
    </message>
    <message>
        <source>not renewed: its copies disagree</source>
        <translation>nicht erneuert: seine Kopien sind sich nicht einig</translation>
    </message>
    <message>
        <source>not renewed: there was no login any more</source>
        <translation>nicht erneuert: es gab kein Login mehr</translation>
    </message>
    <message>
        <source>renewing was stopped</source>
        <translation>die Erneuerung wurde abgebrochen</translation>
    </message>
    <message>
        <source>signed in</source>
        <translation>angemeldet</translation>
    </message>
    <message>
        <source>signed in again</source>
        <translation>neu angemeldet</translation>
    </message>
    <message>
        <source>added by hand</source>
        <translation>von Hand hinzugefügt</translation>
    </message>
    <message>
        <source>signed out; the provider confirmed it</source>
        <translation>abgemeldet; der Anbieter hat es bestätigt</translation>
    </message>
    <message>
        <source>signed out here; still valid at the provider, to be tried again</source>
        <translation>hier abgemeldet; beim Anbieter noch gültig, wird erneut versucht</translation>
    </message>
    <message>
        <source>signed out here; at the provider only you can end it</source>
        <translation>hier abgemeldet; beim Anbieter kannst nur du es beenden</translation>
    </message>
    <message>
        <source>forgotten here; the provider was not told</source>
        <translation>hier vergessen; dem Anbieter wurde nichts gesagt</translation>
    </message>
    <message>
        <source>not signed out</source>
        <translation>nicht abgemeldet</translation>
    </message>
    <message>
        <source>the provider confirmed that an earlier sign-in has ended</source>
        <translation>der Anbieter hat bestätigt, dass eine frühere Anmeldung beendet ist</translation>
    </message>
    <message>
        <source>an earlier sign-in is still valid at the provider; tried again</source>
        <translation>eine frühere Anmeldung ist beim Anbieter noch gültig; erneut versucht</translation>
    </message>
    <message>
        <source>lock taken</source>
        <translation>Sperre genommen</translation>
    </message>
    <message>
        <source>read again</source>
        <translation>neu gelesen</translation>
    </message>
    <message>
        <source>a newer token was there</source>
        <translation>ein neueres Token war da</translation>
    </message>
    <message>
        <source>noted</source>
        <translation>vermerkt</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>sent once more</source>
        <translation>noch einmal gesendet</translation>
    </message>
    <message>
        <source>answer received</source>
        <translation>Antwort erhalten</translation>
    </message>
    <message>
        <source>answer stored</source>
        <translation>Antwort gespeichert</translation>
    </message>
    <message>
        <source>given to its tools</source>
        <translation>an die Werkzeuge gegeben</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>the tool has put its tokens away for a renewal</source>
        <translation>das Werkzeug hat seine Token für eine Erneuerung weggelegt</translation>
    </message>
    <message>
        <source>you chose who renews it</source>
        <translation>du hast gewählt, wer es erneuert</translation>
    </message>
    <message>
        <source>put the current tokens back over spent ones</source>
        <translation>die geltenden Token wieder über verbrauchte geschrieben</translation>
    </message>
    <message>
        <source>another program keeps writing spent tokens back</source>
        <translation>ein anderes Programm schreibt immer wieder verbrauchte Token zurück</translation>
    </message>
    <message>
        <source>handed its access token on</source>
        <translation>sein Zugriffstoken weitergegeben</translation>
    </message>
    <message>
        <source>could not hand its access token on</source>
        <translation>sein Zugriffstoken ließ sich nicht weitergeben</translation>
    </message>
    <message>
        <source>another account is in use here now</source>
        <translation>hier ist jetzt ein anderes Konto in Gebrauch</translation>
    </message>
    <message>
        <source>put away; Keytender keeps it fresh</source>
        <translation>weggelegt; Keytender hält es frisch</translation>
    </message>
    <message>
        <source>rescued: the tokens that its tool had locked away are back</source>
        <translation>gerettet: die Token, die sein Werkzeug weggesperrt hatte, sind zurück</translation>
    </message>
    <message>
        <source>the last write was undone</source>
        <translation>der letzte Schreibvorgang wurde rückgängig gemacht</translation>
    </message>
    <message>
        <source>its tool was asked to renew it, and did</source>
        <translation>sein Werkzeug wurde um die Erneuerung gebeten und hat sie vorgenommen</translation>
    </message>
    <message>
        <source>its tool was asked to renew it, and did not</source>
        <translation>sein Werkzeug wurde um die Erneuerung gebeten und hat sie nicht vorgenommen</translation>
    </message>
</context>
<context>
    <name>Care</name>
    <message>
        <source>Keep fresh</source>
        <translation>Frisch halten</translation>
    </message>
    <message>
        <source>Keytender renews it ahead of time, under %1&apos;s own lock, and writes the result back into %1&apos;s file. %1 notices nothing but a login that does not run out.</source>
        <translation>Keytender erneuert es vor der Zeit, unter der eigenen Sperre von %1, und schreibt das Ergebnis in die Datei von %1 zurück. %1 merkt davon nur, dass das Login nicht abläuft.</translation>
    </message>
    <message>
        <source>Ask %1 to renew it</source>
        <translation>%1 um die Erneuerung bitten</translation>
    </message>
    <message>
        <source>When it runs out, Keytender starts %1 once, so that it renews its login by itself. Keytender neither spends nor writes anything and tells you when that does not help.</source>
        <translation>Wenn es abläuft, startet Keytender %1 einmal, damit es sein Login selbst erneuert. Keytender verbraucht und schreibt nichts und sagt dir, wenn das nicht hilft.</translation>
    </message>
    <message>
        <source>Only watch</source>
        <translation>Nur beobachten</translation>
    </message>
    <message>
        <source>Keytender shows how long it lasts and tells you before it ends. It spends nothing and writes nothing; %1 renews it when it is used.</source>
        <translation>Keytender zeigt, wie lange es hält, und meldet sich vor dem Ende. Es verbraucht und schreibt nichts; %1 erneuert es, wenn es benutzt wird.</translation>
    </message>
    <message>
        <source>ahead of its end, at %1</source>
        <translation>vor seinem Ende, bei %1</translation>
    </message>
    <message>
        <source>about %1 before it ends, at %2</source>
        <translation>etwa %1 vor seinem Ende, bei %2</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Keytender could not read the request: %1. The connection is closed.</source>
        <translation>Keytender konnte die Anfrage nicht lesen: %1. Die Verbindung wird geschlossen.</translation>
    </message>
    <message>
        <source>The answer is too long to be sent. Nothing was sent.</source>
        <translation>Die Antwort ist zu lang, um gesendet zu werden. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>The request did not arrive in time. Send it again.</source>
        <translation>Die Anfrage kam nicht rechtzeitig an. Sende sie noch einmal.</translation>
    </message>
    <message>
        <source>This took too long, and Keytender gave it up. Ask again.</source>
        <translation>Das dauerte zu lange, und Keytender hat es aufgegeben. Frage noch einmal.</translation>
    </message>
</context>
<context>
    <name>Consent</name>
    <message>
        <source>There is nobody to ask whether %1 may use %2, and the system does not tell which program it is: start it in another way.</source>
        <translation>Es ist niemand da, der gefragt werden könnte, ob %1 das Login %2 benutzen darf, und das System verrät nicht, welches Programm es ist: Starte es auf andere Weise.</translation>
    </message>
    <message>
        <source>There is nobody to ask whether %1 may use %2: start Keytender&apos;s tray app, or add %3 to the list “consent” in %4.</source>
        <translation>Es ist niemand da, der gefragt werden könnte, ob %1 das Login %2 benutzen darf: Starte Keytender im Infobereich, oder füge %3 der Liste „consent“ in %4 hinzu.</translation>
    </message>
    <message>
        <source>%1 may not use %2: the list “consent” in %3 says so, and can be changed.</source>
        <translation>%1 darf %2 nicht benutzen: So steht es in der Liste „consent“ in %3, und das lässt sich ändern.</translation>
    </message>
    <message>
        <source>%1 may never use %2, as you said: Keytender&apos;s menu, “Programs…”, is where to take that back.</source>
        <translation>%1 darf %2 nie benutzen, wie du gesagt hast: Im Menü von Keytender, unter „Programme …“, lässt sich das zurücknehmen.</translation>
    </message>
    <message>
        <source>The screen is locked, and no program is given anything meanwhile: unlock it and let %1 ask for %2 again.</source>
        <translation>Der Bildschirm ist gesperrt, und solange bekommt kein Programm etwas: Entsperre ihn und lass %1 noch einmal um %2 bitten.</translation>
    </message>
    <message>
        <source>%1 was not given %2 a moment ago: it can ask again in half a minute.</source>
        <translation>%1 hat %2 eben nicht bekommen: In einer halben Minute kann es wieder fragen.</translation>
    </message>
    <message>
        <source>Other programs wait for your answer: answer them and let %1 ask for %2 again.</source>
        <translation>Andere Programme warten auf deine Antwort: Antworte ihnen und lass %1 noch einmal um %2 bitten.</translation>
    </message>
    <message>
        <source>%1 was not given %2 this time: run it again to be asked again.</source>
        <translation>%1 hat %2 diesmal nicht bekommen: Führe es noch einmal aus, um wieder gefragt zu werden.</translation>
    </message>
    <message>
        <source>The login has changed while you were asked whether %1 may use %2: run it again to be asked again.</source>
        <translation>Das Login hat sich geändert, während du gefragt wurdest, ob %1 das Login %2 benutzen darf: Führe es noch einmal aus, um wieder gefragt zu werden.</translation>
    </message>
    <message>
        <source>%1 asks for %2 more often than %3 times a minute: it has to ask less often.</source>
        <translation>%1 bittet öfter als %3-mal in der Minute um %2: Es muss seltener fragen.</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>Ein Programm</translation>
    </message>
</context>
<context>
    <name>Delegation</name>
    <message>
        <source>the program was not found</source>
        <translation>das Programm wurde nicht gefunden</translation>
    </message>
    <message>
        <source>it ended with exit code %1</source>
        <translation>es endete mit dem Code %1</translation>
    </message>
    <message>
        <source>it did not end in time</source>
        <translation>es endete nicht rechtzeitig</translation>
    </message>
    <message>
        <source>it left its login as it was</source>
        <translation>es ließ sein Login, wie es war</translation>
    </message>
    <message>
        <source>There is no command that makes its tool renew it.</source>
        <translation>Es gibt keinen Befehl, auf den hin sein Werkzeug es erneuert.</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Port %1 for sign-ins</source>
        <translation>Port %1 für Anmeldungen</translation>
    </message>
    <message>
        <source>Port %1 %2. Sign-ins of %3 come back to it.</source>
        <translation>Port %1 %2. Anmeldungen bei %3 kommen dorthin zurück.</translation>
    </message>
    <message>
        <source>Where a sign-in waits there, finish it. Otherwise end that program, or sign in with a device code.</source>
        <translation>Wartet dort eine Anmeldung, bring sie zu Ende. Sonst beende dieses Programm, oder melde dich mit einem Gerätecode an.</translation>
    </message>
    <message>
        <source>Ports for sign-ins</source>
        <translation>Ports für Anmeldungen</translation>
    </message>
    <message>
        <source>Nobody is in the way of a sign-in on %1.</source>
        <translation>Einer Anmeldung auf %1 steht niemand im Weg.</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Have the system keep the time: timedatectl set-ntp true</source>
        <translation>Lass das System die Uhr stellen: timedatectl set-ntp true</translation>
    </message>
    <message>
        <source>This machine&apos;s clock is %1 min behind that of a provider.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der eines Anbieters %1 Min. nach.</translation>
    </message>
    <message>
        <source>This machine&apos;s clock is %1 min ahead of that of a provider.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der eines Anbieters %1 Min. vor.</translation>
    </message>
    <message>
        <source>Tools take tokens for valid that are not, or renew them too early.</source>
        <translation>Werkzeuge halten Token für gültig, die es nicht sind, oder erneuern sie zu früh.</translation>
    </message>
    <message>
        <source>Logins were written at times that are still to come: the clock is behind, or was ahead then.</source>
        <translation>Logins wurden zu Zeiten geschrieben, die erst noch kommen: Die Uhr geht nach oder ging damals vor.</translation>
    </message>
    <message>
        <source>No time service keeps this machine&apos;s clock. Should it go wrong, tools renew tokens too early or too late.</source>
        <translation>Kein Zeitdienst stellt die Uhr dieses Rechners. Ginge sie falsch, würden Werkzeuge Token zu früh oder zu spät erneuern.</translation>
    </message>
    <message>
        <source>It could not be looked at whether a time service keeps this machine&apos;s clock.</source>
        <translation>Es ließ sich nicht ansehen, ob ein Zeitdienst die Uhr dieses Rechners stellt.</translation>
    </message>
    <message>
        <source>Nothing speaks against this machine&apos;s clock.</source>
        <translation>Nichts spricht gegen die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>File of %1</source>
        <translation>Datei von %1</translation>
    </message>
    <message>
        <source>It holds a login, and every user of this machine may open it (mode %1).</source>
        <translation>Sie enthält ein Login, und jeder Benutzer dieses Rechners darf sie öffnen (Modus %1).</translation>
    </message>
    <message>
        <source>It holds a login, and others of your group may open it (mode %1).</source>
        <translation>Sie enthält ein Login, und andere aus deiner Gruppe dürfen sie öffnen (Modus %1).</translation>
    </message>
    <message>
        <source>Nobody but you has to read it. Should somebody have done so, sign out and in again.</source>
        <translation>Niemand außer dir muss sie lesen. Sollte es jemand getan haben, melde dich ab und wieder an.</translation>
    </message>
    <message>
        <source>Make it private</source>
        <translation>Privat machen</translation>
    </message>
    <message>
        <source>It is a link, has a second name or belongs to somebody else, so that Keytender leaves it alone.</source>
        <translation>Sie ist ein Link, hat einen zweiten Namen oder gehört jemand anderem, daher rührt Keytender sie nicht an.</translation>
    </message>
    <message>
        <source>Refresh tokens in plain text</source>
        <translation>Erneuerungstoken im Klartext</translation>
    </message>
    <message>
        <source>None lies in a tool&apos;s file.</source>
        <translation>Keines liegt in der Datei eines Werkzeugs.</translation>
    </message>
    <message>
        <source>1 lies in a file.</source>
        <translation>1 liegt in einer Datei.</translation>
    </message>
    <message numerus="yes">
        <source>%n lie in files.</source>
        <translation>
            <numerusform>%n liegt in Dateien.</numerusform>
            <numerusform>%n liegen in Dateien.</numerusform>
        </translation>
    </message>
    <message>
        <source>That is the way of %1 and cannot be helped: every program that you start may read what lies there.</source>
        <translation>Das ist die Art von %1 und nicht zu ändern: Jedes Programm, das du startest, darf lesen, was dort liegt.</translation>
    </message>
    <message>
        <source>Files with logins</source>
        <translation>Dateien mit Logins</translation>
    </message>
    <message>
        <source>Nobody but you may open them.</source>
        <translation>Niemand außer dir darf sie öffnen.</translation>
    </message>
    <message>
        <source>is not the file any more that was looked at: look again</source>
        <translation>ist nicht mehr die Datei, die angesehen wurde: noch einmal prüfen</translation>
    </message>
    <message>
        <source>Everything that was looked at is in order</source>
        <translation>Alles, was angesehen wurde, ist in Ordnung</translation>
    </message>
    <message>
        <source>1 finding needs you</source>
        <translation>1 Befund braucht dich</translation>
    </message>
    <message numerus="yes">
        <source>%n findings need you</source>
        <translation>
            <numerusform>%n Befund braucht dich</numerusform>
            <numerusform>%n Befunde brauchen dich</numerusform>
        </translation>
    </message>
    <message>
        <source>1 finding deserves a look</source>
        <translation>1 Befund verdient einen Blick</translation>
    </message>
    <message numerus="yes">
        <source>%n findings deserve a look</source>
        <translation>
            <numerusform>%n Befund verdient einen Blick</numerusform>
            <numerusform>%n Befunde verdienen einen Blick</numerusform>
        </translation>
    </message>
    <message>
        <source>1 is in order</source>
        <translation>1 in Ordnung</translation>
    </message>
    <message numerus="yes">
        <source>%n are in order</source>
        <translation>
            <numerusform>%n in Ordnung</numerusform>
            <numerusform>%n in Ordnung</numerusform>
        </translation>
    </message>
    <message>
        <source>This could not be looked at: %1</source>
        <translation>Das ließ sich nicht ansehen: %1</translation>
    </message>
    <message>
        <source>Or let Keytender answer: git config --global credential.helper keytender</source>
        <translation>Oder lass Keytender antworten: git config --global credential.helper keytender</translation>
    </message>
    <message>
        <source>git %1 does not know that a password may have an end, and uses one that has expired.</source>
        <translation>git %1 weiß nicht, dass ein Passwort ablaufen kann, und benutzt ein abgelaufenes.</translation>
    </message>
    <message>
        <source>Use git 2.40 or later.</source>
        <translation>Benutze git 2.40 oder neuer.</translation>
    </message>
    <message>
        <source>The helper “store” forgets when a password ends and what renews it, so that “oauth” behind it cannot renew it.</source>
        <translation>Die Anmeldehilfe „store“ vergisst, wann ein Passwort abläuft und womit es erneuert wird, daher kann „oauth“ dahinter es nicht erneuern.</translation>
    </message>
    <message>
        <source>Put a helper in its place that keeps both: cache, or libsecret.</source>
        <translation>Setze eine Anmeldehilfe an ihre Stelle, die beides behält: cache oder libsecret.</translation>
    </message>
    <message>
        <source>The helper “oauth” opens a browser when a password has ended, and git waits for it: there is no display here.</source>
        <translation>Die Anmeldehilfe „oauth“ öffnet einen Browser, wenn ein Passwort abgelaufen ist, und git wartet darauf: Hier gibt es keine Anzeige.</translation>
    </message>
    <message>
        <source>Have it ask with a device code: credential.helper &quot;oauth -device&quot;.</source>
        <translation>Lass sie mit einem Gerätecode fragen: credential.helper &quot;oauth -device&quot;.</translation>
    </message>
    <message>
        <source>git %1 ignores when a password ends (2.40 does not); none of its helpers here depends on it.</source>
        <translation>git %1 beachtet nicht, wann ein Passwort abläuft (2.40 tut es); keine seiner Anmeldehilfen hier ist darauf angewiesen.</translation>
    </message>
    <message>
        <source>git %1 and its helpers can keep passwords that end.</source>
        <translation>git %1 und seine Anmeldehilfen können Passwörter aufbewahren, die ablaufen.</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>The key of Keytender&apos;s store lies in the keychain.</source>
        <translation>Der Schlüssel zu Keytenders Speicher liegt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>The key of Keytender&apos;s store lies in a file beside it, because there was no keychain: whoever can read your files can open the store.</source>
        <translation>Der Schlüssel zu Keytenders Speicher liegt in einer Datei daneben, weil es keinen Schlüsselbund gab: Wer deine Dateien lesen kann, kann den Speicher öffnen.</translation>
    </message>
    <message>
        <source>Keep the disk encrypted, or run Keytender in a session with a keychain, such as GNOME Keyring or KWallet.</source>
        <translation>Halte den Datenträger verschlüsselt, oder starte Keytender in einer Sitzung mit einem Schlüsselbund wie GNOME Keyring oder KWallet.</translation>
    </message>
    <message>
        <source>Tray</source>
        <translation>Infobereich</translation>
    </message>
    <message>
        <source>Something on this desktop shows tray icons.</source>
        <translation>Auf diesem Desktop zeigt etwas die Symbole des Infobereichs.</translation>
    </message>
    <message>
        <source>Nothing on this desktop shows tray icons. Keytender stands in an ordinary window instead.</source>
        <translation>Auf diesem Desktop zeigt nichts die Symbole des Infobereichs. Keytender steht stattdessen in einem gewöhnlichen Fenster.</translation>
    </message>
    <message>
        <source>On GNOME the extension “AppIndicator and KStatusNotifierItem Support” shows them.</source>
        <translation>Unter GNOME zeigt sie die Erweiterung „AppIndicator and KStatusNotifierItem Support“.</translation>
    </message>
    <message>
        <source>Watching files</source>
        <translation>Überwachung von Dateien</translation>
    </message>
    <message>
        <source>A change of a login is seen at once.</source>
        <translation>Eine Änderung an einem Login wird sofort gesehen.</translation>
    </message>
    <message>
        <source>Changes of logins may be seen late: %1</source>
        <translation>Änderungen an Logins werden vielleicht spät gesehen: %1</translation>
    </message>
    <message>
        <source>This system allows %1 watches in all (fs.inotify.max_user_watches).</source>
        <translation>Dieses System erlaubt insgesamt %1 Überwachungen (fs.inotify.max_user_watches).</translation>
    </message>
    <message>
        <source>Where watches are short: sudo sysctl fs.inotify.max_user_watches=524288. Until then Keytender reads everything again every half a minute.</source>
        <translation>Wo Überwachungen knapp sind: sudo sysctl fs.inotify.max_user_watches=524288. Bis dahin liest Keytender alle halbe Minute alles neu.</translation>
    </message>
    <message>
        <source>Keytender&apos;s own files</source>
        <translation>Keytenders eigene Dateien</translation>
    </message>
    <message>
        <source>All of them could be read.</source>
        <translation>Alle waren lesbar.</translation>
    </message>
    <message>
        <source>One sign-in in several tools</source>
        <translation>Eine Anmeldung in mehreren Werkzeugen</translation>
    </message>
    <message>
        <source>%1 hold the same refresh token. It can be spent once: as soon as one of them renews it, the others are logged out.</source>
        <translation>%1 haben dasselbe Erneuerungstoken. Es lässt sich nur einmal verbrauchen: Sobald eines von ihnen es erneuert, sind die anderen abgemeldet.</translation>
    </message>
    <message>
        <source>Let Keytender keep one of them fresh and open its links: a mirror keeps the others in step. Or sign in anew in each tool.</source>
        <translation>Lass Keytender eines davon frisch halten und öffne seine Verknüpfungen: Ein Spiegel hält die anderen im Gleichstand. Oder melde dich in jedem Werkzeug neu an.</translation>
    </message>
    <message>
        <source>No two tools would log each other out.</source>
        <translation>Keine zwei Werkzeuge würden einander abmelden.</translation>
    </message>
    <message>
        <source>is no finding of the last look that Keytender can cure</source>
        <translation>ist kein Befund der letzten Prüfung, dem Keytender abhelfen kann</translation>
    </message>
    <message>
        <source>is not absolute: what it means depends on where the tool is started</source>
        <translation>ist nicht absolut: was er bedeutet, hängt davon ab, wo das Werkzeug gestartet wird</translation>
    </message>
    <message>
        <source>Further certificate authorities for %1.</source>
        <translation>Weitere Zertifizierungsstellen für %1.</translation>
    </message>
    <message>
        <source>%1 heed this variable, and what it names is of no use to them: %2</source>
        <translation>%1 beachten diese Variable, und was sie nennt, nützt ihnen nichts: %2</translation>
    </message>
    <message>
        <source>Correct the path, or unset %1 where it is set: in a file such as ~/.profile or ~/.bashrc.</source>
        <translation>Berichtige den Pfad, oder entferne %1, wo die Variable gesetzt wird: in einer Datei wie ~/.profile oder ~/.bashrc.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Claude Code, Codex, gh, git, the AWS CLI and gcloud go through this proxy. Keytender itself does not: it needs a direct way to the providers.</source>
        <translation>Claude Code, Codex, gh, git, die AWS CLI und gcloud gehen über diesen Proxy. Keytender selbst nicht: Es braucht einen direkten Weg zu den Anbietern.</translation>
    </message>
    <message>
        <source>A password for it stands in the variable, where every program can read it.</source>
        <translation>Ein Passwort dafür steht in der Variablen, wo jedes Programm es lesen kann.</translation>
    </message>
    <message>
        <source>Let a proxy on this machine keep the password, and name that one here.</source>
        <translation>Lass einen Proxy auf diesem Rechner das Passwort aufbewahren, und nenne hier diesen.</translation>
    </message>
    <message>
        <source>no_proxy does not name this machine itself, so that sign-ins may come back through the proxy, or not.</source>
        <translation>no_proxy nennt diesen Rechner selbst nicht, daher kommen Anmeldungen vielleicht über den Proxy zurück, vielleicht auch nicht.</translation>
    </message>
    <message>
        <source>Add localhost and 127.0.0.1 to no_proxy.</source>
        <translation>Füge localhost und 127.0.0.1 zu no_proxy hinzu.</translation>
    </message>
    <message>
        <source>(not shown)</source>
        <translation>(nicht gezeigt)</translation>
    </message>
    <message>
        <source>No variable sends tools through a proxy.</source>
        <translation>Keine Variable schickt Werkzeuge über einen Proxy.</translation>
    </message>
    <message>
        <source>Certificate authorities</source>
        <translation>Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>Tools trust those of this machine and no further ones.</source>
        <translation>Werkzeuge vertrauen denen dieses Rechners und keinen weiteren.</translation>
    </message>
    <message>
        <source>OpenClaw’s old store</source>
        <translation>OpenClaws alter Speicher</translation>
    </message>
    <message>
        <source>OpenClaw %1 keeps logins in a database and does not read this file any more: its logins are missing there, and commands may fail.</source>
        <translation>OpenClaw %1 bewahrt Logins in einer Datenbank auf und liest diese Datei nicht mehr: Ihre Logins fehlen dort, und Befehle können scheitern.</translation>
    </message>
    <message>
        <source>While this machine is online, run: %1</source>
        <translation>Führe aus, solange dieser Rechner online ist: %1</translation>
    </message>
    <message>
        <source>OpenClaw has its logins elsewhere and does not read this file. It still holds tokens in plain text; a change in it changes nothing.</source>
        <translation>OpenClaw hat seine Logins anderswo und liest diese Datei nicht. Sie enthält noch Token im Klartext; eine Änderung an ihr ändert nichts.</translation>
    </message>
    <message>
        <source>While this machine is online, run: %1. What is left after that can be deleted.</source>
        <translation>Führe aus, solange dieser Rechner online ist: %1. Was danach übrig bleibt, kann gelöscht werden.</translation>
    </message>
    <message>
        <source>OpenClaw’s copies from before its migration</source>
        <translation>OpenClaws Kopien von vor seinem Umzug</translation>
    </message>
    <message>
        <source>They hold old tokens in plain text, and nobody reads them.</source>
        <translation>Sie enthalten alte Token im Klartext, und niemand liest sie.</translation>
    </message>
    <message>
        <source>Once OpenClaw works with its new store, delete them.</source>
        <translation>Sobald OpenClaw mit seinem neuen Speicher arbeitet, lösche sie.</translation>
    </message>
    <message>
        <source>No migration left anything behind.</source>
        <translation>Kein Umzug hat etwas zurückgelassen.</translation>
    </message>
    <message>
        <source>Lock of %1</source>
        <translation>Sperre von %1</translation>
    </message>
    <message>
        <source>The program that took it has ended without letting it go.</source>
        <translation>Das Programm, das sie genommen hat, ist zu Ende, ohne sie freizugeben.</translation>
    </message>
    <message>
        <source>Nobody has renewed it for long: whoever took it has ended without letting it go.</source>
        <translation>Lange hat niemand sie erneuert: Wer sie genommen hat, ist zu Ende, ohne sie freizugeben.</translation>
    </message>
    <message>
        <source>%1 takes it over by itself in time; until then it waits.</source>
        <translation>%1 übernimmt sie mit der Zeit von selbst; bis dahin wartet es.</translation>
    </message>
    <message>
        <source>Remove the lock</source>
        <translation>Die Sperre entfernen</translation>
    </message>
    <message>
        <source>It is dated in the future (%1), so that it never grows old, and %2 waits for it without end. Somebody&apos;s clock was wrong.</source>
        <translation>Sie trägt ein Datum in der Zukunft (%1), daher wird sie nie alt, und %2 wartet ohne Ende auf sie. Jemandes Uhr ging falsch.</translation>
    </message>
    <message>
        <source>Make sure that %1 does not run, then remove %2 by hand.</source>
        <translation>Vergewissere dich, dass %1 nicht läuft, und entferne dann %2 von Hand.</translation>
    </message>
    <message>
        <source>Locks of the tools</source>
        <translation>Sperren der Werkzeuge</translation>
    </message>
    <message>
        <source>None was left behind.</source>
        <translation>Keine blieb übrig.</translation>
    </message>
    <message>
        <source>“%1” has not answered in time, and what comes after it was not looked at: a disk or a network file system does not answer.</source>
        <translation>„%1“ hat nicht rechtzeitig geantwortet, und was danach kommt, wurde nicht angesehen: Eine Platte oder ein Netzlaufwerk antwortet nicht.</translation>
    </message>
    <message>
        <source>The last examination still waits for “%1”, so that no other one was begun: a disk or a network file system does not answer.</source>
        <translation>Die letzte Prüfung wartet noch auf „%1“, deshalb wurde keine neue begonnen: Eine Platte oder ein Netzlaufwerk antwortet nicht.</translation>
    </message>
    <message>
        <source>Examination</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>See whether the network drives under your home directory answer, then look again.</source>
        <translation>Sieh nach, ob die Netzlaufwerke in deinem persönlichen Ordner antworten, dann prüfe noch einmal.</translation>
    </message>
</context>
<context>
    <name>Door</name>
    <message>
        <source>No tool here can exchange its account.</source>
        <translation>Kein Werkzeug hier kann sein Konto austauschen.</translation>
    </message>
    <message>
        <source>“%1” can take no such place: look at keytenderctl accounts.</source>
        <translation>„%1“ kann keinen solchen Platz einnehmen: Sieh in keytenderctl accounts nach.</translation>
    </message>
    <message>
        <source>“%1” can take several places. Choose one of: %2.</source>
        <translation>„%1“ kann mehrere Plätze einnehmen. Wähle einen davon: %2.</translation>
    </message>
    <message>
        <source>No program was allowed or refused anything yet.</source>
        <translation>Noch wurde keinem Programm etwas erlaubt oder verweigert.</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>verweigert</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>in the settings</source>
        <translation>in den Einstellungen</translation>
    </message>
    <message>
        <source>There is no number %1 in the list.</source>
        <translation>Es gibt keine Nummer %1 in der Liste.</translation>
    </message>
    <message>
        <source>That one stands in the settings: take it out of config.json.</source>
        <translation>Das steht in den Einstellungen: Nimm es aus config.json heraus.</translation>
    </message>
    <message>
        <source>There is no finding “%1” now.</source>
        <translation>Es gibt jetzt keinen Befund „%1“.</translation>
    </message>
    <message>
        <source>Keytender has no safe cure for that. %1</source>
        <translation>Keytender hat dafür keine sichere Abhilfe. %1</translation>
    </message>
    <message>
        <source>One of the fields “provider” and “profile” is needed.</source>
        <translation>Eines der Felder „provider“ und „profile“ wird gebraucht.</translation>
    </message>
    <message>
        <source>“%1” is its tool&apos;s own login. Sign in there: %2</source>
        <translation>„%1“ ist das eigene Login seines Werkzeugs. Melde dich dort an: %2</translation>
    </message>
    <message>
        <source>%1 knows no scope “%2”: look at keytenderctl providers.</source>
        <translation>%1 kennt keine Berechtigung „%2“: Sieh in keytenderctl providers nach.</translation>
    </message>
    <message>
        <source>There is no provider “%1”. There are: %2.</source>
        <translation>Es gibt keinen Anbieter „%1“. Es gibt: %2.</translation>
    </message>
    <message>
        <source>One cannot sign in to %1 here: %2.</source>
        <translation>Bei %1 kann man sich hier nicht anmelden: %2.</translation>
    </message>
    <message>
        <source>%1 does not offer this way to sign in: look at keytenderctl providers.</source>
        <translation>%1 bietet diesen Weg der Anmeldung nicht: Sieh in keytenderctl providers nach.</translation>
    </message>
    <message>
        <source>One of the fields “profile”, “provider” and “all” is needed.</source>
        <translation>Eines der Felder „profile“, „provider“ und „all“ wird gebraucht.</translation>
    </message>
    <message>
        <source>would be revoked at its provider, and removed here</source>
        <translation>würde beim Anbieter widerrufen und hier entfernt</translation>
    </message>
    <message>
        <source>would be removed here; only you can revoke it, at %1</source>
        <translation>würde hier entfernt; widerrufen kannst nur du es, bei %1</translation>
    </message>
    <message>
        <source>would be removed here, and stay valid at its provider</source>
        <translation>würde hier entfernt und bliebe beim Anbieter gültig</translation>
    </message>
    <message>
        <source>what else stops working: %1</source>
        <translation>was sonst nicht mehr geht: %1</translation>
    </message>
    <message>
        <source>%1: a tool&apos;s own login. Sign out there.</source>
        <translation>%1: das eigene Login eines Werkzeugs. Dort abmelden.</translation>
    </message>
    <message>
        <source>Not confirmed as ended: %1.</source>
        <translation>Nicht als beendet bestätigt: %1.</translation>
    </message>
    <message>
        <source>There is nothing to sign out of.</source>
        <translation>Es gibt nichts abzumelden.</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Bisher ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Either the field “profile” is needed, or “protocol” and “host”.</source>
        <translation>Gebraucht wird entweder das Feld „profile“ oder „protocol“ und „host“.</translation>
    </message>
    <message>
        <source>“protocol” and “host” are needed together.</source>
        <translation>„protocol“ und „host“ werden zusammen gebraucht.</translation>
    </message>
    <message>
        <source>%1 asks for a password.</source>
        <translation>%1 bittet um ein Passwort.</translation>
    </message>
    <message>
        <source>%1 asks for the password of %2.</source>
        <translation>%1 bittet um das Passwort für %2.</translation>
    </message>
    <message>
        <source>It asks for credentials for AWS.</source>
        <translation>Es bittet um Zugangsdaten für AWS.</translation>
    </message>
    <message>
        <source>It starts an MCP server that gets this token.</source>
        <translation>Es startet einen MCP-Server, der dieses Token bekommt.</translation>
    </message>
    <message>
        <source>It starts a program that gets this token.</source>
        <translation>Es startet ein Programm, das dieses Token bekommt.</translation>
    </message>
    <message>
        <source>Claude Code asks for a key.</source>
        <translation>Claude Code bittet um einen Schlüssel.</translation>
    </message>
    <message>
        <source>Codex asks for a token.</source>
        <translation>Codex bittet um ein Token.</translation>
    </message>
    <message>
        <source>It asks for an access token.</source>
        <translation>Es bittet um ein Zugriffstoken.</translation>
    </message>
    <message>
        <source>The token is too long to be handed out.</source>
        <translation>Das Token ist zu lang, um herausgegeben zu werden.</translation>
    </message>
    <message>
        <source>Another export or import is under way. Try again in a moment.</source>
        <translation>Ein anderer Export oder Import ist im Gange. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The passphrase is too short: whoever has the file may try as many as they like.</source>
        <translation>Die Passphrase ist zu kurz: Wer die Datei hat, kann so viele probieren, wie er will.</translation>
    </message>
    <message>
        <source>There is no login of Keytender&apos;s own to export. Those of tools stay with their tools.</source>
        <translation>Es gibt kein eigenes Login von Keytender zu exportieren. Die der Werkzeuge bleiben bei ihren Werkzeugen.</translation>
    </message>
    <message>
        <source>Logins that lie with their tools are not in the file: Keytender finds them again where they are.</source>
        <translation>Logins, die bei ihren Werkzeugen liegen, sind nicht in der Datei: Keytender findet sie dort wieder, wo sie sind.</translation>
    </message>
    <message>
        <source>The logins stay here and go on being renewed here: use them on one machine only. Two that renew one login sign each other out.</source>
        <translation>Die Logins bleiben hier und werden hier weiter erneuert: Benutze sie nur auf einem Rechner. Zwei, die ein Login erneuern, melden einander ab.</translation>
    </message>
    <message>
        <source>moved into the file</source>
        <translation>in die Datei umgezogen</translation>
    </message>
    <message>
        <source>Still here, and still renewed here: %1. Do not import this file; export once more.</source>
        <translation>Noch hier, und noch hier erneuert: %1. Importiere diese Datei nicht; exportiere noch einmal.</translation>
    </message>
    <message>
        <source>The file is longer than any exported file.</source>
        <translation>Die Datei ist länger als jede exportierte Datei.</translation>
    </message>
    <message>
        <source>Keytender is still looking for logins. Try again in a moment.</source>
        <translation>Keytender sucht noch nach Logins. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Keytender&apos;s own store is not open: look at keytenderctl status for the reason.</source>
        <translation>Keytenders eigener Speicher ist nicht geöffnet: Der Grund steht in keytenderctl status.</translation>
    </message>
    <message>
        <source>The running Keytender does not know the request “%1”. Restart it, so that it is of this installation too.</source>
        <translation>Das laufende Keytender kennt die Anfrage „%1“ nicht. Starte es neu, damit auch es von dieser Installation ist.</translation>
    </message>
    <message>
        <source>The settings name the login “%1” for %2, and there is none of that name. There are: %3.</source>
        <translation>Die Einstellungen nennen das Login „%1“ für %2, und keines heißt so. Es gibt: %3.</translation>
    </message>
    <message>
        <source>“%1” means several logins. Choose one of: %2.</source>
        <translation>„%1“ meint mehrere Logins. Wähle eines davon: %2.</translation>
    </message>
    <message>
        <source>There is no login “%1”, and no other either. Sign in first.</source>
        <translation>Es gibt kein Login „%1“ und auch kein anderes. Melde dich zuerst an.</translation>
    </message>
    <message>
        <source>There is no login “%1”. There are: %2.</source>
        <translation>Es gibt kein Login „%1“. Es gibt: %2.</translation>
    </message>
    <message>
        <source>“%1” is not the plain name of a host.</source>
        <translation>„%1“ ist nicht der schlichte Name eines Servers.</translation>
    </message>
    <message>
        <source>There is no login for %1. The settings can name one (gitHosts).</source>
        <translation>Es gibt kein Login für %1. Die Einstellungen können eines nennen (gitHosts).</translation>
    </message>
    <message>
        <source>A token for %1 is handed out over https only.</source>
        <translation>Ein Token für %1 wird nur über https herausgegeben.</translation>
    </message>
    <message>
        <source>Several logins are for %1: %2. The settings can name one (gitHosts).</source>
        <translation>Mehrere Logins sind für %1: %2. Die Einstellungen können eines nennen (gitHosts).</translation>
    </message>
    <message>
        <source>The field “%1” is a switch: its only value is “yes”.</source>
        <translation>Das Feld „%1“ ist ein Schalter: Sein einziger Wert ist „yes“.</translation>
    </message>
    <message>
        <source>The field “%1” does not belong to this request.</source>
        <translation>Das Feld „%1“ gehört nicht zu dieser Anfrage.</translation>
    </message>
    <message>
        <source>The field “%1” holds a character that does not belong there.</source>
        <translation>Das Feld „%1“ enthält ein Zeichen, das dort nicht hingehört.</translation>
    </message>
    <message>
        <source>The field “%1” is missing.</source>
        <translation>Das Feld „%1“ fehlt.</translation>
    </message>
    <message>
        <source>The field “%1” is not a whole number.</source>
        <translation>Das Feld „%1“ ist keine ganze Zahl.</translation>
    </message>
    <message>
        <source>The field “%1” is none of: %2.</source>
        <translation>Das Feld „%1“ ist keines von: %2.</translation>
    </message>
    <message>
        <source>every login</source>
        <translation>alle Logins</translation>
    </message>
    <message>
        <source>It wants all of Keytender&apos;s own logins in a file that its passphrase opens, with what renews them.</source>
        <translation>Es will alle eigenen Logins von Keytender in einer Datei, die seine Passphrase öffnet, mit allem, was sie erneuert.</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>belongs to another user</source>
        <translation>gehört einem anderen Benutzer</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>its symbolic links lead in a circle</source>
        <translation>die symbolischen Links führen im Kreis</translation>
    </message>
    <message>
        <source>others could change it</source>
        <translation>andere könnten sie ändern</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>empty or cut off</source>
        <translation>leer oder abgeschnitten</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>not set up right</source>
        <translation>nicht richtig eingerichtet</translation>
    </message>
    <message>
        <source>encrypted by the tool that owns it</source>
        <translation>vom zugehörigen Werkzeug verschlüsselt</translation>
    </message>
    <message>
        <source>written by a version that Keytender does not know</source>
        <translation>von einer Version geschrieben, die Keytender nicht kennt</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>nicht verfügbar</translation>
    </message>
    <message>
        <source>did not answer in time</source>
        <translation>hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>sealed with another key, or altered</source>
        <translation>mit einem anderen Schlüssel versiegelt oder verändert</translation>
    </message>
    <message>
        <source>something else takes precedence</source>
        <translation>etwas anderes hat Vorrang</translation>
    </message>
    <message>
        <source>no space left</source>
        <translation>kein Platz mehr</translation>
    </message>
    <message>
        <source>the file system is read-only</source>
        <translation>das Dateisystem ist schreibgeschützt</translation>
    </message>
    <message>
        <source>could not be read or written</source>
        <translation>ließ sich nicht lesen oder schreiben</translation>
    </message>
    <message>
        <source>Keytender is running already</source>
        <translation>Keytender läuft bereits</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>Sign in with the tool that owns it.</source>
        <translation>Mit dem zugehörigen Werkzeug anmelden.</translation>
    </message>
    <message>
        <source>Give yourself read permission: chmod u+r.</source>
        <translation>Dir selbst Leserecht geben: chmod u+r.</translation>
    </message>
    <message>
        <source>Make it yours with chown, or sign in again as this user.</source>
        <translation>Mit chown zu deiner machen oder als dieser Benutzer neu anmelden.</translation>
    </message>
    <message>
        <source>Move it away and sign in again with the tool that owns it.</source>
        <translation>Beiseitelegen und mit dem zugehörigen Werkzeug neu anmelden.</translation>
    </message>
    <message>
        <source>Repair the symbolic link.</source>
        <translation>Den symbolischen Link reparieren.</translation>
    </message>
    <message>
        <source>Take the others&apos; access away: chmod 600, and remove hard links.</source>
        <translation>Anderen den Zugriff nehmen: chmod 600, und harte Links entfernen.</translation>
    </message>
    <message>
        <source>Keep a copy of it, then sign in again with the tool that owns it.</source>
        <translation>Eine Kopie aufheben, dann mit dem zugehörigen Werkzeug neu anmelden.</translation>
    </message>
    <message>
        <source>If this stays, the tool was interrupted while writing: sign in again with it.</source>
        <translation>Bleibt das so, wurde das Werkzeug beim Schreiben unterbrochen: neu damit anmelden.</translation>
    </message>
    <message>
        <source>Correct it there, or take the file away.</source>
        <translation>Dort berichtigen oder die Datei entfernen.</translation>
    </message>
    <message>
        <source>To see this login here, set the tool to keep it in its usual file, then sign in again with it.</source>
        <translation>Damit dieses Login hier erscheint, das Werkzeug so einstellen, dass es seine übliche Datei benutzt, und dort neu anmelden.</translation>
    </message>
    <message>
        <source>Update Keytender. Nothing was changed.</source>
        <translation>Keytender aktualisieren. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Unlock it, then Keytender goes on by itself.</source>
        <translation>Entsperren, dann macht Keytender von selbst weiter.</translation>
    </message>
    <message>
        <source>Start or install the service.</source>
        <translation>Den Dienst starten oder installieren.</translation>
    </message>
    <message>
        <source>Keytender tries again by itself.</source>
        <translation>Keytender versucht es von selbst erneut.</translation>
    </message>
    <message>
        <source>Bring back the key it was sealed with. Nothing was changed.</source>
        <translation>Den Schlüssel zurückholen, mit dem versiegelt wurde. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Remove what takes precedence if this one should count.</source>
        <translation>Entfernen, was Vorrang hat, wenn dieses gelten soll.</translation>
    </message>
    <message>
        <source>Make room on the disk.</source>
        <translation>Platz auf dem Datenträger schaffen.</translation>
    </message>
    <message>
        <source>Make the file system writable.</source>
        <translation>Das Dateisystem beschreibbar machen.</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>Den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>not to be done</source>
        <translation>nicht vorgesehen</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>No logins found yet</source>
        <translation>Noch keine Logins gefunden</translation>
    </message>
    <message>
        <source>1 login needs you</source>
        <translation>1 Login braucht dich</translation>
    </message>
    <message numerus="yes">
        <source>%n logins need you</source>
        <translation>
            <numerusform>%n Login braucht dich</numerusform>
            <numerusform>%n Logins brauchen dich</numerusform>
        </translation>
    </message>
    <message>
        <source>1 login ends soon</source>
        <translation>1 Login endet bald</translation>
    </message>
    <message numerus="yes">
        <source>%n logins end soon</source>
        <translation>
            <numerusform>%n Login endet bald</numerusform>
            <numerusform>%n Logins enden bald</numerusform>
        </translation>
    </message>
    <message>
        <source>1 login deserves a look</source>
        <translation>1 Login verdient einen Blick</translation>
    </message>
    <message numerus="yes">
        <source>%n logins deserve a look</source>
        <translation>
            <numerusform>%n Login verdient einen Blick</numerusform>
            <numerusform>%n Logins verdienen einen Blick</numerusform>
        </translation>
    </message>
    <message>
        <source>Your login is well</source>
        <translation>Deinem Login geht es gut</translation>
    </message>
    <message numerus="yes">
        <source>All %n logins are well</source>
        <translation>
            <numerusform>Deinem %n Login geht es gut</numerusform>
            <numerusform>Allen %n Logins geht es gut</numerusform>
        </translation>
    </message>
    <message>
        <source>1 ends soon</source>
        <translation>1 endet bald</translation>
    </message>
    <message numerus="yes">
        <source>%n end soon</source>
        <translation>
            <numerusform>%n endet bald</numerusform>
            <numerusform>%n enden bald</numerusform>
        </translation>
    </message>
    <message>
        <source>1 deserves a look</source>
        <translation>1 verdient einen Blick</translation>
    </message>
    <message numerus="yes">
        <source>%n deserve a look</source>
        <translation>
            <numerusform>%n verdient einen Blick</numerusform>
            <numerusform>%n verdienen einen Blick</numerusform>
        </translation>
    </message>
    <message>
        <source>1 is being renewed</source>
        <translation>1 wird erneuert</translation>
    </message>
    <message numerus="yes">
        <source>%n are being renewed</source>
        <translation>
            <numerusform>%n wird erneuert</numerusform>
            <numerusform>%n werden erneuert</numerusform>
        </translation>
    </message>
    <message>
        <source>1 is well</source>
        <translation>1&#xa0;in&#xa0;Ordnung</translation>
    </message>
    <message numerus="yes">
        <source>%n are well</source>
        <translation>
            <numerusform>%n&#xa0;in&#xa0;Ordnung</numerusform>
            <numerusform>%n&#xa0;in&#xa0;Ordnung</numerusform>
        </translation>
    </message>
    <message>
        <source>The keychain is locked: unlock it, and Keytender goes on by itself; until then it keeps nothing.</source>
        <translation>Der Schlüsselbund ist gesperrt: Nach dem Entsperren macht Keytender von selbst weiter; bis dahin bewahrt es nichts auf.</translation>
    </message>
    <message>
        <source>The keychain does not answer; Keytender asks again by itself and keeps nothing until then.</source>
        <translation>Der Schlüsselbund antwortet nicht; Keytender fragt von selbst erneut und bewahrt bis dahin nichts auf.</translation>
    </message>
    <message>
        <source>This session has no keychain, so the key to Keytender&apos;s own store lies in a file: install gnome-keyring or KWallet to protect it better.</source>
        <translation>Diese Sitzung hat keinen Schlüsselbund, daher liegt der Schlüssel zu Keytenders eigenem Speicher in einer Datei: gnome-keyring oder KWallet schützt ihn besser.</translation>
    </message>
    <message>
        <source>The file with the key to Keytender&apos;s own store cannot be used: make it yours alone with chmod 600, or bring it back from a backup.</source>
        <translation>Die Datei mit dem Schlüssel zu Keytenders eigenem Speicher ist nicht brauchbar: Mit chmod 600 nur dir zugänglich machen oder aus einer Sicherung zurückholen.</translation>
    </message>
</context>
<context>
    <name>File</name>
    <message>
        <source>is not a directory</source>
        <translation>ist kein Verzeichnis</translation>
    </message>
    <message>
        <source>%1 was open to others; it is private now.</source>
        <translation>%1 stand anderen offen; jetzt ist es privat.</translation>
    </message>
    <message>
        <source>was changed while it was being read</source>
        <translation>wurde während des Lesens geändert</translation>
    </message>
    <message>
        <source>is a directory, not a file</source>
        <translation>ist ein Verzeichnis, keine Datei</translation>
    </message>
    <message>
        <source>is a pipe, not a file</source>
        <translation>ist eine Pipe, keine Datei</translation>
    </message>
    <message>
        <source>is a socket, not a file</source>
        <translation>ist ein Socket, keine Datei</translation>
    </message>
    <message>
        <source>is a device, not a file</source>
        <translation>ist ein Gerät, keine Datei</translation>
    </message>
    <message>
        <source>has a second hard link</source>
        <translation>hat einen zweiten harten Link</translation>
    </message>
    <message>
        <source>everybody may write to it</source>
        <translation>jeder darf hineinschreiben</translation>
    </message>
    <message>
        <source>holds %1 bytes, more than the %2 that Keytender reads</source>
        <translation>enthält %1 Bytes, mehr als die %2, die Keytender liest</translation>
    </message>
    <message>
        <source>the symbolic link %1 on its way belongs to another user</source>
        <translation>der symbolische Link %1 auf dem Weg dorthin gehört einem anderen Benutzer</translation>
    </message>
    <message>
        <source>everybody may write to the directory %1</source>
        <translation>jeder darf in das Verzeichnis %1 schreiben</translation>
    </message>
    <message>
        <source>is not an absolute path</source>
        <translation>ist kein absoluter Pfad</translation>
    </message>
    <message>
        <source>is mounted there by itself, so it can be written in place only, which could lose it</source>
        <translation>ist dort für sich eingehängt und ließe sich nur an Ort und Stelle beschreiben, wobei sie verloren gehen könnte</translation>
    </message>
</context>
<context>
    <name>FileWatch</name>
    <message>
        <source>no more inotify instances: raise fs.inotify.max_user_instances, or close other programs</source>
        <translation>keine inotify-Instanzen mehr frei: fs.inotify.max_user_instances erhöhen oder andere Programme schließen</translation>
    </message>
    <message>
        <source>no more watches: raise fs.inotify.max_user_watches, or close other programs</source>
        <translation>keine Überwachungen mehr frei: fs.inotify.max_user_watches erhöhen oder andere Programme schließen</translation>
    </message>
</context>
<context>
    <name>Hermes</name>
    <message>
        <source>Nous takes the refresh token in a header of its own and ends the whole sign-in when one comes twice: Hermes alone renews it.</source>
        <translation>Nous nimmt das Erneuerungstoken in einer eigenen Kopfzeile und beendet die ganze Anmeldung, wenn eines zweimal kommt: Nur Hermes erneuert es.</translation>
    </message>
    <message>
        <source>The service behind this login has ended.</source>
        <translation>Der Dienst hinter diesem Login wurde eingestellt.</translation>
    </message>
    <message>
        <source>Hermes signed in as a client of its own that Keytender does not know: Hermes alone renews it.</source>
        <translation>Hermes hat sich als eigener Client angemeldet, den Keytender nicht kennt: Nur Hermes erneuert es.</translation>
    </message>
    <message>
        <source>Keytender does not know how this provider renews its logins.</source>
        <translation>Keytender weiß nicht, wie dieser Anbieter seine Logins erneuert.</translation>
    </message>
    <message>
        <source>You removed this login in Hermes, and Keytender does not bring it back.</source>
        <translation>Du hast dieses Login in Hermes entfernt, und Keytender bringt es nicht zurück.</translation>
    </message>
    <message>
        <source>Hermes holds no tokens of this login.</source>
        <translation>Hermes hat keine Token dieses Logins.</translation>
    </message>
    <message>
        <source>Hermes holds two different tokens of this login, and nothing tells which is the later one.</source>
        <translation>Hermes hat zwei verschiedene Token dieses Logins, und nichts verrät, welches das spätere ist.</translation>
    </message>
    <message>
        <source>There is nothing in this login that could be renewed.</source>
        <translation>An diesem Login gibt es nichts zu erneuern.</translation>
    </message>
    <message>
        <source>Hermes renews this login itself, so it cannot be fed from another.</source>
        <translation>Hermes erneuert dieses Login selbst, daher lässt es sich nicht von einem anderen versorgen.</translation>
    </message>
    <message>
        <source>It is an API key, not a sign-in.</source>
        <translation>Es ist ein API-Schlüssel, keine Anmeldung.</translation>
    </message>
    <message>
        <source>Only an Anthropic token that was added to Hermes by hand can be fed. For everything else use a variable in Hermes&apos; .env file.</source>
        <translation>Versorgen lässt sich nur ein Anthropic-Token, das in Hermes von Hand hinzugefügt wurde. Für alles andere gibt es eine Variable in der .env-Datei von Hermes.</translation>
    </message>
    <message>
        <source>Hermes&apos; configuration keeps logins of other tools out (auth.adopt_external_logins).</source>
        <translation>Die Konfiguration von Hermes schließt Logins anderer Werkzeuge aus (auth.adopt_external_logins).</translation>
    </message>
    <message>
        <source>Hermes has noted this login&apos;s refresh token as spent.</source>
        <translation>Hermes hat das Erneuerungstoken dieses Logins als verbraucht vermerkt.</translation>
    </message>
    <message>
        <source>Hermes keeps several accounts side by side and chooses among them itself: add it there.</source>
        <translation>Hermes hat mehrere Konten nebeneinander und wählt selbst unter ihnen: füge es dort hinzu.</translation>
    </message>
</context>
<context>
    <name>HomeCheck</name>
    <message>
        <source>There is no such directory; it is watched for.</source>
        <translation>Dieses Verzeichnis gibt es nicht; Keytender wartet darauf.</translation>
    </message>
    <message>
        <source>You may not look into the directories that lead there.</source>
        <translation>Du darfst nicht in die Verzeichnisse sehen, die dorthin führen.</translation>
    </message>
    <message>
        <source>A file stands where a directory should.</source>
        <translation>Wo ein Verzeichnis sein sollte, steht eine Datei.</translation>
    </message>
    <message>
        <source>It cannot be looked at: %1.</source>
        <translation>Es lässt sich nicht ansehen: %1.</translation>
    </message>
    <message>
        <source>It belongs to another user, whose logins Keytender does not read.</source>
        <translation>Es gehört einem anderen Benutzer, dessen Logins Keytender nicht liest.</translation>
    </message>
    <message>
        <source>You may not look into it.</source>
        <translation>Du darfst nicht hineinsehen.</translation>
    </message>
</context>
<context>
    <name>Incidents</name>
    <message>
        <source>Keytender cannot open its store</source>
        <translation>Keytender kann seinen Speicher nicht öffnen</translation>
    </message>
    <message>
        <source>The keychain is locked</source>
        <translation>Der Schlüsselbund ist gesperrt</translation>
    </message>
</context>
<context>
    <name>Json</name>
    <message>
        <source>a key should stand here</source>
        <translation>hier sollte ein Schlüssel stehen</translation>
    </message>
    <message>
        <source>a colon should stand here</source>
        <translation>hier sollte ein Doppelpunkt stehen</translation>
    </message>
    <message>
        <source>a comma or a closing bracket should stand here</source>
        <translation>hier sollte ein Komma oder eine schließende Klammer stehen</translation>
    </message>
    <message>
        <source>half of a surrogate pair</source>
        <translation>die Hälfte eines Surrogatpaars</translation>
    </message>
    <message>
        <source>a character or an escape that a string may not hold</source>
        <translation>ein Zeichen oder Escape, das in einer Zeichenkette nicht stehen darf</translation>
    </message>
    <message>
        <source>not UTF-8</source>
        <translation>kein UTF-8</translation>
    </message>
    <message>
        <source>not a number that can be read</source>
        <translation>keine lesbare Zahl</translation>
    </message>
    <message>
        <source>not JSON</source>
        <translation>kein JSON</translation>
    </message>
    <message>
        <source>holds too many values</source>
        <translation>enthält zu viele Werte</translation>
    </message>
    <message>
        <source>is nested too deeply</source>
        <translation>ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>ends too early</source>
        <translation>endet zu früh</translation>
    </message>
    <message>
        <source>something stands behind the end</source>
        <translation>hinter dem Ende steht noch etwas</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>is larger than Keytender reads</source>
        <translation>ist größer, als Keytender liest</translation>
    </message>
    <message>
        <source>begins with a byte order mark</source>
        <translation>beginnt mit einer Bytereihenfolge-Marke</translation>
    </message>
    <message>
        <source>is UTF-16, not UTF-8</source>
        <translation>ist UTF-16, nicht UTF-8</translation>
    </message>
    <message>
        <source>there is no value to replace</source>
        <translation>es gibt keinen Wert zum Ersetzen</translation>
    </message>
    <message>
        <source>stands twice, so it is not replaced</source>
        <translation>steht zweimal da und wird deshalb nicht ersetzt</translation>
    </message>
    <message>
        <source>its replacement is not JSON</source>
        <translation>der Ersatz ist kein JSON</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>wahr oder falsch</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>eine Zeichenkette</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>stands twice</source>
        <translation>steht zweimal da</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is %1, not %2</source>
        <translation>ist %1, nicht %2</translation>
    </message>
    <message>
        <source>is a number out of range</source>
        <translation>ist eine Zahl außerhalb des Bereichs</translation>
    </message>
    <message>
        <source>is there already</source>
        <translation>ist schon da</translation>
    </message>
    <message>
        <source>what is to be added is no member</source>
        <translation>was hinzukommen soll, ist kein Feld</translation>
    </message>
    <message>
        <source>stands twice, so nothing is added</source>
        <translation>steht zweimal da, daher kommt nichts hinzu</translation>
    </message>
</context>
<context>
    <name>Key</name>
    <message>
        <source>nothing was given</source>
        <translation>nichts wurde angegeben</translation>
    </message>
    <message>
        <source>this is longer than any key</source>
        <translation>das ist länger als jeder Schlüssel</translation>
    </message>
    <message>
        <source>this is more than one word: only the key itself is wanted</source>
        <translation>das ist mehr als ein Wort: nur der Schlüssel selbst wird gebraucht</translation>
    </message>
    <message>
        <source>this holds characters that no key is made of</source>
        <translation>das enthält Zeichen, aus denen kein Schlüssel besteht</translation>
    </message>
    <message>
        <source>it is not said whose key it is</source>
        <translation>es fehlt, von wem der Schlüssel ist</translation>
    </message>
    <message>
        <source>it would end before it begins</source>
        <translation>er würde enden, bevor er beginnt</translation>
    </message>
    <message>
        <source>it is kept already, as “%1”</source>
        <translation>er wird schon aufbewahrt, als „%1“</translation>
    </message>
</context>
<context>
    <name>Lineage</name>
    <message>
        <source>the subscription is missing from the record</source>
        <translation>im Eintrag fehlt das Abonnement</translation>
    </message>
    <message>
        <source>the record is on one line and whole</source>
        <translation>der Eintrag steht auf einer Zeile und ist vollständig</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>the record is not written as Claude Code does</source>
        <translation>der Eintrag ist nicht geschrieben, wie Claude Code es tut</translation>
    </message>
    <message>
        <source>the record is indented as Codex does</source>
        <translation>der Eintrag ist eingerückt, wie Codex es tut</translation>
    </message>
    <message>
        <source>the record is not written as Codex does</source>
        <translation>der Eintrag ist nicht geschrieben, wie Codex es tut</translation>
    </message>
    <message>
        <source>no other program is known to write there</source>
        <translation>es ist kein anderes Programm bekannt, das dort schreibt</translation>
    </message>
    <message>
        <source>found there</source>
        <translation>dort vorgefunden</translation>
    </message>
    <message>
        <source>its tool</source>
        <translation>sein Werkzeug</translation>
    </message>
    <message>
        <source>locked away by %1 for a renewal</source>
        <translation>von %1 für eine Erneuerung weggesperrt</translation>
    </message>
    <message>
        <source>blanked by %1</source>
        <translation>von %1 geleert</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>It belongs to another account.</source>
        <translation>Es gehört zu einem anderen Konto.</translation>
    </message>
    <message>
        <source>It has a login of its own there, which would be lost.</source>
        <translation>Es hat dort ein eigenes Login, das verloren ginge.</translation>
    </message>
    <message>
        <source>Its tool offers no safe way to write there.</source>
        <translation>Sein Werkzeug bietet keinen sicheren Weg, dort zu schreiben.</translation>
    </message>
    <message>
        <source>it holds another login now; nothing was written</source>
        <translation>dort liegt jetzt ein anderes Login; nichts wurde geschrieben</translation>
    </message>
    <message>
        <source>there is no such login any more</source>
        <translation>es gibt dieses Login nicht mehr</translation>
    </message>
    <message>
        <source> in </source>
        <translation> in </translation>
    </message>
    <message>
        <source>is no login that Keytender knows</source>
        <translation>ist kein Login, das Keytender kennt</translation>
    </message>
    <message>
        <source>a file with its whole path and a variable are needed</source>
        <translation>gebraucht werden eine Datei mit ihrem ganzen Pfad und eine Variable</translation>
    </message>
    <message>
        <source>a file of variables can only be written to</source>
        <translation>in eine Datei mit Variablen lässt sich nur schreiben</translation>
    </message>
    <message>
        <source>The command was not found: %1</source>
        <translation>Der Befehl wurde nicht gefunden: %1</translation>
    </message>
    <message>
        <source>The command did not end in time: %1</source>
        <translation>Der Befehl endete nicht rechtzeitig: %1</translation>
    </message>
    <message>
        <source>The command failed (%1): %2</source>
        <translation>Der Befehl ist gescheitert (%1): %2</translation>
    </message>
</context>
<context>
    <name>Locks</name>
    <message>
        <source>a file</source>
        <comment>what a tool uses as its lock</comment>
        <translation>eine Datei</translation>
    </message>
    <message>
        <source>a directory</source>
        <comment>what a tool uses as its lock</comment>
        <translation>ein Verzeichnis</translation>
    </message>
    <message>
        <source>another program holds this lock</source>
        <translation>ein anderes Programm hält diese Sperre</translation>
    </message>
    <message>
        <source>a directory</source>
        <translation>ein Verzeichnis</translation>
    </message>
    <message>
        <source>a symbolic link</source>
        <translation>ein symbolischer Link</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>eine Datei</translation>
    </message>
    <message>
        <source>a pipe or a device</source>
        <translation>eine Pipe oder ein Gerät</translation>
    </message>
    <message>
        <source>%1 stands where the tool&apos;s lock is %2</source>
        <translation>%1 steht, wo die Sperre des Werkzeugs %2 ist</translation>
    </message>
    <message>
        <source>this lock is dated in the future, so nobody can tell whether it was left behind; remove it if its tool is not running</source>
        <translation>diese Sperre trägt ein Datum in der Zukunft, daher weiß niemand, ob sie übrig blieb; entferne sie, wenn ihr Werkzeug nicht läuft</translation>
    </message>
</context>
<context>
    <name>Neighbours</name>
    <message>
        <source>there is no such login any more</source>
        <translation>es gibt dieses Login nicht mehr</translation>
    </message>
    <message>
        <source>Keytender does not know the server that renews this login.</source>
        <translation>Keytender kennt den Server nicht, der dieses Login erneuert.</translation>
    </message>
    <message>
        <source>refused by the provider</source>
        <translation>vom Anbieter abgelehnt</translation>
    </message>
    <message>
        <source>This is a key of the Anthropic Console: nobody renews it.</source>
        <translation>Das ist ein Schlüssel der Anthropic Console: Niemand erneuert ihn.</translation>
    </message>
    <message>
        <source>Claude Code keeps this login in a keychain, where Keytender only reads.</source>
        <translation>Claude Code bewahrt dieses Login in einem Schlüsselbund auf, wo Keytender nur liest.</translation>
    </message>
    <message>
        <source>Claude Code renews the login in its own store by itself; with an access token alone it would stop working when that token runs out.</source>
        <translation>Claude Code erneuert das Login in seinem eigenen Speicher selbst; mit einem Zugriffstoken allein würde es nicht mehr arbeiten, sobald dieses abläuft.</translation>
    </message>
    <message>
        <source>The file is a symbolic link: Claude Code&apos;s locks do not cover what it leads to, and Claude Code replaces the link at its next write.</source>
        <translation>Die Datei ist ein symbolischer Link: Die Sperren von Claude Code gelten nicht für das, wohin er führt, und Claude Code ersetzt den Link beim nächsten Schreiben.</translation>
    </message>
    <message>
        <source>Claude Code has emptied this login: it has ended. Sign in again.</source>
        <translation>Claude Code hat dieses Login geleert: Es ist beendet. Neu anmelden.</translation>
    </message>
    <message>
        <source>Claude Code does not use this login, because the right user:inference is missing from it. Sign in again.</source>
        <translation>Claude Code benutzt dieses Login nicht, weil ihm das Recht user:inference fehlt. Neu anmelden.</translation>
    </message>
    <message>
        <source>A Claude Code 2.1 that is running uses the new account from its next request on, and may show the old name for a while. One of version 2.0 stays with the old account until it is started again.</source>
        <translation>Ein laufendes Claude Code 2.1 benutzt das neue Konto von seiner nächsten Anfrage an und zeigt eine Weile vielleicht noch den alten Namen. Eines der Version 2.0 bleibt beim alten Konto, bis es neu gestartet wird.</translation>
    </message>
    <message>
        <source>would not be read back as it would be written, so it is left alone</source>
        <translation>würde nicht so gelesen, wie es geschrieben würde, und bleibt daher, wie sie ist</translation>
    </message>
    <message>
        <source>is no name of a variable</source>
        <translation>ist kein Name einer Variablen</translation>
    </message>
    <message>
        <source>the token holds characters that readers of such files take differently</source>
        <translation>das Token enthält Zeichen, die solche Dateien je nach Leser anders bedeuten</translation>
    </message>
    <message>
        <source>is not the text of an environment file</source>
        <translation>ist nicht der Text einer Datei mit Umgebungsvariablen</translation>
    </message>
    <message>
        <source>%1 is defined in line %2 too: take one away</source>
        <translation>%1 ist auch in Zeile %2 definiert: entferne eine davon</translation>
    </message>
    <message>
        <source>%1 stands there without an equals sign</source>
        <translation>%1 steht dort ohne Gleichheitszeichen</translation>
    </message>
    <message>
        <source>the quotes of %1 do not end where its value does: write it without quotes</source>
        <translation>die Anführungszeichen von %1 enden nicht mit seinem Wert: schreibe ihn ohne</translation>
    </message>
    <message>
        <source>%1 stands in the middle of another value&apos;s quotes</source>
        <translation>%1 steht mitten in den Anführungszeichen eines anderen Werts</translation>
    </message>
    <message>
        <source>what follows %1 may be a value or a comment</source>
        <translation>was auf %1 folgt, kann ein Wert oder ein Kommentar sein</translation>
    </message>
    <message>
        <source>others may write to it, so it is no place for a token</source>
        <translation>andere dürfen hineinschreiben, daher ist sie kein Ort für ein Token</translation>
    </message>
    <message>
        <source>others on this machine may read the token in it</source>
        <translation>andere auf diesem Rechner dürfen das Token darin lesen</translation>
    </message>
    <message>
        <source>Kimi Code&apos;s lock is switched off by KIMI_DISABLE_OAUTH_LOCK, so nobody can wait for it.</source>
        <translation>Die Sperre von Kimi Code ist mit KIMI_DISABLE_OAUTH_LOCK abgeschaltet, daher kann niemand auf sie warten.</translation>
    </message>
    <message>
        <source>Kimi Code is set to another server by %1, and keeps that server&apos;s login under another name.</source>
        <translation>Kimi Code ist mit %1 auf einen anderen Server eingestellt und bewahrt dessen Login unter einem anderen Namen auf.</translation>
    </message>
    <message>
        <source>Kimi Code&apos;s configuration does not name this login, so it is not known which lock guards it.</source>
        <translation>Die Konfiguration von Kimi Code nennt dieses Login nicht, daher ist unbekannt, welche Sperre es schützt.</translation>
    </message>
    <message>
        <source>Kimi Code cannot do without a refresh token of its own.</source>
        <translation>Kimi Code kommt nicht ohne ein eigenes Erneuerungstoken aus.</translation>
    </message>
    <message>
        <source>What a running Kimi Code does when its account is exchanged is not known.</source>
        <translation>Was ein laufendes Kimi Code tut, wenn sein Konto ausgetauscht wird, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>OpenClaw has put nothing away here.</source>
        <translation>OpenClaw hat hier nichts weggelegt.</translation>
    </message>
    <message>
        <source>OpenClaw may still be waiting for the provider&apos;s answer.</source>
        <translation>OpenClaw wartet vielleicht noch auf die Antwort des Anbieters.</translation>
    </message>
    <message>
        <source>OpenClaw has marked these tokens in a way that Keytender does not know.</source>
        <translation>OpenClaw hat diese Token auf eine Weise gekennzeichnet, die Keytender nicht kennt.</translation>
    </message>
    <message>
        <source>OpenClaw put away other tokens than those that Keytender keeps.</source>
        <translation>OpenClaw hat andere Token weggelegt, als Keytender sie hat.</translation>
    </message>
    <message>
        <source>The provider may have seen the refresh that failed: these tokens may be spent. Sign in again with OpenClaw.</source>
        <translation>Der Anbieter hat die gescheiterte Erneuerung vielleicht gesehen: Diese Token können verbraucht sein. Melde dich mit OpenClaw neu an.</translation>
    </message>
    <message>
        <source>This computer reached nobody from before OpenClaw put the tokens away until after its refresh had failed.</source>
        <translation>Dieser Rechner erreichte niemanden, von bevor OpenClaw die Token weglegte bis nachdem seine Erneuerung gescheitert war.</translation>
    </message>
    <message>
        <source>This database is laid out by an OpenClaw that Keytender does not know: it is read, never written.</source>
        <translation>Diese Datenbank stammt von einem OpenClaw, das Keytender nicht kennt: Sie wird gelesen, nie beschrieben.</translation>
    </message>
    <message>
        <source>OpenClaw does not name this place any more.</source>
        <translation>OpenClaw nennt diesen Ort nicht mehr.</translation>
    </message>
    <message>
        <source>An old auth-profiles.json lies beside OpenClaw&apos;s database: finish its move with `openclaw doctor --fix` first, while online.</source>
        <translation>Neben der Datenbank von OpenClaw liegt eine alte auth-profiles.json: Schließe erst ihren Umzug mit `openclaw doctor --fix` ab, solange du online bist.</translation>
    </message>
    <message>
        <source>The OpenClaw that is installed does not read this file any more.</source>
        <translation>Das installierte OpenClaw liest diese Datei nicht mehr.</translation>
    </message>
    <message>
        <source>Which OpenClaw uses this file cannot be told, and its versions lock it in ways that exclude each other.</source>
        <translation>Es lässt sich nicht sagen, welches OpenClaw diese Datei benutzt, und seine Versionen sperren sie auf Weisen, die einander ausschließen.</translation>
    </message>
    <message>
        <source>OpenClaw has put these tokens away for a refresh that has not ended well, or not yet.</source>
        <translation>OpenClaw hat diese Token für eine Erneuerung weggelegt, die nicht gut ausging oder noch nicht zu Ende ist.</translation>
    </message>
    <message>
        <source>OpenClaw saved this sign-in for later and does not use it.</source>
        <translation>OpenClaw hat diese Anmeldung für später gespeichert und benutzt sie nicht.</translation>
    </message>
    <message>
        <source>This is another program&apos;s login, of which OpenClaw keeps a copy.</source>
        <translation>Das ist das Login eines anderen Programms, von dem OpenClaw eine Kopie hat.</translation>
    </message>
    <message>
        <source>OpenClaw takes an access token alone only in a profile that it made for one: `openclaw models auth paste-token`.</source>
        <translation>OpenClaw nimmt ein bloßes Zugriffstoken nur in einem Profil, das es dafür angelegt hat: `openclaw models auth paste-token`.</translation>
    </message>
    <message>
        <source>There is nothing to renew here: it is no OAuth login.</source>
        <translation>Hier gibt es nichts zu erneuern: Es ist kein OAuth-Login.</translation>
    </message>
    <message>
        <source>Google does not let other programs use this login.</source>
        <translation>Google erlaubt anderen Programmen nicht, dieses Login zu benutzen.</translation>
    </message>
    <message>
        <source>How OpenClaw signs in to this provider is not known to Keytender.</source>
        <translation>Wie sich OpenClaw bei diesem Anbieter anmeldet, weiß Keytender nicht.</translation>
    </message>
    <message>
        <source>OpenClaw keeps several accounts side by side: choose among them with `openclaw models auth order set`.</source>
        <translation>OpenClaw hat mehrere Konten nebeneinander: Wähle unter ihnen mit `openclaw models auth order set`.</translation>
    </message>
    <message>
        <source>opencode has no lock: two programs would spend one refresh token. A sign-in of its own for opencode keeps it safe.</source>
        <translation>opencode hat keine Sperre: Zwei Programme würden ein Erneuerungstoken verbrauchen. Sicher ist eine eigene Anmeldung für opencode.</translation>
    </message>
    <message>
        <source>opencode has no lock under which its account could be exchanged safely.</source>
        <translation>opencode hat keine Sperre, unter der sein Konto sicher ausgetauscht werden könnte.</translation>
    </message>
    <message>
        <source>opencode reads OPENCODE_AUTH_CONTENT in place of its file, and will write that over it.</source>
        <translation>opencode liest OPENCODE_AUTH_CONTENT statt seiner Datei und wird sie damit überschreiben.</translation>
    </message>
    <message>
        <source>This opencode keeps logins in a database that Keytender does not know yet.</source>
        <translation>Dieses opencode bewahrt Logins in einer Datenbank auf, die Keytender noch nicht kennt.</translation>
    </message>
    <message>
        <source>opencode has no sign-in of this name that a token could be given to.</source>
        <translation>opencode hat keine Anmeldung dieses Namens, der man ein Token geben könnte.</translation>
    </message>
    <message>
        <source>The service behind this login ended on 2026-04-15: a fresh token would open nothing.</source>
        <translation>Der Dienst hinter diesem Login endete am 15.04.2026: Ein frisches Token würde nichts öffnen.</translation>
    </message>
    <message>
        <source>%1 has no command that renews its login.</source>
        <translation>%1 hat keinen Befehl, der sein Login erneuert.</translation>
    </message>
    <message>
        <source>%1 cannot be asked to renew a login outside of its usual folder.</source>
        <translation>%1 lässt sich nicht bitten, ein Login außerhalb seines üblichen Ordners zu erneuern.</translation>
    </message>
    <message>
        <source>its tool&apos;s lock was taken over</source>
        <translation>die Sperre seines Werkzeugs wurde übernommen</translation>
    </message>
    <message>
        <source>somebody else writes to it all the time</source>
        <translation>jemand anders schreibt ständig hinein</translation>
    </message>
    <message>
        <source>Keytender does not write here</source>
        <translation>Keytender schreibt hier nicht</translation>
    </message>
    <message>
        <source>somebody else writes beside it all the time</source>
        <translation>jemand anders schreibt ständig daneben</translation>
    </message>
    <message>
        <source>No profile with an account and a role uses this session, so AWS&apos;s programs cannot be asked.</source>
        <translation>Kein Profil mit Konto und Rolle benutzt diese Sitzung, daher lassen sich die Programme von AWS nicht bitten.</translation>
    </message>
    <message>
        <source>AWS&apos;s programs have no lock that Keytender could take, but they renew the session themselves when they are asked to.</source>
        <translation>Die Programme von AWS haben keine Sperre, die Keytender nehmen könnte, erneuern die Sitzung aber selbst, wenn man sie bittet.</translation>
    </message>
    <message>
        <source>AWS&apos;s programs have no lock that Keytender could take, so it does not write their sessions.</source>
        <translation>Die Programme von AWS haben keine Sperre, die Keytender nehmen könnte, daher schreibt es ihre Sitzungen nicht.</translation>
    </message>
    <message>
        <source>Google does not let other programs use this login, and could suspend the account for it.</source>
        <translation>Google erlaubt anderen Programmen nicht, dieses Login zu benutzen, und könnte das Konto dafür sperren.</translation>
    </message>
    <message>
        <source>GitHub&apos;s tokens do not run out, so there is nothing to renew.</source>
        <translation>Die Token von GitHub laufen nicht ab, es gibt also nichts zu erneuern.</translation>
    </message>
    <message>
        <source>GitHub&apos;s tokens do not run out, so there is nothing to hand on.</source>
        <translation>Die Token von GitHub laufen nicht ab, es gibt also nichts weiterzugeben.</translation>
    </message>
    <message>
        <source>Google&apos;s programs renew for themselves and never change this file, so there is nothing in it to keep fresh.</source>
        <translation>Die Programme von Google erneuern für sich selbst und ändern diese Datei nie, es gibt darin also nichts frisch zu halten.</translation>
    </message>
    <message>
        <source>This file holds no access token that could be kept fresh.</source>
        <translation>Diese Datei enthält kein Zugriffstoken, das sich frisch halten ließe.</translation>
    </message>
    <message>
        <source>Kimi CLI stops waiting for its lock after a few seconds and goes on without: Kimi Code waits.</source>
        <translation>Kimi CLI wartet nur ein paar Sekunden auf seine Sperre und macht ohne sie weiter: Kimi Code wartet.</translation>
    </message>
    <message>
        <source>Kimi CLI has no lock that it keeps to.</source>
        <translation>Kimi CLI hat keine Sperre, an die es sich hält.</translation>
    </message>
    <message>
        <source>MiniMax CLI has no lock that Keytender could take, but it renews its login itself when it is asked to.</source>
        <translation>MiniMax CLI hat keine Sperre, die Keytender nehmen könnte, erneuert sein Login aber selbst, wenn man es bittet.</translation>
    </message>
    <message>
        <source>MiniMax CLI keeps its login among its settings and has no lock, so Keytender does not write there.</source>
        <translation>MiniMax CLI bewahrt sein Login in seinen Einstellungen auf und hat keine Sperre, daher schreibt Keytender dort nicht.</translation>
    </message>
    <message>
        <source>Google does not let other programs use this login, but gcloud renews it itself when it is asked to.</source>
        <translation>Google lässt andere Programme dieses Login nicht verwenden, aber gcloud erneuert es selbst, wenn man es darum bittet.</translation>
    </message>
    <message>
        <source>gcloud keeps its logins in databases of its own, and Keytender does not write there.</source>
        <translation>gcloud hält seine Logins in eigenen Datenbanken, und dort schreibt Keytender nicht.</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>OpenClaw takes this file over when it first starts. Until then it renews nothing in it, and neither does Keytender.</source>
        <translation>OpenClaw übernimmt diese Datei bei seinem ersten Start. Bis dahin erneuert es nichts darin, und Keytender ebenso wenig.</translation>
    </message>
</context>
<context>
    <name>OAuth</name>
    <message>
        <source>device authorization</source>
        <translation>Gerätefreigabe</translation>
    </message>
    <message>
        <source>the answer cannot be read (status %1)</source>
        <translation>die Antwort ist nicht lesbar (Status %1)</translation>
    </message>
    <message>
        <source>there is no code in the answer (status %1)</source>
        <translation>die Antwort enthält keinen Code (Status %1)</translation>
    </message>
    <message>
        <source>the address to open is not https</source>
        <translation>die zu öffnende Adresse ist nicht https</translation>
    </message>
    <message>
        <source>its metadata names a &apos;%1&apos; that is not https</source>
        <translation>seine Metadaten nennen einen „%1“, der nicht https ist</translation>
    </message>
    <message>
        <source>its metadata does not list &apos;%2&apos; in &apos;%1&apos;</source>
        <translation>seine Metadaten führen „%2“ nicht unter „%1“ auf</translation>
    </message>
    <message>
        <source>its metadata is that of another issuer</source>
        <translation>seine Metadaten gehören zu einem anderen Aussteller</translation>
    </message>
    <message>
        <source>redirected to &apos;%1&apos;, which is not followed</source>
        <translation>leitet nach „%1“ um; dem wird nicht gefolgt</translation>
    </message>
    <message>
        <source>it publishes no metadata (status %1)</source>
        <translation>er veröffentlicht keine Metadaten (Status %1)</translation>
    </message>
    <message>
        <source>its metadata names no endpoint to sign in at</source>
        <translation>seine Metadaten nennen keine Adresse zum Anmelden</translation>
    </message>
    <message>
        <source>is not an https address without a question mark and a hash</source>
        <translation>ist keine https-Adresse ohne Frage- und Rautezeichen</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is not valid yet: check this machine&apos;s clock</source>
        <translation>das Zertifikat des Servers gilt noch nicht: Stimmt die Uhr dieses Rechners?</translation>
    </message>
    <message>
        <source>the server&apos;s certificate has expired, or this machine&apos;s clock is wrong</source>
        <translation>das Zertifikat des Servers ist abgelaufen, oder die Uhr dieses Rechners geht falsch</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is that of another host</source>
        <translation>das Zertifikat des Servers gehört zu einem anderen Rechner</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is not trusted: issuer &apos;%1&apos;</source>
        <translation>dem Zertifikat des Servers wird nicht vertraut: Aussteller „%1“</translation>
    </message>
    <message>
        <source>no whole answer came in time</source>
        <translation>es kam keine vollständige Antwort zur rechten Zeit</translation>
    </message>
    <message>
        <source>the answer is larger than 1 MiB</source>
        <translation>die Antwort ist größer als 1 MiB</translation>
    </message>
    <message>
        <source>the host cannot be found: is this machine online?</source>
        <translation>der Server ist nicht zu finden: Ist dieser Rechner online?</translation>
    </message>
    <message>
        <source>the host refused the connection</source>
        <translation>der Server hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>no secure connection could be made</source>
        <translation>es kam keine sichere Verbindung zustande</translation>
    </message>
    <message>
        <source>the answer is not as long as it says</source>
        <translation>die Antwort ist nicht so lang, wie sie sagt</translation>
    </message>
    <message>
        <source>the connection ended before the whole answer was there</source>
        <translation>die Verbindung endete, bevor die Antwort vollständig war</translation>
    </message>
    <message>
        <source>is not https</source>
        <translation>ist nicht https</translation>
    </message>
    <message>
        <source>the provider did not confirm it</source>
        <translation>der Anbieter hat es nicht bestätigt</translation>
    </message>
    <message>
        <source>refused without a reason (status %1)</source>
        <translation>ohne Grund abgelehnt (Status %1)</translation>
    </message>
    <message>
        <source>the answer does not say what kind of token it holds</source>
        <translation>die Antwort sagt nicht, welche Art Token sie enthält</translation>
    </message>
    <message>
        <source>the token is of the kind &apos;%1&apos;, which Keytender cannot use</source>
        <translation>das Token ist von der Art „%1“, die Keytender nicht verwenden kann</translation>
    </message>
    <message>
        <source>%1 is not a token: the one before it is kept</source>
        <translation>%1 ist kein Token: das vorige bleibt</translation>
    </message>
    <message>
        <source>%1 holds characters that no token has</source>
        <translation>%1 enthält Zeichen, die kein Token hat</translation>
    </message>
    <message>
        <source>%1 is a string, not a number</source>
        <translation>%1 ist eine Zeichenkette, keine Zahl</translation>
    </message>
    <message>
        <source>%1 is not a number: the usual lifetime is taken</source>
        <translation>%1 ist keine Zahl: es gilt die übliche Lebensdauer</translation>
    </message>
    <message>
        <source>%1 is negative</source>
        <translation>%1 ist negativ</translation>
    </message>
    <message>
        <source>%1 is too large</source>
        <translation>%1 ist zu groß</translation>
    </message>
    <message>
        <source>%1 is taken for milliseconds</source>
        <translation>%1 wird als Millisekunden gelesen</translation>
    </message>
    <message>
        <source>%1 is a list</source>
        <translation>%1 ist eine Liste</translation>
    </message>
    <message>
        <source>%1 cannot be read: taken as asked for</source>
        <translation>%1 ist nicht lesbar: es gilt das Erbetene</translation>
    </message>
    <message>
        <source>a web page came back (status %1)</source>
        <translation>es kam eine Webseite zurück (Status %1)</translation>
    </message>
    <message>
        <source>the error has no code that can be read</source>
        <translation>der Fehler hat keinen lesbaren Code</translation>
    </message>
    <message>
        <source>a token stands twice in the answer</source>
        <translation>ein Token steht zweimal in der Antwort</translation>
    </message>
    <message>
        <source>there is no usable access token in the answer</source>
        <translation>die Antwort enthält kein brauchbares Zugriffstoken</translation>
    </message>
    <message>
        <source>a token came with status %1</source>
        <translation>ein Token kam mit Status %1</translation>
    </message>
</context>
<context>
    <name>Provider</name>
    <message>
        <source>is &apos;%1&apos;, not &apos;measured&apos; or &apos;assumed&apos;</source>
        <translation>ist „%1“, nicht „measured“ oder „assumed“</translation>
    </message>
    <message>
        <source>is not a member that Keytender knows</source>
        <translation>ist kein Feld, das Keytender kennt</translation>
    </message>
    <message>
        <source>its group or everybody may write to it</source>
        <translation>ihre Gruppe oder jeder darf hineinschreiben</translation>
    </message>
    <message>
        <source>is not a directory</source>
        <translation>ist kein Verzeichnis</translation>
    </message>
    <message>
        <source>is empty: leave the member out instead</source>
        <translation>ist leer: das Feld stattdessen weglassen</translation>
    </message>
    <message>
        <source>is not a list of strings</source>
        <translation>ist keine Liste von Zeichenketten</translation>
    </message>
    <message>
        <source>is negative</source>
        <translation>ist negativ</translation>
    </message>
    <message>
        <source>is not a whole number of seconds up to a hundred years</source>
        <translation>ist keine ganze Zahl von Sekunden bis zu hundert Jahren</translation>
    </message>
    <message>
        <source>is &apos;%1&apos;, which is none of: %2</source>
        <translation>ist „%1“ und damit keines von: %2</translation>
    </message>
    <message>
        <source>is not the address of a host</source>
        <translation>ist nicht die Adresse eines Rechners</translation>
    </message>
    <message>
        <source>is not https</source>
        <translation>ist nicht https</translation>
    </message>
    <message>
        <source>holds a user name</source>
        <translation>enthält einen Benutzernamen</translation>
    </message>
    <message>
        <source>has a fragment</source>
        <translation>hat ein Fragment</translation>
    </message>
    <message>
        <source>is not a day such as 2026-04-15</source>
        <translation>ist kein Tag wie 2026-04-15</translation>
    </message>
    <message>
        <source>is not 1, the version that Keytender knows</source>
        <translation>ist nicht 1, die Version, die Keytender kennt</translation>
    </message>
    <message>
        <source>is not made of small letters, digits and single hyphens</source>
        <translation>besteht nicht aus Kleinbuchstaben, Ziffern und einzelnen Bindestrichen</translation>
    </message>
    <message>
        <source>is &apos;%1&apos;, and the file is not called &apos;%1.json&apos;</source>
        <translation>ist „%1“, und die Datei heißt nicht „%1.json“</translation>
    </message>
    <message>
        <source>has a query</source>
        <translation>enthält einen Abfrageteil</translation>
    </message>
    <message>
        <source>holds more than visible ASCII characters</source>
        <translation>enthält mehr als sichtbare ASCII-Zeichen</translation>
    </message>
    <message>
        <source>is set by Keytender itself</source>
        <translation>setzt Keytender selbst</translation>
    </message>
    <message>
        <source>is not a JSON Pointer such as /account/uuid</source>
        <translation>ist kein JSON-Pointer wie /account/uuid</translation>
    </message>
    <message>
        <source>is given, and there are ways</source>
        <translation>ist angegeben, und es gibt Wege</translation>
    </message>
    <message>
        <source>is not a host in small letters, with or without a port, such as git.example.com:8443</source>
        <translation>ist kein Server in Kleinbuchstaben, mit oder ohne Port, wie git.example.com:8443</translation>
    </message>
</context>
<context>
    <name>Rescue</name>
    <message>
        <source>%1 locked this login away for a renewal that failed. Keytender still has its tokens and can put them back.</source>
        <translation>%1 hat dieses Login für eine Erneuerung weggesperrt, die gescheitert ist. Keytender hat seine Token noch und kann sie zurücklegen.</translation>
    </message>
    <message>
        <source>there is nothing to rescue</source>
        <translation>es gibt nichts zu retten</translation>
    </message>
    <message>
        <source>its tool has changed it meanwhile; nothing was written</source>
        <translation>sein Werkzeug hat es inzwischen geändert; nichts wurde geschrieben</translation>
    </message>
</context>
<context>
    <name>RowAction</name>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>Entsperren …</translation>
    </message>
    <message>
        <source>Show details and activity</source>
        <translation>Einzelheiten und Verlauf zeigen</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Neu anmelden</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Keep fresh…</source>
        <translation>Frisch halten …</translation>
    </message>
    <message>
        <source>Rescue…</source>
        <translation>Retten …</translation>
    </message>
</context>
<context>
    <name>RowText</name>
    <message>
        <source>no copy on this machine</source>
        <translation>keine Kopie auf diesem Rechner</translation>
    </message>
    <message>
        <source>%1 copies, %2 unreadable</source>
        <translation>%1 Kopien, davon %2 nicht lesbar</translation>
    </message>
    <message numerus="yes">
        <source>%n copies in step</source>
        <translation>
            <numerusform>%n Kopie im Gleichstand</numerusform>
            <numerusform>%n Kopien im Gleichstand</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copies, not in step</source>
        <translation>
            <numerusform>%n Kopie, nicht im Gleichstand</numerusform>
            <numerusform>%n Kopien, nicht im Gleichstand</numerusform>
        </translation>
    </message>
    <message>
        <source>Renewal due: %1</source>
        <translation>Erneuerung fällig: %1</translation>
    </message>
    <message>
        <source>Access token ends: %1</source>
        <translation>Zugriffstoken endet: %1</translation>
    </message>
    <message>
        <source>Sign-in ends: %1</source>
        <translation>Anmeldung endet: %1</translation>
    </message>
    <message>
        <source>No end is known for this login.</source>
        <translation>Für dieses Login ist kein Ende bekannt.</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>created %1</source>
        <translation>erstellt %1</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>Abmelden …</translation>
    </message>
    <message>
        <source>added by hand</source>
        <translation>von Hand hinzugefügt</translation>
    </message>
</context>
<context>
    <name>Scopes</name>
    <message>
        <source>know which account it is</source>
        <translation>wissen, welches Konto es ist</translation>
    </message>
    <message>
        <source>read your name</source>
        <translation>deinen Namen lesen</translation>
    </message>
    <message>
        <source>read your e-mail address</source>
        <translation>deine E-Mail-Adresse lesen</translation>
    </message>
    <message>
        <source>stay signed in until you sign out</source>
        <translation>angemeldet bleiben, bis du dich abmeldest</translation>
    </message>
    <message>
        <source>create API keys for your organisation</source>
        <translation>API-Schlüssel für deine Organisation anlegen</translation>
    </message>
    <message>
        <source>read your name, organisation and plan</source>
        <translation>deinen Namen, deine Organisation und deinen Tarif lesen</translation>
    </message>
    <message>
        <source>use the models with your plan</source>
        <translation>die Modelle mit deinem Tarif benutzen</translation>
    </message>
    <message>
        <source>use Claude Code&apos;s sessions</source>
        <translation>die Sitzungen von Claude Code benutzen</translation>
    </message>
    <message>
        <source>use the MCP servers of your account</source>
        <translation>die MCP-Server deines Kontos benutzen</translation>
    </message>
    <message>
        <source>upload files</source>
        <translation>Dateien hochladen</translation>
    </message>
    <message>
        <source>use the plugins of your account</source>
        <translation>die Plugins deines Kontos benutzen</translation>
    </message>
    <message>
        <source>record your answers on privacy</source>
        <translation>deine Antworten zum Datenschutz festhalten</translation>
    </message>
    <message>
        <source>see the connectors of your account</source>
        <translation>die Konnektoren deines Kontos sehen</translation>
    </message>
    <message>
        <source>use the connectors of your account</source>
        <translation>die Konnektoren deines Kontos benutzen</translation>
    </message>
    <message>
        <source>read and write your repositories</source>
        <translation>deine Repositorys lesen und beschreiben</translation>
    </message>
    <message>
        <source>see the organisations you belong to</source>
        <translation>sehen, zu welchen Organisationen du gehörst</translation>
    </message>
    <message>
        <source>write gists</source>
        <translation>Gists schreiben</translation>
    </message>
    <message>
        <source>needs a client id of your own in a provider file</source>
        <translation>braucht eine eigene Client-ID in einer Anbieterdatei</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Needs you</source>
        <translation>Braucht dich</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>Bald</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>In Ordnung</translation>
    </message>
</context>
<context>
    <name>Service</name>
    <message>
        <source>“%1” was signed out here and is still valid at %2.</source>
        <translation>„%1“ wurde hier abgemeldet und ist bei %2 noch gültig.</translation>
    </message>
    <message>
        <source>Keytender&apos;s own store is not open for writing</source>
        <translation>Keytenders eigener Speicher ist nicht zum Schreiben geöffnet</translation>
    </message>
</context>
<context>
    <name>ServiceName</name>
    <message>
        <source>neither it nor HOME names a directory for Keytender&apos;s socket</source>
        <translation>weder sie noch HOME nennt ein Verzeichnis für Keytenders Socket</translation>
    </message>
    <message>
        <source>something else stands where the directory of Keytender&apos;s socket belongs. Move it away, then start Keytender again</source>
        <translation>etwas anderes steht dort, wohin das Verzeichnis von Keytenders Socket gehört. Lege es beiseite und starte Keytender dann neu</translation>
    </message>
    <message>
        <source>belongs to another user, who could answer in Keytender&apos;s place. Move it away</source>
        <translation>gehört einem anderen Benutzer, der an Keytenders Stelle antworten könnte. Lege es beiseite</translation>
    </message>
    <message>
        <source>is open to other users. Close it with chmod 700, then start Keytender again</source>
        <translation>steht anderen Benutzern offen. Schließe es mit chmod 700 und starte Keytender dann neu</translation>
    </message>
</context>
<context>
    <name>SettingsFile</name>
    <message>
        <source>somebody else has changed it meanwhile; look at it and change it again</source>
        <translation>jemand anderes hat es inzwischen geändert; sieh es dir an und ändere es noch einmal</translation>
    </message>
    <message>
        <source>this cannot be written so that it reads back the same</source>
        <translation>das lässt sich nicht so schreiben, dass es wieder gleich gelesen wird</translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message>
        <source>%1 holds this login, and it offers no safe way to renew it beside itself.</source>
        <translation>%1 hat dieses Login und bietet keinen sicheren Weg, es nebenher zu erneuern.</translation>
    </message>
    <message>
        <source>There is no such login any more.</source>
        <translation>Dieses Login gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Its tool&apos;s own copy has not been found on this machine.</source>
        <translation>Die Kopie seines Werkzeugs wurde auf diesem Rechner nicht gefunden.</translation>
    </message>
    <message>
        <source>%1 holds the same login: who renews one of them ends the other. Sign in to one of them anew, so that each has a login of its own, or make the other one a mirror of this one.</source>
        <translation>%1 hat dasselbe Login: Wer das eine erneuert, beendet das andere. Melde eines der beiden neu an, damit jedes sein eigenes hat, oder mach das andere zum Spiegel von diesem.</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>is no address to sign in at</source>
        <translation>ist keine Adresse zum Anmelden</translation>
    </message>
    <message>
        <source>cannot be asked without a client id, a redirect URI, a state and a challenge</source>
        <translation>lässt sich ohne Client-ID, Rücksprungadresse, Zustand und Prüfwert nicht fragen</translation>
    </message>
    <message>
        <source>would be given a parameter twice</source>
        <translation>bekäme einen Parameter zweimal</translation>
    </message>
    <message>
        <source>the answer does not say which server it comes from</source>
        <translation>die Antwort sagt nicht, von welchem Server sie kommt</translation>
    </message>
    <message>
        <source>the answer comes from another server than the one asked</source>
        <translation>die Antwort kommt von einem anderen Server als dem gefragten</translation>
    </message>
    <message>
        <source>the answer is not encoded as an address is</source>
        <translation>die Antwort ist nicht wie eine Adresse kodiert</translation>
    </message>
    <message>
        <source>the answer says something twice</source>
        <translation>die Antwort sagt etwas zweimal</translation>
    </message>
    <message>
        <source>the answer holds both a code and an error</source>
        <translation>die Antwort enthält einen Code und einen Fehler zugleich</translation>
    </message>
    <message>
        <source>the answer holds an error without a name</source>
        <translation>die Antwort enthält einen Fehler ohne Namen</translation>
    </message>
    <message>
        <source>the answer holds no code</source>
        <translation>die Antwort enthält keinen Code</translation>
    </message>
    <message>
        <source>the code has characters that no code has</source>
        <translation>der Code enthält Zeichen, die kein Code hat</translation>
    </message>
    <message>
        <source>nothing was pasted</source>
        <translation>es wurde nichts eingefügt</translation>
    </message>
    <message>
        <source>this is neither an address nor a code</source>
        <translation>das ist weder eine Adresse noch ein Code</translation>
    </message>
    <message>
        <source>this is another address than the one this sign-in returns to</source>
        <translation>das ist eine andere Adresse als die, zu der diese Anmeldung zurückkehrt</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>ist nicht installiert</translation>
    </message>
    <message>
        <source>found no browser that opens</source>
        <translation>hat keinen Browser gefunden, der sich öffnet</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>Port %1</translation>
    </message>
    <message>
        <source>is not an address of this machine</source>
        <translation>ist keine Adresse dieses Rechners</translation>
    </message>
    <message>
        <source>is taken by another sign-in of Keytender</source>
        <translation>ist durch eine andere Anmeldung von Keytender belegt</translation>
    </message>
    <message>
        <source>is taken by %1 (process %2)</source>
        <translation>ist durch %1 belegt (Prozess %2)</translation>
    </message>
    <message>
        <source>is taken by a program of another user</source>
        <translation>ist durch ein Programm eines anderen Benutzers belegt</translation>
    </message>
    <message>
        <source>is taken by another program</source>
        <translation>ist durch ein anderes Programm belegt</translation>
    </message>
    <message>
        <source>is too long to be opened</source>
        <translation>ist zu lang, um geöffnet zu werden</translation>
    </message>
    <message>
        <source>is not https</source>
        <translation>ist nicht https</translation>
    </message>
    <message>
        <source>is not the plain address of a host</source>
        <translation>ist nicht die schlichte Adresse eines Rechners</translation>
    </message>
    <message>
        <source>has characters in its address that do not belong there</source>
        <translation>hat Zeichen in der Adresse, die dort nicht hingehören</translation>
    </message>
    <message>
        <source>is not a host of this provider</source>
        <translation>ist kein Rechner dieses Anbieters</translation>
    </message>
    <message>
        <source>does not offer this way to sign in</source>
        <translation>bietet diesen Weg der Anmeldung nicht</translation>
    </message>
    <message>
        <source>nobody came back from the browser in time; please start over</source>
        <translation>niemand kam rechtzeitig aus dem Browser zurück; bitte von vorn beginnen</translation>
    </message>
    <message>
        <source>no sign-in is waiting for this</source>
        <translation>keine Anmeldung wartet darauf</translation>
    </message>
    <message>
        <source>this belongs to another sign-in</source>
        <translation>das gehört zu einer anderen Anmeldung</translation>
    </message>
    <message>
        <source>the answer was lost on its way, and a code works only once; please start over</source>
        <translation>die Antwort ging unterwegs verloren, und ein Code gilt nur einmal; bitte von vorn beginnen</translation>
    </message>
    <message>
        <source>the code was not entered in time; please start over</source>
        <translation>der Code wurde nicht rechtzeitig eingegeben; bitte von vorn beginnen</translation>
    </message>
    <message>
        <source>The sign-in was refused.</source>
        <translation>Die Anmeldung wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The sign-in was refused: %1</source>
        <translation>Die Anmeldung wurde abgelehnt: %1</translation>
    </message>
    <message>
        <source>The server could not be reached: %1</source>
        <translation>Der Server war nicht erreichbar: %1</translation>
    </message>
    <message>
        <source>Sign in to %1 in the browser, then paste here what it shows.</source>
        <translation>Melde dich im Browser bei %1 an und füge hier ein, was er zeigt.</translation>
    </message>
    <message>
        <source>Waiting for you to sign in to %1 in the browser.</source>
        <translation>Wartet darauf, dass du dich im Browser bei %1 anmeldest.</translation>
    </message>
    <message>
        <source>The browser did not open (%1). Copy the link and open it yourself.</source>
        <translation>Der Browser ging nicht auf (%1). Kopiere den Link und öffne ihn selbst.</translation>
    </message>
    <message>
        <source>Preparing the sign-in.</source>
        <translation>Die Anmeldung wird vorbereitet.</translation>
    </message>
    <message>
        <source>Open the page and enter the code. Enter it only because you started this sign-in yourself.</source>
        <translation>Öffne die Seite und gib den Code ein. Gib ihn nur ein, weil du diese Anmeldung selbst begonnen hast.</translation>
    </message>
    <message>
        <source>Exchanging the code for a login.</source>
        <translation>Der Code wird gegen ein Login getauscht.</translation>
    </message>
    <message>
        <source>Reading whose login it is.</source>
        <translation>Es wird gelesen, wessen Login es ist.</translation>
    </message>
    <message>
        <source>Cancelled; nothing has changed.</source>
        <translation>Abgebrochen; nichts hat sich geändert.</translation>
    </message>
    <message>
        <source>Keytender&apos;s store was closed meanwhile.</source>
        <translation>Keytenders Speicher wurde inzwischen geschlossen.</translation>
    </message>
    <message>
        <source>Storing the login.</source>
        <translation>Das Login wird gespeichert.</translation>
    </message>
    <message>
        <source>You are signed in, but the login cannot be stored: %1</source>
        <translation>Du bist angemeldet, aber das Login lässt sich nicht speichern: %1</translation>
    </message>
    <message>
        <source>This is another account than before; “%1” stays as it is.</source>
        <translation>Das ist ein anderes Konto als zuvor; „%1“ bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Keytender keeps it fresh from now on.</source>
        <translation>Keytender hält es von nun an frisch.</translation>
    </message>
    <message>
        <source>The server gave nothing to renew it with: sign in again when it ends.</source>
        <translation>Der Server gab nichts, womit es sich erneuern ließe: neu anmelden, wenn es endet.</translation>
    </message>
</context>
<context>
    <name>SignOut</name>
    <message>
        <source>Signed out; %1 confirmed it.</source>
        <translation>Abgemeldet; %1 hat es bestätigt.</translation>
    </message>
    <message>
        <source>Signed out here; still valid at %1. Keytender tries again until %1 confirms it.</source>
        <translation>Hier abgemeldet; bei %1 noch gültig. Keytender versucht es weiter, bis %1 es bestätigt.</translation>
    </message>
    <message>
        <source>Signed out here. Only you can end it at %1 itself.</source>
        <translation>Hier abgemeldet. Bei %1 selbst kannst nur du es beenden.</translation>
    </message>
    <message>
        <source>Removed here; %1 was not told, and it stays valid there.</source>
        <translation>Hier entfernt; %1 wurde nichts gesagt, und dort bleibt es gültig.</translation>
    </message>
    <message>
        <source>There was nothing left to sign out of.</source>
        <translation>Es gab nichts mehr abzumelden.</translation>
    </message>
    <message>
        <source>This login belongs to its tool: sign out there.</source>
        <translation>Dieses Login gehört seinem Werkzeug: dort abmelden.</translation>
    </message>
    <message>
        <source>It is being renewed just now; nothing was changed. Try again in a moment.</source>
        <translation>Es wird gerade erneuert; nichts wurde geändert. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Keytender&apos;s store cannot be written.</source>
        <translation>Keytenders Speicher lässt sich nicht beschreiben.</translation>
    </message>
    <message>
        <source>Cancelled; nothing has changed.</source>
        <translation>Abgebrochen; nichts hat sich geändert.</translation>
    </message>
    <message>
        <source>A renewal was under way whose answer was lost: look at the provider&apos;s own list of sign-ins.</source>
        <translation>Eine Erneuerung war im Gange, deren Antwort verloren ging: Sieh in der Liste der Anmeldungen beim Anbieter nach.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Looked for:</source>
        <translation>Gesucht:</translation>
    </message>
    <message>
        <source>No provider can be reached. Keytender tries again by itself; your sign-ins are safe.</source>
        <translation>Kein Anbieter ist erreichbar. Keytender versucht es von selbst erneut; deine Anmeldungen sind sicher.</translation>
    </message>
</context>
<context>
    <name>Tokens</name>
    <message>
        <source>Keytender&apos;s own store does not hold this login yet. Try again in a moment.</source>
        <translation>Keytenders eigener Speicher enthält dieses Login noch nicht. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>There is no login “%1” any more.</source>
        <translation>Es gibt kein Login „%1“ mehr.</translation>
    </message>
    <message>
        <source>It was tried less than a minute ago, or the server wants to be left alone. Try again in a minute.</source>
        <translation>Es wurde vor weniger als einer Minute versucht, oder der Server will in Ruhe gelassen werden. In einer Minute noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The renewal of “%1” has not ended in time. It goes on: try again in a moment.</source>
        <translation>Die Erneuerung von „%1“ ist nicht rechtzeitig fertig geworden. Sie geht weiter: gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>It has no access token.</source>
        <translation>Es hat kein Zugriffstoken.</translation>
    </message>
    <message>
        <source>Its access token has ended.</source>
        <translation>Sein Zugriffstoken ist abgelaufen.</translation>
    </message>
    <message>
        <source>Its access token ends in %1.</source>
        <translation>Sein Zugriffstoken endet in %1.</translation>
    </message>
    <message>
        <source>“%1” cannot be used. Sign in again.</source>
        <translation>„%1“ lässt sich nicht benutzen. Neu anmelden.</translation>
    </message>
    <message>
        <source>%2 %1 has to renew it: use %1 once, or let Keytender keep it fresh.</source>
        <translation>%2 %1 muss es erneuern: Benutze %1 einmal, oder lass Keytender es frisch halten.</translation>
    </message>
    <message>
        <source>%2 Nothing can renew “%1”: replace it with a new one.</source>
        <translation>%2 Nichts kann „%1“ erneuern: Ersetze es durch ein neues.</translation>
    </message>
    <message>
        <source>The access tokens of “%1” live for %2 only, and this one ends in %3: ask for less.</source>
        <translation>Die Zugriffstoken von „%1“ haben nur eine Lebensdauer von %2, und dieses endet in %3: Bitte um weniger.</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Codex renews what lies in its store by itself: with an access token alone it would ask you to sign in again as soon as that one ends.</source>
        <translation>Codex erneuert selbst, was in seinem Speicher liegt: Mit einem Zugriffstoken allein würde es dich zur Anmeldung auffordern, sobald dieses endet.</translation>
    </message>
    <message>
        <source>%1 is set: Codex renews this login elsewhere.</source>
        <translation>%1 ist gesetzt: Codex erneuert dieses Login anderswo.</translation>
    </message>
    <message>
        <source>A Codex that is running goes on with the account it was started with. Restart it, the editor&apos;s extension and the desktop app too.</source>
        <translation>Ein laufendes Codex macht mit dem Konto weiter, mit dem es gestartet wurde. Starte es neu, auch die Erweiterung des Editors und die Desktop-App.</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>is here already</source>
        <translation>ist schon hier</translation>
    </message>
    <message>
        <source>a newer state of this login is here</source>
        <translation>ein neuerer Stand dieses Logins ist hier</translation>
    </message>
    <message>
        <source>is kept fresh here from now on</source>
        <translation>wird von nun an hier frisch gehalten</translation>
    </message>
    <message>
        <source>taken over, and kept fresh from now on</source>
        <translation>übernommen und von nun an frisch gehalten</translation>
    </message>
    <message>
        <source>taken over</source>
        <translation>übernommen</translation>
    </message>
    <message>
        <source>not taken over: its access token has ended, and the machine it comes from may still renew it. Once it is used on this one only, import it with --renew</source>
        <translation>nicht übernommen: sein Zugriffstoken ist abgelaufen, und der Rechner, von dem es kommt, erneuert es vielleicht noch. Sobald es nur noch auf diesem benutzt wird, importiere es mit --renew</translation>
    </message>
    <message>
        <source>taken over until its access token ends: the machine it comes from may still renew it, and two would sign each other out. Once it is used on this one only, import it with --renew</source>
        <translation>übernommen, bis sein Zugriffstoken endet: der Rechner, von dem es kommt, erneuert es vielleicht noch, und zwei würden einander abmelden. Sobald es nur noch auf diesem benutzt wird, importiere es mit --renew</translation>
    </message>
    <message>
        <source>the exported file</source>
        <translation>die exportierte Datei</translation>
    </message>
    <message>
        <source>is of a newer Keytender</source>
        <translation>ist von einem neueren Keytender</translation>
    </message>
    <message>
        <source>holds something that a newer Keytender put there</source>
        <translation>enthält etwas, das ein neueres Keytender hineingelegt hat</translation>
    </message>
    <message>
        <source>was not made by keytenderctl export</source>
        <translation>stammt nicht von keytenderctl export</translation>
    </message>
    <message>
        <source>is cut off</source>
        <translation>ist abgeschnitten</translation>
    </message>
    <message>
        <source>asks for more work than any of ours</source>
        <translation>verlangt mehr Arbeit als jede von unseren</translation>
    </message>
    <message>
        <source>cannot be sealed or opened: too little memory is free</source>
        <translation>lässt sich nicht versiegeln oder öffnen: zu wenig Arbeitsspeicher ist frei</translation>
    </message>
    <message>
        <source>does not open: the passphrase is another one, or the file was altered or cut off</source>
        <translation>lässt sich nicht öffnen: die Passphrase ist eine andere, oder die Datei wurde verändert oder abgeschnitten</translation>
    </message>
</context>
<context>
    <name>TrayFace</name>
    <message>
        <source>Keytender: %1</source>
        <translation>Keytender: %1</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>put the renewed tokens there</source>
        <translation>die erneuerten Token dorthin gelegt</translation>
    </message>
    <message>
        <source>handed an access token on to it</source>
        <translation>ein Zugriffstoken dorthin weitergegeben</translation>
    </message>
    <message>
        <source>put another account&apos;s login there</source>
        <translation>das Login eines anderen Kontos dorthin gelegt</translation>
    </message>
    <message>
        <source>put back what the tool had locked away</source>
        <translation>zurückgelegt, was das Werkzeug weggesperrt hatte</translation>
    </message>
    <message>
        <source>Use the other account again instead: it was put away and is kept fresh.</source>
        <translation>Benutze stattdessen wieder das andere Konto: Es wurde weggelegt und wird frisch gehalten.</translation>
    </message>
    <message>
        <source>The token that was there has been spent: putting it back would sign %1 out.</source>
        <translation>Das Token von vorher ist verbraucht: Es zurückzulegen würde %1 abmelden.</translation>
    </message>
    <message>
        <source>%1 cannot use what was there before.</source>
        <translation>%1 kann mit dem, was vorher da war, nichts anfangen.</translation>
    </message>
    <message>
        <source>Keytender has not written there.</source>
        <translation>Keytender hat dort nicht geschrieben.</translation>
    </message>
    <message>
        <source>there was no login before that could be put back</source>
        <translation>es gab vorher kein Login, das zurückgelegt werden könnte</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message numerus="yes">
        <source>%n years</source>
        <translation>
            <numerusform>%n&#xa0;Jahr</numerusform>
            <numerusform>%n&#xa0;Jahren</numerusform>
        </translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n&#xa0;Tag</numerusform>
            <numerusform>%n&#xa0;Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n&#xa0;Std.</numerusform>
            <numerusform>%n&#xa0;Std.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n&#xa0;Min.</numerusform>
            <numerusform>%n&#xa0;Min.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two units of a duration: 5 h 12 min</comment>
        <translation>%1&#xa0;%2</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>weniger als einer Minute</translation>
    </message>
    <message>
        <source>Sign in again: %1</source>
        <translation>Neu anmelden: %1</translation>
    </message>
    <message>
        <source>Sign in again with %1.</source>
        <translation>Mit %1 neu anmelden.</translation>
    </message>
    <message>
        <source>The provider</source>
        <translation>Der Anbieter</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1 shares its login with another tool. Whichever renews second logs the other out. Sign in to one of them separately.</source>
        <translation>%1 teilt sich sein Login mit einem anderen Werkzeug. Wer als Zweiter erneuert, meldet den anderen ab. Eines von beiden getrennt anmelden.</translation>
    </message>
    <message>
        <source>%1 share one login. Whichever renews second logs the other out. Sign in to one of them separately.</source>
        <translation>%1 teilen sich ein Login. Wer als Zweiter erneuert, meldet den anderen ab. Eines von beiden getrennt anmelden.</translation>
    </message>
    <message>
        <source>%1 share one login. Whichever renews first logs the others out. Sign in to each of them separately.</source>
        <translation>%1 teilen sich ein Login. Wer als Erster erneuert, meldet die anderen ab. Jedes getrennt anmelden.</translation>
    </message>
    <message>
        <source>This sign-in ends in %1, and renewing does not extend it.</source>
        <translation>Diese Anmeldung endet in %1, und Erneuern verlängert sie nicht.</translation>
    </message>
    <message>
        <source>This sign-in ended %1 ago; no renewal helps.</source>
        <translation>Diese Anmeldung endete vor %1; Erneuern hilft nicht mehr.</translation>
    </message>
    <message>
        <source>Create a new key and give it to %1.</source>
        <translation>Einen neuen Schlüssel anlegen und %1 geben.</translation>
    </message>
    <message>
        <source>This token ends in %1, and nothing can renew it.</source>
        <translation>Dieses Token endet in %1, und nichts kann es erneuern.</translation>
    </message>
    <message>
        <source>This token ended %1 ago, and nothing can renew it.</source>
        <translation>Dieses Token endete vor %1, und nichts kann es erneuern.</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>How a date is written: Qt&apos;s letters, for example &quot;15 April 2026&quot;.</extracomment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>%1 has ended the service behind this login.</source>
        <translation>%1 hat den Dienst hinter diesem Login eingestellt.</translation>
    </message>
    <message>
        <source>%1 ended the service behind this login on %2.</source>
        <translation>%1 hat den Dienst hinter diesem Login am %2 eingestellt.</translation>
    </message>
    <message>
        <source>%1 has ended this sign-in for some accounts, and the record does not say whether yours is one of them.</source>
        <translation>%1 hat diese Anmeldung für manche Konten eingestellt, und der Eintrag sagt nicht, ob deines dazugehört.</translation>
    </message>
    <message>
        <source>%1 ended this sign-in for some accounts on %2, and the record does not say whether yours is one of them.</source>
        <translation>%1 hat diese Anmeldung am %2 für manche Konten eingestellt, und der Eintrag sagt nicht, ob deines dazugehört.</translation>
    </message>
    <message>
        <source>What works today: %1.</source>
        <translation>Was heute geht: %1.</translation>
    </message>
    <message>
        <source>No copy of this login can be read.</source>
        <translation>Keine Kopie dieses Logins ist lesbar.</translation>
    </message>
    <message>
        <source>%1 is signed in to another account now.</source>
        <translation>%1 ist jetzt bei einem anderen Konto angemeldet.</translation>
    </message>
    <message>
        <source>%1 is signed in to another account now: %2.</source>
        <translation>%1 ist jetzt bei einem anderen Konto angemeldet: %2.</translation>
    </message>
    <message>
        <source>Keytender changes neither. Sign in there to the account you want.</source>
        <translation>Keytender ändert keines von beiden. Dort beim gewünschten Konto anmelden.</translation>
    </message>
    <message>
        <source>%1 holds no login any more: it was signed out.</source>
        <translation>%1 hat kein Login mehr: Es wurde abgemeldet.</translation>
    </message>
    <message>
        <source>%1 refused to renew this login, and %2 emptied its record.</source>
        <translation>%1 hat die Erneuerung dieses Logins abgelehnt, und %2 hat seinen Eintrag geleert.</translation>
    </message>
    <message>
        <source>There are two versions of this login, and neither is provably the later one; Keytender changes neither.</source>
        <translation>Von diesem Login gibt es zwei Fassungen, und keine ist nachweislich die spätere; Keytender ändert keine von beiden.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it, then Keytender goes on by itself.</source>
        <translation>Der Schlüsselbund ist gesperrt. Nach dem Entsperren macht Keytender von selbst weiter.</translation>
    </message>
    <message>
        <source>renews in %1</source>
        <translation>erneuert in %1</translation>
    </message>
    <message>
        <source>renews at next use</source>
        <translation>erneuert bei Gebrauch</translation>
    </message>
    <message>
        <source>ends in %1</source>
        <translation>endet in %1</translation>
    </message>
    <message>
        <source>no expiry</source>
        <translation>kein Ablauf</translation>
    </message>
    <message>
        <source>signed out</source>
        <translation>abgemeldet</translation>
    </message>
    <message>
        <source>sign in again</source>
        <translation>neu anmelden</translation>
    </message>
    <message>
        <source>renews now</source>
        <translation>erneuert jetzt</translation>
    </message>
    <message>
        <source>fresh</source>
        <translation>frisch</translation>
    </message>
    <message>
        <source>due</source>
        <translation>fällig</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>ruht</translation>
    </message>
    <message>
        <source>renewing</source>
        <translation>wird erneuert</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>ungewiss</translation>
    </message>
    <message>
        <source>needs sign-in</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>signed in through Keytender</source>
        <translation>über Keytender angemeldet</translation>
    </message>
    <message>
        <source>kept fresh together with its tool</source>
        <translation>gemeinsam mit seinem Werkzeug frisch gehalten</translation>
    </message>
    <message>
        <source>renewed by its tool when asked</source>
        <translation>auf Bitte von seinem Werkzeug erneuert</translation>
    </message>
    <message>
        <source>watched only</source>
        <translation>nur beobachtet</translation>
    </message>
    <message>
        <source>held</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>emptied by its tool</source>
        <translation>von seinem Werkzeug geleert</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>protection unknown</source>
        <translation>Schutz unbekannt</translation>
    </message>
    <message>
        <source>in the keychain</source>
        <translation>im Schlüsselbund</translation>
    </message>
    <message>
        <source>sealed, its key in the keychain</source>
        <translation>versiegelt, der Schlüssel liegt im Schlüsselbund</translation>
    </message>
    <message>
        <source>sealed, its key in a file beside it</source>
        <translation>versiegelt, der Schlüssel liegt in einer Datei daneben</translation>
    </message>
    <message>
        <source>scrambled, which does not protect it</source>
        <translation>verschleiert, was nicht schützt</translation>
    </message>
    <message>
        <source>plain text, for your eyes only</source>
        <translation>Klartext, nur für dich lesbar</translation>
    </message>
    <message>
        <source>plain text that others can read</source>
        <translation>Klartext, den andere lesen können</translation>
    </message>
    <message>
        <source>will clash</source>
        <translation>Kollision droht</translation>
    </message>
    <message>
        <source>renewing…</source>
        <translation>wird erneuert …</translation>
    </message>
    <message>
        <source>service ended</source>
        <translation>Dienst eingestellt</translation>
    </message>
    <message>
        <source>another account</source>
        <translation>anderes Konto</translation>
    </message>
    <message>
        <source>two versions</source>
        <translation>zwei Fassungen</translation>
    </message>
    <message>
        <source>keychain locked</source>
        <translation>Schlüsselbund gesperrt</translation>
    </message>
    <message>
        <source>may have ended</source>
        <translation>vielleicht eingestellt</translation>
    </message>
    <message>
        <source>sign-in ends in %1</source>
        <translation>Anmeldung endet in %1</translation>
    </message>
    <message>
        <source>sign-in ended %1 ago</source>
        <translation>Anmeldung endete vor %1</translation>
    </message>
    <message>
        <source>kept fresh by Keytender</source>
        <translation>von Keytender frisch gehalten</translation>
    </message>
    <message>
        <source>%1 renews it when Keytender asks</source>
        <translation>%1 erneuert es auf Keytenders Bitte</translation>
    </message>
    <message>
        <source>%1 renews it at its next use</source>
        <translation>%1 erneuert es beim nächsten Gebrauch</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Neu anmelden.</translation>
    </message>
    <message>
        <source>It said: %1</source>
        <translation>Er sagte: %1</translation>
    </message>
    <message>
        <source>%1 cannot be reached. Keytender tries again by itself; your sign-in is safe.</source>
        <translation>%1 ist nicht erreichbar. Keytender versucht es von selbst erneut; deine Anmeldung ist sicher.</translation>
    </message>
    <message>
        <source>Another program holds the lock on this login. Keytender tries again by itself.</source>
        <translation>Ein anderes Programm hält die Sperre dieses Logins. Keytender versucht es von selbst erneut.</translation>
    </message>
    <message>
        <source>%1 was asked to renew this login, and its answer did not arrive. Keytender asks once more by itself.</source>
        <translation>%1 wurde gebeten, dieses Login zu erneuern, und die Antwort kam nicht an. Keytender fragt von selbst noch einmal.</translation>
    </message>
    <message>
        <source>%1 does not renew this login just now. Keytender tries again by itself; your sign-in is safe.</source>
        <translation>%1 erneuert dieses Login gerade nicht. Keytender versucht es von selbst erneut; deine Anmeldung ist sicher.</translation>
    </message>
    <message>
        <source>This login cannot be stored. Make room on the disk or mend its rights; Keytender tries again by itself.</source>
        <translation>Dieses Login lässt sich nicht speichern. Schaffe Platz auf dem Datenträger oder richte seine Rechte; Keytender versucht es von selbst erneut.</translation>
    </message>
    <message>
        <source>%1 does not accept how Keytender asks it to renew this login. Look at its provider file, or sign in again.</source>
        <translation>%1 nimmt nicht an, wie Keytender um die Erneuerung bittet. Sieh in die Anbieterdatei oder melde dich neu an.</translation>
    </message>
    <message>
        <source>%1 took the refresh token, and its answer was lost on the way.</source>
        <translation>%1 nahm das Erneuerungstoken, und die Antwort ging unterwegs verloren.</translation>
    </message>
    <message>
        <source>%1 answered with the login of another account; Keytender put it aside and changed nothing.</source>
        <translation>%1 antwortete mit dem Login eines anderen Kontos; Keytender hat es beiseitegelegt und nichts geändert.</translation>
    </message>
    <message>
        <source>%1 has ended this sign-in.</source>
        <translation>%1 hat diese Anmeldung beendet.</translation>
    </message>
    <message>
        <source>This key has been in use for %1. Replace it with a new one, and delete the old one at the provider.</source>
        <translation>Dieser Schlüssel ist seit %1 in Gebrauch. Ersetze ihn durch einen neuen, und lösche den alten beim Anbieter.</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>no answer from the server</source>
        <translation>keine Antwort vom Server</translation>
    </message>
    <message>
        <source>cannot be stored</source>
        <translation>nicht speicherbar</translation>
    </message>
    <message>
        <source>%1, next try in %2</source>
        <translation>%1, neuer Versuch in %2</translation>
    </message>
    <message>
        <source>replace soon</source>
        <translation>bald ersetzen</translation>
    </message>
    <message>
        <source>put away by its tool for a renewal</source>
        <translation>von seinem Werkzeug für eine Erneuerung weggelegt</translation>
    </message>
    <message>
        <source>%1 put its tokens away for a renewal that failed. Rescue puts them back where that is safe.</source>
        <translation>%1 hat seine Token für eine Erneuerung weggelegt, die misslungen ist. „Retten“ legt sie zurück, wo das sicher ist.</translation>
    </message>
</context>
<context>
    <name>WritePreview</name>
    <message>
        <source>(text)</source>
        <translation>(Text)</translation>
    </message>
    <message>
        <source>Nothing changes.</source>
        <translation>Nichts ändert sich.</translation>
    </message>
    <message>
        <source>%n bytes</source>
        <translation>%n Byte</translation>
    </message>
    <message>
        <source>%1 (only while writing)</source>
        <translation>%1 (nur beim Schreiben)</translation>
    </message>
    <message>
        <source>%1 more values stay as they are, byte for byte.</source>
        <translation>%1 weitere Werte bleiben Byte für Byte, wie sie sind.</translation>
    </message>
    <message>
        <source>‹new›</source>
        <translation>‹neu›</translation>
    </message>
    <message>
        <source>‹%1 after the renewal›</source>
        <translation>‹%1 nach der Erneuerung›</translation>
    </message>
    <message>
        <source>The refresh token ‹%1› is spent %2; what comes back goes into the vault first and then into the files below. Nothing is written before that.</source>
        <translation>Das Erneuerungstoken ‹%1› wird %2 verbraucht; was zurückkommt, kommt zuerst in den Tresor und dann in die Dateien unten. Vorher wird nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>keytender::daemon::Doorkeeper</name>
    <message>
        <source>Another Keytender has started in the meantime and answers now. Ask again.</source>
        <translation>Inzwischen ist ein anderes Keytender gestartet und antwortet nun. Frage noch einmal.</translation>
    </message>
</context>
<context>
    <name>keytender::refresh::RollForward</name>
    <message>
        <source>a refresh was interrupted, and its provider &apos;%1&apos; is not known</source>
        <translation>eine Erneuerung wurde unterbrochen, und ihr Anbieter „%1“ ist nicht bekannt</translation>
    </message>
</context>
<context>
    <name>keytender::service::AskedConsent</name>
    <message>
        <source>what the settings say is taken back there</source>
        <translation>was in den Einstellungen steht, wird dort zurückgenommen</translation>
    </message>
    <message>
        <source>another Keytender tends these logins; take it back there, or end that one</source>
        <translation>ein anderes Keytender kümmert sich um diese Anmeldungen; nimm es dort zurück, oder beende jenes</translation>
    </message>
</context>
<context>
    <name>keytender::service::CustomServers</name>
    <message>
        <source>there is another provider called &apos;%1&apos; already</source>
        <translation>es gibt schon einen anderen Anbieter namens „%1“</translation>
    </message>
</context>
<context>
    <name>keytender::service::Service</name>
    <message>
        <source>Keytender&apos;s own store is not open for writing</source>
        <translation>Keytenders eigener Speicher ist nicht zum Schreiben geöffnet</translation>
    </message>
    <message>
        <source>What lies beside Keytender&apos;s store cannot be opened.</source>
        <translation>Was neben Keytenders Speicher liegt, kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>%1 was asked to renew it, and did not. Use %1 once.</source>
        <translation>%1 wurde um die Erneuerung gebeten und hat sie nicht vorgenommen. Benutze %1 einmal.</translation>
    </message>
    <message>
        <source>is being renewed just now; try again in a moment</source>
        <translation>wird gerade erneuert; gleich noch einmal versuchen</translation>
    </message>
    <message>
        <source>Another Keytender tends these logins. This one only looks on, and takes over by itself once that one has ended.</source>
        <translation>Ein anderes Keytender kümmert sich um diese Anmeldungen. Dieses sieht nur zu und übernimmt von selbst, sobald jenes beendet ist.</translation>
    </message>
    <message>
        <source>%1 was asked to renew it, and did not: %2. Use %1 once.</source>
        <translation>%1 wurde um die Erneuerung gebeten und hat sie nicht vorgenommen: %2. Benutze %1 einmal.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::AccountDialog</name>
    <message>
        <source>Accounts – Keytender</source>
        <translation>Konten – Keytender</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 uses another account now</source>
        <translation>%1 benutzt jetzt ein anderes Konto</translation>
    </message>
    <message>
        <source>%1 keeps its account</source>
        <translation>%1 behält sein Konto</translation>
    </message>
</context>
<context>
    <name>keytender::ui::AccountsSection</name>
    <message>
        <source>in use in %1</source>
        <translation>in Gebrauch in %1</translation>
    </message>
    <message>
        <source>Use in %1 now</source>
        <translation>Jetzt in %1 benutzen</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move %1 up</source>
        <translation>%1 nach oben</translation>
    </message>
    <message>
        <source>Move %1 down</source>
        <translation>%1 nach unten</translation>
    </message>
    <message>
        <source>%1 uses %2 now.</source>
        <translation>%1 benutzt jetzt %2.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::CareCard</name>
    <message>
        <source>%1 (recommended)</source>
        <translation>%1 (empfohlen)</translation>
    </message>
    <message>
        <source>Preview of the first write…</source>
        <translation>Vorschau des ersten Schreibens …</translation>
    </message>
</context>
<context>
    <name>keytender::ui::CareDialog</name>
    <message>
        <source>Logins of other tools – Keytender</source>
        <translation>Logins anderer Werkzeuge – Keytender</translation>
    </message>
</context>
<context>
    <name>keytender::ui::CarePage</name>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>This login is gone</source>
        <translation>Dieses Login ist weg</translation>
    </message>
    <message>
        <source>Who renews %1?</source>
        <translation>Wer erneuert %1?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>These logins were made by other tools</source>
        <translation>Diese Logins stammen von anderen Werkzeugen</translation>
    </message>
    <message>
        <source>There is no login of another tool that Keytender could renew.</source>
        <translation>Es gibt kein Login eines anderen Werkzeugs, das Keytender erneuern könnte.</translation>
    </message>
    <message>
        <source>Keytender can renew them in time and beside their tools, so that no tool signs out another. Nothing is done before you say so, and you can change it whenever you like.</source>
        <translation>Keytender kann sie rechtzeitig und neben ihren Werkzeugen erneuern, sodass keines ein anderes abmeldet. Nichts geschieht, bevor du es sagst, und du kannst es jederzeit ändern.</translation>
    </message>
    <message>
        <source>Who renews them. What you change here holds from now on.</source>
        <translation>Wer sie erneuert. Was du hier änderst, gilt von nun an.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Accept all recommended</source>
        <translation>Alle Empfehlungen annehmen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
</context>
<context>
    <name>keytender::ui::CareSection</name>
    <message>
        <source>Not offered: %1. %2</source>
        <translation>Nicht möglich: %1. %2</translation>
    </message>
    <message>
        <source>Keep fresh…</source>
        <translation>Frisch halten …</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Preview…</source>
        <translation>Vorschau …</translation>
    </message>
    <message>
        <source>What Keytender would write, line by line</source>
        <translation>Was Keytender schreiben würde, Zeile für Zeile</translation>
    </message>
    <message>
        <source>Last write: %1</source>
        <translation>Zuletzt geschrieben: %1</translation>
    </message>
    <message>
        <source>It cannot be undone: %1</source>
        <translation>Das lässt sich nicht rückgängig machen: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undone: the file is as it was.</source>
        <translation>Rückgängig gemacht: Die Datei ist, wie sie war.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::Clocks</name>
    <message>
        <source>Renewal due: %1</source>
        <translation>Erneuerung fällig: %1</translation>
    </message>
    <message>
        <source>Access token ends: %1</source>
        <translation>Zugriffstoken endet: %1</translation>
    </message>
</context>
<context>
    <name>keytender::ui::ConsentDialog</name>
    <message>
        <source>A program asks – Keytender</source>
        <translation>Ein Programm fragt – Keytender</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Your answer was not remembered</source>
        <translation>Deine Antwort wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>It holds for this time. You are asked again the next time.</source>
        <translation>Sie gilt für dieses Mal. Beim nächsten Mal wirst du wieder gefragt.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::ConsentList</name>
    <message>
        <source>Programs – Keytender</source>
        <translation>Programme – Keytender</translation>
    </message>
</context>
<context>
    <name>keytender::ui::ConsentListPage</name>
    <message>
        <source>Every program</source>
        <translation>Jedes Programm</translation>
    </message>
    <message>
        <source>Programs and your logins</source>
        <translation>Programme und deine Logins</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No program has been allowed or refused a login yet. The first time one asks for a token, Keytender asks you.</source>
        <translation>Noch wurde keinem Programm ein Login erlaubt oder verweigert. Wenn zum ersten Mal eines um ein Token bittet, fragt dich Keytender.</translation>
    </message>
    <message>
        <source>What you revoke ends at once. A token that a program has already got stays valid until it runs out.</source>
        <translation>Was du widerrufst, endet sofort. Ein Token, das ein Programm schon bekommen hat, bleibt gültig, bis es abläuft.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Wieder fragen</translation>
    </message>
    <message>
        <source>%1 · used %2</source>
        <translation>%1 · benutzt %2</translation>
    </message>
</context>
<context>
    <name>keytender::ui::ConsentPage</name>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>This time</source>
        <translation>Dieses Mal</translation>
    </message>
    <message>
        <source>The next time you are asked again.</source>
        <translation>Beim nächsten Mal wirst du wieder gefragt.</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>Eine Stunde lang</translation>
    </message>
    <message>
        <source>As often as it likes until then.</source>
        <translation>Bis dahin, sooft es will.</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Until you take it back, sign out, or sign in to another account.</source>
        <translation>Bis du es zurücknimmst, dich abmeldest oder bei einem anderen Konto anmeldest.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2</source>
        <translation>%1 möchte ein Token von %2</translation>
    </message>
    <message>
        <source>Keytender sees who asks, but cannot prove it: any program of yours could pose as this one. Allow only what you have started yourself.</source>
        <translation>Keytender sieht, wer fragt, kann es aber nicht beweisen: Jedes deiner Programme könnte sich als dieses ausgeben. Erlaube nur, was du selbst gestartet hast.</translation>
    </message>
    <message>
        <source>The system does not tell which program this is, so it can be allowed this time at most. Allow only what you have started yourself.</source>
        <translation>Das System verrät nicht, welches Programm das ist, daher lässt es sich höchstens dieses Mal erlauben. Erlaube nur, was du selbst gestartet hast.</translation>
    </message>
    <message>
        <source>%1 runs whatever it is given: what you allow for longer holds for every script.</source>
        <translation>%1 führt aus, was immer man ihm gibt: Was du für länger erlaubst, gilt für jedes Skript.</translation>
    </message>
    <message>
        <source>Who started it is not known.</source>
        <translation>Wer es gestartet hat, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>started by %1</source>
        <translation>gestartet von %1</translation>
    </message>
    <message>
        <source>One more program waits for an answer.</source>
        <translation>Ein weiteres Programm wartet auf eine Antwort.</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs wait for an answer.</source>
        <translation>
            <numerusform>%n weiteres Programm wartet auf eine Antwort.</numerusform>
            <numerusform>%n weitere Programme warten auf eine Antwort.</numerusform>
        </translation>
    </message>
    <message>
        <source>Allow for an hour</source>
        <translation>Eine Stunde lang erlauben</translation>
    </message>
    <message>
        <source>Allow always</source>
        <translation>Immer erlauben</translation>
    </message>
    <message>
        <source>Allow this time</source>
        <translation>Dieses Mal erlauben</translation>
    </message>
</context>
<context>
    <name>keytender::ui::ConsentWords</name>
    <message>
        <source>allowed by the settings</source>
        <translation>durch die Einstellungen erlaubt</translation>
    </message>
    <message>
        <source>refused by the settings</source>
        <translation>durch die Einstellungen verweigert</translation>
    </message>
    <message>
        <source>allowed for another %1 min</source>
        <translation>noch %1 Min. lang erlaubt</translation>
    </message>
    <message>
        <source>allowed %1</source>
        <translation>erlaubt %1</translation>
    </message>
    <message>
        <source>refused %1</source>
        <translation>verweigert %1</translation>
    </message>
</context>
<context>
    <name>keytender::ui::DetailsPage</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Copy redacted report</source>
        <translation>Geschwärzten Bericht kopieren</translation>
    </message>
    <message>
        <source>Without account names and without secrets: fit for a bug report</source>
        <translation>Ohne Kontonamen und ohne Geheimnisse: geeignet für einen Fehlerbericht</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>Zurück (Esc)</translation>
    </message>
    <message>
        <source>Copy “%1”</source>
        <translation>„%1“ kopieren</translation>
    </message>
    <message>
        <source>Scopes: %1</source>
        <translation>Berechtigungen: %1</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>changed %1</source>
        <translation>geändert %1</translation>
    </message>
    <message>
        <source>No tool on this machine holds one.</source>
        <translation>Kein Werkzeug auf diesem Rechner hat eine.</translation>
    </message>
    <message>
        <source>Held elsewhere too</source>
        <translation>Auch anderswo vorhanden</translation>
    </message>
    <message>
        <source>%1 holds this very login. Whichever of the two renews it second is logged out: sign in to one of them again, so that each has its own.</source>
        <translation>%1 hat genau dieses Login. Wer es von beiden als Zweiter erneuert, wird abgemeldet: Eines der beiden neu anmelden, damit jedes sein eigenes hat.</translation>
    </message>
    <message>
        <source>%1 is signed in to the same account with a login of its own. That is fine.</source>
        <translation>%1 ist beim selben Konto mit einem eigenen Login angemeldet. Das ist in Ordnung.</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Bisher ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Der Verlauf wird gelesen …</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Sign in again…</source>
        <translation>Neu anmelden …</translation>
    </message>
    <message>
        <source>Renew now</source>
        <translation>Jetzt erneuern</translation>
    </message>
    <message>
        <source>Keytender’s own store</source>
        <translation>Keytenders eigener Speicher</translation>
    </message>
    <message>
        <source>Generations</source>
        <translation>Generationen</translation>
    </message>
    <message>
        <source>What renewed this login, by fingerprint: who wrote it, and what became of it.</source>
        <translation>Womit dieses Login erneuert wurde, nach Fingerabdruck: wer es schrieb und was daraus wurde.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::DeviceCodes</name>
    <message>
        <source>Open this address, on this machine or on any other:</source>
        <translation>Diese Adresse öffnen, hier oder auf einem anderen Gerät:</translation>
    </message>
    <message>
        <source>Enter this code there:</source>
        <translation>Dort diesen Code eingeben:</translation>
    </message>
    <message>
        <source>Or point the camera of a phone here: it opens the page with the code filled in.</source>
        <translation>Oder die Kamera eines Telefons hierauf richten: Sie öffnet die Seite mit ausgefülltem Code.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Den Code kopieren</translation>
    </message>
    <message>
        <source>The code: %1</source>
        <translation>Der Code: %1</translation>
    </message>
    <message>
        <source>Good for another %1</source>
        <translation>Gilt noch %1</translation>
    </message>
    <message>
        <source>It is no longer good</source>
        <translation>Gilt nicht mehr</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>keytender::ui::DiffLine</name>
    <message>
        <source>unchanged: %1</source>
        <translation>unverändert: %1</translation>
    </message>
    <message>
        <source>before: %1</source>
        <translation>vorher: %1</translation>
    </message>
    <message>
        <source>after: %1</source>
        <translation>nachher: %1</translation>
    </message>
</context>
<context>
    <name>keytender::ui::DoctorDialog</name>
    <message>
        <source>Check-up – Keytender</source>
        <translation>Prüfung – Keytender</translation>
    </message>
</context>
<context>
    <name>keytender::ui::DoctorPage</name>
    <message>
        <source>Check-up of this machine</source>
        <translation>Prüfung dieses Rechners</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Looking at logins, files, locks and settings…</source>
        <translation>Logins, Dateien, Sperren und Einstellungen werden angesehen …</translation>
    </message>
    <message>
        <source>1 is in order</source>
        <translation>1 in Ordnung</translation>
    </message>
    <message numerus="yes">
        <source>%n are in order</source>
        <translation>
            <numerusform>%n in Ordnung</numerusform>
            <numerusform>%n in Ordnung</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>keytender::ui::EmptyState</name>
    <message>
        <source>No logins</source>
        <translation>Keine Logins</translation>
    </message>
    <message>
        <source>Sign in to one of your AI tools, and it appears here by itself.</source>
        <translation>Melde dich bei einem deiner KI-Werkzeuge an, dann erscheint es hier von selbst.</translation>
    </message>
    <message>
        <source>Keytender looked for</source>
        <translation>Keytender hat gesucht nach</translation>
    </message>
    <message>
        <source>Keytender’s own store is not open, so nothing can be kept now.</source>
        <translation>Keytenders eigener Speicher ist nicht geöffnet, daher lässt sich gerade nichts aufbewahren.</translation>
    </message>
    <message>
        <source>Add a login…</source>
        <translation>Login hinzufügen …</translation>
    </message>
    <message>
        <source>Add a key…</source>
        <translation>Schlüssel hinzufügen …</translation>
    </message>
    <message>
        <source>Or add a login of Keytender’s own: sign in once, and Keytender keeps it fresh from then on.</source>
        <translation>Oder füge ein eigenes Login von Keytender hinzu: einmal anmelden, und Keytender hält es von da an frisch.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::FindingCard</name>
    <message>
        <source>Needs you</source>
        <translation>Braucht dich</translation>
    </message>
    <message>
        <source>Deserves a look</source>
        <translation>Verdient einen Blick</translation>
    </message>
</context>
<context>
    <name>keytender::ui::GeneralPage</name>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start with the session</source>
        <translation>Mit der Sitzung starten</translation>
    </message>
    <message>
        <source>In the tray and without a window: logins are tended from the moment you sign in to this computer.</source>
        <translation>Im Infobereich und ohne Fenster: Die Logins werden gehütet, sobald du dich an diesem Rechner anmeldest.</translation>
    </message>
    <message>
        <source>Start it all the same</source>
        <translation>Trotzdem starten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Spoken from the next start on.</source>
        <translation>Gesprochen ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>It starts in any case: %1 says so, and Keytender did not write that.</source>
        <translation>Es startet ohnehin: So steht es in %1, und das hat nicht Keytender geschrieben.</translation>
    </message>
    <message>
        <source>The desktop&apos;s own settings have switched it off, in %1.</source>
        <translation>Die Einstellungen des Desktops haben es abgeschaltet, in %1.</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Starts with the session</source>
        <translation>Startet mit der Sitzung</translation>
    </message>
    <message>
        <source>Started by hand</source>
        <translation>Wird von Hand gestartet</translation>
    </message>
    <message>
        <source>the desktop&apos;s language</source>
        <translation>Sprache des Desktops</translation>
    </message>
</context>
<context>
    <name>keytender::ui::Generations</name>
    <message>
        <source>Generations</source>
        <translation>Generationen</translation>
    </message>
    <message>
        <source>1 older one stands in the report.</source>
        <translation>1 ältere steht im Bericht.</translation>
    </message>
    <message numerus="yes">
        <source>%n older ones stand in the report.</source>
        <translation>
            <numerusform>%n ältere steht im Bericht.</numerusform>
            <numerusform>%n ältere stehen im Bericht.</numerusform>
        </translation>
    </message>
    <message>
        <source>spent %1</source>
        <translation>verbraucht %1</translation>
    </message>
    <message>
        <source>spent by %1, %2</source>
        <translation>verbraucht von %1, %2</translation>
    </message>
</context>
<context>
    <name>keytender::ui::GitHostsPage</name>
    <message>
        <source>Git hosts</source>
        <translation>Git-Server</translation>
    </message>
    <message>
        <source>Which login answers git</source>
        <translation>Welcher Login git antwortet</translation>
    </message>
    <message>
        <source>For git fetch and git push over https, once keytenderctl git is git&apos;s credential helper. Well-known hosts are answered without this list.</source>
        <translation>Für git fetch und git push über https, sobald keytenderctl git als Anmeldehilfe von git eingetragen ist. Bekannte Server brauchen diese Liste nicht.</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>%1, which is not here just now</source>
        <translation>%1, gerade nicht da</translation>
    </message>
    <message>
        <source>This is no host: write it as in github.com or git.example.com:8443.</source>
        <translation>Das ist kein Server: Schreib ihn wie github.com oder git.example.com:8443.</translation>
    </message>
    <message>
        <source>Only the well-known ones</source>
        <translation>Nur die bekannten</translation>
    </message>
</context>
<context>
    <name>keytender::ui::KeyDialog</name>
    <message>
        <source>Add a key or token – Keytender</source>
        <translation>Schlüssel oder Token hinzufügen – Keytender</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>created on %1</source>
        <translation>erstellt am %1</translation>
    </message>
    <message>
        <source>created today</source>
        <translation>heute erstellt</translation>
    </message>
    <message>
        <source>no end is known</source>
        <translation>kein Ablauf bekannt</translation>
    </message>
    <message>
        <source>ends on %1, in %2</source>
        <translation>läuft ab am %1, in %2</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Aufbewahrt</translation>
    </message>
    <message>
        <source>Keytender does not show it again.</source>
        <translation>Keytender zeigt ihn nicht wieder an.</translation>
    </message>
    <message>
        <source>A file that holds the key or token</source>
        <translation>Eine Datei mit dem Schlüssel oder Token</translation>
    </message>
</context>
<context>
    <name>keytender::ui::KeyPage</name>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>from a provider&apos;s console</source>
        <translation>aus der Konsole eines Anbieters</translation>
    </message>
    <message>
        <source>Setup token</source>
        <translation>Setup-Token</translation>
    </message>
    <message>
        <source>printed by a tool for machines without a browser</source>
        <translation>von einem Werkzeug für Rechner ohne Browser ausgegeben</translation>
    </message>
    <message>
        <source>Access token for Git</source>
        <translation>Zugriffstoken für Git</translation>
    </message>
    <message>
        <source>in place of a password at GitHub, GitLab and their like</source>
        <translation>statt eines Passworts bei GitHub, GitLab und ihresgleichen</translation>
    </message>
    <message>
        <source>Add a key or token</source>
        <translation>Schlüssel oder Token hinzufügen</translation>
    </message>
    <message>
        <source>from the list, or any other by its address</source>
        <translation>aus der Liste, oder ein anderer mit seiner Adresse</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>such as “CI key”</source>
        <translation>etwa „CI-Schlüssel“</translation>
    </message>
    <message>
        <source>Name for it, if you like</source>
        <translation>Ein Name dafür, wenn du magst</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Aufbewahren</translation>
    </message>
    <message>
        <source>The key or token itself</source>
        <translation>Der Schlüssel oder das Token selbst</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei …</translation>
    </message>
    <message>
        <source>It leaves the clipboard when it is kept, and is never shown again.</source>
        <translation>Beim Aufbewahren verschwindet er aus der Zwischenablage und wird nie wieder angezeigt.</translation>
    </message>
    <message>
        <source>It ends on</source>
        <translation>Läuft ab am</translation>
    </message>
    <message>
        <source>Created on</source>
        <translation>Erstellt am</translation>
    </message>
</context>
<context>
    <name>keytender::ui::LinkCard</name>
    <message>
        <source>Keytender writes nothing there.</source>
        <translation>Keytender schreibt dort nichts.</translation>
    </message>
    <message>
        <source>The access token goes there each time it is renewed. What happens there never comes back.</source>
        <translation>Das Zugriffstoken geht bei jeder Erneuerung dorthin. Was dort geschieht, kommt nie zurück.</translation>
    </message>
    <message>
        <source>Both sides are kept in step: whichever is newer goes to the other.</source>
        <translation>Beide Seiten bleiben im Gleichstand: Die neuere geht zur anderen.</translation>
    </message>
    <message>
        <source>written %1</source>
        <translation>geschrieben %1</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
</context>
<context>
    <name>keytender::ui::LinksDialog</name>
    <message>
        <source>Links – Keytender</source>
        <translation>Verknüpfungen – Keytender</translation>
    </message>
    <message>
        <source>A file of environment variables</source>
        <translation>Eine Datei mit Umgebungsvariablen</translation>
    </message>
</context>
<context>
    <name>keytender::ui::LinksPage</name>
    <message>
        <source>Only the access token is handed on, never what renews it, and never to a place that holds another account.</source>
        <translation>Weitergegeben wird nur das Zugriffstoken, nie das, womit es erneuert wird, und nie an einen Ort, der ein anderes Konto enthält.</translation>
    </message>
    <message>
        <source>Add a variable in a file…</source>
        <translation>Variable in einer Datei hinzufügen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Where the token of %1 goes</source>
        <translation>Wohin das Token von %1 geht</translation>
    </message>
</context>
<context>
    <name>keytender::ui::LinksSection</name>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>One-way</source>
        <translation>Einseitig</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Gespiegelt</translation>
    </message>
    <message>
        <source>Its access token is handed on to nobody.</source>
        <translation>Sein Zugriffstoken wird an niemanden weitergegeben.</translation>
    </message>
    <message>
        <source>Links…</source>
        <translation>Verknüpfungen …</translation>
    </message>
    <message>
        <source>written %1</source>
        <translation>geschrieben %1</translation>
    </message>
</context>
<context>
    <name>keytender::ui::ListPage</name>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Rescan now</source>
        <translation>Jetzt neu einlesen</translation>
    </message>
    <message>
        <source>Unlock the keychain…</source>
        <translation>Schlüsselbund entsperren …</translation>
    </message>
    <message>
        <source>Quit Keytender</source>
        <translation>Keytender beenden</translation>
    </message>
    <message>
        <source>Rescan now (F5)</source>
        <translation>Jetzt neu einlesen (F5)</translation>
    </message>
    <message>
        <source>Watching 1 place</source>
        <translation>1 Ort im Blick</translation>
    </message>
    <message numerus="yes">
        <source>Watching %n places</source>
        <translation>
            <numerusform>%n Ort im Blick</numerusform>
            <numerusform>%n Orte im Blick</numerusform>
        </translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>noch nicht geprüft</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>wird geprüft …</translation>
    </message>
    <message>
        <source>checked %1</source>
        <translation>geprüft %1</translation>
    </message>
    <message>
        <source>Add a login…</source>
        <translation>Login hinzufügen …</translation>
    </message>
    <message>
        <source>Add a key…</source>
        <translation>Schlüssel hinzufügen …</translation>
    </message>
    <message>
        <source>Sign out of everything…</source>
        <translation>Überall abmelden …</translation>
    </message>
    <message>
        <source>Logins of other tools…</source>
        <translation>Logins anderer Werkzeuge …</translation>
    </message>
</context>
<context>
    <name>keytender::ui::LoginsPage</name>
    <message>
        <source>Renewed by Keytender alone</source>
        <translation>Nur von Keytender erneuert</translation>
    </message>
    <message>
        <source>Kept fresh beside its tool</source>
        <translation>Neben seinem Werkzeug frisch gehalten</translation>
    </message>
    <message>
        <source>Its tool is asked to renew it</source>
        <translation>Sein Werkzeug wird gebeten, ihn zu erneuern</translation>
    </message>
    <message>
        <source>Only watched</source>
        <translation>Nur beobachtet</translation>
    </message>
    <message>
        <source>Logins</source>
        <translation>Logins</translation>
    </message>
    <message>
        <source>Who may renew each login, and where its token is handed on.</source>
        <translation>Wer jeden Login erneuern darf und wohin sein Token weitergereicht wird.</translation>
    </message>
    <message>
        <source>No logins were found yet.</source>
        <translation>Noch wurden keine Logins gefunden.</translation>
    </message>
    <message>
        <source>Care…</source>
        <translation>Pflege …</translation>
    </message>
    <message>
        <source>Links…</source>
        <translation>Verknüpfungen …</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message numerus="yes">
        <source>%n renewed by Keytender</source>
        <translation>
            <numerusform>%n von Keytender erneuert</numerusform>
            <numerusform>%n von Keytender erneuert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n only watched</source>
        <translation>
            <numerusform>%n nur beobachtet</numerusform>
            <numerusform>%n nur beobachtet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keytender::ui::NeighbourPart</name>
    <message>
        <source>Who renews this login</source>
        <translation>Wer dieses Login erneuert</translation>
    </message>
    <message>
        <source>Accounts for %1</source>
        <translation>Konten für %1</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Verknüpfungen</translation>
    </message>
</context>
<context>
    <name>keytender::ui::Notices</name>
    <message>
        <source>Unlock…</source>
        <translation>Entsperren …</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>1 more sign-out is not confirmed yet.</source>
        <translation>1 weitere Abmeldung ist noch nicht bestätigt.</translation>
    </message>
    <message numerus="yes">
        <source>%n more sign-outs are not confirmed yet.</source>
        <translation>
            <numerusform>%n weitere Abmeldung ist noch nicht bestätigt.</numerusform>
            <numerusform>%n weitere Abmeldungen sind noch nicht bestätigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Watching is unreliable: %1.</source>
        <translation>Die Überwachung ist unzuverlässig: %1.</translation>
    </message>
    <message>
        <source>Reading every %1 instead.</source>
        <translation>Stattdessen wird alle %1 gelesen.</translation>
    </message>
    <message>
        <source>1 more problem</source>
        <translation>1 weiteres Problem</translation>
    </message>
    <message numerus="yes">
        <source>%n more problems</source>
        <translation>
            <numerusform>%n weiteres Problem</numerusform>
            <numerusform>%n weitere Probleme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keytender::ui::Notifier</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message numerus="yes">
        <source>%n more logins need you</source>
        <translation>
            <numerusform>%n weiteres Login braucht dich</numerusform>
            <numerusform>%n weitere Logins brauchen dich</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more logins deserve a look</source>
        <translation>
            <numerusform>%n weiteres Login verdient einen Blick</numerusform>
            <numerusform>%n weitere Logins verdienen einen Blick</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>keytender::ui::PlacesPage</name>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Further homes</source>
        <translation>Weitere Verzeichnisse</translation>
    </message>
    <message>
        <source>The usual home of every tool is found by itself. Where you keep a second login in a directory of its own, such as ~/.claude-work, name it here.</source>
        <translation>Das übliche Verzeichnis jedes Werkzeugs wird von selbst gefunden. Wo du einen zweiten Login in einem eigenen Verzeichnis hast, etwa ~/.claude-work, nenne es hier.</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>Add a directory…</source>
        <translation>Verzeichnis hinzufügen …</translation>
    </message>
    <message>
        <source>The usual homes of every tool</source>
        <translation>Die üblichen Verzeichnisse der Werkzeuge</translation>
    </message>
    <message>
        <source>1 further home</source>
        <translation>1 weiteres Verzeichnis</translation>
    </message>
    <message numerus="yes">
        <source>%n further homes</source>
        <translation>
            <numerusform>%n weiteres Verzeichnis</numerusform>
            <numerusform>%n weitere Verzeichnisse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keytender::ui::PreviewPage</name>
    <message>
        <source>What changes in %1</source>
        <translation>Was sich in %1 ändert</translation>
    </message>
    <message>
        <source>Secrets are never shown: in their place stand fingerprints, by which two of them can be told apart.</source>
        <translation>Geheimnisse werden nie gezeigt: An ihrer Stelle stehen Fingerabdrücke, an denen sich zwei unterscheiden lassen.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>What the first write changes: %1</source>
        <translation>Was das erste Schreiben ändert: %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Under its lock:</source>
        <translation>Unter seiner Sperre:</translation>
    </message>
    <message>
        <source>Under its locks, in this order:</source>
        <translation>Unter seinen Sperren, in dieser Reihenfolge:</translation>
    </message>
</context>
<context>
    <name>keytender::ui::ProviderPage</name>
    <message>
        <source>Where do you want to sign in?</source>
        <translation>Wo möchtest du dich anmelden?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Another server…</source>
        <translation>Ein anderer Server …</translation>
    </message>
    <message>
        <source>any that follows the OAuth 2.0 standards</source>
        <translation>jeder, der den OAuth-2.0-Standards folgt</translation>
    </message>
    <message>
        <source>Not through Keytender</source>
        <translation>Nicht über Keytender</translation>
    </message>
</context>
<context>
    <name>keytender::ui::QrCode</name>
    <message>
        <source>QR code of the address</source>
        <translation>QR-Code der Adresse</translation>
    </message>
</context>
<context>
    <name>keytender::ui::RemovableList</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>keytender::ui::RenewalPage</name>
    <message>
        <source>Renewal and reminders</source>
        <translation>Erneuern und Erinnern</translation>
    </message>
    <message>
        <source>Access tokens</source>
        <translation>Zugriffstokens</translation>
    </message>
    <message>
        <source>Renewed when this much of their life is over; ahead of the time at which a tool would do it by itself.</source>
        <translation>Werden erneuert, wenn so viel ihrer Zeit vorbei ist; bevor ein Werkzeug es von selbst täte.</translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Renew after</source>
        <translation>Erneuern nach</translation>
    </message>
    <message>
        <source>Before a sign-in ends</source>
        <translation>Bevor eine Anmeldung endet</translation>
    </message>
    <message>
        <source>No renewal extends it; you are reminded this long before.</source>
        <translation>Erneuern verlängert sie nicht; so lange vorher wirst du erinnert.</translation>
    </message>
    <message>
        <source>Nobody is reminded.</source>
        <translation>Niemand wird erinnert.</translation>
    </message>
    <message>
        <source>How long before</source>
        <translation>Wie lange vorher</translation>
    </message>
    <message>
        <source>Unit of time</source>
        <translation>Zeiteinheit</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Keys and tokens handed out by hand</source>
        <translation>Von Hand ausgestellte Schlüssel und Tokens</translation>
    </message>
    <message>
        <source>They live until somebody replaces them, and the longer they live the more places hold them.</source>
        <translation>Sie gelten, bis jemand sie ersetzt, und je länger sie gelten, an desto mehr Orten liegen sie.</translation>
    </message>
    <message>
        <source>Remind me to replace them</source>
        <translation>Mich ans Ersetzen erinnern</translation>
    </message>
    <message>
        <source> days</source>
        <comment>after a number</comment>
        <translation> Tage</translation>
    </message>
    <message>
        <source>Replace after</source>
        <translation>Ersetzen nach</translation>
    </message>
    <message>
        <source>A year before is the earliest.</source>
        <translation>Früher als ein Jahr vorher geht es nicht.</translation>
    </message>
    <message>
        <source>After %1 % of a token&apos;s life</source>
        <translation>Nach %1 % der Zeit eines Tokens</translation>
    </message>
    <message>
        <source>1 reminder</source>
        <translation>1 Erinnerung</translation>
    </message>
    <message numerus="yes">
        <source>%n reminders</source>
        <translation>
            <numerusform>%n Erinnerung</numerusform>
            <numerusform>%n Erinnerungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keytender::ui::RescueDialog</name>
    <message>
        <source>Rescue – Keytender</source>
        <translation>Retten – Keytender</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nothing has to be rescued any more</source>
        <translation>Es gibt nichts mehr zu retten</translation>
    </message>
    <message>
        <source>The login is in its place again.</source>
        <translation>Das Login ist wieder an seinem Platz.</translation>
    </message>
    <message>
        <source>%1 has its login back</source>
        <translation>%1 hat sein Login zurück</translation>
    </message>
    <message>
        <source>It goes on from here as if nothing had happened.</source>
        <translation>Von hier geht es weiter, als wäre nichts geschehen.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::RescuePage</name>
    <message>
        <source>How Keytender knows</source>
        <translation>Woher Keytender das weiß</translation>
    </message>
    <message>
        <source>Where it is put back</source>
        <translation>Wohin es zurückgelegt wird</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Zurücklegen</translation>
    </message>
    <message>
        <source>Rescue the login of %1?</source>
        <translation>Das Login von %1 retten?</translation>
    </message>
</context>
<context>
    <name>keytender::ui::RowDelegate</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>keytender::ui::RowList</name>
    <message>
        <source>Logins</source>
        <translation>Logins</translation>
    </message>
    <message>
        <source>Copy “%1”</source>
        <translation>„%1“ kopieren</translation>
    </message>
    <message>
        <source>Unlock the keychain…</source>
        <translation>Schlüsselbund entsperren …</translation>
    </message>
    <message>
        <source>Renew now</source>
        <translation>Jetzt erneuern</translation>
    </message>
    <message>
        <source>Sign in again…</source>
        <translation>Neu anmelden …</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SecretField</name>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Empty this field</source>
        <translation>Dieses Feld leeren</translation>
    </message>
</context>
<context>
    <name>keytender::ui::ServerPage</name>
    <message>
        <source>Another server</source>
        <translation>Ein anderer Server</translation>
    </message>
    <message>
        <source>Keytender asks the server what it can do, and keeps what it answers as a provider.</source>
        <translation>Keytender fragt den Server, was er kann, und merkt sich die Antwort als Anbieter.</translation>
    </message>
    <message>
        <source>Address of the server (its issuer)</source>
        <translation>Adresse des Servers (sein „issuer“)</translation>
    </message>
    <message>
        <source>Client ID, as the server knows this program</source>
        <translation>Client-ID, unter der der Server dieses Programm kennt</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SettingsDialog</name>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Which program may have which login&apos;s token</source>
        <translation>Welches Programm das Token welches Logins bekommt</translation>
    </message>
    <message>
        <source>Settings – Keytender</source>
        <translation>Einstellungen – Keytender</translation>
    </message>
    <message>
        <source>A further home</source>
        <translation>Ein weiteres Verzeichnis</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SettingsGroup</name>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SettingsIndex</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SettingsPage</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SignInDialog</name>
    <message>
        <source>Sign in – Keytender</source>
        <translation>Anmelden – Keytender</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Choose another way or provider</source>
        <translation>Anderen Weg oder Anbieter wählen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>You can close this window.</source>
        <translation>Du kannst dieses Fenster schließen.</translation>
    </message>
    <message>
        <source>Store again</source>
        <translation>Noch einmal speichern</translation>
    </message>
    <message>
        <source>Signed in, but the login is not stored yet</source>
        <translation>Angemeldet, aber das Login ist noch nicht gespeichert</translation>
    </message>
    <message>
        <source>The sign-in failed</source>
        <translation>Die Anmeldung ist gescheitert</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SignInProgressPage</name>
    <message>
        <source>You sign in in the browser</source>
        <translation>Du meldest dich im Browser an</translation>
    </message>
    <message>
        <source>You sign in in the browser and paste its answer</source>
        <translation>Du meldest dich im Browser an und fügst seine Antwort ein</translation>
    </message>
    <message>
        <source>You enter the code on the provider&apos;s page</source>
        <translation>Du gibst den Code auf der Seite des Anbieters ein</translation>
    </message>
    <message>
        <source>Get ready</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>Fetch the tokens</source>
        <translation>Die Tokens holen</translation>
    </message>
    <message>
        <source>Ask whose account it is</source>
        <translation>Fragen, wessen Konto es ist</translation>
    </message>
    <message>
        <source>Store the login safely</source>
        <translation>Das Login sicher speichern</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>To open it in another browser</source>
        <translation>Um ihn in einem anderen Browser zu öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Paste the address or the code</source>
        <translation>Die Adresse oder den Code einfügen</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Signing in to %1</source>
        <translation>Anmeldung bei %1</translation>
    </message>
    <message>
        <source>Signing in to %1 again</source>
        <translation>Neue Anmeldung bei %1</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SignInWayPage</name>
    <message>
        <source>In the browser</source>
        <translation>Im Browser</translation>
    </message>
    <message>
        <source>Keytender opens it and gets the answer itself.</source>
        <translation>Keytender öffnet ihn und bekommt die Antwort selbst.</translation>
    </message>
    <message>
        <source>In the browser, and paste the answer here</source>
        <translation>Im Browser, und die Antwort hier einfügen</translation>
    </message>
    <message>
        <source>For a browser on another machine, or where the answer does not come by itself.</source>
        <translation>Für einen Browser auf einem anderen Rechner, oder wenn die Antwort nicht von selbst kommt.</translation>
    </message>
    <message>
        <source>With a code, on any device</source>
        <translation>Mit einem Code, auf irgendeinem Gerät</translation>
    </message>
    <message>
        <source>Keytender shows a short code; you enter it on the provider&apos;s page.</source>
        <translation>Keytender zeigt einen kurzen Code; du gibst ihn auf der Seite des Anbieters ein.</translation>
    </message>
    <message>
        <source>Other provider</source>
        <translation>Anderer Anbieter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in to %1 again</source>
        <translation>Neu bei %1 anmelden</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>It takes the place of “%1”, once it is stored.</source>
        <translation>Das neue Login tritt an die Stelle von „%1“, sobald es gespeichert ist.</translation>
    </message>
    <message>
        <source>What this login may do</source>
        <translation>Was dieses Login darf</translation>
    </message>
    <message>
        <source>The server decides.</source>
        <translation>Das entscheidet der Server.</translation>
    </message>
    <message>
        <source>The login is of no use without it.</source>
        <translation>Ohne das nützt das Login nichts.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SignOutDialog</name>
    <message>
        <source>Sign out – Keytender</source>
        <translation>Abmelden – Keytender</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SignOutPage</name>
    <message>
        <source>ends here and at the provider</source>
        <translation>endet hier und beim Anbieter</translation>
    </message>
    <message>
        <source>ends here; at the provider only you can end it:</source>
        <translation>endet hier; beim Anbieter kannst nur du es beenden:</translation>
    </message>
    <message>
        <source>is removed here; it stays valid at the provider</source>
        <translation>wird hier entfernt; beim Anbieter bleibt es gültig</translation>
    </message>
    <message>
        <source>Keytender deletes what it keeps of them and tells nobody. They stay valid at the provider: whoever holds a copy of their tokens can go on using it.</source>
        <translation>Keytender löscht, was es davon aufbewahrt, und sagt es niemandem. Beim Anbieter bleiben sie gültig: Wer eine Kopie der Tokens hat, kann sie weiter verwenden.</translation>
    </message>
    <message>
        <source>What will stop working:</source>
        <translation>Was dann nicht mehr geht:</translation>
    </message>
    <message>
        <source>Keep API keys and tokens</source>
        <translation>API-Schlüssel und Tokens behalten</translation>
    </message>
    <message>
        <source>those that were handed out by hand: Keytender could not get them back</source>
        <translation>die von Hand ausgestellten: Keytender könnte sie nicht wiederbeschaffen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Forget here</source>
        <translation>Hier vergessen</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Forget here without signing out…</source>
        <translation>Hier vergessen, ohne abzumelden …</translation>
    </message>
    <message>
        <source>There is nothing to forget</source>
        <translation>Es gibt nichts zu vergessen</translation>
    </message>
    <message>
        <source>There is nothing to sign out of</source>
        <translation>Es gibt nichts abzumelden</translation>
    </message>
    <message>
        <source>Forget every login of Keytender?</source>
        <translation>Alle Logins von Keytender vergessen?</translation>
    </message>
    <message>
        <source>Sign out everywhere?</source>
        <translation>Überall abmelden?</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>%1 vergessen?</translation>
    </message>
    <message>
        <source>Sign out of %1?</source>
        <translation>%1 abmelden?</translation>
    </message>
    <message>
        <source>With it ends: %1</source>
        <translation>Damit endet: %1</translation>
    </message>
    <message>
        <source>%1 keeps its own login: sign out there.</source>
        <translation>%1 behält sein eigenes Login: dort abmelden.</translation>
    </message>
</context>
<context>
    <name>keytender::ui::SignOutResultsPage</name>
    <message>
        <source>Not everything could be signed out</source>
        <translation>Nicht alles ließ sich abmelden</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>Signed out here, and not yet everywhere</source>
        <translation>Hier abgemeldet, noch nicht überall</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>keytender::ui::Steps</name>
    <message>
        <source>Still to come: %1</source>
        <translation>Kommt noch: %1</translation>
    </message>
    <message>
        <source>Done: %1</source>
        <translation>Erledigt: %1</translation>
    </message>
    <message>
        <source>Under way: %1</source>
        <translation>Gerade: %1</translation>
    </message>
</context>
<context>
    <name>keytender::ui::Timeline</name>
    <message>
        <source>+%1 ms</source>
        <translation>+%1 ms</translation>
    </message>
    <message>
        <source>+%1 s</source>
        <translation>+%1 s</translation>
    </message>
    <message numerus="yes">
        <source>and %n times before, the first %1</source>
        <translation>
            <numerusform>und davor %n-mal, zuerst %1</numerusform>
            <numerusform>und davor %n-mal, zuerst %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Steps of: %1</source>
        <translation>Schritte von: %1</translation>
    </message>
</context>
<context>
    <name>keytender::ui::TrayMenu</name>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Show panel</source>
        <translation>Übersicht zeigen</translation>
    </message>
    <message>
        <source>Rescan now</source>
        <translation>Jetzt neu einlesen</translation>
    </message>
    <message>
        <source>Unlock the keychain…</source>
        <translation>Schlüsselbund entsperren …</translation>
    </message>
    <message>
        <source>Quit Keytender</source>
        <translation>Keytender beenden</translation>
    </message>
    <message>
        <source>Copy “%1”</source>
        <translation>„%1“ kopieren</translation>
    </message>
    <message numerus="yes">
        <source>%n more…</source>
        <translation>
            <numerusform>%n weiteres …</numerusform>
            <numerusform>%n weitere …</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a key…</source>
        <translation>Schlüssel hinzufügen …</translation>
    </message>
    <message>
        <source>Renew now</source>
        <translation>Jetzt erneuern</translation>
    </message>
    <message>
        <source>Sign in again…</source>
        <translation>Neu anmelden …</translation>
    </message>
    <message>
        <source>Sign in to</source>
        <translation>Anmelden bei</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>Another server…</source>
        <translation>Ein anderer Server …</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Sign out of %1…</source>
        <translation>Bei %1 abmelden …</translation>
    </message>
    <message>
        <source>Sign out of everything…</source>
        <translation>Überall abmelden …</translation>
    </message>
    <message>
        <source>Logins of other tools…</source>
        <translation>Logins anderer Werkzeuge …</translation>
    </message>
    <message>
        <source>Account in %1</source>
        <translation>Konto in %1</translation>
    </message>
    <message>
        <source>Programs…</source>
        <translation>Programme …</translation>
    </message>
    <message>
        <source>Check this machine…</source>
        <translation>Diesen Rechner prüfen …</translation>
    </message>
</context>
<context>
    <name>keytender::ui::VariablePage</name>
    <message>
        <source>Keytender writes the access token there each time it is renewed, and leaves every other line as it is.</source>
        <translation>Keytender schreibt das Zugriffstoken bei jeder Erneuerung dorthin und lässt jede andere Zeile, wie sie ist.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>Variable</translation>
    </message>
    <message>
        <source>Command to run after a change: one argument on each line, no shell</source>
        <translation>Befehl nach einer Änderung: ein Argument je Zeile, keine Shell</translation>
    </message>
    <message>
        <source>It is told on its standard input what has changed, in JSON and without what renews the login.</source>
        <translation>Auf seiner Standardeingabe erfährt er, was sich geändert hat, in JSON und ohne das, womit das Login erneuert wird.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>A variable in a file</source>
        <translation>Eine Variable in einer Datei</translation>
    </message>
</context>
<context>
    <name>keytender::ui::WorkingPage</name>
    <message>
        <source>Signing out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Telling the provider…</source>
        <translation>Der Anbieter wird benachrichtigt …</translation>
    </message>
    <message>
        <source>This goes on when you close the window.</source>
        <translation>Das geht weiter, wenn du das Fenster schließt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
</TS>
