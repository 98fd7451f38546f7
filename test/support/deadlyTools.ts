import { join } from 'node:path';
import type { Agent, AgentReader } from '../../src/agents/agent.ts';
import { agents } from '../../src/agents/agents.ts';

/** The thread of the watch, with two tools more, the first of all: a reader of `.hog` needs more memory than there is, one of `.spin` ends never. */
(agents as Agent[]).unshift(tool('hog', hog), tool('spin', spin));
await import('../../src/agents/following/watchThread.ts');

function tool(name: string, read: () => void): Agent {
  const reader: AgentReader = { read: async () => Promise.reject(read()) };
  return {
    name,
    checked: 'samples',
    versions: '1',
    places: folder => [join(folder, 'deadly')],
    isRecord: file => file.endsWith(`.${name}`),
    reader: () => reader,
  };
}

function hog(): void {
  // Little at a time: what is asked for at once beyond the limit would end the whole process.
  let all = {};
  for (;;) all = { all };
}

function spin(): void {
  for (;;);
}
