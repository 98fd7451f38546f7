import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { placed } from '../evidence/verificationText.ts';
import { Fault } from '../journal/fault.ts';
import { JournalError } from '../journal/problem.ts';
import { attachCommand } from './attach.ts';
import { backupCommand } from './backup.ts';
import { type Call, type Command, detailOf, type Io, type ParsedOptions, Refusal } from './command.ts';
import { workCommand } from './describe.ts';
import { doctorCommand } from './doctor.ts';
import { exhibitCommand } from './exhibit.ts';
import { exportCommand } from './export.ts';
import { formsCommand } from './forms.ts';
import { commandHelp, help } from './help.ts';
import { hookCommand } from './hook.ts';
import { hooksCommand } from './hooks.ts';
import { importCommand } from './import.ts';
import { keyCommand } from './key.ts';
import { labelCommand } from './label.ts';
import { milestoneCommand } from './milestone.ts';
import { noticeCommand } from './notice.ts';
import { originsCommand } from './origins.ts';
import { promptsCommand } from './prompts.ts';
import { proveCommand } from './prove.ts';
import { redactCommand } from './redact.ts';
import { reportCommand } from './report.ts';
import { reserveCommand } from './reserve.ts';
import { restoreCommand } from './restore.ts';
import { reviewCommand } from './review.ts';
import { reviewedCommand } from './reviewed.ts';
import { scheduleCommand } from './schedule.ts';
import { sealCommand } from './seal.ts';
import { signCommand } from './sign.ts';
import { spansCommand } from './spans.ts';
import { type StageLine, stageLine } from './stages.ts';
import { statusCommand } from './status.ts';
import { timestampCommand } from './timestamp.ts';
import { verifyCommand } from './verify.ts';
import { type Language, languageOf, Words } from './words.ts';

export const commands: readonly Command[] = [
  statusCommand,
  spansCommand,
  reportCommand,
  promptsCommand,
  importCommand,
  workCommand,
  exhibitCommand,
  milestoneCommand,
  reviewCommand,
  reviewedCommand,
  exportCommand,
  formsCommand,
  sealCommand,
  proveCommand,
  timestampCommand,
  signCommand,
  verifyCommand,
  keyCommand,
  backupCommand,
  restoreCommand,
  attachCommand,
  doctorCommand,
  redactCommand,
  labelCommand,
  reserveCommand,
  noticeCommand,
  scheduleCommand,
  originsCommand,
  hookCommand,
  hooksCommand,
];

/**
 * Runs the command line once: `argv` without the program's name. Gives the exit code: 0 done, 1 the answer
 * is no, 2 cannot (one line on standard error says why). Never throws for anything that the arguments or
 * the files can be.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let words = new Words(askedLanguage(argv, io) ?? languageOf(undefined, io.env) ?? 'en');
  let stages: StageLine | undefined;
  try {
    const place = commandPlace(argv);
    const command = commands.find(one => one.name === argv[place]);
    const { values, positionals } = parsed(command ? argv.toSpliced(place, 1) : argv, command);
    const asked = values.language as string | undefined;
    const language = languageOf(asked, io.env);
    if (language === undefined) throw new Refusal('error.language', { language: asked ?? '' });
    words = new Words(language);
    stages = stageLine(io, words, values.json === true);
    if (values.help) io.stdout.write(command ? commandHelp(command, words) : help(commands, words));
    else if (command) return await command.run(callOf({ io, words, stages }, values, atMost(positionals, command)));
    else if (positionals[0] !== undefined) throw new Refusal('error.command', { command: positionals[0] });
    else throw new Refusal('error.noCommand');
    return 0;
  } catch (error) {
    stages?.clear();
    io.stderr.write(`holograph: ${refusalOf(error, words)}\n`);
    return 2;
  }
}

const shared = { json: 'boolean', language: 'string', folder: 'string', help: 'boolean' } as const;

/** Where the command stands: first, but for options that every command has. */
function commandPlace(argv: readonly string[]): number {
  let place = 0;
  while (argv[place]?.startsWith('--')) {
    const name = argv[place]!.slice(2);
    place += name in shared && shared[name as keyof typeof shared] === 'string' ? 2 : 1;
  }
  return place;
}

/** What is asked for, though the other arguments may not fit. */
function askedLanguage(argv: readonly string[], { env }: Io): Language | undefined {
  const at = argv.findIndex(one => one === '--language' || one.startsWith('--language='));
  return languageOf(at < 0 ? undefined : (argv[at]!.split('=')[1] ?? argv[at + 1]), env);
}

/** What is not understood is not passed over: what is done cannot always be undone. */
function atMost(paths: readonly string[], { most = paths.length }: Command): readonly string[] {
  if (paths.length > most) throw new Refusal('error.arguments', { detail: paths.slice(most).join(' ') });
  return paths;
}

function parsed(argv: readonly string[], command: Command | undefined) {
  const options: ParsedOptions = {};
  for (const [name, type] of Object.entries(shared)) options[name] = name === 'help' ? { type, short: 'h' } : { type };
  for (const [name, { value, several }] of Object.entries(command?.options ?? {}))
    options[name] = { type: value === undefined ? 'boolean' : 'string', multiple: several === true };
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    // Node's own sentence is in English; the option that it is about stands first in it, in quotes.
    const [, option] = /'(-[^']*)'/.exec(detailOf(error)) ?? [];
    throw new Refusal('error.arguments', { detail: option ?? detailOf(error) }, error);
  }
}

function callOf(
  { io, words, stages }: { readonly io: Io; readonly words: Words; readonly stages: StageLine },
  values: Readonly<Record<string, unknown>>,
  paths: readonly string[],
): Call {
  const option = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const write = (stream: Io['stdout'], line: string) => {
    stages.clear();
    stream.write(`${line}\n`);
  };
  return {
    io,
    words,
    folder: resolve(io.cwd, option('folder') ?? '.'),
    paths,
    json: values.json === true,
    option,
    values: name => (Array.isArray(values[name]) ? values[name] : []),
    flag: name => values[name] === true,
    print: line => write(io.stdout, line),
    document: value => write(io.stdout, JSON.stringify(value, null, 2)),
    note: line => write(io.stderr, `holograph: ${line}`),
    stage: stages.tell,
  };
}

/** The one line that says why it cannot be done. */
function refusalOf(error: unknown, words: Words): string {
  return oneLine(lineOf(error, words));
}

function lineOf(error: unknown, words: Words): string {
  if (error instanceof Refusal) return words.t(error.key, error.args);
  if (error instanceof JournalError) {
    const { code, path = '', detail = '' } = error.problem;
    const key = `problem.${code}`;
    return words.t(words.has(key) ? key : 'problem.other', { code, path, detail: placed(detail, words.language) });
  }
  if (error instanceof Fault) {
    const { code, detail } = error;
    const key = `problem.${code}`;
    return words.has(key) ? words.t(key, { path: '', detail }) : words.t('error.keyFile', { detail: detailOf(error) });
  }
  return words.t('error.internal', { detail: detailOf(error) });
}

/** Names of files may hold line ends and control characters; an answer is one line. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
