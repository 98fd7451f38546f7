import assert from 'node:assert/strict';
import { type AgentEdit, type AgentRecords, noRecords, type Prompt } from '../../../../src/agents/agent.ts';
import { Relevance } from '../../../../src/agents/following/relevance.ts';

const claude = { name: 'claude-code', checked: 'samples' } as const;

describe('Relevance: a hook and a log tell of one act', () => {
  let relevance: Relevance;
  beforeEach(() => {
    relevance = new Relevance(['/book'], 0, []);
  });

  it("a prompt counts once, under the first id, and the log's edits link to it", () => {
    assert.equal(hook({ prompts: [prompt('h', 'Go', 1000)] }), 'h');
    assert.equal(
      log({ prompts: [prompt('l', 'Go ', 9000)], edits: [edit('e', 'a>b', { prompt: id('l') })] }),
      'e a>b h',
    );
  });

  it('whichever is first', () => {
    assert.equal(log({ prompts: [prompt('l', 'Go', 1000)] }), 'l');
    assert.equal(hook({ prompts: [prompt('h', 'Go', 1200)], edits: [edit('x', '>b', { time: 1300 })] }), 'x >b l');
  });

  it('a prompt of a store of all folders, which names none, counts once it led to an edit here', () => {
    const asked = { ...prompt('p', 'Go', 1000), folder: '' };
    assert.equal(log({ prompts: [asked], edits: [edit('e', 'a>b', { prompt: id('p'), file: '/other/a.md' })] }), '');
    assert.equal(log({ edits: [edit('f', 'a>b', { prompt: id('p') })] }), 'p f a>b p');
  });

  it('equal words asked twice are two prompts, each with its second account', () => {
    assert.equal(hook({ prompts: [prompt('h1', 'go on', 1000), prompt('h2', 'go on', 5000)] }), 'h1 h2');
    assert.equal(log({ prompts: [prompt('l1', 'go on', 1100), prompt('l2', 'go on', 5100)] }), '');
    assert.equal(log({ prompts: [prompt('l3', 'go on', 6000)] }), 'l3');
  });

  it('more than ten seconds apart they are two, as in another conversation', () => {
    hook({ prompts: [prompt('h', 'Go', 1000)] });
    assert.equal(log({ prompts: [prompt('l', 'Go', 12_000)] }), 'l');
    assert.equal(log({ prompts: [{ ...prompt('m', 'Go', 1000), conversation: 'other' }] }), 'm');
  });

  it('one hook that stands in two files tells once; the same words later are a prompt of their own', () => {
    assert.equal(hook({ prompts: [prompt('h', 'Go', 1000)] }), 'h');
    assert.equal(hook({ prompts: [prompt('i', 'Go', 2900)] }), '');
    assert.equal(hook({ prompts: [prompt('j', 'Go', 5000)] }), 'j');
  });

  it('an answer counts once, whenever the log dates it', () => {
    const answer = (message: string, time: number) => ({ ...prompt(message, 'Done', time), prompt: id('p') });
    hook({ prompts: [prompt('p', 'Go', 1000)] });
    const answers = (from: AgentRecords) => from.answers.map(one => one.id);
    assert.deepEqual(answers(relevance.ofHook({ ...noRecords, answers: [answer('h', 90_000)] })), [id('h')]);
    assert.deepEqual(answers(relevance.of(claude, { ...noRecords, answers: [answer('l', 2000)] })), []);
    assert.deepEqual(answers(relevance.of(claude, { ...noRecords, answers: [answer('m', 95_000)] })), [id('m')]);
  });

  it('an edit of one call is given again only if the second account tells more, and then once', () => {
    assert.equal(hook({ edits: [edit('e', '>b')] }), 'e >b');
    assert.equal(hook({ edits: [edit('e', '>b')] }), '');
    assert.equal(log({ edits: [edit('e', 'a>b')] }), 'e~ a>b');
    assert.equal(log({ edits: [edit('e', 'a>b', { model: 'm' })] }), '');
  });

  it("a log's account may prove what a hook's may not", () => {
    const first = relevance.ofHook({ ...noRecords, edits: [edit('e', 'a>b')] });
    assert.equal(first.edits[0]!.unchecked, true);
    const second = relevance.of(claude, { ...noRecords, edits: [edit('e', 'a>b')] });
    assert.deepEqual([second.edits[0]!.id, second.edits[0]!.unchecked], [id('e~'), undefined]);
  });

  it('a second account keeps what only the first told', () => {
    hook({ prompts: [prompt('p', 'A', 500)], edits: [edit('e', '>b', { model: 'm' })] });
    const [again] = relevance.of(claude, { ...noRecords, edits: [edit('e', 'a>b')] }).edits;
    assert.deepEqual([again!.prompt, again!.model, again!.before], [id('p'), 'm', 'a']);
  });

  it('a hook tells nothing new of what the log told whole', () => {
    assert.equal(log({ edits: [edit('e', 'a>b')] }), 'e a>b');
    assert.equal(hook({ edits: [edit('e', 'a>b')] }), '');
  });

  it("without the tool's own id the texts tell that it is the same call", () => {
    assert.equal(hook({ edits: [edit('hook.1', 'a>b', { time: 1000 })] }), 'hook.1 a>b');
    assert.equal(log({ edits: [edit('call', 'a>b', { time: 2000 })] }), 'hook.1~ a>b');
    assert.equal(log({ edits: [edit('call2', 'a>b', { time: 3000 })] }), 'call2 a>b');
  });

  it('an edit of a hook that names no prompt belongs to the newest one of its conversation', () => {
    hook({ prompts: [prompt('p', 'A', 1000), prompt('q', 'B', 5000)] });
    assert.equal(hook({ edits: [edit('e', '>b', { time: 4000 })] }), 'e >b');
    assert.equal(hook({ edits: [edit('f', '>c', { time: 6000 })] }), 'f >c q');
  });

  it('what a hook told is known in the next session', () => {
    hook({ prompts: [prompt('h', 'Go', 1000)], edits: [edit('hook.1', 'a>b', { time: 1000 })] });
    relevance = new Relevance(['/book'], 0, [], JSON.parse(JSON.stringify(relevance.told)));
    const edits = [edit('call', 'a>b', { time: 2000, prompt: id('l') })];
    assert.equal(log({ prompts: [prompt('l', 'Go', 2000)], edits }), 'hook.1 a>b h');
  });

  it('a time that no calendar has is a problem: in the record it would stand for good', () => {
    const times = [-1, 253_402_300_800_000, 9e15, Number.NaN];
    const prompts = times.map(time => prompt(`p${time}`, 'Go', time));
    const told = relevance.of(claude, { ...noRecords, prompts: [...prompts, prompt('q', 'Go', 253_402_300_799_999)] });
    assert.deepEqual(shown(told), 'q');
    assert.deepEqual(told.problems, [{ file: 'claude-code', line: 0, message: 'impossible time' }]);
  });

  it('a problem is told once, in later sessions too; that of a whole file again after a day', () => {
    const problems = [
      { file: '/t/a.jsonl', line: 3, message: 'no JSON' },
      { file: '/t/b.db', line: 0, message: 'SQLITE_BUSY' },
    ];
    const told = () => relevance.of(claude, { ...noRecords, problems }).problems.map(({ line }) => line);
    assert.deepEqual([told(), told()], [[3, 0], []]);
    const kept: Relevance['told'] = JSON.parse(JSON.stringify(relevance.told));
    relevance = new Relevance(['/book'], 0, [], kept);
    assert.deepEqual(told(), []);
    const old = kept.problems.map(([problem, time]) => [problem, time - 25 * 3600_000] as const);
    relevance = new Relevance(['/book'], 0, [], { ...kept, problems: old });
    assert.deepEqual(told(), [0]);
  });

  it('a path that does not begin at the root is nowhere', () => {
    relevance = new Relevance([process.cwd()], 0, []);
    for (const file of ['', '.', 'a.md']) assert.equal(log({ edits: [edit(`e${file}`, 'a>b', { file })] }), '');
  });

  function hook(records: Partial<AgentRecords>): string {
    return shown(relevance.ofHook({ ...noRecords, ...records }));
  }

  function log(records: Partial<AgentRecords>): string {
    return shown(relevance.of(claude, { ...noRecords, ...records }));
  }
});

function id(message: string): string {
  return `claude-code:talk:${message}`;
}

function prompt(message: string, text: string, time: number): Prompt {
  return { id: id(message), agent: 'claude-code', conversation: 'talk', time, text, folder: '/book' };
}

/** `texts`: before and after, with `>` between them; nothing before it: the text before is not known. */
function edit(call: string, texts: string, more: Partial<AgentEdit> = {}): AgentEdit {
  const [before = '', after = ''] = texts.split('>');
  const known = before === '' ? {} : { before };
  const about = { agent: 'claude-code', conversation: 'talk', time: 1000, file: '/book/a.md' };
  return { id: id(call), ...about, ...known, after, ...more };
}

function shown({ prompts, edits }: AgentRecords): string {
  const short = (of: string) => of.slice(of.lastIndexOf(':') + 1);
  return [
    ...prompts.map(({ id }) => short(id)),
    ...edits.map(({ id, before = '', after, prompt }) =>
      [short(id), `${before}>${after}`, prompt === undefined ? '' : short(prompt)].join(' ').trim(),
    ),
  ].join(' ');
}
