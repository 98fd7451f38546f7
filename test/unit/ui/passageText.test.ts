import assert from 'node:assert/strict';
import { languages, Texts } from '../../../src/host/texts.ts';
import { bases, kinds, placements } from '../../../src/provenance/origin.ts';
import type { Passage } from '../../../src/ui/line.ts';
import { passageText } from '../../../src/ui/passageText.ts';

const passage: Passage = {
  from: 0,
  to: 5,
  origin: { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'claude-code:c:1' },
  placement: 'insert',
  event: '0198:41',
  time: Date.UTC(2026, 10, 22, 9, 30),
  prompt: {
    id: 'claude-code:c:1',
    agent: 'claude-code',
    conversation: 'c',
    time: Date.UTC(2026, 10, 22, 9, 29),
    text: 'Rewrite *this* [paragraph](command:evil)\nplease',
    model: 'anthropic/claude-x',
  },
};
const shown = (change: Partial<Passage> = {}) => passageText({ ...passage, ...change }, new Texts('en'));
const read = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

describe('what a hover says', () => {
  it('names kind, hand, basis and rule', () => {
    assert.match(
      read(shown()),
      /^\*\*Written by an AI agent\*\* · machine \(AI\)\n\nHow we know: Proven: .* An AI tool’s record of one edit/,
    );
  });

  it('quotes the prompt, inert, with a link to all of it', () => {
    assert.doesNotMatch(shown(), /command:evil/);
    assert.match(read(shown()), /Prompt to Claude Code, anthropic\/claude-x, /);
    assert.match(shown(), /\(command:holograph\.showPrompt\?/);
  });

  it('names the git commit, inert', () => {
    const commit = { id: '9d2f6c1be0a4475c8b1d3e5f7a9b0c2d4e6f8a1b', author: '[Eve](command:x)', authored: 0 };
    assert.match(read(shown({ commit })), /Git commit 9d2f6c1be0 by \[Eve\]\(command:x\), /);
    assert.doesNotMatch(shown({ commit }), /command:x/);
  });

  it('says of typed text that it repeats a machine’s, and to which prompt that was said', () => {
    const { prompt } = passage;
    const { prompt: _, ...rest } = passage;
    const repeating = { ...rest, origin: { kind: 'typed', basis: 'asserted', rule: 'keyboard' }, repeats: { prompt } };
    const text = read(passageText(repeating as Passage, new Texts('en')));
    assert.match(
      text,
      /^\*\*Typed.*human.*\n\n[\s\S]*Matches earlier machine text: .* They count as typed\.\n\nPrompt to Claude Code,/,
    );
  });

  it('names the event', () => assert.match(shown(), /Entry in the record&#58; `0198:41`$/));

  it('tells what moved it, beside what made it', () => {
    const text = read(shown({ placement: 'paste', placedBy: '0198:77', placedAt: Date.UTC(2026, 10, 22, 10, 0) }));
    assert.match(text, /Recorded: .*\n.*Put here by pasting: .*/);
    assert.match(text, /`0198:41`, `0198:77`/);
  });

  it('says of the unknown that it is neither', () => {
    const origin = { kind: 'unknown', basis: 'none', rule: 'none' } as const;
    assert.match(read(shown({ origin })), /neither human nor machine/);
  });

  it('has words for every kind, basis and placement in every language', () => {
    for (const language of languages)
      for (const kind of kinds)
        for (const basis of bases)
          for (const placement of placements) {
            const text = passageText(
              { ...passage, origin: { kind, basis, rule: 'x' }, placement },
              new Texts(language),
            );
            assert.doesNotMatch(text, /undefined/);
          }
  });
});
