import assert from 'node:assert/strict';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import fc from 'fast-check';
import type { AgentRecords } from '../../../src/agents/agent.ts';
import { agents } from '../../../src/agents/agents.ts';
import { readerSamples } from './readerSamples.ts';
import { cleanFolders, folder } from './transcript.ts';

const runs = Number(process.env.HOLOGRAPH_RUNS ?? 200);
/** A read that takes longer hangs (ms). */
const LONG = 10_000;
/** Reads of one record: each that says there is more must come nearer to the end. */
const READS = 1000;

it('every reader has a sample', () => {
  const named = new Set(Object.keys(readerSamples).map(agentIn));
  assert.deepEqual(
    agents.map(({ name }) => name).filter(name => !named.has(name)),
    [],
  );
});

for (const [name, sample] of Object.entries(readerSamples)) {
  describe(`the reader of ${name}`, () => {
    const agent = agents.find(agent => agent.name === agentIn(name))!;
    let file: string;
    let bytes: Buffer;
    before(() => {
      file = sample(folder());
      bytes = readFileSync(file);
    });
    after(cleanFolders);

    it('reads its own sample, a second time too', async () => {
      assert.ok(agent.isRecord(basename(file)) || agent.isRecord(file), 'is a record');
      const records = await allOf(agent.reader(file));
      // The prompts may stand in another record of the tool.
      const asked =
        agent.ids !== undefined ||
        records.prompts.length > 0 ||
        records.edits.every(({ prompt }) => prompt !== undefined);
      assert.ok(asked && records.edits.length > 0, JSON.stringify(records));
      assert.deepEqual(records.problems, []);
      for (const edit of records.edits) assert.ok(isAbsolute(edit.file), edit.file);
      for (const { id, time } of [...records.prompts, ...records.edits]) {
        assert.ok(id.startsWith(`${agent.ids ?? agent.name}:`) && Number.isSafeInteger(time), id);
      }
      assert.deepEqual(await allOf(agent.reader(file)), records);
    });

    it('gives nothing twice', async () => {
      const reader = agent.reader(file);
      await allOf(reader);
      const { prompts, edits, answers } = await allOf(reader);
      assert.deepEqual([prompts, edits, answers], [[], [], []]);
    });

    it('takes a record that is gone for an empty one', async () => {
      const none = await allOf(agent.reader(`${file.slice(0, -basename(file).length)}gone-${basename(file)}`));
      assert.deepEqual([none.prompts, none.edits], [[], []]);
    });

    it('finds the same however the writing of its lines was cut', async function () {
      if (!file.endsWith('.jsonl')) return this.skip();
      const once = idsOf(await allOf(agent.reader(file)));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 4 }), async cuts => {
          const reader = agent.reader(file);
          const ids: string[] = [];
          for (const end of [...cuts.sort((a, b) => a - b), bytes.length]) {
            writeFileSync(file, bytes.subarray(0, end));
            const { problems, ...records } = await allOf(reader);
            assert.deepEqual(problems, []);
            ids.push(...idsOf(records));
          }
          assert.deepEqual(ids.sort(), once.sort());
        }),
        { numRuns: Math.ceil(runs / 5) },
      );
    });

    it('neither throws nor hangs, whatever the bytes', async function () {
      this.timeout(0);
      await fc.assert(
        fc.asyncProperty(mutations, async mutation => {
          writeFileSync(file, mutation(bytes));
          // Written a while ago: what is broken now stays so.
          utimesSync(file, 1_700_000_000, 1_700_000_000);
          holds(await within(LONG, allOf(agent.reader(file))));
        }),
        { numRuns: runs },
      );
      writeFileSync(file, bytes);
    });
  });
}

function agentIn(name: string): string {
  return name.split(' ')[0]!;
}

async function allOf(reader: { read(): Promise<AgentRecords> }): Promise<AgentRecords> {
  const all = { prompts: [], answers: [], edits: [], decisions: [], problems: [] } as Record<string, unknown[]>;
  for (let reads = 0; ; reads++) {
    assert.ok(reads < READS, 'says for ever that there is more');
    const { more, ...records } = await reader.read();
    for (const [name, values] of Object.entries(records)) all[name]!.push(...values);
    if (!more) return all as unknown as AgentRecords;
  }
}

