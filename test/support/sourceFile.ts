import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One source file as the architecture test sees it. */
export interface SourceFile {
  /** From the checkout's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** As written: `./span.ts`, `node:fs`, `vscode`. */
  readonly from: string;
  /** Erased by the compiler: `import type`, `export type … from`. */
  readonly type: boolean;
}

const root = join(import.meta.dirname, '..', '..');

/** All files that match, in order of their paths. */
export function sourceFiles(pattern: string): readonly SourceFile[] {
  return globSync(pattern, { cwd: root })
    .map(path => path.replaceAll('\\', '/'))
    .sort()
    .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const call = /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g;
const typeQuery = /(?:typeof\s+|:\s*|<|\|\s*)import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every module that the text names, in its order within each form. Comments are no code. */
export function importsOf(text: string): readonly Import[] {
  const code = withoutComments(text);
  const types = new Set([...code.matchAll(typeQuery)].map(match => match.index + match[0].indexOf('import(')));
  return [
    ...[...code.matchAll(statement)].map(match => ({ from: match[2]!, type: match[1] !== undefined })),
    ...[...code.matchAll(call)].map(match => ({ from: match[1]!, type: types.has(match.index) })),
  ];
}

/** The names that a file exports by declaration or by list, `default` aside. */
export function exportsOf(text: string): readonly string[] {
  const code = withoutComments(text);
  const declared =
    /^export\s+(?:declare\s+|abstract\s+|async\s+)*(?:class|function\*?|const|let|interface|type)\s+([\w$]+)/gm;
  const listed = /^export\s+(?:type\s+)?\{([^}]*)\}/gm;
  return [
    ...[...code.matchAll(declared)].map(match => match[1]!),
    ...[...code.matchAll(listed)]
      .flatMap(match => match[1]!.split(','))
      .map(part => part.trim().split(/\s+/).at(-1)!)
      .filter(name => name !== '' && name !== 'default'),
  ];
}

/** The text with block and line comments blanked; a `//` inside a string (an address) is left alone. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, blank).replaceAll(/(^|\s)\/\/.*$/gm, blank);
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

export function lines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
