import type { Report } from '../report.ts';
import { claim } from './claim.ts';
import { composition } from './composition.ts';
import { summary } from './cover.ts';
import { declaration } from './declaration.ts';
import { exhibitTable, milestoneTable } from './exhibits.ts';
import { exportTable } from './exports.ts';
import { legend } from './files.ts';
import { labelSection } from './labels.ts';
import { isLean } from './lines.ts';
import { chainsOf, loopList } from './loops.ts';
import { textMap } from './map.ts';
import { measures } from './measures.ts';
import { definitionList, glossary, integrityText, methodText } from './method.ts';
import { promptRegister } from './prompts.ts';
import { limits, sessionTable, unobservedLists } from './record.ts';
import { replayPlace } from './replay.ts';
import { reviewSection } from './review.ts';
import { revisionList } from './revisions.ts';
import { noticeSection, restrictionSection } from './rights.ts';
import { sources } from './sources.ts';
import { under } from './tables.ts';
import { timelinePicture } from './timeline.ts';
import { systemsOf, toolList } from './toolList.ts';
import type { WordKey, Words } from './words.ts';

/** One numbered section: its question, the answer in a line, and what stands below. */
export interface Section {
  readonly name: string;
  readonly title: WordKey;
  readonly asks?: WordKey;
  /** HTML. */
  readonly answer: string;
  readonly html: string;
}

/**
 * The sections in their order, from number 1; the cover, number 0, stands before them. Where nothing is recorded a section
 * says so. `runs`: ids of the marked runs of each prompt, by its number.
 */
export function sectionsOf(
  report: Report,
  words: Words,
  texts: string,
  runs: ReadonlyMap<number, readonly string[]>,
): Section[] {
  const { totals, axes, insertions, moves, decisions, revisions, prompts, work, period, activity, sessions } = report;
  const { method, unobserved, integrity } = report;
  const chains = chainsOf(report);
  const review = reviewSection(report, words);
  const labels = labelSection(report, words);
  const [restrictions, notices] = [restrictionSection(report, words), noticeSection(report, words)];
  const outside = totals.hands.outside.characters;
  const section = (name: keyof typeof asks, answer: string, html: string): Section => ({
    name,
    title: `section.${name}`,
    asks: asks[name],
    answer,
    html,
  });
  return [
    section('summary', '', summary(report, words)),
    section(
      'claim',
      words.t(work.statement === undefined ? 'answer.claim.none' : 'answer.claim.stated'),
      claim(report, words),
    ),
    {
      ...section(
        'copy',
        words.t('answer.copy', { characters: totals.characters }),
        `${under('section.legend', words, legend(words))}${under('copy.map', words, textMap(report.files, words))}${leanNote(report, words)}`,
      ),
    },
    section(
      'measures',
      words.html('answer.measures', {
        characters: words.n(totals.characters),
        human: words.range(totals.human),
        machine: words.range(totals.machine),
        unknown: words.percent(totals.unknown),
        firstHuman: words.range(axes.firstHuman),
        firstMachine: words.range(axes.firstMachine),
      }),
      measures(report, words),
    ),
    section(
      'composition',
      words.t('answer.composition', { moves: moves.count, decisions: decisions.count, ...insertions.became }),
      composition(report, words),
    ),
    section(
      'revisions',
      revisions.length === 0 ? words.t('answer.revisions.none') : words.t('answer.revisions', { n: revisions.length }),
      revisionList(report, words),
    ),
    section(
      'loops',
      chains.length === 0
        ? words.t('answer.loops.none')
        : words.t('answer.loops', { chains: chains.length, prompts: chains.flat().length }),
      loopList(report, words),
    ),
    section(
      'prompts',
      prompts.length === 0
        ? words.t('prompts.none')
        : words.t('answer.prompts', {
            n: prompts.length,
            marked: prompts.filter(({ protect }) => protect === 'yes').length,
          }),
      prompts.length === 0 ? '' : promptRegister(report, words, runs),
    ),
    section(
      'tools',
      insertions.inserted === 0 && systemsOf(report).length === 0
        ? words.t('answer.tools.none')
        : words.t('answer.tools', { n: systemsOf(report).length, terms: work.tools?.length ?? 0 }),
      toolList(report, words),
    ),
    section(
      'sources',
      work.thirdParty === undefined
        ? words.t('answer.sources.unsaid', { n: outside })
        : words.t('answer.sources', { n: outside, parts: work.thirdParty.length }),
      sources(report, words),
    ),
    section(
      'chronology',
      period.firstTyped === null || period.lastTyped === null
        ? words.t('answer.chronology.none')
        : words.html('answer.chronology', {
            first: words.dateTime(period.firstTyped),
            last: words.dateTime(period.lastTyped),
            minutes: words.n(activity.typingMinutes),
            days: words.n(activity.typingDays),
            sessions: words.n(sessions.length),
          }),
      `${timelinePicture(report, words)}${replayPlace(report, words)}${under('section.milestones', words, milestoneTable(report, words))}${under('section.sessions', words, sessionTable(report, words))}${under('section.exports', words, exportTable(report, words))}`,
    ),
    section('review', review.answer, review.html),
    section('labels', labels.answer, labels.html),
    section('restrictions', restrictions.answer, restrictions.html),
    section('notices', notices.answer, notices.html),
    section(
      'method',
      words.t('answer.method', { changes: method.changes, live: method.liveChanges, rules: method.rules.length }),
      methodText(report, words),
    ),
    section(
      'limits',
      words.t('answer.limits', {
        gaps: unobserved.gaps.length,
        unknown: totals.hands.unknown.characters,
        notLive: totals.coverage.entered - totals.coverage.live,
      }),
      `${limits(report, words)}${under('section.unobserved', words, unobservedLists(report, words))}`,
    ),
    section(
      'integrity',
      words.t('answer.integrity', {
        size: integrity.reduce((n, { size }) => n + size, 0),
        journals: integrity.length,
        signed: integrity.filter(({ checkpoint }) => checkpoint !== null).length,
        stamps: integrity.reduce((n, { timeStamps }) => n + timeStamps.count, 0),
      }),
      integrityText(report, words),
    ),
    section('declaration', words.t('answer.declaration'), declaration(report, words)),
    section(
      'annex',
      words.t('answer.annex'),
      `${under('section.exhibits', words, exhibitTable(report, words))}${under('section.definitions', words, definitionList(words))}${under('section.glossary', words, glossary(words))}`,
    ),
    { name: 'texts', title: 'section.annexText', answer: '', html: texts || `<p>${words.t('files.none')}</p>` },
  ];
}

/** What each section answers. */
const asks = {
  summary: 'ask.summary',
  claim: 'ask.claim',
  copy: 'ask.copy',
  measures: 'ask.measures',
  composition: 'ask.composition',
  revisions: 'ask.revisions',
  loops: 'ask.loops',
  prompts: 'ask.prompts',
  tools: 'ask.tools',
  sources: 'ask.sources',
  chronology: 'ask.chronology',
  review: 'ask.review',
  labels: 'ask.labels',
  restrictions: 'ask.restrictions',
  notices: 'ask.notices',
  method: 'ask.method',
  limits: 'ask.limits',
  integrity: 'ask.integrity',
  declaration: 'ask.declaration',
  annex: 'ask.annex',
} as const satisfies Readonly<Record<string, WordKey>>;

function leanNote({ files }: Report, words: Words): string {
  if (!isLean(files)) return '';
  return `<p>${words.t('copy.lean', { n: files.reduce((n, { spans }) => n + spans.length, 0) })}</p>`;
}
