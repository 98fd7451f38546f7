import { Replay } from '../journal/replay.ts';
import { type Accounted, accountOf, type FileAccount } from './account.ts';
import { type Activity, activityOf } from './activity.ts';
import { type Acts, addActs, type CountedActs } from './acts.ts';
import { type AgentEdits, agentEdits } from './agentEdits.ts';
import { type AiInsertions, aiInsertionsOf } from './aiInsertions.ts';
import { type Axes, AxesSum } from './axes.ts';
import { Chronicle, type ReplayedDocument } from './chronicle.ts';
import { type CommitEntry, commitsOf } from './commits.ts';
import { type Decisions, decisionsOf } from './decisions.ts';
import { type Definitions, definitions } from './definitions.ts';
import { type ExhibitEntry, exhibitEntries, type Milestone, milestonesOf } from './exhibits.ts';
import { type ExportEntry, exportsOf } from './exports.ts';
import { type Film, filmsOf } from './film.ts';
import { type Flow, flowOf } from './flow.ts';
import { integrityOf, type JournalIntegrity, type SealedSource } from './integrity.ts';
import { type LabelEntry, labelEntries } from './labels.ts';
import { MeasureSum, type Measures } from './measures.ts';
import { type Method, methodOf } from './method.ts';
import { type Moment, stamp } from './moment.ts';
import { type Moves, movesOf } from './moves.ts';
import { byCodeUnit } from './names.ts';
import { type NoticeEntry, noticeEntries } from './notices.ts';
import { filesNow } from './outlived.ts';
import { PassageSum, type Passages } from './passages.ts';
import type { PromptPassages } from './promptPassages.ts';
import { reconstructedOf, withheldIn } from './reconstructed.ts';
import { type PromptEntry, registerOf } from './register.ts';
import { type RestrictionEntry, restrictionEntries } from './restrictions.ts';
import { type Retained, retainedOf } from './retained.ts';
import { type ReviewEntry, reviewsOf } from './reviews.ts';
import { type Revision, revisionsOf } from './revisions.ts';
import { RunList, type Standing } from './runList.ts';
import { type SessionEntry, sessionsOf } from './sessions.ts';
import { shownDocuments } from './shownDocuments.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import { type Unobserved, unobservedOf } from './unobserved.ts';
import { emptyFields } from './work/needs.ts';
import { emptyWork, type Profile, type WorkDescription } from './work.ts';

/**
 * The readable account of how a work came to be, as plain data: `report.json`. A pure function of the
 * journals up to their sizes and of `holograph.json`: it holds no time but the journals' own.
 * Published as `media/schema/report.schema.json`.
 */
export interface Report {
  readonly schema: 'holograph.report';
  readonly version: 1;
  /** What the author says of the work; nothing is filled in, and `empty` names the empty fields. */
  readonly work: Omit<WorkDescription, 'files'> & { readonly empty: readonly string[] };
  /** For whose readers it is worded: the one asked for, else the work's own. */
  readonly profile: Profile;
  readonly period: Period;
  readonly totals: Measures;
  /** The whole on its three axes: the sum of the files'. */
  readonly axes: Axes;
  readonly passages: readonly Passages[];
  readonly acts: Acts;
  /** What became of what AI systems put in. */
  readonly insertions: AiInsertions;
  /** Substantial revisions by a person, most changed words first. */
  readonly revisions: readonly Revision[];
  readonly moves: Moves;
  readonly decisions: Decisions;
  /** What tools made or proposed in these files, by their own records. */
  readonly edits: readonly AgentEdits[];
  readonly files: readonly FileAccount[];
  readonly prompts: readonly PromptEntry[];
  readonly commits: readonly CommitEntry[];
  /** Files that the author attached to the record, removed ones included; numbered in each journal by itself. */
  readonly exhibits: readonly ExhibitEntry[];
  /** Points that the author marked, oldest first. */
  readonly milestones: readonly Milestone[];
  /** Packages that were made before, oldest first. Absent: none. */
  readonly exports?: readonly ExportEntry[];
  /** Reviews that people put on record, oldest first. */
  readonly reviews: readonly ReviewEntry[];
  /** Labels of AI use that were written into files or removed, oldest first. */
  readonly labels: readonly LabelEntry[];
  /** What was done to reserve rights against the training of AI models, oldest first. */
  readonly restrictions: readonly RestrictionEntry[];
  /** Notices to service providers, with what became of each. */
  readonly notices: readonly NoticeEntry[];
  readonly timeline: Timeline;
  readonly activity: Activity;
  /** The text writing itself, state by state. */
  readonly replay: Film;
  readonly sessions: readonly SessionEntry[];
  readonly unobserved: Unobserved;
  readonly method: Method;
  readonly integrity: readonly JournalIntegrity[];
  /** What each figure means, in English. */
  readonly definitions: Definitions;
}

