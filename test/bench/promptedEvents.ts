import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import { utf8 } from '../support/journalByHand.ts';
import { Seeded } from '../support/seeded.ts';

const agents = ['claude-code', 'codex', 'cursor'];
/** Prompts of one conversation. */
const talk = 25;
const files = 40;
/** Paragraphs of one file; each is some 250 characters. */
const paragraphs = 80;
const words = 'steppe wind horse well night rider saddle river grass stone smoke child song road fire winter'.split(
  ' ',
);

/**
 * An author's months with three tools: each prompt has its answer and one edit, which writes a paragraph of one of forty
 * files anew, often one that a prompt before had written; a prompt in four rewords the one before; one in five was
 * written in a recorded plan.
 */
export function* promptedEvents(prompts: number): Generator<JournalEvent, void, undefined> {
  const random = new Seeded(11);
  const start = Date.UTC(2026, 0, 5, 4);
  let [sequence, serial, time] = [0, 2 ** 33, start];
  const event = (body: EventBody, texts?: readonly string[], session = 1): JournalEvent => {
    const head = { sequence: sequence++, time, monotonic: time - start, zone: 300, session };
    return { ...body, ...head, ...(texts && { texts }) };
  };
  const said = (count: number) => Array.from({ length: count }, () => words[random.below(words.length)]!);
  const take = (length: number) => {
    serial += length;
    return serial - length;
  };
  const about = { software: 'holograph/0.1.0', editor: 'bench', platform: 'bench', channels: [], unreachable: [] };
  const started = { journal: 'bench', work: 'w', folder: 'bench', format: 1, software: 'bench' } as const;
  yield event({ kind: 'started', ...started }, undefined, 0);
  yield event({ kind: 'session', ...about, leases: [2 ** 33, 2 ** 40] });
  const digests = { fileDigest: '0'.repeat(64), textDigest: '0'.repeat(64) };
  const books: string[][] = [];
  for (let document = 1; document <= files + 1; document++) {
    const of = document > files ? [] : Array.from({ length: paragraphs }, () => `${said(40).join(' ')}.\n\n`);
    books.push(of);
    const text = of.join('');
    const path = document > files ? 'plan.md' : `chapter-${document}.md`;
    const finding = { kind: 'initial', basis: 'asserted', rule: 'baseline', length: text.length } as const;
    const first = take(text.length);
    yield event({ kind: 'baseline', document, path, format: utf8, ...digests, first, finding }, [text]);
  }
  yield event({ kind: 'opened', document: files + 1, tracker: 1, path: 'plan.md', format: utf8 });
  let [plan, version, last] = [0, 0, ''];
  for (let n = 0; n < prompts; n++) {
    time += 60_000;
    const conversation = `c${Math.floor(n / talk)}`;
    const agent = agents[Math.floor(n / talk) % agents.length]!;
    const id = `${agent}:${conversation}:${n}`;
    const text = n % 4 === 3 ? `${last} and ${said(2).join(' ')}` : `Write of ${said(20 + random.below(40)).join(' ')}`;
    last = text;
    if (n % 5 === 0) {
      const finding = { kind: 'typed', basis: 'asserted', rule: 'keyboard', length: text.length + 1 } as const;
      // The plan is taken away now and then.
      const to = plan > 20_000 ? plan : 0;
      plan -= to;
      const change = { document: files + 1, tracker: 1, version: ++version, first: take(text.length + 1) };
      const observation = { by: 'editor', selection: 'keyboard' } as const;
      const step = {
        ...change,
        placement: 'insert',
        changes: [{ from: plan, to: plan + to }],
        findings: [finding],
      } as const;
      yield event({ kind: 'changed', ...step, observation }, [`${text}\n`]);
      plan += text.length + 1;
    }
    yield event({ kind: 'prompt', id, agent, conversation, asked: time, by: 'record', model: 'model' }, [text]);
    const of = books[random.below(files)]!;
    const at = random.below(paragraphs);
    const from = of.slice(0, at).reduce((sum, { length }) => sum + length, 0);
    const put = `${said(40).join(' ')}.\n\n`;
    const to = from + of[at]!.length;
    of[at] = put;
    const edit = { id: `${id}:e`, agent, conversation, made: time + 5000, prompt: id, gives: 'after' } as const;
    const document = books.indexOf(of) + 1;
    yield event({ kind: 'agentEdit', ...edit, path: `chapter-${document}.md`, brings: [[0, put.length]] }, [put]);
    const origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: id } as const;
    const actor = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts' } as const;
    const step = { document, tracker: 0, version: 0, first: take(put.length), placement: 'insert', actor } as const;
    const finding = { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher', length: put.length } as const;
    const observation = { by: 'watcher', before: '0'.repeat(64), after: '1'.repeat(64) } as const;
    const act = sequence;
    yield event({ kind: 'changed', ...step, changes: [{ from, to }], findings: [finding], observation }, [put]);
    const ranges = [{ serial: step.first, length: put.length }];
    yield event({ kind: 'resolution', ranges, origin, edits: [edit.id], acts: [act] });
    const answer = { id: `${id}:a`, agent, conversation, answered: time + 6000, prompt: id } as const;
    yield event({ kind: 'answer', ...answer }, [`I wrote of ${said(30).join(' ')}`]);
  }
}
