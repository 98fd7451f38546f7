import { formatting, ghostText } from '../../../src/classify/commands.ts';
import { allSources } from './sources.ts';

/** Names that are put together at run time, part by part. */
const composed = [
  ...['reload', 'watcher', 'open', 'start'].map(by => `disk.${by}`),
  ...['undo', 'redo'].map(reason => `${reason}.unmatched`),
  ...['paste', 'drop'].flatMap(how => ['outside', 'editor', 'ranges'].map(from => `${how}.${from}`)),
  ...['answer', 'edit'].map(of => `output.${of}`),
  ...[...ghostText, ...formatting].map(command => `mark.${command.slice(command.lastIndexOf('.') + 1)}`),
];

/** Every rule's name that the sources of classification, capture and agents can put into a finding. */
export function rules(): readonly string[] {
  const sources = ['classify', 'capture', 'agents', 'git'].flatMap(folder => allSources(folder)).join('\n');
  const named =
    /rule: '([\w.]+)'|'((?:agent|disk|reason|paste|drop|mark|undo|redo|git)\.\w+)'|\ball\('[\w.]+', '\w+', '([\w.]+)'\)/g;
  const written = [...sources.matchAll(named)].map(([, ...names]) => names.find(name => name !== undefined) ?? '');
  return [...new Set([...composed, ...written])];
}
