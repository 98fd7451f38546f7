import assert from 'node:assert/strict';
import { exportIdOf } from '../../../src/evidence/manifest.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { packageText } from '../../../src/evidence/packageTexts.ts';
import type { Wrong } from '../../../src/evidence/verification.ts';
import { verificationText } from '../../../src/evidence/verificationText.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { resealed } from '../../support/resealed.ts';
import type { Tampered } from '../../support/tamper.ts';

/** The author himself cheats: he changes members, and makes all lists, the seal and the archive anew with his key. */
const signer = signerFrom('author');
const made = exportPackage(smallJournal(signer).source(), {
  work: emptyWork,
  profile: 'generic',
  language: 'en',
  signer,
});
const wrongAfter = (tamper: (t: Tampered) => unknown): readonly Wrong[] =>
  verifyPackage(resealed(made.archive, made.manifest, signer, tamper), { key: signer.fingerprint }).wrong;

const named = (wrong: readonly Wrong[]) => wrong.map(({ member, what }) => `${member}: ${what}`);

describe('verify a package that its author changed and sealed again', () => {
  it('accepts it if nothing was changed', () =>
    assert.deepEqual(
      wrongAfter(() => undefined),
      [],
    ));

  const cases: readonly (readonly [name: string, tamper: (t: Tampered) => void, wrong: string])[] = [
    ['a work', t => t.change('data/work/crlf.txt', s => s.replace('two', 'six')), 'data/work/crlf.txt: notDerived'],
    [
      'a span',
      t => t.change('data/spans/spans.jsonl', s => s.replace('ai.agent', 'typed')),
      'data/spans/spans.jsonl: notDerived',
    ],
    [
      'a figure',
      t => t.change('data/report/report.json', s => s.replace(/"characters":\d/, '"characters":9')),
      'data/report/report.json: notDerived',
    ],
    [
      'the report',
      t => t.change('data/report/report.html', s => s.replace('</main>', '!</main>')),
      'data/report/report.html: notDerived',
    ],
    [
      'a mark of the deposit copy',
      t => t.change('data/report/work-marked.html', s => s.replace('class="ma"', 'class="hu"')),
      'data/report/work-marked.html: notDerived',
    ],
    [
      'the deposit copy for print',
      t => t.write('data/report/work-marked.pdf', t.bytes('data/report/report.pdf')),
      'data/report/work-marked.pdf: notDerived',
    ],
    [
      'the form that the report is said to have',
      t => t.change('data/schema/report.schema.json', s => s.replace('"additionalProperties": false', '"x": false')),
      'data/schema/report.schema.json: notDerived',
    ],
    [
      'the second verifier, which would find nothing wrong any more',
      t => t.change('verify/verify.py', s => s.replace('WRONG.append(what)', 'pass')),
      'verify/verify.py: notDerived',
    ],
    [
      'how to check it',
      t => t.change('verify/VERIFY.txt', s => s.replace('openssl pkeyutl -verify', 'openssl pkeyutl -help')),
      'verify/VERIFY.txt: notDerived',
    ],
    [
      'a prompt',
      t => t.change('data/prompts/prompt-0001.txt', s => `${s}!`),
      'data/prompts/prompt-0001.txt: notDerived',
    ],
    ['the README', t => t.change('README-FIRST.html', s => s.replace('2026', '2025')), 'README-FIRST.html: notDerived'],
    ['an added file', t => t.add('data/work/extra.txt', 'x'), 'data/work/extra.txt: notOfPackage'],
    ['a removed work', t => t.remove('data/work/empty.md'), 'data/work/empty.md: missing'],
    [
      'a digest that is stated as taken out',
      t => t.change('data/journal/events.ndjson', s => s.replace(/"textDigest":"[0-9a-f]+"/, '"textDigest":"▮"')),
      'data/journal/salts.ndjson: saltsMalformed',
    ],
    [
      'a kind in the events',
      t => t.change('data/journal/events.ndjson', s => s.replace('"ai.agent"', '"typed"')),
      'seal/checkpoints/0002.txt: checkpointRoot',
    ],
    [
      'a text in the events',
      t => t.change('data/journal/events.ndjson', s => s.replace('steppe was', 'steppe is')),
      'seal/checkpoints/0002.txt: checkpointRoot',
    ],
    [
      'a removed event',
      t => t.change('data/journal/events.ndjson', s => dropLine(s, 9)),
      'data/journal/events.ndjson: eventOrder',
    ],
    [
      'the last event cut off',
      t => {
        t.change('data/journal/events.ndjson', s => dropLine(s, 13));
        // It was a save: its digests have salts.
        t.change('data/journal/salts.ndjson', s => s.replace(/[^\n]*\n$/, ''));
      },
      'seal/checkpoints/0002.txt: checkpointOther',
    ],
    [
      'events that are no JSON',
      t => t.change('data/journal/events.ndjson', s => `${s}what?\n`),
      'data/journal/events.ndjson: eventMalformed',
    ],
    [
      'an event of no known form',
      t => t.change('data/journal/events.ndjson', s => `${s}{"sequence":14}\n`),
      'data/journal/events.ndjson: eventMalformed',
    ],
    [
      'events without their last line feed',
      t => t.change('data/journal/events.ndjson', s => s.trimEnd()),
      'data/journal/events.ndjson: eventMalformed',
    ],
    [
      'a salt',
      t => t.change('data/journal/salts.ndjson', s => s.replace(/"[0-9a-f]/, '"0')),
      'seal/checkpoints/0001.txt: checkpointRoot',
    ],
    [
      'a salt too many',
      t => t.change('data/journal/salts.ndjson', s => s.replace(/("[0-9a-f]{64}")/, '$1,$1')),
      'data/journal/salts.ndjson: saltsMalformed',
    ],
    [
      'a salt of no event',
      t => t.change('data/journal/salts.ndjson', s => `${s}{"salts":["${'0'.repeat(64)}"],"sequence":99}\n`),
      'data/journal/salts.ndjson: saltsMalformed',
    ],
    [
      'white space in the salts',
      t => t.change('data/journal/salts.ndjson', s => s.replace('{', '{ ')),
      'data/journal/salts.ndjson: saltsMalformed',
    ],
    [
      'an older checkpoint left out',
      t => t.remove('seal/checkpoints/0001.txt'),
      'seal/checkpoints/0002.txt: checkpointOther',
    ],
    [
      'a line feed after a checkpoint',
      t => t.change('seal/checkpoints/0001.txt', s => `${s}\n`),
      'seal/checkpoints/0001.txt: checkpointMalformed',
    ],
    [
      'a checkpoint of another size',
      t => t.change('seal/checkpoints/0001.txt', s => s.replace('\n8\n', '\n7\n')),
      'seal/checkpoints/0001.txt: checkpointRoot',
    ],
    [
      'another title',
      t => t.change('data/manifest.json', s => s.replace('"title":{}', '"title":{"en":"Mine"}')),
      'data/manifest.json: notDerived',
    ],
    [
      'an unknown profile',
      t => t.change('data/manifest.json', s => s.replace('generic', 'mars')),
      'data/manifest.json: manifestMalformed',
    ],
    [
      'a description of another form',
      t => t.change('data/manifest.json', s => s.replace('"authors":[]', '"authors":3')),
      'data/manifest.json: manifestMalformed',
    ],
    [
      'a newer form',
      t => t.change('data/manifest.json', s => s.replace('"version":1', '"version":2')),
      'data/manifest.json: newer',
    ],
    [
      'white space in the key',
      t => t.change('seal/author-key.pub', s => s.replace('\n', '\n\n')),
      'seal/author-key.pub: keyMalformed',
    ],
    [
      'a sentence in place of the software’s name',
      t => t.change('data/manifest.json', s => s.replace(/("software":"[^"]+)"/, '$1, checked by the court"')),
      'data/manifest.json: manifestMalformed',
    ],
  ];
  for (const [name, tamper, wrong] of cases) {
    it(`refuses ${name}`, () =>
      assert.ok(named(wrongAfter(tamper)).includes(wrong), named(wrongAfter(tamper)).join(', ')));
  }

  it('names a wording that it cannot make again because another version made it', () => {
    const older = (t: Tampered) =>
      t.change('data/manifest.json', s => s.replace(/"software":"[^"]+"/, '"software":"holograph/0.0.9"'));
    const wrong = named(wrongAfter(older));
    assert.ok(!wrong.some(w => w.startsWith('README-FIRST.html') || w.startsWith('data/report/')), wrong.join(', '));
  });

  it('says in its first sentence that a report by “another version”, which may say anything, was not checked', () => {
    const { journals, software, profile, language, work, key, exportId } = made.manifest;
    const [{ journal: id, size, root }] = journals as [(typeof journals)[number]];
    const inputs = { software: 'holograph/0.0.9', profile, language, work, key };
    const other = exportIdOf({ ...smallJournal(signer).source(), id, size, root }, inputs);
    const forged = resealed(made.archive, { exportId: other, journals }, signer, t => {
      t.change('data/manifest.json', s => s.replace(software, inputs.software).replace(exportId, other));
      t.change('bag-info.txt', s => s.replace(software, inputs.software).replace(exportId, other));
      t.change('data/report/report.html', () => '<p>All of it is typed.</p>');
    });
    const found = verifyPackage(forged, { key: signer.fingerprint });
    assert.deepEqual(found.wrong, []);
    for (const spoken of ['en', 'ru', 'kk'] as const)
      assert.match(verificationText(found, spoken)[0]!, new RegExp(packageText(spoken, 'verify.otherSoftware')));
  });
});

function dropLine(text: string, rank: number): string {
  return text
    .split(/(?<=\n)/)
    .filter((_, i) => i !== rank)
    .join('');
}
