import type { Texts } from '../host/texts.ts';
import type { Problem } from './line.ts';

/** These pass by themselves or by the person's act; what happens to the record meanwhile is said too. */
const passing: ReadonlySet<Problem['code']> = new Set(['readonly', 'full', 'disk', 'locked']);

/** What a person is told of a problem, without the folder or file that it is about. */
export function problemText({ code, stopped }: Problem, { t }: Texts): string {
  const said = t(`problem.${code}`);
  return passing.has(code) ? `${said} ${t(stopped ? 'problem.stopped' : 'problem.waits')}` : said;
}
