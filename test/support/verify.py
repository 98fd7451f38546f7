#!/usr/bin/env python3
"""Verifies a Holograph journal: written from src/journal/README.md alone, whose sections stand in brackets. Only reads.
    verify.py JOURNAL [--key FINGERPRINT] [--since FILE]      FILE: a checkpoint, a text with seal lines, or a time stamp's token
    verify.py --batch      for each line of standard input, JSON of {file, key?, since?} (since: the text), one line of answer
Needs Python 3.9, its standard library and the `openssl` command. Whether a time stamp is good is left to `openssl ts -verify`.
Prints JSON: {consistent, keyKnown, anchoredTo, wrong: [{what, sequence?, detail}], size, unsigned}; ends with 0: consistent, 1: not, 2: cannot."""
import base64, bisect, functools, hashlib, json, os, re, sqlite3, struct, subprocess, sys, tempfile, types, urllib.parse, zlib
class Wrong(Exception): """What is wrong, the sequence of the first event that it touches (or None), the detail."""
def ensure(held, what, detail, sequence=None):
    if not held: raise Wrong(what, sequence, detail)
def sha(*parts): return hashlib.sha256(b''.join(parts)).digest()
def utf16(text): return text.encode('utf-16-le', 'surrogatepass')
def whole(number): return int(float(number)) if float(number).is_integer() else float(number)  # JSON's number with a fraction or an exponent
def units(text): return len(text) if text.isascii() else len(utf16(text)) // 2
class Reader:  # [7] Packs
    def __init__(self, data): self.data, self.at = data, 0
    def take(self, length):
        self.at += length
        ensure(self.at <= len(self.data), 'pack', 'too short')
        return self.data[self.at - length : self.at]
    def varint(self, signed=False):
        value, shift, byte = 0, 0, 128
        while byte >= 128:
            byte = self.take(1)[0]
            value, shift = value | (byte & 127) << shift, shift + 7
        ensure(value < 2**53, 'pack', 'a number too large')
        return value if not signed else -(value + 1) // 2 if value & 1 else value // 2
    def column(self, count, signed=False):
        body, values = Reader(self.take(self.varint())), []
        runs = body.take(1)[0] if body.data else values.extend([0] * count) or 0
        while body.at < len(body.data):
            value, times = body.varint(signed), body.varint() if runs else 1
            values += [value] * min(times, count - len(values) + 1) or [0] * (count + 1)
        ensure(len(values) == count and runs < 2, 'pack', 'values in a column')
        return values
def stream(data, length, codec):
    data = (inflater := zlib.decompressobj(-15)).decompress(data, length + 1) if codec else data
    ensure(len(data) == length and (not codec or inflater.eof), 'pack', 'length of a stream')
    return Reader(data)
