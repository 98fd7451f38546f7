import { fieldName } from '../../evidence/work/words.ts';
import type { Texts } from '../../host/texts.ts';
import type { FileReview } from '../../rights/review.ts';
import type { Breach, Rule } from '../../rights/reviewRules.ts';
import { shareText } from '../share.ts';

type Speaking = Pick<Texts, 't' | 'language' | 'number' | 'dateTime'>;

/** A rule with its limit. */
export function ruleName({ rule, scope, limit }: Rule, texts: Speaking): string {
  const { t, language } = texts;
  if (rule === 'stands') return t('review.stands');
  const perFile = scope === 'file' && isShareRule(rule);
  const name = fieldName(perFile ? `review.perFile.${rule}` : `review.${rule}`, language);
  if (limit === true) return name;
  return t('review.limit', { rule: name, limit: isShareRule(rule) ? percent(limit, language) : texts.number(limit) });
}

/** What is held against the limit, and the other bound. */
export function ruleValue({ rule, value, side, other, broken }: Rule, texts: Speaking): string {
  const { t, language } = texts;
  if (value === null) return broken.length === 0 ? '' : texts.number(broken.length);
  const shown = (n: number) => (isShareRule(rule) ? percent(n, language) : texts.number(n));
  if (side === null || other === null || other === value) return shown(value);
  return t(side === 'high' ? 'review.high' : 'review.low', { value: shown(value), other: shown(other) });
}

export function breachLabel({ file, why, value, detail }: Breach, rule: Rule, texts: Speaking): string {
  const said = why === 'emptyField' ? fieldName(detail, texts.language) : whyText(why, value, detail, rule, texts);
  return file === null ? said : file;
}

/** What stands behind a file's name. */
export function breachText(breach: Breach, rule: Rule, texts: Speaking): string {
  const { file, why, value, detail, line } = breach;
  if (file === null) return '';
  const said = whyText(why, value, detail, rule, texts);
  return line === null ? said : `${said} · ${texts.t('review.line', { line })}`;
}

/** The figures of a file in few letters. */
export function figures({ machine, unknown, characters, stands, reviewed }: FileReview, texts: Speaking): string {
  const { t, language } = texts;
  if (!stands) return t('review.otherText');
  if (characters === 0) return t('review.emptyFile');
  const said = [t('review.machine', { share: shareText(machine, language) })];
  if (unknown > 0) said.push(t('review.unknown', { share: percent(unknown, language) }));
  if (reviewed !== null) said.push(t(reviewed.text === 'same' ? 'review.reviewed' : 'review.reviewedBefore'));
  return said.join(' · ');
}

/** The same in full, a line each. */
export function fileTooltip(file: FileReview, texts: Speaking): string {
  const { t, language } = texts;
  const { path, human, machine, unknown, characters, run, machineRun, reviewed } = file;
  return [
    path,
    t('review.characters', { n: characters }),
    t('review.human', { share: shareText(human, language) }),
    t('review.machine', { share: shareText(machine, language) }),
    t('review.unknown', { share: percent(unknown, language) }),
    ...(run === null
      ? []
      : [t('review.run', { n: run.characters, line: texts.number(run.line), known: machineRun?.characters ?? 0 })]),
    ...(reviewed === null
      ? [t('review.notReviewed')]
      : [
          t('review.reviewedBy', {
            who: reviewed.by,
            at: texts.dateTime(Date.parse(reviewed.at)),
            how: t(`review.recorded.${reviewed.recordedBy}`),
          }),
        ]),
  ].join('\n');
}

function whyText(why: Breach['why'], value: number | null, detail: string, rule: Rule, texts: Speaking): string {
  const { t, language } = texts;
  switch (why) {
    case 'limit':
      if (value === null) return '';
      return isShareRule(rule.rule) ? percent(value, language) : texts.number(value);
    case 'emptyField':
    case 'fault':
      return detail;
    case 'otherText':
      return t('review.otherText');
    case 'unrecorded':
      return t('review.unrecorded');
    case 'notReviewed':
      return t('review.notReviewed');
    case 'notAsked':
      return t('review.notAsked');
    case 'changedSince':
      return t('review.changedSince', { who: detail });
    case 'refused':
      return t('review.refused', { who: detail });
  }
}

function isShareRule(rule: Rule['rule']): boolean {
  return rule === 'machineAtMost' || rule === 'unknownAtMost' || rule === 'humanAtLeast';
}

/** To a tenth of a per cent: thresholds are. */
function percent(share: number, language: Texts['language']): string {
  const digits = { style: 'percent', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, digits).format(share);
}
