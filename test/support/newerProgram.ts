import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The program as a later version of it will be: the same sources, with one more migration of the tables. */
export interface NewerProgram {
  readonly writer: typeof import('../../src/journal/writer.ts');
  readonly reader: typeof import('../../src/journal/reader.ts');
  readonly worker: URL;
}

/** Puts the newer program into a folder, which must not be there yet, and loads it beside this one. */
export async function newerProgram(folder: string): Promise<NewerProgram> {
  const source = join(folder, 'src');
  cpSync(join(root, 'src'), source, {
    recursive: true,
    filter: path => !/\/(ui|cli|capture|evidence|host)$/.test(path),
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const migrations = join(source, 'journal', 'migrations.ts');
  const [text, end] = [readFileSync(migrations, 'utf8'), '\n];\n'];
  const newer = text
    .replace('formatVersion = 1;', 'formatVersion = 2;')
    .replace(end, `\n  'CREATE TABLE later (one INTEGER PRIMARY KEY) STRICT',${end}`);
  if (!newer.includes('formatVersion = 2') || !newer.includes('later'))
    throw new Error('migrations.ts has another form');
  writeFileSync(migrations, newer);
  const load = (name: string) => import(pathToFileURL(join(source, 'journal', name)).href);
  return {
    writer: (await load('writer.ts')) as NewerProgram['writer'],
    reader: (await load('reader.ts')) as NewerProgram['reader'],
    worker: pathToFileURL(join(source, 'journal', 'worker.ts')),
  };
}