def unpack(data):
    version, codec, first, count, length, stored, other = ((head := Reader(data)).varint(), *(head.varint() for _ in range(6)))
    ensure(version == 1 and codec < 2 and 1 <= count <= 4096, 'pack', 'version, codec or count')
    one, two = stream(head.take(stored), length, codec), stream(data[head.at :], other, codec)
    shapes, rows, column = json.loads(one.take(one.varint()).decode()), one.take(one.varint()).decode(), one.column
    rows, is_row = rows.split('\n') if rows else [], column(count)
    ensure(set(is_row) <= {0, 1} and sum(is_row) == len(rows), 'pack', 'number of rows')
    n, shape = count - len(rows), [shapes['shapes'][rank] for rank in column(count - len(rows))]
    session, document, tracker, firsts = column(n), column(n), column(n), column(n, True)
    placed, changes = iter(column(sum(form[1] == 1 for form in shape), True)), column(n)
    steps, deleted, inserted, spans = column(total := sum(changes), True), column(total), column(total), column(total)
    def more(counts): return sum(counts) - sum(map(bool, counts))
    lengths, serials = iter(column(more(spans))), iter(column(more(spans), True))
    found, encoding = iter(column(sum(len(form) - 4 for form in shape), True)), column(total)
    sizes, texts = column(sum(map(bool, encoding))), column(len(rows))
    codes, sizes_of_rows = [code for code in encoding if code] + column(more(texts)), column(more(texts))
    times = zip(column(n, True), column(n, True), column(n, True), column(n, True))
    ensure(one.at == len(one.data) and set(codes) <= {1, 2}, 'pack', 'bytes behind the columns, or an encoding')
    joined = Reader(utf16(two.take(len(two.data) - sum(sizes) - sum(sizes_of_rows)).decode()))
    alone = [two.take(size).decode(*[('utf-8',), ('utf-16-le', 'surrogatepass')][code - 1]) for code, size in zip(codes, sizes + sizes_of_rows)]
    own, of_rows, rows, texts, events, tracked = iter(alone[: len(sizes)]), iter(alone[len(sizes) :]), iter(rows), iter(texts), [], {}
    each, in_columns = zip(steps, deleted, inserted, spans, encoding), zip(shape, session, document, tracker, firsts, changes, times)
    next_serial = end = time = clock = serial = 0
    def origin(rank): return dict(zip(('kind', 'basis', 'rule', 'prompt'), shapes['origins'][rank]))
    for sequence, row in enumerate(is_row, first):
        if row:
            event, number = {**json.loads(next(rows), parse_float=whole), 'sequence': sequence}, next(texts)
            events.append({**event, 'texts': [next(of_rows) for _ in range(number - 1)]} if number else event)
            continue
        (placement, is_placed, seen, who, *ranks), a, b, c, number, count, (later, ahead, zone, newer) = next(in_columns)
        event = {'kind': 'changed', 'sequence': sequence, 'session': a, 'document': b, 'tracker': c, 'zone': zone, 'placement': placement,
                 'observation': shapes['observations'][seen], 'first': next_serial + number, 'changes': [], 'findings': [], 'texts': []}
        event.update({'placed': event['first'] + next(placed)} if is_placed == 1 else {}, **({'actor': origin(who)} if who != -1 else {}))
        before, fresh, next_serial = end, 0, event['first'] + (is_placed == 1)
        for offset, gone, size, number, code in (next(each) for _ in range(count)):
            event['texts'].append(next(own) if code else joined.take(2 * size).decode('utf-16-le', 'surrogatepass'))
            ensure(units(event['texts'][-1]) == size, 'pack', 'length of a text', sequence)
            event['changes'].append({'from': before + offset, 'to': before + offset + gone, **({'spans': []} if number else {})})
            for _ in range(number - 1):
                event['changes'][-1]['spans'].append({'serial': serial + next(serials), 'length': next(lengths)})
                serial = sum(event['changes'][-1]['spans'][-1].values())
            end = end if event['changes'][1:] else before + offset + size
            before, fresh = before + offset + gone, fresh + (0 if number else size)
        for rank in ranks:
            event['findings'].append({**origin(rank), 'length': fresh + next(found)})
            fresh, next_serial = fresh - event['findings'][-1]['length'], next_serial + event['findings'][-1]['length']
        time, clock, tracked[a, c] = time + later, clock + ahead, 1 + tracked.get((a, c), 0) + newer
        events.append({**event, 'time': time, 'monotonic': time + clock, 'version': tracked[a, c]})
    ensure(joined.at == len(joined.data), 'pack', 'more text than changes')
    return events
SPACE = '\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000'  # [2] Canonical bytes, [3] digests of texts, [4] the tree
PARTS, LONE, PAIR = re.compile(f'([{SPACE}]+)|[^{SPACE}]+'), re.compile('[\ud800-\udfff]'), re.compile('[\U00010000-\U0010ffff]')
STATED, BLANK = ('afterDigest', 'beforeDigest', 'fileDigest', 'textDigest', 'after', 'before'), re.compile('[\u25ae\U0001f532\ud83d\udd32]+')
def canonical(value):
    if isinstance(value, dict):
        return '{' + ','.join(canonical(name) + ':' + canonical(value[name]) for name in sorted(value, key=lambda name: name.encode('utf-16-be', 'surrogatepass'))) + '}'
    if isinstance(value, list): return '[' + ','.join(map(canonical, value)) + ']'
    ensure(not isinstance(value, float) and (not isinstance(value, int) or abs(value) < 2**53), 'event', 'no integer')
    return LONE.sub(lambda lone: f'\\u{ord(lone[0]):x}', json.dumps(value, ensure_ascii=False))
