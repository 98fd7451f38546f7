import { appendEvents } from '../../src/journal/append.ts';
import { Journal } from '../../src/journal/journal.ts';

/** A process that appends an act to the journal FILE, keeps a checkpoint over it, and is gone: `signHead.ts FILE`. */
const [file = ''] = process.argv.slice(2);
const journal = Journal.open(file);
appendEvents(file, 'test', [{ body: { kind: 'paused', by: 'command' } }]);
journal.keepCheckpoint(journal.tree().size, 'a note');
process.stdout.write('kept');
process.kill(process.pid, 'SIGKILL');
