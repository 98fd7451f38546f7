import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { exportsOf, importsOf, lines, type SourceFile, sourceFiles, withoutComments } from '../support/sourceFile.ts';

/** What the files of one folder under src/ may name; the table of DESIGN section 2. Own folder always. */
interface Layer {
  /** Folders, or single files without their ending, of which anything may be imported. */
  readonly any: readonly string[];
  /** The same, of which only types may be imported; `*` for all. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  /** Built-in modules; `*` for all. */
  readonly node?: readonly string[];
}

const files = [
  'crypto',
  'fs',
  'fs/promises',
  'path',
  'path/posix',
  'path/win32',
  'os',
  'url',
  'string_decoder',
  'buffer',
];

/** The forms of RFC 3161: requests and tokens of time stamp servers. */
const asn1 = ['@peculiar/asn1-cms', '@peculiar/asn1-schema', '@peculiar/asn1-tsp', '@peculiar/asn1-x509', 'asn1js'];

const layers: Readonly<Record<string, Layer>> = {
  text: { any: [], packages: ['diff'] },
  provenance: { any: ['text'] },
  classify: { any: ['text', 'provenance/origin'] },
  agents: {
    any: ['text', 'provenance/origin'],
    packages: ['diff', 'better-sqlite3'],
    node: [...files, 'worker_threads', 'zlib'],
  },
  journal: {
    any: ['text', 'provenance'],
    types: ['classify/observation'],
    packages: ['better-sqlite3', 'fflate'],
    node: ['*'],
  },
  git: { any: [], packages: ['simple-git'], node: ['path'] },
  evidence: {
    any: ['text', 'provenance', 'journal'],
    types: ['*'],
    packages: ['fflate', 'pdfkit', ...asn1],
    node: ['*'],
  },
  rights: {
    any: ['text', 'provenance', 'journal', 'evidence/measures'],
    types: ['*'],
    packages: ['fflate'],
    node: ['*'],
  },
  // A tracker holds the live spans of its document, so capture needs all of provenance, not its origins alone.
  capture: {
    any: ['text', 'classify', 'provenance', 'host'],
    types: ['journal', 'agents'],
    packages: ['vscode'],
    node: ['*'],
  },
  ui: { any: ['provenance', 'evidence', 'rights', 'host'], types: ['*'], packages: ['vscode'], node: ['*'] },
  cli: {
    any: ['text', 'provenance', 'classify', 'agents', 'journal', 'git', 'evidence', 'rights'],
    packages: ['better-sqlite3', 'fflate', 'simple-git', 'diff'],
    node: ['*'],
  },
  // Runs in a browser: what its imports take from Node stands in its folder `node`.
  verifyPage: {
    any: ['evidence', 'journal'],
    packages: [...asn1, '@noble/curves', '@noble/hashes', 'buffer', 'micro-rsa-dsa-dh', 'pako'],
  },
  host: { any: [], packages: ['vscode'], node: ['*'] },
};

const longest = 300;
const ruledOutEnd = /(Manager|Helper|Handler|Util|Service|Impl|Info)s?$/;
const ruledOutPart = /blame|hunk|chunk|snapshot|ledger/i;
const sql =
  /\b(SELECT\s[\s\S]{1,400}?\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX)|PRAGMA\s)/;
const clock = /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bMath\.random\b/;

const sources = sourceFiles('src/**/*.ts');
const all = [...sources, ...sourceFiles('test/**/*.{ts,mjs,cjs}'), ...sourceFiles('*.mjs')];

