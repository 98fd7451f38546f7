import * as vscode from 'vscode';
import type { Origin } from '../provenance/origin.ts';
import type { TraceCaret, TraceChange, TraceOrigin, TraceRange, TraceSettings } from './trace.ts';

/** Settings on which it depends what VS Code tells us of, and what it does to texts by itself. */
const watched = [
  'editor.pasteAs.enabled',
  'editor.dropIntoEditor.enabled',
  'editor.formatOnSave',
  'editor.formatOnPaste',
  'editor.formatOnType',
  'editor.codeActionsOnSave',
  'editor.autoClosingBrackets',
  'editor.autoIndent',
  'editor.emptySelectionClipboard',
  'files.autoSave',
  'files.encoding',
  'files.eol',
  'files.trimTrailingWhitespace',
  'files.insertFinalNewline',
  'files.trimFinalNewlines',
] as const;

/** The window's settings that matter, by name; those without a value are left out. */
export function settingsNow(): TraceSettings {
  const all = vscode.workspace.getConfiguration();
  return Object.fromEntries(watched.map(name => [name, all.get(name)]).filter(([, value]) => value !== undefined));
}

export function rangeOf({ start, end }: vscode.Range): TraceRange {
  return [start.line, start.character, end.line, end.character];
}

export function caretsOf(selections: readonly vscode.Selection[]): readonly TraceCaret[] {
  return selections.map(({ anchor, active }) => [anchor.line, anchor.character, active.line, active.character]);
}

export function changesIn(changes: readonly vscode.TextDocumentContentChangeEvent[]): readonly TraceChange[] {
  return changes.map(({ range, rangeOffset, rangeLength, text }) => {
    return { range: rangeOf(range), offset: rangeOffset, length: rangeLength, text };
  });
}

/** VS Code's own reason of a change, on builds that grant it, as far as it is plain. */
export function detailedIn(
  event: vscode.TextDocumentChangeEvent,
): { source: string; metadata: Readonly<Record<string, unknown>> } | undefined {
  const reason: unknown = (event as { detailedReason?: unknown }).detailedReason;
  if (typeof reason !== 'object' || reason === null || !('source' in reason)) return undefined;
  const metadata = 'metadata' in reason && typeof reason.metadata === 'object' ? (reason.metadata ?? {}) : {};
  const plain = Object.entries(metadata).filter(([, value]) => ['string', 'boolean'].includes(typeof value));
  return { source: String(reason.source), metadata: Object.fromEntries(plain) };
}

export function originsOf(runs: Iterable<{ readonly length: number; readonly origin: Origin }>): TraceOrigin[] {
  const out: TraceOrigin[] = [];
  for (const { length, origin } of runs) {
    const { kind, basis, rule } = origin;
    const last = out.at(-1);
    if (last?.kind === kind && last.basis === basis && last.rule === rule)
      out[out.length - 1] = { ...last, length: last.length + length };
    else out.push({ length, kind, basis, rule });
  }
  return out;
}

/** Bytes of a file above which its text does not stand in a trace. */
const largest = 2 * 1024 * 1024;

/** A file's text, line ends included; nothing for one that is gone, large or not in UTF-8. */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
  if (bytes.length > largest) return undefined;
  const text = new TextDecoder().decode(bytes);
  return text.includes('\ufffd') ? undefined : text;
}
