import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { languages, Texts } from '../../../src/host/texts.ts';
import type { Figures, RecordingState } from '../../../src/ui/line.ts';
import { menuItems } from '../../../src/ui/menu.ts';
import { statusText } from '../../../src/ui/statusText.ts';
import { statusTooltip, tooltipCommands } from '../../../src/ui/statusTooltip.ts';

const folder = { path: '/work' } as Uri;
const figures: Figures = {
  tally: {
    kinds: { typed: 62, 'ai.agent': 29, unknown: 9 },
    hands: { human: 62, machine: 29, unknown: 9 },
    length: 100,
  },
  coverage: { observed: 95, entered: 100 },
};
const states: readonly RecordingState[] = [
  { kind: 'recording', folder },
  { kind: 'recording', folder, toRead: 3 },
  { kind: 'paused', folder },
  { kind: 'notRecorded', why: 'consent' },
  { kind: 'notRecorded', why: 'secret' },
  { kind: 'problem', folder, problem: { code: 'full' } },
];
const texts = new Texts('en');

describe('status bar', () => {
  const said = states.map(state => statusText(state, figures, texts).text);
  const expected = [
    '$(record) human 62–71%',
    '$(sync~spin) human 62–71%',
    '$(debug-pause) Paused',
    '$(circle-slash) Not recorded',
    '$(circle-slash) Not recorded',
    '$(warning) Record interrupted',
  ];
  expected.forEach((text, i) => {
    it(text, () => assert.equal(said[i], text));
  });

  it('claims no share while it has no figures', () => {
    assert.equal(statusText(states[0]!, undefined, texts).text, '$(record) Recording');
  });

  it('says its state to a screen reader without icons, in every language', () => {
    for (const language of languages)
      for (const state of states) assert.doesNotMatch(statusText(state, figures, new Texts(language)).spoken, /\$\(/);
  });
});

describe('tooltip', () => {
  const shown = (state: RecordingState) => statusTooltip(state, { name: 'a|b*.md', figures }, texts);

  it('prints every figure with its definition and the coverage', () => {
    const text = shown(states[0]!).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    assert.match(text, /Human: 62–71%\*\* Low: characters known to come from a person ÷/);
    assert.match(text, /Machine \(AI\): 29–38%/);
    assert.match(text, /Seen live: 95\.0%/);
    assert.match(text, /\| unknown origin \| 9 \| &ensp;9\.0% \|/);
  });

  it('tells what the journal takes on the disk, in every language', () => {
    const told = (language: (typeof languages)[number]) =>
      statusTooltip(states[0]!, undefined, new Texts(language), { bytes: 1_234_567, events: 4321 }).replace(
        /&#(\d+);/g,
        (_, code) => String.fromCharCode(Number(code)),
      );
    assert.match(told('en'), /4,321 events, 1\.2 MB/);
    for (const language of languages) assert.match(told(language), /4.?321.*1[.,]2/);
    assert.doesNotMatch(shown(states[0]!), /on the disk/);
  });

  it('lets no file name act as Markdown', () => assert.doesNotMatch(shown(states[0]!), /a\|b\*/));

  it('links only to commands that are allowed', () => {
    for (const state of states)
      for (const [, command = ''] of shown(state).matchAll(/\(command:([\w.]+)/g))
        assert.ok(tooltipCommands.includes(command));
  });

  it('says of an empty file that it is empty', () => {
    const empty: Figures = { tally: { kinds: {}, hands: {}, length: 0 } };
    assert.match(statusTooltip(states[0]!, { name: 'a.md', figures: empty }, texts), /The file is empty/);
  });

  it('points to the report when the coverage is not counted here', () => {
    const text = statusTooltip(states[0]!, { name: 'a.md', figures: { tally: figures.tally } }, texts);
    assert.match(text, /was observed stands in the report/);
  });

  it('claims no coverage before anything has entered', () => {
    const text = statusTooltip(
      states[0]!,
      { name: 'a.md', figures: { ...figures, coverage: { observed: 0, entered: 0 } } },
      texts,
    );
    assert.doesNotMatch(text, /NaN/);
    assert.match(text, /nothing has entered yet/);
  });
});

describe('menu', () => {
  const first = states.map(state => menuItems(state)[0]?.command);

  it('offers the likeliest act first', () => {
    assert.deepEqual(first, [
      'holograph.toggleDecorations',
      'holograph.toggleDecorations',
      'holograph.resumeRecording',
      'holograph.startRecording',
      'holograph.startRecording',
      'holograph.showLog',
    ]);
  });

  it('offers nothing twice', () => {
    for (const state of states) {
      const offered = menuItems(state).map(({ command }) => command);
      assert.equal(new Set(offered).size, offered.length);
    }
  });
});
