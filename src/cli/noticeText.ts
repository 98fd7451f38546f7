import type { Call } from './command.ts';
import type { ListedNotice } from './notice.ts';

/** The notices for people: what each says, what became of it, and whether an answer is late. */
export function printNotices({ words, print }: Call, notices: readonly ListedNotice[], files: readonly string[]): void {
  if (notices.length === 0) print(words.t('notice.none'));
  for (const { name, provider, at, addresses, acts, open } of notices) {
    print(words.t('notice.entry', { name, provider: plain(provider), at: words.time(at) }));
    for (const address of addresses) print(`   ${plain(address)}`);
    for (const { act, at: told, dated, channel, outcome, who, exhibit, remarks } of acts) {
      const facts = [
        ...(channel === null ? [] : [words.t(`notice.channel.${channel}`)]),
        ...(outcome === null ? [] : [words.t(`notice.outcome.${outcome}`)]),
        ...(who === '' ? [] : [plain(who)]),
        ...(exhibit === null ? [] : [exhibit]),
        ...(remarks === '' ? [] : [plain(remarks)]),
      ];
      print(`   ${words.t(`notice.${act}`, { at: dated ?? words.time(told) })}: ${facts.join(', ') || '–'}`);
    }
    if (open !== null) print(`   ${words.t(open < today() ? 'notice.late' : 'notice.open', { day: open })}`);
  }
  for (const file of files) print(words.t('notice.written', { file }));
  if (notices.length > 0) print(words.t('notice.proposed'));
}

/** By the machine's own clock and zone. */
function today(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}
