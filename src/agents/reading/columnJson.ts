import { type Fields, fields } from './json.ts';
import { refuseManyValues } from './manyValues.ts';
import { reasonOf } from './reason.ts';

/** The object that a column of a database holds as JSON; undefined where it holds none, and a problem where it should. */
export function columnJson(value: unknown, problem: (message: string) => void): Fields | undefined {
  if (value === null || value === undefined) return undefined;
  const json = String(value);
  try {
    refuseManyValues(json);
    return fields(JSON.parse(json));
  } catch (error) {
    problem(reasonOf(error));
    return undefined;
  }
}
