<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
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
</context>
<context>
    <name>RollForward</name>
    <message>
        <source>a refresh was interrupted, and its provider &apos;%1&apos; is not known</source>
        <translation>eine Erneuerung wurde unterbrochen, und ihr Anbieter „%1“ ist unbekannt</translation>
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
</context>
<context>
    <name>Status</name>
    <message>
        <source>Looked for:</source>
        <translation>Gesucht:</translation>
    </message>
</context>
<context>
    <name>TrayFace</name>
    <message>
        <source>Keytender: %1</source>
        <translation>Keytender: %1</translation>
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
</context>
<context>
    <name>keytender::ui::ListPage</name>
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
        <source>Unlock…</source>
        <translation>Entsperren …</translation>
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
        <source>Details and activity</source>
        <translation>Einzelheiten und Verlauf</translation>
    </message>
    <message>
        <source>Copy “%1”</source>
        <translation>„%1“ kopieren</translation>
    </message>
    <message>
        <source>Unlock the keychain…</source>
        <translation>Schlüsselbund entsperren …</translation>
    </message>
</context>
<context>
    <name>keytender::ui::TrayMenu</name>
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
        <source>Show details and activity</source>
        <translation>Einzelheiten und Verlauf zeigen</translation>
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
</context>
</TS>
