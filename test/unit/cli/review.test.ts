import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ReviewDocument } from '../../../src/cli/review.ts';
import { GitAt } from '../../support/gitAt.ts';
import { Recorded } from './recorded.ts';

const fits = new Ajv({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../../media/schema/review.schema.json', import.meta.url), 'utf8')),
);

/** `ch1.md`: 8 characters from before, 14 typed, 13 of an agent's; `ch2.md` is empty. */
describe('holograph review', () => {
  let novel: Recorded;
  const anew = async () => {
    novel = await Recorded.novel();
  };
  const away = () => novel.remove();

  const policy = (review: unknown) =>
    writeFileSync(novel.path('holograph.json'), JSON.stringify({ title: 'The Novel', review }));
  const look = async (...argv: string[]) => {
    const { code, out, err } = await novel.run('review', ...argv, '--json');
    assert.notEqual(code, 2, err);
    const document = JSON.parse(out) as ReviewDocument;
    assert.ok(fits(document), JSON.stringify(fits.errors));
    return { code, ...document };
  };
  const broken = ({ rules }: ReviewDocument) =>
    rules.flatMap(({ rule, broken }) => broken.map(({ file, why }) => `${rule} ${file ?? 'all'} ${why}`));

  describe('of what stands on record', () => {
    before(anew);
    after(away);

    it('without thresholds gives the figures, says so and passes no judgement', async () => {
      const { code, policy, kept, rules, whole, files, of } = await look();
      assert.deepEqual([code, policy, kept, rules, of], [0, null, true, [], 'record']);
      assert.deepEqual(
        [whole.characters, whole.hands.human, whole.hands.machine, whole.hands.earlier],
        [35, 14, 13, 8],
      );
      assert.deepEqual(
        files.map(({ path, stands, reviewed }) => [path, stands, reviewed]),
        [
          ['ch1.md', true, null],
          ['ch2.md', true, null],
        ],
      );
      assert.deepEqual([files[0]?.machineRun?.characters, files[0]?.machineRun?.line], [10, 3]);
      const { code: said, out } = await novel.run('review');
      assert.equal(said, 0);
      assert.match(out, /The house has set no thresholds/);
    });

    const policies: readonly (readonly [review: object, broken: readonly string[]])[] = [
      [{ machineAtMost: 0.6, humanAtLeast: 0.4, unknownAtMost: 0, runAtMost: 10 }, []],
      [{ machineAtMost: 0.5 }, ['machineAtMost all limit']],
      [{ humanAtLeast: 0.5, perFile: { humanAtLeast: 0.5 } }, ['humanAtLeast all limit', 'humanAtLeast ch1.md limit']],
      [{ runAtMost: 9 }, ['runAtMost ch1.md limit']],
      [{ reviewedBy: true }, ['reviewedBy ch1.md notReviewed']],
      [{ labelled: true }, ['labelled ch1.md fault']],
      [{ reserved: true }, []],
      [{ describe: true }, ['describe all emptyField', 'describe all emptyField', 'describe all emptyField']],
    ];
    for (const [review, not] of policies) {
      it(`${JSON.stringify(review)}: ${not.join(', ') || 'kept'}`, async () => {
        policy(review);
        const found = await look();
        assert.deepEqual([broken(found), found.code, found.kept], [not, not.length > 0 ? 1 : 0, not.length === 0]);
      });
    }

    it('takes thresholds of the call before the folder’s, and those of another file', async () => {
      policy({ machineAtMost: 0 });
      assert.equal((await look('--max-machine', '1')).code, 0);
      assert.equal((await look('--max-machine', '1', '--max-unknown', '0')).code, 0);
      writeFileSync(novel.path('house.json'), JSON.stringify({ review: { runAtMost: 1 } }));
      assert.deepEqual(broken(await look('--policy', 'house.json')), ['runAtMost ch1.md limit']);
    });

    const refused: readonly (readonly [what: string, review: unknown, argv: readonly string[], says: RegExp])[] = [
      ['a threshold that it does not understand', { machineAtmost: 0.3 }, [], /machineAtmost/],
      ['a share that is none', { machineAtMost: '30%' }, [], /number from 0 to 1/],
      ['a share on the command line that is none', {}, ['--max-machine', '30%'], /--max-machine/],
      ['a format that there is not', {}, ['--format', 'xml'], /--format/],
      ['an action of the hook that there is not', {}, ['--hook', 'pause'], /pause/],
      ['the index where git is not', {}, ['--staged'], /git/],
      ['a policy that is not there', {}, ['--policy', 'none.json'], /none\.json/],
    ];
    for (const [what, review, argv, says] of refused) {
      it(`refuses ${what} in one line`, async () => {
        policy(review);
        const { code, out, err } = await novel.run('review', ...argv);
        assert.deepEqual([code, out, err.trim().split('\n').length], [2, '', 1]);
        assert.match(err, says);
      });
    }

    it('annotates a change for GitHub, and writes SARIF', async () => {
      policy({ runAtMost: 9, machineAtMost: 0.5 });
      const { code, out } = await novel.run('review', '--format', 'github');
      const commands = out.split('\n').filter(line => line.startsWith('::'));
      assert.equal(code, 1);
      assert.deepEqual(
        commands.map(line => line.slice(0, line.indexOf('::', 2))),
        ['::error title=House policy', '::error file=ch1.md,line=3,endLine=3,title=House policy'],
      );
      const { out: written } = await novel.run('review', '--format', 'sarif', '--language', 'kk');
      const [run] = JSON.parse(written).runs;
      assert.deepEqual(
        run.results.map(({ ruleId, locations }: { ruleId: string; locations: unknown[] }) => [
          ruleId,
          locations.length,
        ]),
        [
          ['machineAtMost/whole', 0],
          ['runAtMost/file', 1],
        ],
      );
      assert.equal(run.results[1].locations[0].physicalLocation.region.startLine, 3);
    });

    for (const [language, words] of [
      ['en', ['House policy:', 'NOT KEPT: Machine text at most: 50.0%; here 60.0%']],
      ['ru', ['Правила редакции:', 'НЕ СОБЛЮДЕНО: Машинного текста не более: 50,0']],
      ['kk', ['Редакция ережелері:', 'САҚТАЛМАДЫ: Машина мәтіні ең көбі: 50,0']],
    ] as const) {
      it(`says whose policy it is, ${language}`, async () => {
        policy({ machineAtMost: 0.5 });
        const { out } = await novel.run('review', '--language', language);
        for (const one of words) assert.ok(out.includes(one), out);
      });
    }
  });

  describe('of what changes', () => {
    beforeEach(anew);
    afterEach(away);

    it('keeps no rule on a text that is not on record', async () => {
      policy({ machineAtMost: 1 });
      appendFileSync(novel.path('ch1.md'), 'Unseen.\n');
      assert.deepEqual(broken(await look()), ['stands ch1.md otherText']);
      assert.deepEqual(broken(await look('holograph.json', 'ch2.md')), ['stands holograph.json unrecorded']);
    });

    it('gives no name that stands in it a chance to be a command', async function () {
      // Windows has no such names.
      if (process.platform === 'win32') this.skip();
      policy({ reviewedBy: true });
      await novel.run('reviewed', 'ch1.md', '--by', '##[add-mask]e', '--approved', 'no');
      await novel.written('::add-mask::x.md', 'Text.\n');
      const { out } = await novel.run('review', '--format', 'github');
      const lines = out.split('\n').filter(line => !line.startsWith('::error '));
      assert.ok(lines.some(line => line.includes('add-mask::x.md')));
      assert.deepEqual(
        lines.filter(line => /^\s*::|##\[/.test(line)),
        [],
      );
    });

    it('knows a human review, and when it is stale', async () => {
      policy({ reviewedBy: true });
      await novel.run('reviewed', '--by', 'A. Reader');
      const { code, files } = await look();
      assert.deepEqual([code, files[0]?.reviewed?.by, files[0]?.reviewed?.text], [0, 'A. Reader', 'same']);
      await novel.written('ch1.md', 'All new.\n');
      assert.deepEqual(broken(await look()), ['reviewedBy ch1.md changedSince']);
      await novel.run('reviewed', '--by', 'A. Reader', '--approved', 'no');
      assert.deepEqual(broken(await look()), ['reviewedBy ch1.md refused']);
    });
  });

  describe('of what a commit changes', () => {
    let git: GitAt;
    afterEach(away);
    beforeEach(async () => {
      await anew();
      policy({ runAtMost: 9 });
      git = new GitAt(novel.folder);
      git.init();
    });

    it('looks at the index alone', async () => {
      assert.deepEqual((await look('--staged')).files, []);
      git.git('add', 'ch1.md');
      const found = await look('--staged');
      assert.deepEqual(
        [found.of, found.files.map(({ path }) => path), broken(found)],
        ['index', ['ch1.md'], ['runAtMost ch1.md limit']],
      );
      git.git('commit', '-qm', 'one');
      assert.deepEqual((await look('--staged')).files, []);
    });

    it('finds the text as it was when it was staged, though it was written on since', async () => {
      git.git('add', 'ch1.md');
      await novel.written('ch1.md', 'All new.\n');
      const { files } = await look('--staged');
      assert.deepEqual([files[0]?.stands, files[0]?.machineRun?.characters], [true, 10]);
    });

    it('waits for a text that comes into the record just now', async () => {
      writeFileSync(novel.path('ch1.md'), 'All new.\n');
      git.git('add', 'ch1.md');
      const [found] = await Promise.all([look('--staged'), novel.written('ch1.md', 'All new.\n')]);
      assert.deepEqual([found.files[0]?.stands, found.files[0]?.characters], [true, 9]);
    });

    it('says where the index has a text that was never on record', async () => {
      writeFileSync(novel.path('ch1.md'), 'Unseen.\n');
      git.git('add', 'ch1.md');
      assert.deepEqual(broken(await look('--staged')).slice(0, 1), ['stands ch1.md otherText']);
    });

    it('names what it did not look at: what the record does not know, and what nobody asked for', async () => {
      writeFileSync(novel.path('other\u001b[2J.txt'), 'Not recorded.\n');
      git.git('add', 'other*', 'ch1.md');
      const { code, err } = await novel.run('review', '--staged', 'ch2.md');
      assert.equal(code, 0);
      assert.deepEqual(err.split('\n').slice(0, 2), [
        'holograph: in the commit, on record and not looked at: ch1.md',
        'holograph: in the commit and not on record: other·[2J.txt',
      ]);
    });
  });

  describe('of a package', () => {
    after(away);
    before(async () => {
      await anew();
      policy({ runAtMost: 9 });
      await novel.run('export', '--out', '../novel.zip');
    });

    it('verifies it first, and needs no journal', async () => {
      const found = await look('../novel.zip');
      assert.deepEqual(
        [found.of, found.package?.keyKnown, broken(found)],
        ['package', false, ['runAtMost ch1.md limit']],
      );
      const { code, err } = await novel.run('review', '../novel.zip');
      assert.equal(code, 1);
      assert.match(err, /not vouched for/);
    });

    it('holds it against the texts of a folder that is named', async () => {
      assert.deepEqual((await look('../novel.zip', '--folder', '.')).rules[0]?.broken, []);
      appendFileSync(novel.path('ch1.md'), 'Later.\n');
      assert.deepEqual(broken(await look('../novel.zip', '--folder', '.'))[0], 'stands ch1.md otherText');
    });

    it('of which a byte was changed says what is wrong, and nothing else', async () => {
      const archive = readFileSync(novel.path('..', 'novel.zip'));
      archive[archive.length >> 1]! ^= 1;
      writeFileSync(novel.path('..', 'novel.zip'), archive);
      const { code, out } = await novel.run('review', '../novel.zip');
      assert.equal(code, 1);
      assert.doesNotMatch(out, /House policy/);
    });
  });
});
