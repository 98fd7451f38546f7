import { join } from 'node:path';
import { packageSoftware } from '../evidence/software.ts';
import { Repository } from '../git/repository.ts';
import type { Act } from '../journal/append.ts';
import { canonicalJson } from '../journal/canonical.ts';
import type { Consented } from '../journal/catalogue.ts';
import { fileDigest } from '../journal/files.ts';
import type { LabelForm } from '../journal/labelEvent.ts';
import { appendOwnTexts, type OwnWrite } from '../journal/ownTexts.ts';
import { type Label, termOf } from '../rights/label.ts';
import { sidecarOf } from '../rights/labelForm.ts';
import type { Call } from './command.ts';
import { byWhom } from './exhibit.ts';
import type { Plan } from './label.ts';
import type { LabelTarget } from './labelPlan.ts';
import { type Rewrite, rewriteAll } from './rewrite.ts';

/** Writes the files, and says so in the record, in one transaction: where either cannot be, nothing is. */
export async function carryOut(call: Call, { file, folder }: Consented, plans: readonly Plan[]): Promise<void> {
  const doing = plans.filter(({ entry: { did } }) => did === 'written' || did === 'changed' || did === 'removed');
  if (doing.length === 0) return;
  const repository = await Repository.of(folder);
  const writes = doing.map(({ target, changed, entry: { changes } }): OwnWrite => {
    const { format, bytes } = changed!;
    // Words that were taken out of the record stand in the file still: its digest would tell of them.
    return { path: target.path, changes, format, fileDigest: target.hasBlanks ? '' : fileDigest(bytes) };
  });
  const besides: OwnWrite[] = [];
  for (const { target, beside } of doing) {
    const path = sidecarOf(target.path);
    if ((target.beside ?? null) === beside) continue;
    if (repository instanceof Repository && (await repository.ignores(path))) continue;
    besides.push(...besideWrite(target, path, beside));
  }
  const acts = (written: readonly { readonly document: number; readonly saved: number }[]): Act[] =>
    doing.map(({ entry: { label, form } }, i) => actOf(call, { ...written[i]!, form }, label));
  let back: (() => void) | undefined;
  try {
    appendOwnTexts(file, packageSoftware, [...writes, ...besides], acts, () => {
      back = rewriteAll(doing.flatMap(plan => rewritesOf(folder, plan)));
    });
  } catch (error) {
    back?.();
    throw error;
  }
}

function rewritesOf(folder: string, { target, changed, beside, entry: { changes } }: Plan): Rewrite[] {
  const bytes = (text: string | null | undefined) => (typeof text === 'string' ? Buffer.from(text) : undefined);
  return [
    ...(changes.length > 0 ? [{ file: join(folder, target.path), was: target.bytes, becomes: changed!.bytes }] : []),
    ...((target.beside ?? null) !== beside
      ? [{ file: join(folder, sidecarOf(target.path)), was: bytes(target.beside), becomes: bytes(beside) }]
      : []),
  ];
}

/** What is recorded of the file beside, where the record has it as it stands. */
function besideWrite(
  { beside: stands, besideRecorded: known }: LabelTarget,
  path: string,
  beside: string | null,
): OwnWrite[] {
  if (known !== undefined && known !== stands) return [];
  if (beside === null) return known === undefined ? [] : [{ path, gone: true }];
  const bytes = Buffer.from(beside);
  const changes = [{ from: 0, to: known?.length ?? 0, insert: beside }];
  return [{ path, changes, format: { encoding: 'utf-8', bom: false, eol: '\n' }, fileDigest: fileDigest(bytes) }];
}

function actOf(
  call: Call,
  at: { readonly document: number; readonly saved: number; readonly form: LabelForm },
  label: Label | null,
): Act {
  const { document, saved, form } = at;
  const by = byWhom(call);
  if (label === null) return { body: { kind: 'label', act: 'removed', document, saved, form, by } };
  const { level, reviewed, wording, language, notice } = label;
  const said = { level, source: termOf(label), ...(reviewed && { reviewed }), wording, language } as const;
  return {
    body: { kind: 'label', act: 'written', document, saved, form, ...said, by },
    texts: [notice, canonicalJson(label)],
  };
}
