import type { HookAgent } from './hookRecords.ts';
import { type HookSettings, hookCommandLine, isOurs } from './hookSettings.ts';
import { appendItem, appendMember, type Range, shifted, withoutChild } from './jsoncEdit.ts';
import { isContainer, type JsoncChild, type JsoncContainer, memberOf, parseJsonc, stringsIn } from './jsoncText.ts';

/** The text that a file of settings would have; undefined: the file would not be. */
export interface HookPlan {
  readonly text: string | undefined;
  /** What of the text is ours, where it was only put in. */
  readonly ranges?: readonly Range[];
}

/** Why a file is left as it is. */
export type Hindrance = 'unreadable' | 'foreign';

/** Whether a file calls our hook: just as it would be installed now, in another way, or not at all. */
export function hookState(settings: HookSettings, text: string | undefined, agent: HookAgent, program: string) {
  if (text === undefined) return 'none';
  if (settings.kind === 'script')
    return text === settings.text ? 'installed' : isOurs(text, agent) ? 'other' : 'foreign';
  const root = parseJsonc(text);
  if (root === undefined) return text.trim() === '' ? 'none' : 'unreadable';
  const ours = stringsIn(root).filter(one => isOurs(one, agent));
  if (ours.length === 0) return 'none';
  const command = hookCommandLine(program, agent);
  const all = settings.entries.every(({ path }) => {
    const at = path.reduce<ReturnType<typeof memberOf>>((node, key) => memberOf(node, key), root);
    return at !== undefined && stringsIn(at).includes(command);
  });
  return all && ours.every(one => one.endsWith(command)) ? 'installed' : 'other';
}

/** Puts our entries in, in place of older ones of ours. Undefined: all is so already. */
export function planInstall(
  settings: HookSettings,
  before: string | undefined,
  agent: HookAgent,
  program: string,
): HookPlan | Hindrance | undefined {
  const state = hookState(settings, before, agent, program);
  if (state === 'installed') return undefined;
  if (state === 'unreadable' || state === 'foreign') return state;
  if (settings.kind === 'script') return { text: settings.text };
  const empty = before === undefined || before.trim() === '';
  let text = empty ? '{}' : state === 'other' ? withoutOurs(before, agent) : before;
  let ranges: readonly Range[] = [];
  const [key, value] = settings.with ?? [];
  const steps = [
    ...(key === undefined ? [] : [(from: string) => appendMember(from, key, value)]),
    ...settings.entries.map(
      ({ path, item }) =>
        (from: string) =>
          appendItem(from, path, item),
    ),
  ];
  for (const step of steps) {
    const next = step(text);
    if (next === undefined) return 'unreadable';
    ranges = shifted(ranges, next.ranges);
    text = next.text;
  }
  return empty ? { text: `${text}\n` } : { text, ...(state === 'none' && { ranges }) };
}

/** Takes our entries out, where the file is no more as we left it. Undefined: there is none of ours. */
export function planRemove(
  settings: HookSettings,
  before: string | undefined,
  agent: HookAgent,
): HookPlan | Hindrance | undefined {
  if (before === undefined) return undefined;
  if (settings.kind === 'script') return isOurs(before, agent) ? { text: undefined } : undefined;
  if (parseJsonc(before) === undefined) return isOurs(before, agent) ? 'unreadable' : undefined;
  const text = withoutOurs(before, agent);
  if (text === before) return undefined;
  return { text: settings.own && isBare(text) ? undefined : text };
}

/** Nothing but a version is left. */
function isBare(text: string): boolean {
  const root = parseJsonc(text);
  return isContainer(root, 'object') && root.children.every(({ key }) => key === 'version');
}

function withoutOurs(text: string, agent: HookAgent): string {
  let left = text;
  for (;;) {
    const root = parseJsonc(left);
    const found = isContainer(root, 'object') ? find(left, root, agent, []) : undefined;
    if (!found) return left;
    left = withoutChild(left, found.container, found.child);
  }
}

interface Place {
  readonly container: JsoncContainer;
  readonly child: JsoncChild;
}

/** The entry that calls our hook, or what would be left empty without it. */
function find(text: string, container: JsoncContainer, agent: HookAgent, above: readonly Place[]): Place | undefined {
  for (const child of container.children) {
    const { node } = child;
    const way = [...above, { container, child }];
    if (node.kind !== 'value') {
      const found = find(text, node, agent, way);
      if (found) return found;
    } else if (typeof node.value === 'string' && isOurs(node.value, agent)) return highest(text, way.slice(0, -1));
  }
  return undefined;
}

/** The highest of the places, innermost last, that holds nothing else; an entry's matcher goes with its hooks. */
function highest(text: string, way: readonly Place[]): Place | undefined {
  let at = way.length - 1;
  while (at > 0 && holdsNoOther(text, way[at]!)) at--;
  return way[at];
}

function holdsNoOther(text: string, { container, child }: Place): boolean {
  const around = text.slice(container.from, child.from) + text.slice(child.to, container.to);
  // A comment there is the person's.
  return container.children.every(one => one === child || one.key === 'matcher') && !/\/[/*]/.test(around);
}
