import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import { randomStory } from '../../support/randomStory.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../media/schema/report.schema.json', import.meta.url), 'utf8'),
) as object;
const valid = new Ajv().compile(schema);
const faults = (report: unknown) => (valid(JSON.parse(JSON.stringify(report))) ? [] : valid.errors);
const sample = makeReport([sampleStory().source()], { work: sampleWork });

describe('published form of the report', () => {
  it('the sample’s report fits it', () => assert.deepEqual(faults(sample), []));

  it('so does every other', () => {
    fc.assert(
      fc.property(randomStory, story => assert.deepEqual(faults(makeReport([story.source()])), [])),
      { numRuns: 60 },
    );
  });

  const wrong: Readonly<Record<string, Partial<Record<keyof Report, unknown>>>> = {
    'another version': { version: 2 },
    'a field that it does not name': { verdict: 'human' } as Partial<Report>,
    'a share above all': { totals: { ...sample.totals, unknown: 1.1 } },
    'a kind that is none': {
      files: [{ ...sample.files[0]!, spans: [{ ...sample.files[0]!.spans[0]!, kind: 'human' }] }],
    },
  };
  for (const [name, change] of Object.entries(wrong)) {
    it(`${name} does not`, () => assert.notDeepEqual(faults({ ...sample, ...change }), []));
  }
});
