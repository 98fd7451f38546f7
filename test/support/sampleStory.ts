import type { WorkDescription } from '../../src/evidence/work.ts';
import { signerFrom } from './journalByHand.ts';
import { Story, typed } from './story.ts';

export const sampleWork: WorkDescription = {
  work: 'w-7f3a',
  title: { en: 'The Wind over the Steppe', ru: 'Ветер над степью', kk: 'Дала желі' },
  kind: 'literary',
  authors: [{ name: 'Әсел Құрманғалиева', role: 'text' }],
  languages: ['ru'],
  files: [],
};

const chapter = 'глава-1.md';
const notes = 'план.md';
const code = 'tools/count.ts';
const completion = { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' } as const;
const commit = '9d2f6c1be0a4475c8b1d3e5f7a9b0c2d4e6f8a1b';
const closing = { kind: 'tool.editor', basis: 'asserted', rule: 'keyboard' } as const;
const pasted = { kind: 'pasted.external', basis: 'asserted', rule: 'paste.outside' } as const;

/** Three days of a small work in which every hand has a part; the same events each time. */
export function sampleStory(): Story {
  const signer = signerFrom('sample', 'vscode');
  const story = new Story('01JCQ8Z5T2-4f6e', '2026-11-12T04:10:00Z', 'Степь');
  story.session();
  story.key(signer);
  story.baseline(notes, '# План\n\n1. Приезд\n2. Колодец\n3. Отъезд\n');
  story.baseline(chapter, '');
  story.add({ kind: 'skipped', path: '.env', reason: 'secret' });
  story.add({ kind: 'skipped', path: 'карта.png', reason: 'binary' });
  firstDay(story);
  story.checkpoint(signer);
  secondDay(story);
  thirdDay(story);
  story.checkpoint(signer);
  return story;
}

function firstDay(story: Story): void {
  story.clock('2026-11-12T04:20:00Z');
  story.open(chapter);
  story.type(
    chapter,
    '# Глава первая\n\nПоезд остановился на рассвете, когда над степью ещё висел туман. Асан вышел первым и долго стоял у насыпи, ',
  );
  story.insert(chapter, 'слушая, как остывают колёса.', completion);
  story.type(
    chapter,
    '\n\nНа станции никого не было. Только ветер трогал пустую скамейку, и скамейка отвечала ему скрипом.\n\n',
  );
  story.insert(chapter, '«Степь широка, да не для всякого», — говорил дед.\n\n', pasted);
  story.type(chapter, 'Он помнил это слово в слово, хотя деда не стало, когда ему было шесть.\n');
  story.replace(chapter, 'колёса', '', typed);
  story.type(chapter, 'рельсы', 'слушая, как остывают ');
  story.save(chapter);
  story.close(chapter);
  story.clock('2026-11-12T06:05:00Z');
  story.open(notes);
  story.type(notes, '   - старик у колодца узнаёт Асана по голосу\n', '2. Колодец\n');
  story.save(notes);
  story.close(notes);
  story.add({ kind: 'sessionEnd' });
}

function secondDay(story: Story): void {
  story.clock('2026-11-13T05:00:00Z');
  story.session();
  story.prompt(
    'claude-code:c-91ab:1',
    'Допиши в глава-1.md абзац: Асан идёт к колодцу и встречает старика. Коротко, без метафор, прошедшее время. Не трогай мой текст.',
    'anthropic/claude-opus-4',
  );
  const before = story.page(chapter).text;
  const paragraph =
    '\nДо колодца было два часа пути. Асан шёл по старой колее и считал столбы. У колодца сидел старик и чинил ведро. Он не поднял головы, пока Асан не поздоровался.\n';
  const spans = story.outside(chapter, before + paragraph);
  story.add({
    kind: 'agentEdit',
    id: 'claude-code:c-91ab:e1',
    agent: 'claude-code',
    conversation: 'c-91ab',
    made: Date.parse('2026-11-13T05:00:12Z'),
    path: chapter,
    prompt: 'claude-code:c-91ab:1',
    gives: 'none',
  });
  const origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'claude-code:c-91ab:1' } as const;
  story.add({ kind: 'resolution', ranges: spans, origin, edits: ['claude-code:c-91ab:e1'] });
  story.clock('2026-11-13T05:20:00Z');
  story.open(chapter);
  story.replace(chapter, 'два часа', '', typed);
  story.type(chapter, 'полдня', 'До колодца было ');
  story.replace(chapter, ' и считал столбы', '', typed);
  story.type(chapter, ', и тень шла впереди него', 'Асан шёл по старой колее');
  story.move(chapter, '«Степь широка, да не для всякого», — говорил дед.\n\n', '# Глава первая\n\n');
  story.type(chapter, '\n— Сын Марата, — сказал старик. — Слышу.\n');
  story.save(chapter);
  story.close(chapter);
  story.prompt('claude-code:c-91ab:2', 'Предложи три названия для второй главы.', 'anthropic/claude-opus-4');
  story.clock('2026-11-13T09:40:00Z');
}

function thirdDay(story: Story): void {
  story.clock('2026-11-15T14:00:00Z');
  story.session();
  const gap = { since: Date.parse('2026-11-13T09:40:00Z'), reason: 'crash' } as const;
  story.add({ kind: 'gap', ...gap });
  story.baseline(code, 'export const zero = 0;\n', { kind: 'unknown', basis: 'none', rule: 'disk.start' });
  story.add({ kind: 'gap', document: 3, reason: 'notRunning' });
  const brought = story.outside(code, 'export const zero = 0;\nexport const one = zero + 1;\n');
  story.add({ kind: 'commit', id: commit, authored: Date.parse('2026-11-14T18:02:11Z') }, ['Дана Ермекова']);
  story.add({
    kind: 'resolution',
    ranges: brought,
    origin: { kind: 'external.git', basis: 'proven', rule: 'git.file', commit },
  });
  story.open(code);
  story.type(code, '\nexport function count(text: string): number {');
  story.insert(code, '}', closing);
  story.type(code, '\n', 'number {');
  story.insert(code, '  \n', closing, 'number {\n');
  story.type(code, 'return [...text].length', '{\n  ');
  story.insert(code, ' - (text.match(/\\s/gu) ?? []).length;', completion, '[...text].length');
  story.type(code, ' // 😀 <b>&amp;</b>', 'zero = 0;');
  story.save(code);
  story.close(code);
  story.clock('2026-11-15T15:10:00Z');
  story.open(chapter);
  story.type(chapter, '\nАсан сел рядом. Пахло железом и полынью.\n');
  story.save(chapter);
  story.close(chapter);
  const again = 'claude-code:c-91ab:3';
  const names = 'Предложи пять коротких названий для второй главы, без слова «степь».';
  story.open(notes);
  story.type(notes, `\nСпросить: ${names}\n`);
  story.save(notes);
  story.close(notes);
  story.prompt(again, names, 'anthropic/claude-opus-4');
  story.add(
    {
      kind: 'answer',
      id: 'claude-code:c-91ab:4',
      agent: 'claude-code',
      conversation: 'c-91ab',
      answered: Date.parse('2026-11-15T15:25:00Z'),
      prompt: again,
    },
    ['Колодец. Голос. Ведро. След. Тень.'],
  );
  story.add({ kind: 'promptNote', prompt: again, protect: true }, [
    'Запрет на слово — мой приём <b>с первой главы</b>.',
  ]);
  story.add({ kind: 'sessionEnd' });
}
