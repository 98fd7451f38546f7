#!/usr/bin/env python3
"""Checks an unpacked evidence package without Holograph: lists of digests, seal, record, and the work rebuilt from it.

    python3 verify/verify.py [FOLDER]      FOLDER: the unpacked package; absent: the folder above this file

Needs Python 3.8 and nothing else; where the program `openssl` (3.0 or newer) is at hand, it checks the signatures too.
Prints a line for each thing checked, ends with 0 if all of it holds and with 1 if not. It is short so that it can be
read before it is believed: a forger of a package can forge this file too, so take it from elsewhere, or read it.
What it leaves out: the archive itself; whether reports, forms, tables and copies beside the work say what the record
says; exhibits; time stamps and national signatures; and whose the key is.
"""
import base64, hashlib, json, os, re, struct, subprocess, sys, tempfile

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
MEMBER = re.compile(r'(?!\.+(/|$))[\w.=-]+(/(?!\.+(/|$))[\w.=-]+)*', re.ASCII)
WRONG, UNSIGNED = [], []


def tell(good, what, detail='', mark=None):
    # Nothing foreign may move the cursor, or be what the terminal cannot write.
    line = (mark or ('OK' if good else 'WRONG')).ljust(7) + what + (': ' + detail if detail else '')
    print(re.sub('[^ -~]', lambda char: '\\u%04x' % ord(char[0]), line))
    if not good:
        WRONG.append(what)


def read(name):
    # A package may name what is no file of it: another computer's, a device without an end.
    if not MEMBER.fullmatch(name) or not os.path.isfile(os.path.join(ROOT, *name.split('/'))):
        raise ValueError('%s is no file of a package' % name)
    with open(os.path.join(ROOT, *name.split('/')), 'rb') as file:
        return file.read()


def sha256(*parts):
    return hashlib.sha256(b''.join(parts)).digest()


# 1. Lists: every file is in its list with its digest, and every file of a list is there.

MADE_LATER = re.compile(r'seal/(seal\.dsse\.json|closing\.json|seal\.kz\.cms|seal-\d+\.(tsr|pem))|SEAL-SHEET\.pdf')


def lists():
    """Checks the lists; gives the names of what was made after them, and of the work's files."""
    names = set()
    for folder, _, files in os.walk(ROOT):
        for file in files:
            path = os.path.relpath(os.path.join(folder, file), ROOT).replace(os.sep, '/')
            if path not in ('signed.bin', 'signature.bin'):
                names.add(path)
    payload = {name for name in names if name.startswith('data/')}
    tags = {name for name in names - payload if name != 'tagmanifest-sha256.txt' and not MADE_LATER.fullmatch(name)}
    for name, algorithm, own in (
        ('manifest-sha256.txt', 'sha256', payload),
        ('manifest-sha512.txt', 'sha512', payload),
        ('tagmanifest-sha256.txt', 'sha256', tags),
    ):
        listed = dict(reversed(line.split('  ', 1)) for line in read(name).decode().splitlines())
        for member in sorted(own | set(listed)):
            if member not in listed:
                tell(False, name, member + ' is not listed')
            elif member not in own:
                tell(False, name, member + ' is missing')
            elif hashlib.new(algorithm, read(member)).hexdigest() != listed[member]:
                tell(False, name, member + ' was changed')
        tell(name not in WRONG, name, '%d files' % len(listed))
    later = {name for name in names if MADE_LATER.fullmatch(name) and name != 'seal/closing.json'}
    return later, {name for name in names if name.startswith('data/work/')}


# 2. Signatures: Ed25519, over DSSE envelopes (v1.0.2) and over the checkpoint, a C2SP signed note.


def openssl():
    """Whether there is one that knows these signatures."""
    try:
        said = subprocess.run(['openssl', 'version'], capture_output=True).stdout
    except OSError:
        return False
    return re.match(rb'OpenSSL ([3-9]|\d\d)', said) is not None


def signed(data, signature):
    """Whether the key in seal/author-key.pub signed; None without openssl."""
    if not openssl():
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (('data', data), ('signature', signature)):
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(content)
        key = os.path.join(ROOT, 'seal', 'author-key.pub')
        command = ['openssl', 'pkeyutl', '-verify', '-pubin', '-inkey', os.path.abspath(key), '-rawin', '-in', 'data']
        return subprocess.run(command + ['-sigfile', 'signature'], cwd=folder, capture_output=True).returncode == 0


def envelope(name):
    outer = json.loads(read(name).decode())
    payload, kind = base64.b64decode(outer['payload']), outer['payloadType'].encode()
    held = b'DSSEv1 %d %s %d %s' % (len(kind), kind, len(payload), payload)
    good = signed(held, base64.b64decode(outer['signatures'][0]['sig']))
    if good is None:
        UNSIGNED.append(name)
        tell(True, name, 'the signature is not checked, there is no openssl 3.0 or newer', '-')
    else:
        tell(good, name, 'signature')
    statement = json.loads(payload.decode())
    for subject in statement['subject']:
        same = sha256(read(subject['name'])).hex() == subject['digest']['sha256']
        tell(same, name, subject['name'])
    return statement


