import { resolve } from 'node:path';
import type { Target } from '../journal/redactionPlan.ts';
import { NoSuchTarget } from '../journal/redactionSearch.ts';
import { type Call, type CommandOption, Refusal } from './command.ts';
import { pathIn } from './journals.ts';

/** Which options name what is to be taken out; `prefix`: `withhold-` where it is only left out of a package. */
export function targetOptions(prefix: '' | 'withhold-'): Readonly<Record<string, CommandOption>> {
  return {
    [`${prefix}text`]: { about: 'help.targetText', value: 'WORDS', several: true },
    [`${prefix}name`]: { about: 'help.targetName', value: 'NAME', several: true },
    [`${prefix}passage`]: { about: 'help.targetPassage', value: 'FILE:FROM-TO', several: true },
    [`${prefix}prompt`]: { about: 'help.targetPrompt', value: 'ID', several: true },
  };
}

/** What the call names. Throws Refusal where an option is not of its form. */
export function targetsOf(call: Call, prefix: '' | 'withhold-', folder: string): Target[] {
  const values = (name: string) => call.values(`${prefix}${name}`);
  return [
    ...values('text').map((text): Target => ({ kind: 'text', text: worded(text, `--${prefix}text`) })),
    ...values('name').map((name): Target => ({ kind: 'name', name: worded(name, `--${prefix}name`) })),
    ...values('prompt').map((id): Target => ({ kind: 'prompt', id })),
    ...values('passage').map(given => passageOf(given, call, folder)),
  ];
}

/** One line for a target that is not in the journal. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof NoSuchTarget)) return error;
  const { target } = error;
  const named =
    target.kind === 'passage'
      ? `${target.path}:${target.from}-${target.to}`
      : target.kind === 'prompt'
        ? target.id
        : '';
  return new Refusal('error.noTarget', { target: named }, error);
}

function worded(text: string, option: string): string {
  if (!/\S/.test(text)) throw new Refusal('error.missing', { what: option });
  return text.replaceAll('\r\n', '\n');
}

/** Offsets as `spans` has them: UTF-16 units of the text last recorded, half-open. */
function passageOf(given: string, call: Call, folder: string): Target {
  const [, file, from, to] = /^(.+):(\d+)-(\d+)$/u.exec(given) ?? [];
  if (file === undefined) throw new Refusal('error.passage', { passage: given });
  return { kind: 'passage', path: pathIn(folder, resolve(call.folder, file)), from: Number(from), to: Number(to) };
}
