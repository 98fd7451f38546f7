import type { Signer } from '../../src/journal/keys.ts';
import { type JournalByHand, smallJournal } from './journalByHand.ts';

/** The small journal with all that a package holds beside its work: milestones, AI outputs, reviews, acts on rights. */
export function keptStory(signer: Signer, id?: string): JournalByHand {
  const journal = smallJournal(signer, id);
  const said = (text: string) => journal.add({ kind: 'milestone', by: 'person' }, [text]);
  const about = { agent: 'claude-code', conversation: 'c', model: 'anthropic/claude' } as const;
  const edit = { kind: 'agentEdit', ...about, made: Date.UTC(2026, 10, 14, 10, 0, 20), path: 'crlf.txt' } as const;
  said('First\ndraft');
  journal.add(
    { kind: 'answer', id: 'a1', ...about, answered: Date.UTC(2026, 10, 14, 10, 0, 12), prompt: 'claude-code:c:1' },
    ['=1+1 Of course: the steppe ▮▮▮.\n'],
  );
  journal.add({ ...edit, id: 'e1', gives: 'none' });
  journal.add({ ...edit, id: 'e2', path: 'bom.txt', gives: 'after', brings: [[9, 10]] }, ['Жел соқты!\n']);
  journal.add({ ...edit, id: 'e3', gives: 'replaced', reconstructed: true }, ['two', 'six']);
  journal.add({ ...edit, id: 'e4', gives: 'both', prompt: 'claude-code:c:1' }, ['one\nsix\nthree\n', 'two', 'six']);
  journal.add({ ...edit, id: 'e4~', of: 'e4', gives: 'both' }, ['one\nsix\nthree\n']);
  said('Nothing new');
  const [crlf, bom] = [1, 2];
  const format = { encoding: 'utf-8', bom: false, eol: '\r\n', others: [1] } as const;
  journal.open(crlf, 'crlf.txt', format);
  journal.insert(crlf, 1, 14, 'four\n');
  said('Typed, and not saved');
  const saved = journal.save(crlf, 'one\ntwo\nthree\nfour\n', format);
  journal.add({ kind: 'renamed', document: bom, from: 'bom.txt', path: 'wind.txt' });
  journal.add({ kind: 'deleted', document: 4, path: 'empty.md' });
  said('Second draft');
  const person = { by: 'person' } as const;
  const files = [{ document: crlf, saved }];
  journal.add({ kind: 'review', files, approved: true, ...person }, ['Р. Редактор', 'редактор', '', '=1+1']);
  journal.add({ kind: 'restriction', form: 'robots', act: 'set', ...person }, [
    'robots.txt',
    'Content-Usage: train-ai=n',
  ]);
  const notice = journal.add({ kind: 'notice', act: 'drawn', ...person }, [
    'Host',
    '',
    'https://a.example/',
    'Go.',
    '',
    '',
  ]);
  journal.add({ kind: 'notice', act: 'sent', notice, channel: 'post', dated: '2026-11-20', ...person }, ['Host', '']);
  const label = {
    act: 'written',
    document: crlf,
    saved,
    form: 'text',
    level: 'parts',
    wording: 'kz',
    language: 'kk',
  } as const;
  journal.add({ kind: 'label', ...label, ...person }, ['AI.', '{}']);
  const handed = { exportId: '0'.repeat(16), archiveDigest: '0'.repeat(64), size: 14 };
  journal.add({ kind: 'exported', ...handed, profile: 'us', language: 'kk', ...person });
  journal.checkpoint(signer);
  return journal;
}
