import type { ServerAnswer, TimestampDocument } from '../cli/timestamp.ts';
import { isTextKey, type Texts } from '../host/texts.ts';

/** The command line's answer to `timestamp --json`; `undefined` when this is none. */
export function readAnswers(stdout: string): TimestampDocument | undefined {
  try {
    const json: unknown = JSON.parse(stdout);
    const isOurs = typeof json === 'object' && json !== null && 'schema' in json;
    return isOurs && json.schema === 'holograph.timestamp' ? (json as TimestampDocument) : undefined;
  } catch (error) {
    // Not an answer of ours: the caller shows the diagnostics instead.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What the servers answered, in a few words each. Never more than was checked. */
export function timeStampText({ size, servers }: TimestampDocument, texts: Pick<Texts, 't' | 'dateTime'>): string {
  return servers.map(answer => answerText(answer, size ?? 0, texts)).join(' · ');
}

function answerText(answer: ServerAnswer, size: number, texts: Pick<Texts, 't' | 'dateTime'>): string {
  const { t } = texts;
  const { server, outcome, authority = '', time = '', standing, problem = '' } = answer;
  const host = URL.parse(server)?.host ?? server;
  switch (outcome) {
    case 'stamped': {
      const said = t('timestamp.stamped', {
        authority: authority || host,
        time: texts.dateTime(Date.parse(time)),
        size,
      });
      if (standing === 'elsewhere') return `${said} ${t('timestamp.elsewhere')}`;
      return standing === 'unknown' ? `${said} ${t('timestamp.unknown')}` : said;
    }
    case 'had':
      return t('timestamp.had', { server: host });
    case 'left':
      return t('timestamp.left', { server: host });
    case 'failed': {
      const key = `unstamped.${problem}`;
      return t('timestamp.notStamped', { server: host, why: t(isTextKey(key) ? key : 'unstamped.answer') });
    }
  }
}
