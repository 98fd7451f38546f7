import { posix } from 'node:path';

/** How a kind of file takes a comment of several lines. */
export interface CommentStyle {
  /** Before each line; empty where the lines stand between `open` and `close`, or where the file is plain text. */
  readonly line: string;
  /** Around the lines. */
  readonly open?: string;
  readonly close?: string;
}

const slashes: CommentStyle = { line: '// ' };
const hash: CommentStyle = { line: '# ' };
const dashes: CommentStyle = { line: '-- ' };
const semicolons: CommentStyle = { line: ';; ' };
const percent: CommentStyle = { line: '% ' };
const markup: CommentStyle = { line: '', open: '<!--', close: '-->' };
const stars: CommentStyle = { line: '', open: '/*', close: '*/' };
const plain: CommentStyle = { line: '' };

const byEnding: ReadonlyMap<string, CommentStyle> = new Map(
  (
    [
      [slashes, 'js jsx mjs cjs ts tsx mts cts java c h cc cpp cxx hpp hh cs go rs swift kt kts scala dart php'],
      [slashes, 'scss less proto groovy gradle zig sol glsl jsonc json5 adoc asciidoc'],
      [hash, 'py pyi pyw rb sh bash zsh fish pl pm r jl yaml yml toml conf mk cmake nix tcl ps1 psm1 coffee ex exs'],
      [hash, 'graphql tf properties gd'],
      [dashes, 'sql lua hs elm ada adb ads vhd vhdl'],
      [semicolons, 'lisp el clj cljs cljc scm rkt'],
      [percent, 'tex latex sty cls erl hrl'],
      [markup, 'html htm xhtml xml svg xsl md markdown mdx vue svelte'],
      [stars, 'css fountain'],
      [plain, 'txt text'],
    ] as const
  ).flatMap(([style, endings]) => endings.split(' ').map(ending => [ending, style] as const)),
);

const byName: ReadonlyMap<string, CommentStyle> = new Map([
  ['dockerfile', hash],
  ['makefile', hash],
  ['gemfile', hash],
  ['rakefile', hash],
  ['jenkinsfile', slashes],
  ['vagrantfile', hash],
  ['podfile', hash],
  ['procfile', hash],
  ['codeowners', hash],
  ['justfile', hash],
  // Text by their ending, and read by programs all the same.
  ['cmakelists.txt', hash],
  ['requirements.txt', hash],
  ['constraints.txt', hash],
  ['robots.txt', hash],
]);

/** How the file at this path takes comments, by its name; undefined: it has none, or nobody knows. MDX has JavaScript's. */
export function commentStyleOf(path: string): CommentStyle | undefined {
  const name = posix.basename(path).toLowerCase();
  const ending = posix.extname(name).slice(1);
  if (ending === 'mdx') return { line: '', open: '{/*', close: '*/}' };
  return byName.get(name) ?? byEnding.get(ending);
}

/**
 * Where a comment may begin: behind what must stand first (a line for the shell, an encoding, a declaration, a document
 * type, front matter, a title page). Offset into the text with whatever line ends it has; -1: nowhere.
 */
export function beginningOf(text: string, path: string): number {
  const name = posix.basename(path).toLowerCase();
  const ending = posix.extname(name).slice(1);
  const shell = lengthOf(/^#!.*(?:\r?\n|$)/, text);
  const rest = text.slice(shell);
  switch (ending) {
    case 'php':
      return /^<\?php[ \t]*\r?\n/.test(rest) ? shell + lengthOf(/^<\?php[ \t]*\r?\n/, rest) : -1;
    case 'md':
    case 'markdown':
    case 'mdx':
      return (
        shell +
        lengthOf(/^(---|\+\+\+)[ \t]*\r?\n(?:(?!\1[ \t]*(?:\r?\n|$)).*\r?\n)*\1[ \t]*(?:\r?\n(?:\r?\n)?|$)/, rest)
      );
    case 'html':
    case 'htm':
    case 'xhtml':
    case 'xml':
    case 'svg':
    case 'xsl':
      return shell + lengthOf(declarations, rest);
    case 'css':
      return lengthOf(/^@charset [^;\n]*;(?:[ \t]*\r?\n)?/i, text);
    case 'fountain':
      return lengthOf(/^[\p{L}][\p{L} ]*:.*(?:\r?\n[^\r\n].*)*(?:\r?\n)?(?:\r?\n)?/u, text);
    default:
      return shell + lengthOf(name === 'dockerfile' ? directives : first, rest);
  }
}

const declarations = /^(?:\s*<\?xml[^>]*\?>(?:[ \t]*\r?\n)?)?(?:\s*<!doctype[^>[]*>(?:[ \t]*\r?\n)?)?/i;
const directives = /^(?:#[ \t]*(?:syntax|escape|check)[ \t]*=.*(?:\r?\n|$))+/i;
/**
 * Lines that programs look for at the very beginning: an encoding, be it in the second line, a program of TeX or its format,
 * the variables of Emacs, by which Lisp chooses how names are bound, and the kind of a cloud's settings.
 */
const first =
  /^(?:#.*coding[:=].*(?:\r?\n|$)|(?:[ \t\f]*(?:#.*)?\r?\n)?#.*coding[:=].*(?:\r?\n|$)|%[ \t]*[!&].*(?:\r?\n|$)|;.*-\*-.*(?:\r?\n|$)|#cloud-(?:config|boothook).*(?:\r?\n|$))+/i;

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}