def root(leaves):
    if len(leaves) < 2: return leaves[0] if leaves else sha()
    return sha(b'\x01', root(leaves[: (split := 1 << (len(leaves) - 1).bit_length() - 1)]), root(leaves[split:]))
def digest(event, secret, kept=None):  # The event's digest, and what was taken out of it: parts + stated digests · i.
    part, stated, gone, event, rows = 0, [], [], {**event}, Reader(kept or b'')
    def leaf(mark, run, data):
        ensure(kept is not None or len(secret or b'') == 32, 'secret', 'no secret')
        row = rows.take(33) if kept is not None else b'\x00' + sha(secret, struct.pack('>QI', event['sequence'], part))
        gone.append(row[0] * (1 if mark == b'\x01' else 1j))
        ensure(row[0] < 2 and ((run == '\u25ae') == row[0] if mark == b'\x02' else not row[0] or BLANK.fullmatch(run)), 'redaction', 'no blanks where something was taken out, or a blank for a digest that was not')
        return row[1:] if row[0] else sha(b'\x00', mark, row[1:], data)
    for text in event.get('texts', []):
        offset, leaves, well = 0, [], not LONE.search(text)
        for found in PARTS.finditer(text):
            run = found[0].encode() if well else utf16(found[0])
            leaves.append(sha(b'\x00\x00', struct.pack('>I', offset), run) if found[1] else leaf(b'\x01', found[0], run))
            offset, part = offset + units(found[0]), part + 1
        stated.append({'digest': root(leaves).hex(), 'length': offset, **({'pairs': n} if (n := len(PAIR.findall(text))) else {}), **({'parts': len(leaves)} if leaves[1:] else {}), **({} if well else {'utf16': True})})
    seen = dict(event['observation']) if isinstance(event.get('observation'), dict) else {}
    event.update({'texts': stated} if 'texts' in event else {}, **({'observation': seen} if seen else {}))
    for members, name in [(event, name) for name in STATED[:4]] + [(seen, name) for name in STATED[4:]]:
        if isinstance(members.get(name), str) and members[name]:
            members[name], part = leaf(b'\x02', members[name], members[name].encode()).hex(), part + 1
    ensure(rows.at == len(rows.data), 'redaction', 'salts of another event')
    return sha(b'\x00', canonical(event).encode()), sum(gone)
@functools.lru_cache(maxsize=64)
def digested(pack, secret, kept): return [(event, *digest(event, secret, dict(kept).get(event['sequence']))) for event in unpack(pack)]
NOTE = re.compile(r'(([!-*,-~]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n— ([^\n]+) ([A-Za-z0-9+/]{91}=)\n')  # [5] Keys and checkpoints
def decoded(text): return ensure(base64.b64encode(data := base64.b64decode(text, validate=True)).decode() == text, 'key', 'base64 that is written otherwise') or data
def raw_key(pem):
    der = decoded(re.fullmatch(r'-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/]{59}=)\n-----END PUBLIC KEY-----\n', pem)[1])
    ensure(der[:12].hex() == '302a300506032b6570032100', 'key', 'not an Ed25519 key')
    return der[12:]
