import { readableFingerprint } from '../journal/keys.ts';
import { type Member, textMember } from './bag.ts';
import { fileNameOf, type Manifest, type PackageLanguage } from './manifest.ts';
import { type PackageText, packageText } from './packageTexts.ts';
import { scriptMember } from './verifyScript.ts';

export const guideMember = 'verify/VERIFY.txt';

/**
 * `verify/VERIFY.txt`: how to check a package step by step, with programs that are not ours: commands to be copied, each
 * with what it shows. In all three languages, the package's own first; with a byte order mark and line ends that any
 * Windows opens. `timeStamps`: those over checkpoints.
 */
export function guideOf(manifest: Manifest, timeStamps: readonly Member[]): Member {
  const own = manifest.language;
  const languages = [own, ...(['kk', 'ru', 'en'] as const).filter(language => language !== own)];
  const parts = languages.map(language => partIn(language, manifest, timeStamps));
  return textMember(guideMember, `\ufeff${parts.join(`\n${'='.repeat(columns)}\n\n`)}`.replaceAll('\n', '\r\n'));
}

const columns = 78;

function partIn(language: PackageLanguage, manifest: Manifest, timeStamps: readonly Member[]): string {
  const t = (key: PackageText) => wrapped(packageText(language, key, { file: fileNameOf(manifest) }));
  const steps: readonly (readonly [PackageText, readonly string[]])[] = [
    ['guide.whole', [`holograph verify ${fileNameOf(manifest)} --key "FINGERPRINT"`]],
    ['guide.python', [`python3 ${scriptMember}`]],
    ['guide.file', ['certutil -hashfile data\\report\\report.pdf SHA256']],
    ['guide.lists', ['sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt', 'sha512sum -c manifest-sha512.txt']],
    ['guide.listsMac', ['shasum -a 256 -c manifest-sha256.txt', 'shasum -a 256 -c tagmanifest-sha256.txt']],
    ['guide.seal', [takeApart('seal/seal.dsse.json'), verified('signed.bin', 'signature.bin')]],
    ['guide.subjects', [compared('seal/seal.dsse.json')]],
    [
      'guide.closing',
      [takeApart('seal/closing.json'), verified('signed.bin', 'signature.bin'), compared('seal/closing.json')],
    ],
    ['guide.key', ['openssl pkey -pubin -in seal/author-key.pub -outform DER | tail -c 32 | sha256sum']],
    ['guide.checkpoint', [noteTaken, verified('signed.bin', 'signature.bin')]],
    ...(timeStamps.length === 0 ? [] : [['guide.timeStamps', stampCommands(timeStamps)] as const]),
    ['guide.sealStamp', ['openssl ts -verify -data seal/seal.dsse.json -in seal/seal-1.tsr -CAfile seal/seal-1.pem']],
    ['guide.national', [signatureRead]],
  ];
  const lines = steps.map(([key, commands], i) => {
    const said = t(key).split('\n');
    return [
      `${i + 1}. ${said[0]}`,
      ...said.slice(1).map(line => `   ${line}`),
      '',
      ...commands.map(c => `      ${c}`),
      '',
    ];
  });
  return [
    t('guide.title').toUpperCase(),
    '',
    t('guide.how'),
    '',
    `${packageText(language, 'fact.exportId')}: ${manifest.exportId}`,
    `${packageText(language, 'fact.key')}:`,
    `  ${readableFingerprint(manifest.key)}`,
    '',
    ...lines.flat(),
    t('guide.limits'),
    '',
  ].join('\n');
}

/** Whether it fits the seal and the certificate inside it; who stands for that certificate is not asked. */
const signatureRead =
  'openssl cms -verify -noverify -binary -inform DER -in seal/seal.kz.cms -content seal/seal.dsse.json -out signed.bin';

/** What an envelope signs, and the signature, as files: DSSE's pre-authentication encoding, and base64 undone. */
function takeApart(envelope: string): string {
  const code = [
    'import base64,json',
    `e=json.load(open('${envelope}'))`,
    "p=base64.b64decode(e['payload'])",
    "t=e['payloadType'].encode()",
    "open('signed.bin','wb').write(b'DSSEv1 %d %s %d %s'%(len(t),t,len(p),p))",
    "open('signature.bin','wb').write(base64.b64decode(e['signatures'][0]['sig']))",
  ];
  return python(code);
}

/** Each file that an envelope names, with what its SHA-256 says. */
function compared(envelope: string): string {
  const code = [
    'import base64,hashlib,json',
    `s=json.loads(base64.b64decode(json.load(open('${envelope}'))['payload']))['subject']`,
    "h=lambda n:hashlib.sha256(open(n,'rb').read()).hexdigest()",
    "[print('OK   ' if h(x['name'])==x['digest']['sha256'] else 'WRONG',x['name']) for x in s]",
  ];
  return python(code);
}

/** The text of the signed note, and its signature behind the four bytes that name the key. */
const noteTaken = python([
  'import base64',
  "n=open('data/journal/checkpoint.txt','rb').read()",
  "i=n.index(b'\\n\\n')+1",
  "open('signed.bin','wb').write(n[:i])",
  "open('signature.bin','wb').write(base64.b64decode(n[i:].split()[-1])[4:])",
]);

/** In double quotes, and with none inside: so every shell takes it as it is. */
function python(code: readonly string[]): string {
  return `python3 -c "${code.join(';')}"`;
}

function verified(signed: string, signature: string): string {
  return `openssl pkeyutl -verify -pubin -inkey seal/author-key.pub -rawin -in ${signed} -sigfile ${signature}`;
}

function stampCommands(timeStamps: readonly Member[]): string[] {
  const names = timeStamps.flatMap(({ name }) => (name.endsWith('.tsr') ? [name.slice(0, -4)] : []));
  return names.map(name => {
    const checkpoint = name.replace('timestamps', 'checkpoints').replace(/-\d+$/, '.txt');
    return `openssl ts -verify -data ${checkpoint} -in ${name}.tsr -CAfile ${name}.pem`;
  });
}

/** Broken at spaces into lines that fit; a longer word is left whole. */
function wrapped(text: string): string {
  let [line, out] = ['', ''];
  for (const word of text.split(' ')) {
    if (line !== '' && [...line].length + [...word].length + 1 > columns - 4) {
      out += `${line}\n`;
      line = word;
    } else line += line === '' ? word : ` ${word}`;
  }
  return out + line;
}
