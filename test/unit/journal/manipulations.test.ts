import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import { forgeries } from '../../support/forgeries.ts';
import { manipulations } from '../../support/manipulations.ts';
import { missingForPython, PythonVerifier } from '../../support/pythonVerifier.ts';
import { Seeded } from '../../support/seeded.ts';
import { type Shape, type Specimen, shapes, specimen } from '../../support/specimen.ts';
import { type Evidence, evidenceIn, heldOf, tried } from '../../support/trial.ts';

const first = Number(process.env.HOLOGRAPH_SEED ?? 20_261_122);
const count = Number(process.env.HOLOGRAPH_MANIPULATIONS ?? 300);
const untouched = Number(process.env.HOLOGRAPH_UNTOUCHED ?? 30);
/** Manipulations of the same journals before others are made. */
const together = 100;
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
      const random = new Seeded(first + i);
      if (i % together === 0) some = made(new Seeded(first + i + 1), join(home, `${i}`));
      const { of, before } = some[random.below(4) > 0 ? random.below(some.length - 2) : random.below(some.length)]!;
      const other = some[random.below(some.length - 2)]!.of;
      const among = random.below(2) === 0 ? names.slice(0, plain) : names;
      const name = among[random.below(among.length)]!;
      const file = join(home, 'manipulated.sqlite');
      copyFileSync(of.file, file);
      try {
        if (!manipulations[name]!({ file, of, other, random })) continue;
        const verdict = tried(of, before, file, await python.verify(file, heldOf(of)));
        if (harmless.includes(name)) assert.equal(verdict, 'untouched');
        if (process.env.HOLOGRAPH_KEEP)
          appendFileSync(join(process.env.HOLOGRAPH_KEEP, 'all'), `${verdict}\t${of.shape}\t${name}\n`);
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      } catch (error) {
        failures.push(`seed ${first + i}, ${of.shape}: ${name}: ${error instanceof Error ? error.message : error}`);
        if (process.env.HOLOGRAPH_KEEP) copyFileSync(file, join(process.env.HOLOGRAPH_KEEP, `${first + i}.sqlite`));
      }
    }
    console.log(
      `    seeds ${first} to ${first + count - 1}: ${[...verdicts].map(([what, n]) => `${n} ${what}`).join(', ')}`,
    );
    assert.deepEqual(failures, []);
  });

  it(`is nothing: ${untouched} untouched journals are consistent to both`, async () => {
    for (let i = 0; i < untouched; i++) {
      const random = new Seeded(first + i);
      const shape: Shape = shapes[i % 25 === 24 ? 5 : random.below(4)]!;
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

/** One journal of each shape; the long ones stand last. */
function made(random: Seeded, folder: string): { of: Specimen; before: Evidence }[] {
  return shapes.map(shape => {
    const of = specimen(folder, shape, random);
    const before = evidenceIn(of.file);
    assert.ok(before);
    return { of, before };
  });
}
