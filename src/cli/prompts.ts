import type { PromptEntry } from '../evidence/register.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { answersTo, type RecordedAnswer } from './givenAnswers.ts';
import { recordedFor } from './journals.ts';
import { promptFacts } from './promptFacts.ts';
import { noted } from './promptNote.ts';
import { reportOf } from './report.ts';

/** What `holograph prompts --json` prints. Form: `media/schema/prompts.schema.json`. */
export interface PromptsDocument {
  readonly schema: 'holograph.prompts';
  readonly version: 1;
  /** Id of the work; null where the journal does not say. */
  readonly work: string | null;
  /** Those that were asked for; their numbers are those of the whole register. */
  readonly prompts: readonly ListedPrompt[];
}

interface ListedPrompt extends PromptEntry {
  /** What was answered, with `--answers` alone. */
  readonly given?: readonly RecordedAnswer[];
}

export const promptsCommand: Command = {
  name: 'prompts',
  usage: '[PATH…] | note N [TEXT]',
  about: 'help.prompts',
  options: {
    agent: { about: 'help.promptAgent', value: 'AGENT' },
    all: { about: 'help.promptAll' },
    led: { about: 'help.promptLed' },
    marked: { about: 'help.promptMarked' },
    text: { about: 'help.promptText', value: 'TEXT' },
    answers: { about: 'help.promptAnswers' },
    excerpt: { about: 'help.promptExcerpt', value: 'LENGTH' },
    protect: { about: 'help.promptProtect', value: 'yes|no|undecided' },
  },
  run(call) {
    const [action, ...rest] = call.paths;
    if (action === 'note') return note(call, rest);
    if (call.option('protect') !== undefined) throw new Refusal('error.missing', { what: 'note N' });
    const { prompts, integrity } = reportOf(call, call.flag('all'));
    return print(call, integrity[0]?.work ?? null, prompts.filter(isAsked(call)), prompts.length);
  },
};

/** What the author says of one prompt enters the folder's own journal, whichever journal of the work has the prompt. */
function note(call: Call, [which, text, ...more]: readonly string[]): number {
  if (which === undefined) throw new Refusal('error.missing', { what: 'N' });
  if (more.length > 0) throw new Refusal('error.arguments', { detail: more.join(' ') });
  const whole: Call = { ...call, paths: [] };
  const entry = chosen(reportOf(whole).prompts, which);
  noted(recordedFor(whole).consented.file, entry, { text, protect: call.option('protect') });
  const { prompts, integrity } = reportOf(whole);
  const its = prompts.filter(({ id }) => id === entry.id);
  return print(call, integrity[0]?.work ?? null, its, prompts.length);
}

/** By its number in the register, or by its id. */
function chosen(prompts: readonly PromptEntry[], which: string): PromptEntry {
  const found = prompts.find(({ id, number }) => id === which || String(number) === which);
  if (found === undefined) throw new Refusal('error.noTarget', { target: which });
  return found;
}

function isAsked(call: Call): (entry: PromptEntry) => boolean {
  const [agent, text] = [call.option('agent'), call.option('text')?.toLowerCase()];
  return entry =>
    (agent === undefined || plainName(entry.agent) === plainName(agent)) &&
    (!call.flag('led') || entry.inserted > 0) &&
    (!call.flag('marked') || entry.protect === 'yes') &&
    (text === undefined || [entry.text, entry.note?.text ?? ''].some(one => one.toLowerCase().includes(text)));
}

/** A tool may be called as the editor shows it: `Claude Code`. */
function plainName(agent: string): string {
  return agent.trim().toLowerCase().replace(/\s+/gu, '-');
}

function print(call: Call, work: string | null, found: readonly PromptEntry[], all: number): number {
  const most = Number(call.option('excerpt') ?? Number.POSITIVE_INFINITY);
  if (!(most >= 0)) throw new Refusal('error.missing', { what: '--excerpt LENGTH' });
  const answers = call.flag('answers') ? answersTo(call, new Set(found.map(({ id }) => id))) : undefined;
  const prompts = found.map((entry): ListedPrompt => {
    const given = answers && (answers.get(entry.id) ?? []).map(answer => shortened(answer, most));
    return { ...shortened(entry, most), ...(given && { given }) };
  });
  if (call.json) call.document({ schema: 'holograph.prompts', version: 1, work, prompts } satisfies PromptsDocument);
  else if (prompts.length === 0)
    call.print(all === 0 ? call.words.t('prompts.none') : call.words.t('prompts.noneFits', { n: all }));
  else for (const entry of prompts) call.print(described(entry, call.words));
  return 0;
}

function shortened<T extends { readonly text: string }>(said: T, most: number): T {
  return said.text.length > most ? { ...said, text: excerptOf(said.text, most) } : said;
}

/** Code units; no surrogate pair is parted. */
function excerptOf(text: string, most: number): string {
  const end = (text.charCodeAt(most - 1) & 0xfc00) === 0xd800 ? most - 1 : most;
  return `${text.slice(0, end)}…`;
}

function described(entry: ListedPrompt, words: Call['words']): string {
  const { number, agent, inserted, retained, text, given = [] } = entry;
  const model = entry.model ?? words.t('prompts.noModel');
  const named = { number, asked: words.time(entry.asked), agent, model };
  const head =
    inserted > 0 ? words.t('prompts.entry', { ...named, inserted, retained }) : words.t('prompts.entryNone', named);
  const facts = promptFacts(entry, words).map(fact => ` - ${shown(fact).replace(/\s+/gu, ' ')}`);
  const answers = given.flatMap(one => [
    ` - ${words.t('prompts.given', { at: words.time(one.answered) })}`,
    ...indented(one.text),
  ]);
  return [head, ...indented(text), ...facts, ...answers, ''].join('\n');
}

function indented(text: string): string[] {
  return shown(text)
    .split('\n')
    .map(line => `   ${line}`);
}

/** Prompts are foreign text: control characters could rewrite what stands above. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, c => (c === '\n' || c === '\t' ? c : '·'));
}
