import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { packageSoftware } from '../evidence/software.ts';
import { fieldName } from '../evidence/work/words.ts';
import { type Profile, profiles } from '../evidence/work.ts';
import { type Call, type Command, detailOf, Refusal } from './command.ts';
import { everRecordedAt, workOf } from './journals.ts';
import { writeWhole } from './output.ts';
import { withJournals } from './workJournals.ts';

/** What `holograph forms --json` prints. Form: `media/schema/forms.schema.json`. */
export interface FormsDocument {
  readonly schema: 'holograph.forms';
  readonly version: 1;
  /** Absolute. */
  readonly folder: string;
  readonly profile: Profile;
  readonly language: Call['words']['language'];
  readonly forms: readonly { readonly name: string; readonly title: string; readonly files: readonly string[] }[];
  /** Fields of the description that the forms show as empty. */
  readonly emptyFields: readonly string[];
}

export const formsCommand: Command = {
  name: 'forms',
  usage: '[DIR] [--profile PROFILE] [--with JOURNAL]',
  about: 'help.forms',
  most: 1,
  options: {
    profile: { about: 'help.profile', value: 'PROFILE' },
    with: { about: 'help.with', value: 'JOURNAL' },
  },
  async run(call) {
    const document = await written(call);
    if (call.json) call.document(document);
    else print(call, document);
    return 0;
  },
};

async function written(call: Call): Promise<FormsDocument> {
  const consented = everRecordedAt(call, call.folder);
  const work = workOf(call, consented.folder);
  const profile = profileNamed(call.option('profile') ?? work.profile ?? 'generic');
  const { language } = call.words;
  // Loaded where it is asked for: what sets pages weighs more than all the rest.
  const { formFiles } = await import('../evidence/forms/files.ts');
  const { makeReport } = await import('../evidence/report.ts');
  const report = withJournals(call, consented, sources => makeReport(sources, { work, profile }));
  const forms = formFiles({ report, software: packageSoftware }, language);
  const folder = resolve(call.io.cwd, call.paths[0] ?? besides(consented.folder));
  const files = forms.flatMap(form => form.files);
  // A form that a person has completed is never written over.
  const there = files.find(({ name }) => existsSync(join(folder, name)));
  if (there !== undefined) throw new Refusal('error.exists', { file: join(folder, there.name) });
  makeFolder(folder);
  for (const { name, bytes } of files) writeWhole(join(folder, name), bytes);
  return {
    schema: 'holograph.forms',
    version: 1,
    folder,
    profile,
    language,
    forms: forms.map(({ name, title, files }) => ({ name, title, files: files.map(file => file.name) })),
    emptyFields: report.work.empty,
  };
}

/** Beside the recorded folder, not in it: a form inside the work would become part of the work. */
function besides(folder: string): string {
  return join(dirname(folder), `${basename(folder)}-forms`);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Refusal('error.unwritable', { file: folder, detail: detailOf(error) }, error);
  }
}

function profileNamed(profile: string): Profile {
  const found = profiles.find(one => one === profile);
  if (found === undefined) throw new Refusal('error.profile', { profile, profiles: profiles.join(', ') });
  return found;
}

function print({ words, print }: Call, { folder, forms, emptyFields }: FormsDocument): void {
  print(words.t('forms.written', { folder }));
  for (const { title, files } of forms) print(`  ${title}: ${files.join(', ')}`);
  const fields = emptyFields.map(field => fieldName(field, words.language));
  if (fields.length > 0) print(words.t('export.empty', { fields: fields.join(', ') }));
  print(words.t('forms.draft'));
}
