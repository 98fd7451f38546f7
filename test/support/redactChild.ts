import { JournalDatabase } from '../../src/journal/database.ts';
import { purge } from '../../src/journal/purge.ts';
import { redact } from '../../src/journal/redaction.ts';

/** Takes a word out of a journal, to be killed at it: says when it begins, when it is taken, and when nothing is left. */
const [, , file = '', text = ''] = process.argv;
const database = JournalDatabase.open(file);
process.stdout.write('begins\n');
redact(database, { targets: [{ kind: 'text', text }], reason: 'killed', by: 'command', software: 'test' });
process.stdout.write('taken\n');
purge(database);
process.stdout.write('done\n');
