import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { packageSoftware } from '../evidence/software.ts';
import type { ExhibitKind } from '../journal/exhibitEvent.ts';
import { attachExhibit, exhibitsOf, largestExhibit, largestExhibits } from '../journal/exhibits.ts';
import { type Call, Refusal } from './command.ts';
import { byWhom } from './exhibit.ts';
import { demandFile } from './inputFile.ts';
import { bytesOf, reading } from './journals.ts';

/** Attaches a file that shows what an act on the rights in the work says. Gives the sequence of its event. Throws Refusal. */
export function attachedExhibit(
  call: Call,
  journal: string,
  { given, what, shows }: { readonly given: string; readonly what: ExhibitKind; readonly shows: string },
): number {
  const path = resolve(call.io.cwd, given);
  demandFile(path);
  if (statSync(path).size > largestExhibit) throw new Refusal('error.exhibitLarge', { most: largestExhibit / 2 ** 20 });
  const added = { what, bytes: bytesOf(path), shows, name: basename(path), by: byWhom(call) };
  const number = attachExhibit(journal, packageSoftware, added);
  if (number === 'full') throw new Refusal('error.exhibitsLarge', { most: largestExhibits / 2 ** 20 });
  return reading(journal, reader => exhibitsOf(reader.events())[number - 1]!.event.sequence);
}
