import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { policyFields, shareRules } from '../../../src/evidence/work/policy.ts';
import { fieldName } from '../../../src/evidence/work/words.ts';
import { emptyWork, readWork } from '../../../src/evidence/work.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../media/schema/holograph.schema.json', import.meta.url), 'utf8'),
);
const fits = new Ajv().compile(schema);
const read = (review: unknown) => readWork(JSON.stringify({ review }));

describe('the house policy of holograph.json', () => {
  const full = {
    machineAtMost: 0.3,
    unknownAtMost: 0,
    humanAtLeast: 1,
    perFile: { machineAtMost: 0.5, unknownAtMost: 0.1, humanAtLeast: 0.2 },
    runAtMost: 400,
    reviewedBy: true,
    labelled: false,
    reserved: true,
    describe: true,
  };

  it('is read as it stands, and is no part of the work’s description', () => {
    assert.ok(fits({ review: full }), JSON.stringify(fits.errors));
    assert.deepEqual(read(full), { work: emptyWork, policy: full, problems: [] });
  });

  it('sets nothing where it is absent or empty', () => {
    assert.equal('policy' in readWork('{}'), false);
    assert.deepEqual(read({}).policy, {});
  });

  const wrong: readonly (readonly [json: unknown, problem: string])[] = [
    ['strict', '/review notObject'],
    [{ machineAtMost: '30%' }, '/review/machineAtMost notShare'],
    [{ machineAtMost: 30 }, '/review/machineAtMost notShare'],
    [{ humanAtLeast: -0.1 }, '/review/humanAtLeast notShare'],
    [{ perFile: { unknownAtMost: 2 } }, '/review/perFile/unknownAtMost notShare'],
    [{ perFile: 0.3 }, '/review/perFile notObject'],
    [{ perFile: { runAtMost: 3 } }, '/review/perFile/runAtMost unknownField'],
    [{ runAtMost: 1.5 }, '/review/runAtMost notCount'],
    [{ reviewedBy: 'A. Reader' }, '/review/reviewedBy notFlag'],
    [{ aiAtMost: 0.3 }, '/review/aiAtMost unknownField'],
  ];
  for (const [json, problem] of wrong) {
    it(`${JSON.stringify(json)}: ${problem}, in the schema too`, () => {
      assert.deepEqual(
        read(json).problems.map(({ field, what }) => `${field} ${what}`),
        [problem],
      );
      assert.ok(!fits({ review: json }));
    });
  }

  it('has the schema’s fields, each with a name', () => {
    const { properties } = schema.properties.review;
    assert.deepEqual(Object.keys(properties).sort(), [...policyFields].sort());
    assert.deepEqual(Object.keys(properties.perFile.properties).sort(), [...shareRules].sort());
    for (const name of [...policyFields, ...shareRules.map(rule => `perFile.${rule}`)])
      assert.notEqual(fieldName(`review.${name}`, 'kk'), fieldName(`review.${name}`, 'en'), name);
  });
});
