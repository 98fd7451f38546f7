import type { TextDocument, WorkspaceFolder } from 'vscode';
import { withheldIn } from './agents/withoutSecrets.ts';
import type { Marks } from './capture/marks.ts';
import type { JournalWriter } from './journal/writer.ts';
import type { AskedPrompt, DeclaredPrompt, GivenAnswer, GivenPrompt, OwnPrompting } from './ui/line.ts';

export interface OwnRecord {
  readonly writer: Pick<JournalWriter, 'session' | 'append' | 'flush'>;
  /** Secrets in what is said stay in it. */
  readonly keepsSecrets: boolean;
}

/** Name under which prompts given through Holograph stand in the journal, as an AI tool's. */
const own = 'holograph';

/** Prompts that no reader finds: given through Holograph, or written down by the person. */
export class OwnPrompts implements OwnPrompting {
  readonly #marks: Pick<Marks, 'insert' | 'write'>;
  readonly #recordOf: (folder: WorkspaceFolder) => OwnRecord;
  /** Prompts of one millisecond have ids of their own. */
  #last = 0;

  /** `recordOf` throws where the folder is not recorded. */
  constructor(marks: Pick<Marks, 'insert' | 'write'>, recordOf: (folder: WorkspaceFolder) => OwnRecord) {
    this.#marks = marks;
    this.#recordOf = recordOf;
  }

  async declare(folder: WorkspaceFolder, { agent, model, text, answer }: DeclaredPrompt): Promise<void> {
    const record = this.#recordOf(folder);
    const conversation = `declared-${record.writer.session}`;
    const said = { agent, conversation, text, by: 'person', ...(model !== undefined && { model }) } as const;
    const asked = this.#append(record, said);
    if (answer !== undefined) asked.answered(answer);
    await record.writer.flush();
  }

  ask(folder: WorkspaceFolder, { text, model, conversation: number }: GivenPrompt): AskedPrompt {
    const record = this.#recordOf(folder);
    const conversation = `chat-${record.writer.session}-${number}`;
    return this.#append(record, { agent: own, conversation, text, model, by: 'record' });
  }

  insert(document: Pick<TextDocument, 'uri'>, answer: GivenAnswer, edit: () => Thenable<boolean>): Promise<boolean> {
    return this.#marks.insert(`${document.uri}`, answer, edit);
  }

  write(texts: ReadonlyMap<string, readonly string[]>, edit: () => Thenable<boolean>): Promise<boolean> {
    return this.#marks.write(texts, edit);
  }

  #append({ writer, keepsSecrets }: OwnRecord, { text: said, by, ...about }: Said): AskedPrompt {
    const asked = Math.max(Date.now(), this.#last + 1);
    this.#last = asked;
    const id = `${about.agent}:${about.conversation}:${asked}`;
    const kept = (words: string) => (keepsSecrets ? { text: words } : withheldIn(words));
    const { text, ...withheld } = kept(said);
    writer.append({ kind: 'prompt', id, ...about, asked, by, ...withheld }, [text]);
    return {
      id,
      answered: words => {
        const { text: answer, ...withheld } = kept(words);
        const of = { ...about, answered: Math.max(Date.now(), asked), prompt: id };
        writer.append({ kind: 'answer', id: `${id}:answer`, ...of, ...withheld }, [answer]);
      },
    };
  }
}

interface Said {
  readonly agent: string;
  readonly conversation: string;
  readonly text: string;
  readonly model?: string;
  readonly by: 'record' | 'person';
}
