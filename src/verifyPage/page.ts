/// <reference lib="dom" />

import { type PackageText, packageText } from '../evidence/packageTexts.ts';
import { packageSoftware } from '../evidence/software.ts';
import type { Verification } from '../evidence/verification.ts';
import { verificationText } from '../evidence/verificationText.ts';
import { parseFingerprint } from '../journal/keys.ts';
import { hash } from './node/digests.ts';
import type { Answer, Question } from './thread.ts';

/**
 * The page `verify.html`: a person chooses a package, a thread checks it with the code of `holograph verify`, and the
 * answer stands here in words. All foreign text is set as text, never as markup.
 */

type Language = 'en' | 'ru' | 'kk';
type State = { readonly key: PackageText; readonly args?: Readonly<Record<string, string>> } | undefined;
interface Result {
  readonly file: string;
  readonly digest: string;
  readonly found: Verification;
}

const of = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const language = of<HTMLSelectElement>('language');
const file = of<HTMLInputElement>('file');
const key = of<HTMLInputElement>('key');
const since = of<HTMLTextAreaElement>('since');
const stop = of<HTMLButtonElement>('stop');

let state: State;
let result: Result | undefined;
let thread: Worker | undefined;

language.value = navigator.languages.map(one => one.slice(0, 2)).find(one => /^(en|ru|kk)$/.test(one)) ?? 'en';
show();

language.addEventListener('change', show);
of('form').addEventListener('submit', event => {
  event.preventDefault();
  void check();
});
stop.addEventListener('click', () => {
  end();
  tell('page.stopped');
});
document.addEventListener('dragover', event => event.preventDefault());
document.addEventListener('drop', event => {
  event.preventDefault();
  if (event.dataTransfer?.files.length) file.files = event.dataTransfer.files;
});

async function check(): Promise<void> {
  end();
  const [chosen] = file.files ?? [];
  const held = since.value.trim();
  // A checkpoint ends with a line feed, which is lost where a text is picked up and put down.
  const vouched = { key: parseFingerprint(key.value), since: held === '' ? undefined : `${held}\n` };
  if (chosen === undefined) return tell('page.nothing');
  if (key.value.trim() !== '' && vouched.key === undefined) return tell('page.keyMalformed');
  tell('page.busy');
  stop.hidden = false;
  try {
    const archive = new Uint8Array(await chosen.arrayBuffer());
    const digest = hash('sha256', archive);
    const answer = await asked({ archive, vouched });
    end();
    if ('failed' in answer) return tell('page.failed', { error: answer.failed });
    result = { file: chosen.name, digest, found: answer.found };
    tell(undefined);
    of('result-title').focus();
  } catch (error) {
    end();
    tell('page.failed', { error: error instanceof Error ? error.message : String(error) });
  }
}

/** In a thread of its own, so that the page can be stopped; its code stands in the page. */
function asked(question: Question): Promise<Answer> {
  const source = URL.createObjectURL(new Blob([of('thread').textContent], { type: 'text/javascript' }));
  const own = new Worker(source);
  thread = own;
  return new Promise((resolve, reject) => {
    own.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    own.onerror = event => reject(new Error(event.message));
    own.postMessage(question);
  });
}

function end(): void {
  thread?.terminate();
  thread = undefined;
  result = undefined;
  stop.hidden = true;
}

function tell(what: PackageText | undefined, args: Readonly<Record<string, string>> = {}): void {
  state = what && { key: what, args };
  show();
}

function text(what: PackageText, args: Readonly<Record<string, string>> = {}): string {
  return packageText(language.value as Language, what, args);
}

function show(): void {
  document.documentElement.lang = language.value;
  document.title = text('page.title');
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = text(element.dataset.text as PackageText, { software: packageSoftware });
  }
  of('state').textContent = state ? text(state.key, state.args) : '';
  of('result').hidden = result === undefined;
  if (result) showResult(result);
}

function showResult({ file, digest, found }: Result): void {
  const [first = '', ...others] = verificationText(found, language.value as Language);
  const verdict = of('verdict');
  verdict.textContent = first;
  // What hangs together may be a stranger's work: it is good where somebody stands for its key or its time.
  const vouched = found.keyKnown || found.anchoredTo !== null || found.anchoredAt !== null;
  verdict.className = !found.consistent ? 'bad' : vouched ? 'good' : 'open';
  verdict.dataset.sign = !found.consistent ? '✗' : vouched ? '✓' : '?';
  of('lines').replaceChildren(...others.map(line => element('li', line)));
  const { exportId, key, journal, size, root } = found.subject;
  const facts: readonly [PackageText, string | undefined][] = [
    ['page.subject.file', file],
    ['page.subject.digest', digest],
    ['page.subject.exportId', exportId],
    ['page.subject.key', key?.match(/.{4}/g)?.join(' ')],
    ['page.subject.journal', journal],
    ['page.subject.size', size?.toString()],
    ['page.subject.root', root],
  ];
  const known = facts.filter((fact): fact is [PackageText, string] => fact[1] !== undefined);
  of('subject').replaceChildren(...known.flatMap(([name, value]) => [element('dt', text(name)), element('dd', value)]));
}

function element(name: string, content: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = content;
  return made;
}
