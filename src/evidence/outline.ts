/** What a part of a file is: see `outlineOf`. `front` and `rest` are what stands before or between the named parts. */
export type PartUnit = 'front' | 'heading' | 'scene' | 'declaration' | 'rest';

/** A named part of a text. Offsets: UTF-16 code units, half-open, at the starts of lines. */
export interface OutlinePart {
  readonly unit: PartUnit;
  readonly title: string;
  /** Depth of a heading, from 1. */
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

/** A file of more parts than these is one part: no reader goes through them. */
const most = 2_000;
const longest = 200;

/**
 * The parts that a text names itself, in order, without gaps or overlaps, covering it; empty where it names none: headings
 * of Markdown, AsciiDoc, Org and LaTeX, scenes and sections of Fountain, and in programs the declarations that begin at the
 * very left. It reads lines, not the language: what stands inside a declaration belongs to it, and what stands between two
 * is `rest`. Never throws.
 */
export function outlineOf(path: string, text: string): readonly OutlinePart[] {
  const ending = /\.([a-z0-9+]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const read = readers.find(([endings]) => endings.test(ending))?.[1];
  if (read === undefined) return [];
  const parts: OutlinePart[] = [];
  const add = (unit: PartUnit, title: string, level: number, from: number, to: number) => {
    if (to > from) parts.push({ unit, title: title.slice(0, longest).toWellFormed(), level, from, to });
  };
  const marks = read(text);
  for (const [i, { unit, title, level, at }] of marks.entries()) {
    if (i === 0) add(unit === 'declaration' || unit === 'rest' ? 'rest' : 'front', '', 1, 0, at);
    add(unit, title, level, at, marks[i + 1]?.at ?? text.length);
  }
  return parts.length > most || parts.every(({ title }) => title === '') ? [] : parts;
}

interface Begin {
  readonly unit: PartUnit;
  readonly title: string;
  readonly level: number;
  readonly at: number;
}

const readers: readonly (readonly [RegExp, (text: string) => readonly Begin[]])[] = [
  [/^(?:md|markdown|mdx)$/, text => headings(text, markdown())],
  [/^(?:adoc|asciidoc)$/, text => headings(text, lineHeading(/^(={1,6}) +(\S.*)$/))],
  [/^org$/, text => headings(text, lineHeading(/^(\*+) +(\S.*)$/))],
  [/^(?:tex|ltx)$/, text => headings(text, latex)],
  [/^fountain$/, text => headings(text, fountain)],
  [
    /^(?:[cm]?[jt]sx?|py|rs|go|java|kt|kts|cs|c|h|cc|cpp|cxx|hpp|swift|php|rb|lua|scala|dart|pas|vue|svelte)$/,
    declared,
  ],
];

type Read = (line: string, at: number) => Begin | undefined;

function headings(text: string, read: Read): Begin[] {
  const found: Begin[] = [];
  for (const [line, at] of linesOf(text)) {
    const begin = read(line, at);
    if (begin !== undefined) found.push(begin);
  }
  return found;
}

function lineHeading(form: RegExp): Read {
  return (line, at) => {
    const [, signs, title] = form.exec(line) ?? [];
    return signs && title ? { unit: 'heading', title: title.trim(), level: signs.length, at } : undefined;
  };
}

/** ATX headings outside fenced code and front matter. */
function markdown(): Read {
  let fence = '';
  return (line, at) => {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== '') {
      if (mark?.startsWith(fence) || (fence === '---' && /^(?:---|\.\.\.)\s*$/.test(line))) fence = '';
      return undefined;
    }
    if (mark !== undefined || (at === 0 && /^---\s*$/.test(line))) {
      fence = mark ?? '---';
      return undefined;
    }
    const [, signs, title] = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line) ?? [];
    if (!signs || !title) return undefined;
    return { unit: 'heading', title: title.replace(/[ \t]+#+[ \t]*$/, '').trim(), level: signs.length, at };
  };
}

const latexLevels = ['part', 'chapter', 'section', 'subsection', 'subsubsection'];

const latex: Read = (line, at) => {
  const [, name, title] =
    /^[^%\\]*\\(part|chapter|section|subsection|subsubsection)\*?(?:\[[^\]]*\])?\{([^}]*)/.exec(line) ?? [];
  if (name === undefined || !title?.trim()) return undefined;
  return { unit: 'heading', title: title.trim(), level: latexLevels.indexOf(name) + 1, at };
};

/** Scenes as Fountain's syntax page has them: forced by a point, or begun with INT, EXT, EST, I/E. */
const fountain: Read = (line, at) => {
  const section = /^(#{1,6}) *(\S.*)$/.exec(line);
  if (section) return { unit: 'heading', title: section[2]!.trim(), level: section[1]!.length, at };
  const scene = /^(?:\.(?=[^.\s])|(?=(?:int|ext|est|int\.?\/ext|i\/e|инт|нат|экст)[. ]))(\S.*)$/iu.exec(line);
  return scene ? { unit: 'scene', title: scene[1]!.trim(), level: 1, at } : undefined;
};

const words =
  /^(?:(?:export|default|declare|public|private|protected|internal|static|final|abstract|sealed|open|async|pub(?:\([^)]*\))?|unsafe|extern(?: "C")?|inline|override|partial|data|local) +)*(?:function\*?|class|interface|enum|struct|trait|impl(?:<[^>]*>)?|def|fn|func(?: \([^)]*\))?|fun|module|namespace|protocol|extension|record|object|procedure|type) +([\p{L}_$][\p{L}\p{N}_$.]*)/u;
/** A value that is a function. */
const arrow =
  /^(?:export +)?(?:const|let|var) +([\p{L}_$][\p{L}\p{N}_$]*)[^=]*= *(?:async *)?(?:\([^)]*\)|[\p{L}_$][\p{L}\p{N}_$]*)(?: *:[^=]+)? *=>/u;
/** A C function: words, its name, an open parenthesis, and no semicolon behind. */
const called =
  /^(?!(?:if|for|while|switch|return|else|do|typedef|using|#)\b)[\w*&<>:,~ ]+[ *&]([A-Za-z_~][\w:~]*) *\([^;=]*$/;

function declared(text: string): Begin[] {
  const found: Begin[] = [];
  let inside = false;
  for (const [line, at] of linesOf(text)) {
    if (line === '' || /^[\s{})\]]/.test(line) || /^end\b/.test(line)) continue;
    const name = (words.exec(line) ?? arrow.exec(line) ?? called.exec(line))?.[1];
    if (name !== undefined) found.push({ unit: 'declaration', title: name, level: 1, at });
    else if (inside) found.push({ unit: 'rest', title: '', level: 1, at });
    inside = name !== undefined;
  }
  return found;
}

function* linesOf(text: string): Generator<[string, number], void, undefined> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    // No heading is longer, and a line may be a whole file.
    yield [text.slice(at, Math.min(stop, at + 1_000)), at];
    at = stop + 1;
  }
}
