import fc from 'fast-check';
import { type Field, type Form, workForm } from '../../../../src/evidence/work/form.ts';
import { choiceName } from '../../../../src/evidence/work/words.ts';
import { emptyWork, readWork, type WorkDescription } from '../../../../src/evidence/work.ts';

/** A description with any of its fields, each of its texts unlike all others; `known`: all that it says, longest first. */
export const markedWork: fc.Arbitrary<{ readonly work: WorkDescription; readonly known: readonly string[] }> = fc
  .infiniteStream(fc.nat(2))
  .map(chances => {
    const known: string[] = ['Russian', 'one author, no co-authors named', 'none, as the author states'];
    let last = 0;
    const some = () => (chances.next().value ?? 0) > 0;
    const note = (said: string) => {
      known.push(said);
      return said;
    };
    const someOf = (field: Field, path: string): unknown => {
      switch (field.is) {
        case 'text':
          return field.exhibit ? note('EX-01') : note(`q${++last}q`);
        case 'day':
          known.push(`20${10 + (last % 80)}`);
          return note(`20${10 + (last++ % 80)}-0${1 + (last % 9)}`);
        case 'choice': {
          const value = field.of[last++ % field.of.length]!;
          note(choiceName(path, value, 'en'));
          return value;
        }
        case 'worded':
          return { en: note(`q${++last}q`), ru: note(`q${++last}q`) };
        case 'texts':
          return path === 'languages' ? ['ru'] : [];
        case 'group':
          return fieldsOf(field.of, path);
        case 'list':
          return [1, 2].map(() => ({ ...fieldsOf(field.of, path), [field.main]: note(`q${++last}q`) }));
      }
    };
    const fieldsOf = (form: Form, path: string): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(form).flatMap(([name, field]) =>
          some() ? [[name, someOf(field, path === '' ? name : `${path}.${name}`)]] : [],
        ),
      );
    const { work, problems } = readWork(JSON.stringify(fieldsOf(workForm, '')));
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    known.sort((a, b) => b.length - a.length);
    return { work: { ...emptyWork, ...work }, known };
  });