describe('architecture', () => {
  it('there are sources to look at', () => {
    assert.ok(sources.length > 20, `${sources.length} files`);
  });

  it('every folder under src/ is a stage that the table names', () => {
    const folders = new Set(sources.map(folderOf).filter(folder => folder !== ''));
    assert.deepEqual(
      [...folders].filter(folder => !(folder in layers)),
      [],
    );
  });

  it('imports follow the table', () => {
    assert.deepEqual(sources.flatMap(wrongImports), []);
  });

  it('the pure core reads no clock and draws no lots', () => {
    const core = sources.filter(file => ['text', 'provenance', 'classify'].includes(folderOf(file)));
    assert.deepEqual(core.filter(file => clock.test(withoutComments(file.text))).map(pathOf), []);
  });

  it('SQL stands only in journal/ and agents/', () => {
    const others = sources.filter(file => !['journal', 'agents'].includes(folderOf(file)));
    assert.deepEqual(others.filter(file => sql.test(withoutComments(file.text))).map(pathOf), []);
  });

  it('the network is asked in one file alone, and programs on this machine in another', () => {
    const network = /from 'node:(https?|http2|net|tls|dgram|dns)'|\bfetch\(|\bWebSocket\b|\bXMLHttpRequest\b/;
    const found = sources.filter(file => network.test(withoutComments(file.text))).map(pathOf);
    // One listens on this machine for the report's page; one reads the root certificates that the runtime holds.
    const others = ['src/ui/pageServer.ts', 'src/evidence/timeStamps/trust.ts'];
    assert.deepEqual(found.sort(), [...others, 'src/cli/localSocket.ts', 'src/cli/timeStampServer.ts'].sort());
  });

  it(`no file is longer than ${longest} lines`, () => {
    const long = all.filter(file => lines(file.text) > longest);
    assert.deepEqual(
      long.map(file => `${file.path}: ${lines(file.text)}`),
      [],
    );
  });

  it('no exported name is ruled out', () => {
    assert.deepEqual(sources.flatMap(wrongNames), []);
  });
});

describe('what the architecture test sees', () => {
  const wrong = (path: string, text: string): readonly string[] => wrongImports({ path, text });

  it('a stage that reaches forward', () => {
    assert.equal(wrong('src/text/a.ts', "import { x } from '../journal/reader.ts';").length, 1);
    assert.equal(wrong('src/evidence/a.ts', "import * as vscode from 'vscode';").length, 1);
    assert.equal(wrong('src/provenance/a.ts', "import { join } from 'node:path';").length, 1);
    assert.equal(wrong('src/host/a.ts', "import type { Span } from '../provenance/span.ts';").length, 1);
  });

  it('types and code apart', () => {
    assert.deepEqual(wrong('src/capture/a.ts', "import type { Writer } from '../journal/writer.ts';"), []);
    assert.equal(wrong('src/capture/a.ts', "import { Writer } from '../journal/writer.ts';").length, 1);
    assert.equal(wrong('src/ui/a.ts', "const r = await import('../journal/reader.ts');").length, 1);
    assert.deepEqual(wrong('src/ui/a.ts', "type R = typeof import('../journal/reader.ts');"), []);
  });

  it('one file of a folder, several lines, comments', () => {
    assert.deepEqual(
      wrong('src/classify/a.ts', "import {\n  type Kind,\n  hands,\n} from '../provenance/origin.ts';"),
      [],
    );
    assert.equal(wrong('src/classify/a.ts', "import { x } from '../provenance/span.ts';").length, 1);
    assert.deepEqual(wrong('src/text/a.ts', "// import { x } from 'vscode';\n/* import 'vscode'; */"), []);
  });

  it('names that have not been understood', () => {
    const path = 'src/text/a.ts';
    assert.equal(wrongNames({ path, text: 'export class TextManager {}' }).length, 1);
    assert.equal(wrongNames({ path, text: 'const a = 1;\nexport { a as lineChunk };' }).length, 1);
    assert.deepEqual(wrongNames({ path, text: 'export interface Span {}\nexport const information = 1;' }), []);
  });
});

function wrongImports(file: SourceFile): readonly string[] {
  const folder = folderOf(file);
  const layer = layers[folder];
  // extension.ts builds the whole line; an unknown folder has a test of its own.
  if (layer === undefined) return [];
  return importsOf(file.text)
    .filter(({ from, type }) => {
      if (from.startsWith('node:')) return !allows(layer.node, from.slice('node:'.length));
      if (!from.startsWith('.')) return !(layer.packages ?? []).includes(packageOf(from));
      const target = posix
        .join(posix.dirname(file.path), from)
        .replace(/^src\//, '')
        .replace(/\.ts$/, '');
      if (target.startsWith(`${folder}/`) || target.endsWith('.json')) return false;
      return !allows(layer.any, target) && !(type && allows(layer.types, target));
    })
    .map(({ from, type }) => `${file.path} imports ${type ? 'a type of ' : ''}${from}`);
}

function wrongNames(file: SourceFile): readonly string[] {
  return exportsOf(file.text)
    .filter(
      name =>
        ruledOutEnd.test(name) || (ruledOutPart.test(name) && folderOf(file) !== 'git') || /^I[A-Z][a-z]/.test(name),
    )
    .map(name => `${file.path} exports ${name}`);
}

/** `src/text/diff.ts` → `text`; a file directly under src/ → the empty string. */
function folderOf({ path }: SourceFile): string {
  const parts = path.split('/');
  return parts.length > 2 ? parts[1]! : '';
}

function pathOf({ path }: SourceFile): string {
  return path;
}

function packageOf(from: string): string {
  return from.split('/', from.startsWith('@') ? 2 : 1).join('/');
}

function allows(list: readonly string[] = [], target: string): boolean {
  return list.some(entry => entry === '*' || entry === target || target.startsWith(`${entry}/`));
}