# 3. The record: each event's digest, and the RFC 6962 tree over them. See src/journal/README.md, sections 2 to 4.

SPACE = '\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000'
PARTS = re.compile('([%s]+)|[^%s]+' % (SPACE, SPACE))
LONE = re.compile('[\ud800-\udfff]')
PAIR = re.compile('[\U00010000-\U0010ffff]')
BLANKS = re.compile('[\u25ae\U0001f532\ud83d\udd32]+')
STATED = ('afterDigest', 'beforeDigest', 'fileDigest', 'textDigest')
SEGMENT = 4096


def utf16(text):
    return text.encode('utf-16-le', 'surrogatepass')


def canonical(event):
    text = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(',', ':'))
    return LONE.sub(lambda lone: '\\u%x' % ord(lone[0]), text).encode()


def tree(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b'\x01', tree(leaves[:split]), tree(leaves[split:]))


def folded(peaks):
    root = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        root = sha256(b'\x01', left, root)
    return root


class Salts:
    """Of one event: drawn from its segment's secret, or given one by one; a leaf stands for what was taken out."""

    def __init__(self, sequence, secret, given):
        self.sequence, self.secret, self.given, self.part, self.used = sequence, secret, given, 0, 0

    def leaf(self, mark, run, data):
        if self.secret is not None:
            salt = sha256(self.secret, struct.pack('>QI', self.sequence, self.part))
        else:
            one, self.used = self.given[self.used], self.used + 1
            if isinstance(one, dict):
                if not BLANKS.fullmatch(run):
                    raise ValueError('event %d: other words stand for what was taken out' % self.sequence)
                return bytes.fromhex(one['leaf'])
            salt = bytes.fromhex(one)
        return sha256(b'\x00', mark, salt, data)


def digest(event, salts):
    event, texts = dict(event), []
    for text in event.get('texts', []):
        offset, leaves, well = 0, [], not LONE.search(text)
        for part in PARTS.finditer(text):
            run = part[0].encode() if well else utf16(part[0])
            leaves.append(sha256(b'\x00\x00', struct.pack('>I', offset), run) if part[1] else salts.leaf(b'\x01', part[0], run))
            offset, salts.part = offset + len(utf16(part[0])) // 2, salts.part + 1
        stated = {'digest': tree(leaves).hex(), 'length': offset}
        if PAIR.search(text):
            stated['pairs'] = len(PAIR.findall(text))
        if len(leaves) > 1:
            stated['parts'] = len(leaves)
        if not well:
            stated['utf16'] = True
        texts.append(stated)
    if 'texts' in event:
        event['texts'] = texts
    if isinstance(event.get('observation'), dict):
        event['observation'] = dict(event['observation'])
    for of, names in ((event, STATED), (event.get('observation', {}), ('after', 'before'))):
        for name in names:
            if isinstance(of, dict) and isinstance(of.get(name), str) and of[name]:
                of[name] = salts.leaf(b'\x02', of[name], of[name].encode()).hex()
                salts.part += 1
    if salts.secret is None and salts.used != len(salts.given):
        raise ValueError('event %d: salts of another event' % salts.sequence)
    return sha256(b'\x00', canonical(event))