/** Times with their offset from UTC; null where there was no such act. */
export interface Period {
  readonly firstEvent: string | null;
  readonly lastEvent: string | null;
  readonly firstTyped: string | null;
  readonly lastTyped: string | null;
}

export interface ReportOptions {
  readonly work?: WorkDescription;
  /** Whose readers the empty fields are named for. Absent: the work's own. */
  readonly profile?: Profile;
  /** Files or folders, relative to the recorded folder, with `/`. Absent: what the work names, else all. */
  readonly paths?: readonly string[];
}

/** Cost: linear in events, and in the text that stands. `sources`: oldest journal first. */
export function makeReport(sources: readonly SealedSource[], options: ReportOptions = {}): Report {
  const work = options.work ?? emptyWork;
  const chosen = options.paths ?? work.files;
  const wanted = chosen.length === 0 ? () => true : (path: string) => chosen.some(name => isWithin(path, name));
  const chronicles = sources.map(source => Chronicle.read(source, new Replay()));
  const { shown, superseded } = shownDocuments(chronicles, wanted);
  const parts = chronicles.map((chronicle, i) => partOf(chronicle, shown[i]!, wanted));
  const files = parts.flatMap(part => part.files);
  files.sort((a, b) => rankOf(a.path, work.files) - rankOf(b.path, work.files) || byCodeUnit(a.path, b.path));
  const { files: _, ...description } = work;
  const exports = chronicles.flatMap(({ id, kept }) => exportsOf(id, kept.exported));
  const method = methodOf(parts, files);
  const [reconstructed, withheld] = [reconstructedOf(chronicles, method), withheldIn(chronicles)];
  return {
    schema: 'holograph.report',
    version: 1,
    work: { ...description, empty: emptyFields(work, options.profile) },
    profile: options.profile ?? work.profile ?? 'generic',
    period: periodOf(parts),
    totals: totalOf(parts),
    axes: axesOf(parts),
    passages: passagesOf(files),
    acts: addActs(parts.map(part => part.acts)),
    insertions: aiInsertionsOf(parts),
    revisions: revisionsOf(parts),
    moves: movesOf(parts),
    decisions: decisionsOf(chronicles, wanted),
    edits: agentEdits(chronicles, wanted),
    files,
    prompts: registerOf(parts, files),
    commits: commitsOf(parts),
    exhibits: chronicles.flatMap(({ id, kept }) => exhibitEntries(id, [...kept.exhibit, ...kept.exhibitRemoved])),
    milestones: chronicles.flatMap(({ id, kept }) => milestonesOf(id, kept.milestone)),
    ...(exports.length > 0 && { exports }),
    reviews: chronicles.flatMap(reviewsOf),
    labels: chronicles.flatMap(labelEntries),
    restrictions: chronicles.flatMap(({ id, kept, folding }) => restrictionEntries(id, kept, filesNow(folding))),
    notices: chronicles.flatMap(({ id, kept }) => noticeEntries(id, kept)),
    timeline: timelineOf(parts.map(part => part.flow)),
    activity: activityOf(parts.map(part => part.flow)),
    replay: filmsOf(parts),
    sessions: parts.flatMap(({ chronicle, flow }) => sessionsOf(chronicle, flow)),
    unobserved: unobservedOf(chronicles, files, {
      superseded,
      unrecorded: work.files.filter(path => wanted(path) && !files.some(file => isWithin(file.path, path))),
      alsoRecorded: chronicles.flatMap(chronicle => leftOutOf(chronicle, wanted)),
      ...(reconstructed && { reconstructed }),
      ...(withheld > 0 && { withheld }),
    }),
    method,
    integrity: chronicles.map((chronicle, i) => integrityOf(chronicle, sources[i]!)),
    definitions: definitions(),
  };
}

