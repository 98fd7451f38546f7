import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askingFor } from '../../../src/evidence/timeStamps/asking.ts';
import { noTrust } from '../../../src/evidence/timeStamps/trust.ts';
import type { Vouched } from '../../../src/evidence/verification.ts';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import { formatSealLine } from '../../../src/journal/sealLine.ts';
import { forgeries } from '../../support/forgeries.ts';
import { manipulations } from '../../support/manipulations.ts';
import { missingForPython, PythonVerifier } from '../../support/pythonVerifier.ts';
import { Seeded } from '../../support/seeded.ts';
import { type Shape, type Specimen, shapes, specimen } from '../../support/specimen.ts';
import { TimeAuthority } from '../../support/timeAuthority.ts';
import { type Evidence, evidenceIn, heldOf, tried } from '../../support/trial.ts';

const first = Number(process.env.HOLOGRAPH_SEED ?? 20_261_122);
const count = Number(process.env.HOLOGRAPH_MANIPULATIONS ?? 300);
const untouched = Number(process.env.HOLOGRAPH_UNTOUCHED ?? 30);
/** Manipulations of the same journals before others are made. */
const together = 250;
const harmless = ['packs written again', 'an index changed', 'nothing; re-chained'];

describe('what was done to a journal’s file', function () {
  this.timeout(3_600_000);
  let home: string;
  let python: PythonVerifier;

  before(function () {
    const missing = missingForPython();
    if (missing !== undefined) {
      console.log(`    skipped: ${missing}`);
      this.skip();
    }
    home = mkdtempSync(join(tmpdir(), 'holograph-manipulations-'));
    python = new PythonVerifier();
  });
  after(() => {
    python?.close();
    if (home) rmSync(home, { recursive: true, force: true });
  });

  it(`is named by two verifiers, ${count} times, given what an outsider holds`, async () => {
    const names = Object.keys(manipulations);
    const plain = names.findIndex(name => name in forgeries);
    const verdicts = new Map<string, number>();
    const failures: string[] = [];
    let some: { of: Specimen; before: Evidence }[] = [];
    for (let i = 0; i < count; i++) {
      const seed = first + i;
      const random = new Seeded(seed);
      if (i === 0 || seed % together === 0) some = made(new Seeded(Math.floor(seed / together)), join(home, `${seed}`));
      const { of, before } = some[random.below(8) > 0 ? random.below(some.length - 2) : random.below(some.length)]!;
      const other = some[random.below(some.length - 2)]!.of;
      const file = join(home, 'manipulated.sqlite');
      let name = '';
      try {
        do {
          const among = random.below(2) === 0 ? names.slice(0, plain) : names;
          name = among[random.below(among.length)]!;
          copyFileSync(of.file, file);
        } while (!manipulations[name]!({ file, of, other, random }));
        const verdict = tried(of, before, file, await python.verify(file, heldOf(of)));
        if (harmless.includes(name)) assert.equal(verdict, 'untouched');
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      } catch (error) {
        failures.push(`seed ${seed}, ${of.shape}: ${name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    console.log(
      `    seeds ${first} to ${first + count - 1}: ${[...verdicts].map(([what, n]) => `${n} ${what}`).join(', ')}`,
    );
    assert.deepEqual(failures, []);
  });

  it('is judged by what the outsider holds: key, checkpoint, token, seal line', async () => {
    const random = new Seeded(first);
    const [of, other] = [specimen(home, 'rotated', random), specimen(home, 'young', random)];
    const [, size, root] = of.since!.note.split('\n') as [string, string, string];
    const line = formatSealLine({
      journal: verifyJournal(of.file).subject.journal!,
      size: Number(size),
      root: Buffer.from(root, 'base64'),
    });
    const clock = new TimeAuthority();
    const stamped = ({ since }: Specimen) => clock.reply(askingFor(since!.note, noTrust).request);
    const [own, others] = [stamped(of), stamped(other)];
    clock.remove();
    const wrong = async (held: Vouched) => {
      const { key, since, token } = held;
      const text = token === undefined ? since : Buffer.from(token).toString('latin1');
      const told = [verifyJournal(of.file, held), await python.verify(of.file, { key, since: text })];
      assert.deepEqual(...(told.map(({ keyKnown, anchoredTo }) => [keyKnown, anchoredTo?.size]) as [unknown, unknown]));
      return told.map(one => one.wrong[0]?.what.replace(/(?<=^since).*/u, ''));
    };
    const [first_, second] = of.signers.map(({ fingerprint }) => fingerprint);
    for (const [held, what] of [
      [{}, undefined],
      [{ key: first_ }, undefined],
      [{ key: second }, undefined],
      [{ key: other.key }, 'otherKey'],
      [{ since: of.since!.note }, undefined],
      [{ since: other.since!.note }, 'since'],
      [{ since: `${of.since!.note}\n` }, 'since'],
      [{ since: `He wrote:\n> ${line.slice(0, 60)}\n> ${line.slice(60)}\n` }, undefined],
      [{ since: line.replace(/:(.)/u, ':$1$1') }, 'since'],
      [{ since: 'what?' }, 'since'],
      [{ token: own }, undefined],
      [{ token: others }, 'since'],
    ] as const)
      assert.deepEqual(await wrong(held), [what, what], JSON.stringify(held));
  });

  it(`is nothing: ${untouched} untouched journals are consistent to both`, async () => {
    for (let i = 0; i < untouched; i++) {
      const random = new Seeded(first + i);
      const shape: Shape = shapes[i % 25 === 24 ? 6 : random.below(5)]!;
      const of = specimen(join(home, 'untouched'), shape, random);
      const [found, told] = [verifyJournal(of.file, heldOf(of)), await python.verify(of.file, heldOf(of))];
      for (const { consistent, keyKnown, anchoredTo, wrong } of [found, told])
        assert.deepEqual(
          { consistent, keyKnown, at: anchoredTo?.size, wrong },
          { consistent: true, keyKnown: of.key !== undefined, at: of.since?.size, wrong: [] },
          `seed ${first + i}`,
        );
      rmSync(of.file);
    }
  });
});

describe('the verifier in Python', () => {
  it('has less than 300 lines', () => {
    const lines = readFileSync(new URL('../../support/verify.py', import.meta.url), 'utf8').split('\n');
    assert.ok(lines.length <= 300, `${lines.length - 1} lines`);
  });
});

/** One journal of each shape; the long ones stand last. */
function made(random: Seeded, folder: string): { of: Specimen; before: Evidence }[] {
  return shapes.map(shape => {
    const of = specimen(folder, shape, random);
    const before = evidenceIn(of.file);
    assert.ok(before);
    return { of, before };
  });
}