def record():
    """The events, once each digest and each checkpoint's root was made again."""
    secrets, given = {}, {}
    for line in read('data/journal/salts.ndjson').decode().splitlines():
        salt = json.loads(line)
        if 'secret' in salt:
            secrets[salt['segment']] = bytes.fromhex(salt['secret'])
        else:
            given[salt['sequence']] = salt['salts']
    notes = {}
    for name in sorted(os.listdir(os.path.join(ROOT, 'seal', 'checkpoints'))):
        _, size, root = read('seal/checkpoints/' + name).decode().split('\n')[:3]
        notes['seal/checkpoints/' + name] = (int(size), base64.b64decode(root))
    sizes, roots = {size for size, _ in notes.values()}, {}
    # Roots of complete subtrees, largest first, as (leaves, root): what the events so far add up to.
    events, peaks = [], []
    # Not splitlines: texts may hold other line ends than the one that parts events.
    for line in read('data/journal/events.ndjson').decode('utf-8').split('\n')[:-1]:
        event = json.loads(line)
        if event['sequence'] != len(events):
            tell(False, 'events', 'event %d is missing or out of order' % len(events))
            return events, None
        sequence = event['sequence']
        salts = Salts(sequence, secrets.get(sequence // SEGMENT), given.get(sequence, []))
        peaks.append((1, digest(event, salts)))
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            count, right = peaks.pop()
            peaks[-1] = (2 * count, sha256(b'\x01', peaks[-1][1], right))
        events.append(event)
        if len(events) in sizes:
            roots[len(events)] = folded(peaks)
    for name, (size, root) in notes.items():
        tell(roots.get(size) == root, name, 'root over %d events' % size)
    return events, folded(peaks)


def checkpoint():
    note = read('data/journal/checkpoint.txt')
    body, signatures = note[: note.index(b'\n\n') + 1], note[note.index(b'\n\n') + 2 :].split(b'\n')
    known = [signed(body, base64.b64decode(line.split()[-1])[4:]) for line in signatures if line]
    if None not in known:
        by = 'the key that sealed' if any(known) else 'another key of the record, which is not checked here'
        tell(True, 'checkpoint.txt', 'signature, by ' + by, 'OK' if any(known) else '-')


# 4. The work, rebuilt from the events: section 1 of src/journal/README.md.


class Text:
    def __init__(self, document, text=b'', cell=False, unsaved=False):
        self.document, self.text, self.cell, self.unsaved, self.left = document, bytearray(text), cell, unsaved, None


def rebuilt(events):
    documents, trackers = {}, {}
    for event in events:
        kind, session, number = event['kind'], event['session'], event.get('tracker')
        own = documents.get(event.get('document'))
        if kind in ('baseline', 'opened') and own is None:
            own = documents[event['document']] = Text(event['document'])
        if kind == 'baseline':
            own.text = bytearray(utf16(event['texts'][0]))
        elif kind == 'opened':
            goes_on = 'continues' in event or 'restores' in event
            text = (trackers[session, event['continues']].text if 'continues' in event
                    else own.left if 'restores' in event else b'' if 'cell' in event else own.text)
            trackers[session, number] = Text(event['document'], text, 'cell' in event, goes_on)
        elif kind == 'changed':
            tracker = trackers[session, number] if number else own
            for change, inserted in reversed(list(zip(event['changes'], event['texts']))):
                tracker.text[2 * change['from'] : 2 * change['to']] = utf16(inserted)
            tracker.unsaved = True
        elif kind == 'saved' and number:
            tracker = trackers[session, number]
            tracker.unsaved, own.text, own.left = False, bytearray(tracker.text), None
        over = event.get('crashed') if kind == 'gap' else session if kind == 'sessionEnd' else None
        for name in [name for name in trackers if name[0] == over or kind == 'closed' and name == (session, number)]:
            tracker = trackers.pop(name)
            own = documents[tracker.document]
            if tracker.unsaved and not tracker.cell and tracker.text != own.text:
                own.left = tracker.text
    return documents


def file_bytes(text, form):
    others = set(form.get('others', []))
    lines = bytes(text).decode('utf-16-le', 'surrogatepass').split('\n')
    ends = {'\n': '\r\n', '\r\n': '\n'}
    whole = ''.join(line + (ends[form['eol']] if i in others else form['eol']) for i, line in enumerate(lines[:-1]))
    marks = {'utf-8': b'\xef\xbb\xbf', 'utf-16le': b'\xff\xfe', 'utf-16be': b'\xfe\xff'}
    body = LONE.sub('\ufffd', whole + lines[-1]) if form['encoding'] == 'utf-8' else whole + lines[-1]
    return (marks[form['encoding']] if form['bom'] else b'') + body.encode(form['encoding'], 'surrogatepass')


def works(events, names):
    documents, files = rebuilt(events), json.loads(read('data/manifest.json').decode())['files']
    for name in sorted(names - {file['member'] for file in files}):
        tell(False, name, 'is no file of the work by the manifest')
    for file in files:
        try:
            made = file_bytes(documents[file['document']].text, file['format'])
        except LookupError:
            tell(True, file['member'], 'not checked, this Python has no encoding ' + file['format']['encoding'], '-')
            continue
        tell(made == read(file['member']), file['member'], 'rebuilt from the events')


def fingerprint():
    """SHA-256 of the raw public key: the last 32 bytes of its DER."""
    lines = read('seal/author-key.pub').decode().splitlines()
    return sha256(base64.b64decode(''.join(lines[1:-1]))[-32:]).hex()


def main():
    later, work = lists()
    facts = envelope('seal/seal.dsse.json')['predicate']
    closed = {subject['name'] for subject in envelope('seal/closing.json')['subject']}
    for name in sorted(later - closed):
        tell(False, 'seal/closing.json', name + ' is not listed')
    events, root = record()
    same = root is not None and root.hex() == facts['root'] and len(events) == facts['size']
    tell(same, 'seal', 'the record that was sealed, %d events' % len(events))
    checkpoint()
    works(events, work)
    key = fingerprint()
    print('\nThe key: ' + ' '.join(re.findall('....', key)) + '\nCompare it with what the author told you.')
    unsigned = ', but signatures were not checked: anyone could have made all of it.' if UNSIGNED else '.'
    print('%d wrong' % len(WRONG) if WRONG else 'Nothing wrong was found' + unsigned)
    return 1 if WRONG else 0


if __name__ == '__main__':
    if not os.path.isdir(ROOT):
        sys.exit('%s is no folder. Unpack the package, and give the folder.' % ROOT)
    try:
        sys.exit(main())
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        # Whatever a changed package breaks here is its fault.
        tell(False, 'package', '%s: %s' % (type(error).__name__, error))
        sys.exit(1)
