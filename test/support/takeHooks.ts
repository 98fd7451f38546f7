import { Matcher } from '../../src/agents/matching/match.ts';
import { plainDigest } from '../../src/agents/plainText.ts';
import { AgentThread } from '../../src/agentThread.ts';
import { AgentEvidence } from '../../src/capture/agentEvidence.ts';
import type { JournalWriter } from '../../src/journal/writer.ts';

const script = new URL('../../src/agents/following/watchThread.ts', import.meta.url);

export interface TakingHooks {
  readonly writer: JournalWriter;
  readonly home: string;
  /** Called when a batch has come, when it was handed to the journal, and when the journal has it. */
  readonly at?: (stage: Stage) => void | Promise<void>;
}

export type Stage = 'come' | 'handed' | 'committed';

/** Takes into a journal what hooks left, as a window does. */
export function takingHooks({ writer, home, at = () => undefined }: TakingHooks): AgentThread {
  const fail = (error: unknown) => {
    throw error;
  };
  const evidence = new AgentEvidence({
    writer,
    matcher: new Matcher(writer.folder),
    within: path => path.slice(writer.folder.length + 1),
    resolve: () => undefined,
    digest: plainDigest,
    failed: fail,
  });
  return new AgentThread({
    script,
    off: [],
    folders: [writer.folder],
    machine: { env: { HOME: home }, platform: 'linux' },
    since: 0,
    hooks: home,
    remember: `${home}/agents.json`,
    every: 60_000,
    onRecords: async records => {
      await at('come');
      await evidence.take(records);
      await at('handed');
    },
    committed: async () => {
      await writer.flush();
      await at('committed');
    },
    failed: fail,
  });
}