function idsOf({ prompts, answers, edits, decisions }: Omit<AgentRecords, 'problems'>): string[] {
  const decided = decisions.map(({ edit, outcome }) => `${edit} ${outcome}`);
  return [...[...prompts, ...answers, ...edits].map(({ id }) => id), ...decided];
}

/** What the journal can keep, whatever the record says. */
function holds({ prompts, answers, edits, decisions, problems }: AgentRecords): void {
  for (const { time } of [...prompts, ...answers, ...edits, ...decisions])
    assert.ok(Number.isSafeInteger(time), `${time}`);
  for (const { id, conversation } of [...prompts, ...answers, ...edits]) assert.ok(id && conversation !== undefined);
  for (const { message } of problems) assert.ok(message.length < 100, message);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

type Mutation = (bytes: Buffer) => Uint8Array;

const any = fc.uint8Array({ maxLength: 300 }).map(bytes => (() => bytes) as Mutation);
const at = fc.nat(1_000_000);
const flip = fc.tuple(at, fc.nat(255)).map(
  ([at, by]): Mutation =>
    bytes => {
      const out = Uint8Array.from(bytes);
      if (out.length > 0) out[at % out.length]! ^= by;
      return out;
    },
);
const cut = fc.tuple(at, at).map(
  ([from, to]): Mutation =>
    bytes => {
      const ends = [from % (bytes.length + 1), to % (bytes.length + 1)].sort((a, b) => a - b);
      return Buffer.concat([bytes.subarray(0, ends[0]), bytes.subarray(ends[1])]);
    },
);
const shorten = at.map(
  (at): Mutation =>
    bytes =>
      bytes.subarray(0, at % (bytes.length + 1)),
);
const splice = fc.tuple(at, any).map(
  ([at, insert]): Mutation =>
    bytes => {
      const place = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, place), insert(bytes), bytes.subarray(place)]);
    },
);
const repeat = fc.tuple(at, at).map(
  ([from, to]): Mutation =>
    bytes => {
      const ends = [from % (bytes.length + 1), to % (bytes.length + 1)].sort((a, b) => a - b);
      return Buffer.concat([bytes.subarray(0, ends[1]), bytes.subarray(ends[0])]);
    },
);
/** Puts another value in the place of one in the JSON: what stood there may be needed as it was. */
const values = ['null', '0', '-1', '1e999', '""', '[]', '{}', '[null]', '{"a":[]}', 'true', '"\\u0000"', '"/"', '[[]]'];
const other = fc.tuple(at, fc.constantFrom(...values)).map(
  ([at, value]): Mutation =>
    bytes => {
      const text = bytes.toString('latin1');
      const places = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?!\s*:)|\b(?:\d+|true|false|null)\b/g)];
      if (places.length === 0) return bytes;
      const place = places[at % places.length]!;
      return Buffer.from(text.slice(0, place.index) + value + text.slice(place.index + place[0].length), 'latin1');
    },
);
const deep = fc.tuple(at, fc.constantFrom('[]', '{}')).map(
  ([at, of]): Mutation =>
    bytes => {
      const [open, close] = of === '[]' ? ['[', ']'] : ['{"a":', '}'];
      const nested = `${open.repeat(20_000)}0${close.repeat(20_000)}`;
      const text = bytes.toString('latin1');
      const places = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?!\s*:)/g)];
      const place = places[at % (places.length || 1)];
      if (!place) return Buffer.from(nested);
      return Buffer.from(text.slice(0, place.index) + nested + text.slice(place.index + place[0].length), 'latin1');
    },
);
const one = fc.oneof(any, flip, cut, shorten, splice, repeat, other, deep);
const mutations = fc.array(one, { minLength: 1, maxLength: 3 }).map(
  (all): Mutation =>
    bytes =>
      all.reduce<Uint8Array>((now, next) => next(Buffer.from(now)), bytes),
);