interface Part {
  readonly chronicle: Chronicle;
  readonly includes: (document: number) => boolean;
  readonly files: readonly FileAccount[];
  readonly tallies: readonly Accounted['tally'][];
  readonly axes: readonly AxesSum[];
  readonly flow: Flow;
  readonly standing: Standing;
  readonly retained: Retained;
  readonly prompted: readonly PromptPassages[];
  readonly acts: CountedActs;
}

function partOf(chronicle: Chronicle, documents: readonly ReplayedDocument[], wanted: (path: string) => boolean): Part {
  const all = chronicle.folding.documents;
  // A text that never became a file has no path: it belongs to the whole, and to no chosen part of it.
  const includes = (document: number) => wanted(all.get(document)?.path ?? '');
  const flow = flowOf(chronicle, includes);
  const accounts = documents.map(document => accountOf(chronicle, flow, document));
  const files = accounts.map(({ account }) => account);
  const tallies = accounts.map(account => account.tally);
  const axes = accounts.map(account => account.axes);
  const runs = RunList.joined(accounts.map(account => account.runs));
  const acts = chronicle.acts.tables(chronicle, runs.standing, includes);
  const prompted = accounts.flatMap(account => account.prompted ?? []);
  const retained = retainedOf(chronicle, runs);
  return { chronicle, includes, files, tallies, axes, flow, standing: runs.standing, retained, prompted, acts };
}

/** Recorded files that stand and are not wanted, by path. */
function leftOutOf({ id, folding }: Chronicle, wanted: (path: string) => boolean): Unobserved['alsoRecorded'] {
  const paths = new Set<string>();
  for (const { path, present } of folding.documents.values()) {
    if (path !== undefined && present && !wanted(path)) paths.add(path);
  }
  return [...paths].sort(byCodeUnit).map(path => ({ journal: id, path }));
}

function totalOf(parts: readonly Part[]): Measures {
  const sum = new MeasureSum();
  for (const { tallies, flow, retained } of parts) {
    for (const tally of tallies) sum.addText(tally);
    for (const entered of flow.documents.values()) sum.addEntered(entered);
    for (const [kind, characters] of retained.kinds) sum.addRetained(kind, characters);
  }
  return sum.measures();
}

function axesOf(parts: readonly Part[]): Axes {
  const sum = new AxesSum();
  for (const one of parts.flatMap(part => part.axes)) sum.addAll(one);
  return sum.axes();
}

/** Sentences of prose and lines of code apart: they do not add up. */
function passagesOf(files: readonly FileAccount[]): Passages[] {
  return (['sentence', 'line'] as const).flatMap(unit => {
    const sum = new PassageSum(unit);
    const of = files.filter(file => file.passages.unit === unit);
    for (const { passages } of of) sum.addAll(passages);
    return of.length === 0 ? [] : [sum.passages()];
  });
}

function periodOf(parts: readonly Part[]): Period {
  const edge = (moments: readonly (Moment | undefined)[], before: (a: Moment, b: Moment) => boolean) => {
    const known = moments.filter(moment => moment !== undefined);
    if (known.length === 0) return null;
    return stamp(known.reduce((a, b) => (before(b, a) ? b : a)));
  };
  const earlier = (a: Moment, b: Moment) => a.time < b.time;
  const later = (a: Moment, b: Moment) => a.time > b.time;
  return {
    firstEvent: edge(
      parts.map(part => part.chronicle.first),
      earlier,
    ),
    lastEvent: edge(
      parts.map(part => part.chronicle.last),
      later,
    ),
    firstTyped: edge(
      parts.map(part => part.flow.firstHuman),
      earlier,
    ),
    lastTyped: edge(
      parts.map(part => part.flow.lastHuman),
      later,
    ),
  };
}

function isWithin(path: string, name: string): boolean {
  const folder = name.replace(/\/+$/, '');
  return folder === '' || folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

function rankOf(path: string, order: readonly string[]): number {
  const rank = order.indexOf(path);
  return rank < 0 ? order.length : rank;
}
