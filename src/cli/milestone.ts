import { type Milestone, milestonesOf } from '../evidence/exhibits.ts';
import { packageSoftware } from '../evidence/software.ts';
import { appendEvents } from '../journal/append.ts';
import { type Command, Refusal } from './command.ts';
import { byWhom } from './exhibit.ts';
import { commitNamed } from './gitNamed.ts';
import { reading, recordedFor } from './journals.ts';

/** What `holograph milestone --json` prints. Form: `media/schema/milestones.schema.json`. */
export interface MilestonesDocument {
  readonly schema: 'holograph.milestones';
  readonly version: 1;
  readonly journal: string;
  /** Oldest first. */
  readonly milestones: readonly Milestone[];
}

/** Without a text it lists those that there are. */
export const milestoneCommand: Command = {
  name: 'milestone',
  usage: '[TEXT] [--git REV]',
  about: 'help.milestone',
  most: 1,
  options: { git: { about: 'help.milestoneGit', value: 'REV' } },
  async run(call) {
    const { file, folder } = recordedFor({ ...call, paths: [] }).consented;
    const [text] = call.paths;
    const rev = call.option('git');
    if (text === undefined && rev !== undefined) throw new Refusal('error.missing', { what: 'TEXT' });
    if (text !== undefined) {
      if (text.trim() === '') throw new Refusal('error.missing', { what: 'TEXT' });
      const commit = rev === undefined ? {} : { commit: await commitNamed(folder, rev) };
      const body = { kind: 'milestone', ...commit, by: byWhom(call) } as const;
      appendEvents(file, packageSoftware, [{ body, texts: [text.replaceAll('\r\n', '\n').trim()] }]);
    }
    const { id, all } = reading(file, reader => ({ id: reader.id, all: milestonesOf(reader.id, reader.events()) }));
    const milestones = text === undefined ? all : all.slice(-1);
    if (call.json)
      call.document({
        schema: 'holograph.milestones',
        version: 1,
        journal: id,
        milestones,
      } satisfies MilestonesDocument);
    else if (milestones.length === 0) call.print(call.words.t('milestone.none'));
    for (const { at, text: said, commit } of call.json ? [] : milestones)
      call.print(`${at}  ${said.replace(/[\p{Cc}\p{Cf}]/gu, '·')}${commit === null ? '' : `  ${commit}`}`);
    return 0;
  },
};