@functools.lru_cache(maxsize=None)
def signed(pem, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (('key', pem.encode()), ('message', message), ('signature', signature)):
            with open(os.path.join(folder, name), 'wb') as file: file.write(data)
        return subprocess.run('openssl pkeyutl -verify -pubin -inkey key -rawin -in message -sigfile signature'.split(), cwd=folder, capture_output=True).returncode == 0
class Key:  # A key from the event that brought it in until the one that replaced it.
    def __init__(self, event, journal):
        self.pem, self.at, self.until, self.lost, self.by, raw = event['publicKey'], event['sequence'], 2**53, False, None, raw_key(event['publicKey'])
        self.name, self.id, counter, said = sha(raw).hex(), sha(f'holograph/{journal.id}\n\x01'.encode(), raw)[:4], event.get('counter'), {'journal': journal.id}
        said.update((name, event[name]) for name in ('keeper', 'publicKey', 'replaces', 'lost') if name in event)
        def by(key, said, text): return signed(key.pem, b'holograph-key-v1\n' + canonical(said).encode(), decoded(text))
        ensure(by(self, said, event['signature']), 'key', 'not signed by its key')
        active, own = {key.name: key for key in journal.keys if key.until == 2**53}, [key for key in journal.keys if key.name == self.name]
        if 'counter' in event:
            self.by, said = active.get(counter['fingerprint']), {**said, 'counter': counter['fingerprint']}
            ensure(self.by and by(self.by, said, counter['signature']), 'key', 'not countersigned by a key that may sign')
        ensure(not own or own[-1].until == 2**53 or own[-1].lost, 'key', 'it was replaced, and countersigned that')
        replaces, lost, by = event.get('replaces'), event.get('lost', False), (counter or {}).get('fingerprint')
        ensure(not lost if replaces is None else replaces in active and replaces != self.name and (by == replaces) != lost, 'key', 'replaces none that may sign, or that neither countersigns nor is lost')
        for key in [key for key in journal.keys if key.name == replaces and key.until == 2**53]: key.until, key.lost = self.at, lost
    def stands(self, vouched, keys, before=2**53):
        return any(key.name == vouched or key.by and key.by.stands(vouched, keys, key.at) for key in keys if key.name == self.name and key.at < before)
def checkpoint(note, row=None):  # The head that a note states. `row`: the size that its row says.
    found = NOTE.fullmatch(note)
    ensure(found and found[2] == found[5] and row in (None, int(found[3])) and int(found[3]) < 2**53, 'checkpoint', 'not a note in its one form', row)
    return types.SimpleNamespace(note=note, body=found[1], origin=found[2], size=int(found[3]), root=decoded(found[4]), seal=decoded(found[6]))
def held_in(text, notes):  # The heads that a text states: a checkpoint's, that which a token (DER, in Latin-1) is over, or those of seal lines, however broken and quoted.
    if text[:1] == '0': text = next((note for note in notes if sha(note.encode()) in text.encode('latin-1')), '')
    if NOTE.fullmatch(text): return [checkpoint(text)]
    found = re.findall(r'((holograph-)seal:1:([\w-]+):(\d{1,16}):([a-z2-7]{52})):([a-z2-7]{4})', re.sub(r'=\r?\n|[\s>]', '', text))
    ensure(found and all(base64.b32encode(sha(line[0].encode()))[:4].lower() == line[5].encode() for line in found), 'since', 'no checkpoint, no seal line, or a wrong copy')
    return [types.SimpleNamespace(origin=f'holograph/{one[2]}', size=int(one[3]), root=base64.b32decode(one[4].upper() + '===='), seal=None) for one in found]
def signer(head, journal, what='checkpoint'):  # The key that signed it (of a seal line: none), if all fits this journal.
    ensure(head.origin == f'holograph/{journal.id}', what, f'of another journal, {head.origin}', head.size)
    ensure(head.size <= len(journal.leaves), what, f'{head.size} events were there', len(journal.leaves))
    ensure(journal.root_at(head.size) == head.root, what, 'the root over the events before is another', head.size)
    by = [key for key in journal.keys if head.seal and key.at < head.size <= key.until and key.id == head.seal[:4] and signed(key.pem, head.body.encode(), head.seal[4:])]
    ensure(by or not head.seal, what, 'signed by no key that might sign it', head.size)
    return by[0] if by else None
KINDS = 'started consent session sessionEnd paused resumed attached key baseline skipped renamed deleted opened changed saved closed gap prompt promptNote answer agentEdit decision commit resolution repeats redaction exhibit exhibitRemoved milestone review restriction notice label exported'.split()  # [1] What the events mean for a text
WORDS = [(of.split(','), member, [word if word in ('true', 'false') else f'"{word}"' for word in words]) for of, member, *words in map(str.split, 'origin kind typed ai.completion ai.chat ai.agent ai.pasted tool.suggest tool.snippet tool.format tool.refactor tool.editor pasted.external pasted.editor external.git external.disk initial unknown;origin basis proven asserted reported inferred none;consent,paused,resumed,attached,redaction,exhibit,exhibitRemoved,milestone,review,restriction,notice,label,exported by person command;consent granted true false;key lost? true;opened restores? true;saved seen? true;format bom true false;format eol \\n \\r\\n;changed placement insert paste drop move undo redo format revert reload resync;observation by editor reload watcher open start baseline;observation reason? undo redo;observation selection? keyboard mouse command;observation removes? selection caret;observation saving? manual delay focus;observation carets? true false;observation behind? true;observation surrounds? true;observation pastesUnseen? true;observation eol? true;observation coarse? true;transfer how paste drop;transfer from tracked editor outside;transfer equal? true false;skipped reason large binary encoding excluded secret unreadable scheme;gap reason crash notRunning paused shadow unreadable channel disk clock agentRecord sleep restored;prompt by record person import;decision outcome accepted rejected undone;agentEdit gives none after replaced both;agentEdit everywhere? true;agentEdit completion? true;agentEdit unchecked? true;agentEdit elsewhere? true;answer,agentEdit,decision reconstructed? true;promptNote protect? true false;exhibit what draft plan letter version agreement terms other;exhibitRemoved purged? true;review approved? true false;restriction form header meta tdmrep robots rsl notice;restriction act set changed removed published;restriction created? true;notice act drawn sent answered;notice channel? email form post hand other;notice outcome? removed partly refused other;label act written removed;label form markdown html latex text code sidecar;label level? edited parts generated;label source? compositeWithTrainedAlgorithmicMedia compositeSynthetic trainedAlgorithmicMedia;label reviewed? true;label wording? generic eu kz;label language? en ru kk;exported profile kz-contribution kz-composite kz-prompt kz-program us generic;exported language en ru kk'.split(';'))]
def Text(document, text=b'', cell=False, unsaved=False): return types.SimpleNamespace(document=document, text=bytearray(text), cell=cell, unsaved=unsaved, version=0, left=None)  # A document's own, or a tracker's, in UTF-16LE.
def said(event):  # The words of closed lists
    kind, seen = event['kind'], event.get('observation')
    ones = [(kind, event), *(('format', event['format']) for _ in kind[:1] if kind in ('baseline', 'opened', 'saved')), *(('origin', event[name]) for name in {'baseline': ['finding'], 'resolution': ['origin'], 'changed': [name for name in event if name == 'actor']}.get(kind, []))]
    if kind == 'changed': ones += [('observation', seen), *(('transfer', seen[name]) for name in seen if name == 'transfer'), *(('origin', one) for one in event['findings'])]
    for (_, one), (_, member, words) in ((one, row) for one in ones for row in WORDS if one[0] in row[0]):
        ensure(member[-1] == '?' and member[:-1] not in one or json.dumps(one[member.rstrip('?')]) in words, 'event', f'no {member} that there is')
class Replay:
    def __init__(self): self.documents, self.trackers, self.taken = {}, {}, []
    def take(self, event):
        kind, session, number, document = event['kind'], event['session'], event.get('tracker'), event.get('document')
        own = self.documents.setdefault(document, Text(document)) if kind in ('baseline', 'opened') else self.documents.get(document)
        ensure(own or kind not in ('changed', 'saved', 'closed', 'renamed', 'deleted'), 'event', 'of no document')
        if kind == 'baseline':
            text, = event['texts']
            ensure(event['finding']['length'] == units(text), 'event', 'a finding of another length')
            own.text = bytearray(utf16(text))
            self.serials(event['first'], units(text)), self.check(own.text, event)
        elif kind == 'opened':
            ensure((session, number) not in self.trackers, 'event', 'the tracker is open')
            text = self.trackers[session, event['continues']].text if 'continues' in event else own.left if 'restores' in event else b'' if 'cell' in event else own.text
            self.trackers[session, number] = Text(document, text, 'cell' in event, 'continues' in event or 'restores' in event)
        elif kind in ('changed', 'saved', 'closed'):
            tracker = self.trackers[session, number] if number != 0 else own
            ensure(tracker.document == document, 'event', "another document's tracker")
            if kind == 'changed':
                ensure(event['version'] == (tracker.version + 1 if number else 0), 'event', 'a step is missing')
                self.change(tracker.text, event)
                tracker.version, tracker.unsaved = event['version'], True
            elif kind == 'saved':
                self.check(tracker.text, event)
                tracker.unsaved, own.text, own.left = False, bytearray(tracker.text), None if number else own.left
        over = event.get('crashed') if kind == 'gap' else session if kind == 'sessionEnd' else None
        for name in [name for name in self.trackers if name[0] == over or kind == 'closed' and name == (session, number)]:
            tracker, own = self.trackers[name], self.documents[self.trackers.pop(name).document]
            if tracker.unsaved and not tracker.cell and tracker.text != own.text: own.left = tracker.text
    def change(self, text, event):
        least, fresh, steps = 0, sum(finding['length'] for finding in event['findings']), list(zip(event['changes'], event['texts']))
        first = new = event['first'] + ('placed' in event)
        ensure(event.get('placed', event['first']) == event['first'] and len(event['changes']) == len(event['texts']), 'event', 'form of a step')
        for change, inserted in steps:
            ensure(least <= change['from'] <= change['to'] <= len(text) // 2, 'event', 'a change outside its text')
            least, spans = change['to'], change.get('spans', [{'serial': new, 'length': units(inserted)}])
            ensure(sum(span['length'] for span in spans) == units(inserted), 'event', 'spans of another length')
            new += sum(max(0, min(span['serial'] + span['length'], first + fresh) - max(span['serial'], first)) for span in spans) if 'spans' in change else units(inserted)
        ensure(new == first + fresh, 'event', 'not one finding for each new character') or self.serials(event['first'], new - event['first'])
        for change, inserted in reversed(steps): text[2 * change['from'] : 2 * change['to']] = utf16(inserted)
    def serials(self, first, count):
        at = bisect.bisect(self.taken, (first, 2**53))
        ensure(not count or 0 <= first < 2**53 - count and all(end <= first or first + count <= start for start, end in self.taken[max(at - 1, 0) : at + 1]), 'event', 'serials that were given before, or are none')
        if count: self.taken.insert(at, (first, first + count))
    def check(self, text, event):
        whole, stated = text.decode('utf-16-le', 'surrogatepass'), event['textDigest']
        known = stated != '\u25ae' and not (stated == '' and BLANK.search(whole))
        ensure(not known or sha(bytes(text) if LONE.search(whole) else whole.encode()).hex() == stated, 'event', 'textDigest is not that of the text')
TABLES = 'head place segment secret kept purge tail checkpoint token clock exhibit keyframe body finding found outside live outside_after outside_before'
class Journal:  # [6], [8] The journal
    def __init__(self, path):
        wal = os.path.exists(path + '-wal') and os.path.getsize(path + '-wal') > 0
        self.database = sqlite3.connect(f"file:{urllib.parse.quote(os.path.abspath(path))}?mode=ro{'' if wal else '&immutable=1'}", uri=True)
        ensure(self.rows('PRAGMA application_id') == [(0x484F4C4F,)] and {('index' if '_' in name else 'table', name) for name in TABLES.split()} >= set(self.rows("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'")), 'journal', 'not a journal')
        ensure(self.rows('PRAGMA user_version') == [(1,)] == self.rows('SELECT format FROM head'), 'cannot', 'of another version')
        self.leaves, self.segments, self.keys, self.replay, self.id, self.gone = [], [], [], Replay(), None, {}
    def rows(self, query, *types):
        rows = self.database.execute(query).fetchall()
        ensure(not types or all(tuple(map(type, row)) == types for row in rows), 'journal', query)
        return rows
    def root_at(self, size): return root(self.segments[: size // 4096] + ([root(self.leaves[size - size % 4096 : size])] if size % 4096 else []))
    def verify(self):  # Its checkpoints with who signed them, oldest first.
        (size, link), = self.rows('SELECT size, link FROM head', int, bytes)
        secrets, kept = dict(self.rows('SELECT segment, bytes FROM secret', int, bytes)), self.rows('SELECT sequence, bytes FROM kept', int, bytes)
        for number, pack, expected in self.rows('SELECT number, bytes, root FROM segment ORDER BY number', int, bytes, bytes):
            self.pack(pack, secrets, kept, number * 4096, 4096)
            ensure(self.segments[-1] == expected, 'segment', 'the root over the segment is another', number * 4096)
        running = root(self.segments)
        for first, count, pack, expected in self.rows('SELECT first, count, bytes, link FROM tail ORDER BY first', int, int, bytes, bytes):
            running = sha(running, pack)
            ensure(running == expected, 'link', 'the link after this pack is another', len(self.leaves))
            self.pack(pack, secrets, kept, first, count)
        ensure((len(self.leaves), running) == (size, link), 'head', f'{size} events, or another link', len(self.leaves))
        wrong = [sequence for sequence, count in self.gone.items() if count] + [row[0] for row in kept if not 0 <= row[0] < len(self.leaves)]
        ensure(not wrong, 'redaction', 'other parts are gone than redactions state', min(wrong, default=0)) or [ensure(sha(data) == name, 'exhibit', f'other bytes than those of {name.hex()}') for name, data in self.rows('SELECT digest, bytes FROM exhibit', bytes, bytes)]
        return [(head, signer(head, self)) for head in [checkpoint(note, size) for size, note in self.rows('SELECT size, note FROM checkpoint ORDER BY size, note', int, str)]]
    def pack(self, pack, secrets, kept, first, count):
        at = len(self.leaves)
        try:
            ensure(first == at and at // 4096 == (at + count - 1) // 4096, 'pack', f'a pack from {first}')
            events = digested(pack, secrets.get(at // 4096), tuple(row for row in kept if first <= row[0] < first + count))
            ensure([event['sequence'] for event, _, _ in events] == list(range(at, at + count)), 'pack', 'not the sequences of its row')
            for event, leaf, gone in events:
                at = event['sequence']
                self.gone.update({at: gone} if gone else {})
                self.id = str.__str__(event['journal']) if event['kind'] == 'started' else self.id
                ensure(all(type(event[name]) is int for name in ('time', 'monotonic', 'zone', 'session')) and (at == 0) == (event['kind'] == 'started') and event['kind'] in KINDS, 'event', 'its head') or said(event) or ensure(event['kind'] != 'exhibitRemoved' or 0 <= event['exhibit'] < at, 'event', 'an exhibit that is not before it') or ensure(event['kind'] != 'review' or type(event['files']) is list and all(type(file[name]) is int and file[name] >= 0 and file['saved'] < at for file in event['files'] for name in ('document', 'saved')), 'event', 'a review of what is not before it') or ensure(event['kind'] not in ('restriction', 'notice') or all(type(event[name]) is int and 0 <= event[name] < at for name in ('exhibit', 'notice') if name in event) and (event['kind'] == 'restriction' or (event['act'] == 'drawn') == ('notice' not in event)), 'event', 'an act that names what is not before it') or ensure(event['kind'] != 'label' or all(type(event[name]) is int and event[name] >= 0 for name in ('document', 'saved')) and event['saved'] < at, 'event', 'a label of what is not before it') or ensure(event['kind'] != 'exported' or type(event['size']) is int and 0 < event['size'] <= at and all(type(event[name]) is str and re.fullmatch(f'[0-9a-f]{{{digits}}}', event[name]) for name, digits in (('exportId', 16), ('archiveDigest', 64))), 'event', 'an export of what is not before it')
                if event['kind'] == 'key': self.keys.append(Key(event, self))
                self.replay.take(event)
                for of in event['events'] if event['kind'] == 'redaction' else ():
                    ensure(0 <= of['sequence'] < at and min(of['parts'], of['digests']) >= 0, 'event', 'what it took out of an event that is not before it')
                    self.gone[of['sequence']] = self.gone.get(of['sequence'], 0) - of['parts'] - of['digests'] * 1j
                ensure(event['kind'] not in ('resolution', 'repeats') or all(0 <= act < at for act in [*(event.get('acts', []) if event['kind'] == 'resolution' else ()), *(0 if event['kind'] == 'resolution' or type(span['serial']) is type(span['length']) is int else -1 for span in event['ranges'])]), 'event', 'an act that is not before it')
                self.leaves.append(leaf)
                if at % 4096 == 4095: self.segments.append(root(self.leaves[-4096:]))
        except Wrong as wrong: raise Wrong(wrong.args[0], at if wrong.args[1] is None else wrong.args[1], wrong.args[2])
        except (LookupError, TypeError, ValueError, AttributeError, zlib.error, ArithmeticError, RuntimeError, struct.error) as error: raise Wrong('event', at, repr(error))
def verify(file, key=None, since=None):
    answer, wrong = {'keyKnown': False, 'anchoredTo': None}, []
    try:
        notes = (journal := Journal(file)).verify()
        answer['size'], answer['unsigned'] = len(journal.leaves), len(journal.leaves) - (notes[-1][0].size if notes else 0)
        answer['keyKnown'] = bool(key) and any(by.stands(re.sub('[^0-9a-f]', '', key.lower()), journal.keys) for head, by in notes if head.size == notes[-1][0].size)
        if key and not answer['keyKnown']: wrong.append(Wrong('otherKey', None, 'does not stand for the key of the newest checkpoint'))
        heads = sorted(held_in(since, [head.note for head, _ in notes]), key=lambda head: head.size) if since else []
        for head in [head for head in heads if head.origin == f'holograph/{journal.id}'] or heads:
            signer(head, journal, 'since')
            answer['anchoredTo'] = {'journal': journal.id, 'size': head.size, 'root': head.root.hex()}
    except (Wrong, sqlite3.Error, ValueError) as found: wrong.append(found if isinstance(found, Wrong) else Wrong('journal', None, str(found)))
    return {'consistent': not wrong, **answer, 'wrong': [{'what': what, **({} if sequence is None else {'sequence': sequence}), 'detail': detail} for what, sequence, detail in (one.args for one in wrong)]}
def main(file='', *options):
    given = dict(zip(options[::2], options[1::2]))
    if file == '--batch':
        for line in sys.stdin: print(json.dumps(verify(**json.loads(line))), flush=True)
    elif not os.path.isfile(file) or not set(given) <= {'--key', '--since'} or len(options) % 2: return print(__doc__, file=sys.stderr) or 2
    else:
        print(json.dumps(answer := verify(file, given.get('--key'), given.get('--since') and (lambda data: data.decode('latin-1' if data[:1] == b'0' else 'utf-8'))(open(given['--since'], 'rb').read())), indent=2))
        return 0 if answer['consistent'] else 2 if answer['wrong'][0]['what'] == 'cannot' else 1
if __name__ == '__main__': sys.exit(main(*sys.argv[1:]))
