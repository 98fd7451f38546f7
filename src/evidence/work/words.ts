import en from '../../../media/l10n/work.en.json' with { type: 'json' };
import kk from '../../../media/l10n/work.kk.json' with { type: 'json' };
import ru from '../../../media/l10n/work.ru.json' with { type: 'json' };
import type { WorkProblem } from './reading.ts';

type Language = 'en' | 'ru' | 'kk';
const bundles: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, ru, kk };

/** Name of a field for people; of an item's field, `AI tools 1: Vendor`. `field`: as `emptyFields` has it, or a JSON pointer. */
export function fieldName(field: string, language: Language): string {
  const steps = field.split(/[./]/).filter(step => step !== '');
  const bundle = bundles[language];
  const named = (names: readonly string[]) => bundle[`field.${names.join('.')}`];
  const at = steps.findIndex(step => /^\d+$/.test(step));
  const whole = named(steps.filter(step => !/^\d+$/.test(step)));
  // What nobody asks for has no name but its own.
  if (whole === undefined) return steps.join('.');
  const list = at < 0 ? undefined : named(steps.slice(0, at));
  if (list === undefined) return whole;
  const values: Readonly<Record<string, string>> = { list, number: String(Number(steps[at]) + 1), field: whole };
  return at === steps.length - 1
    ? `${list} ${values.number}`
    : (bundle.item ?? '').replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** One word of a closed list. `field`: as above. */
export function choiceName(field: string, value: string, language: Language): string {
  const name = field.split(/[./]/).filter(step => step !== '' && !/^\d+$/.test(step));
  return bundles[language][`choice.${name.join('.')}.${value}`] ?? value;
}

/** What is wrong with a field. */
export function problemName(what: WorkProblem['what'], language: Language): string {
  return bundles[language][`problem.${what}`] ?? what;
}
