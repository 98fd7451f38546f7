import { fieldName } from '../evidence/work/words.ts';
import type { FileReview } from '../rights/review.ts';
import type { Breach, Rule } from '../rights/reviewRules.ts';
import type { ReviewDocument } from './review.ts';
import type { Words } from './words.ts';

/** The figures, then each rule of the house and where it is not kept; for people. */
export function* reviewText({ whole, files, rules, policy }: ReviewDocument, words: Words): Generator<string> {
  yield words.t('report.files', { files: files.length, characters: whole.characters });
  yield words.t('report.human', { human: words.range(whole.human) });
  yield words.t('report.machine', { machine: words.range(whole.machine) });
  yield words.t('report.unknown', { unknown: words.percent(whole.unknown) });
  yield words.t('report.bounds');
  for (const file of files) yield* fileText(file, words);
  if (rules.length === 0) {
    yield words.t(policy === null ? 'review.noPolicy' : 'review.emptyPolicy');
    return;
  }
  yield words.t('review.policy');
  const shares = rules.some(({ side, rule }) => rule === 'unknownAtMost' || (side !== null && rule !== 'runAtMost'));
  if (shares && whole.hands.mechanical > 0) yield `  ${words.t('review.without', { n: whole.hands.mechanical })}`;
  for (const rule of rules) {
    yield `  ${words.t(rule.kept ? 'review.kept' : 'review.notKept', { rule: ruleText(rule, words) })}`;
    for (const breach of rule.broken) yield `    ${placed(breach)}${breachText(breach, rule, words)}`;
  }
}

function* fileText(file: FileReview, words: Words): Generator<string> {
  const { path, characters, human, machine, unknown, run, machineRun, reviewed, stands } = file;
  yield words.t('review.file', {
    file: plain(path),
    characters,
    human: words.range(human),
    machine: words.range(machine),
    unknown: words.percent(unknown),
  });
  if (!stands) yield `   ${words.t('review.otherText')}`;
  if (run !== null) {
    const lines = run.line === run.endLine ? `${run.line}` : `${run.line}–${run.endLine}`;
    yield `   ${words.t('review.run', { n: run.characters, lines, known: machineRun?.characters ?? 0 })}`;
  }
  if (reviewed !== null) {
    const { by, recordedBy, at, text } = reviewed;
    const state = words.t(`reviewed.text.${text}`);
    const how = words.t(`review.recorded.${recordedBy}`);
    yield `   ${words.t('review.reviewed', { who: plain(by), at: words.time(at), how, state })}`;
  }
}

/** A rule with its limit and what is held against it. */
export function ruleText({ rule, scope, limit, value, side, other }: Rule, words: Words): string {
  if (rule === 'stands') return words.t('review.rule.stands');
  const field = scope === 'file' && (rule === 'machineAtMost' || rule === 'unknownAtMost' || rule === 'humanAtLeast');
  const name = fieldName(field ? `review.perFile.${rule}` : `review.${rule}`, words.language);
  if (limit === true) return name;
  const shown = (n: number) => (rule === 'runAtMost' ? words.n(n) : words.percent(n));
  const asked = `${name}: ${shown(limit)}`;
  if (value === null) return asked;
  if (side === null || other === null || other === value)
    return words.t('review.value', { rule: asked, value: shown(value) });
  const args = { rule: asked, value: shown(value), other: shown(other) };
  return words.t(side === 'high' ? 'review.valueHigh' : 'review.valueLow', args);
}

/** What a breach says, without its place. */
export function breachText({ why, value, detail }: Breach, { rule }: Rule, words: Words): string {
  switch (why) {
    case 'limit': {
      if (value === null) return '';
      return rule === 'runAtMost' ? words.n(value) : words.percent(value);
    }
    case 'emptyField':
      return fieldName(detail, words.language);
    case 'fault':
      return plain(detail);
    case 'otherText':
    case 'unrecorded':
    case 'notReviewed':
    case 'notAsked':
      return words.t(`review.why.${why}`);
    case 'changedSince':
    case 'refused':
      return words.t(`review.why.${why}`, { who: plain(detail) });
  }
}

function placed({ file, line, endLine }: Breach): string {
  if (file === null) return '';
  const lines = line === null ? '' : line === endLine || endLine === null ? `:${line}` : `:${line}-${endLine}`;
  return `${plain(file)}${lines}  `;
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}
