import assert from 'node:assert/strict';
import fc from 'fast-check';
import { standingOf, usLines } from '../../../../src/evidence/forms/claims.ts';
import type { Block, Form, FormField } from '../../../../src/evidence/forms/form.ts';
import { formsOf } from '../../../../src/evidence/forms/forms.ts';
import { plainText } from '../../../../src/evidence/forms/plain.ts';
import { systemFacts } from '../../../../src/evidence/forms/systems.ts';
import { Wording } from '../../../../src/evidence/forms/wording.ts';
import { reportHtml } from '../../../../src/evidence/html.ts';
import { makeReport, type Report } from '../../../../src/evidence/report.ts';
import { profiles, type WorkDescription } from '../../../../src/evidence/work.ts';
import { equalsGolden } from '../../../support/golden.ts';
import { randomStory } from '../../../support/randomStory.ts';
import { sampleStory, sampleWork } from '../../../support/sampleStory.ts';
import { Story } from '../../../support/story.ts';
import { markedWork } from './markedWork.ts';

const story = sampleStory();
const work: WorkDescription = {
  ...sampleWork,
  created: { from: '2026-11-12' },
  tools: [{ product: 'Claude Code', vendor: 'Anthropic', date: '2026-05-01' }],
  constituents: [
    { what: 'Главы', source: 'own', claim: 'own' },
    { what: 'Абзац о колодце', source: 'ai', owner: 'Claude', claim: 'none' },
  ],
  thirdParty: [{ what: 'Эпиграф', owner: 'Наследники' }],
  plan: 'Приезд, колодец, отъезд.',
};
const software = 'holograph/0.1.0';
const reportFor = (profile: Report['profile'], description = work) =>
  makeReport([story.source()], { work: description, profile });
const formsFor = (report: Report, language: 'en' | 'ru' | 'kk' = 'ru') => formsOf({ report, software }, language);
const blocksOf = (forms: readonly Form[]): Block[] => forms.flatMap(({ parts }) => parts.flatMap(part => part.blocks));
const fieldsOf = (forms: readonly Form[]): FormField[] =>
  blocksOf(forms).flatMap(block => (block.is === 'fields' ? block.fields : []));
const onlyIn = (language: string) => (form: Form) => ({
  ...form,
  parts: form.parts.filter(part => part.language === language),
});

describe('forms', () => {
  for (const profile of profiles) {
    it(`${profile}: the golden one`, () => {
      const own = formsFor(reportFor(profile)).map(onlyIn(profile === 'us' ? 'en' : 'ru'));
      const texts = own.filter(({ parts }) => parts.length > 0).map(form => `# ${form.name}\n\n${plainText(form)}`);
      equalsGolden(`forms/${profile}.txt`, texts.join('\n\n'));
    });
  }

  it('have the cover in three languages, the others in the reader’s own first and in the office’s', () => {
    const languages = (profile: Report['profile'], own: 'en' | 'ru' | 'kk') =>
      Object.fromEntries(
        formsFor(reportFor(profile), own).map(({ name, parts }) => [name, parts.map(part => part.language).join(' ')]),
      );
    assert.deepEqual(languages('kz-composite', 'en'), {
      'cover-kk': 'kk',
      'cover-ru': 'ru',
      'cover-en': 'en',
      constituents: 'en kk ru',
      declaration: 'en kk ru',
      'tool-certificate': 'en kk ru',
      checklist: 'en kk ru',
      'refusal-response': 'en kk ru',
    });
    assert.deepEqual(languages('us', 'kk'), {
      'cover-kk': 'kk',
      'cover-ru': 'ru',
      'cover-en': 'en',
      'us-application': 'en kk',
      declaration: 'kk en',
      'tool-certificate': 'kk en',
      checklist: 'kk en',
      'refusal-response': 'kk en ru',
    });
  });

  it('say the same in every language: block by block, field by field, cell by cell', () => {
    const shape = (block: Block) =>
      block.is === 'fields'
        ? block.fields.map(({ by, value }) => `${by}${value === null ? '-' : ''}`)
        : block.is === 'table'
          ? [block.head.length, ...block.rows.map(row => row.map(cell => cell === null))]
          : block.is === 'list'
            ? block.items.length
            : block.is;
    for (const profile of profiles) {
      for (const { name, parts } of formsFor(reportFor(profile))) {
        const shapes = parts.map(({ blocks }) => blocks.map(shape));
        for (const one of shapes) assert.deepEqual(one, shapes[0], `${profile} ${name}`);
      }
    }
  });

  it('leave no blank of a text unfilled', () => {
    for (const profile of profiles)
      for (const form of formsFor(reportFor(profile))) assert.doesNotMatch(plainText(form), /\{\w+[}|]/, form.name);
  });

  it('show as empty what the author did not state: nothing is filled in', () => {
    for (const profile of profiles) {
      const empty = fieldsOf(formsFor(makeReport([story.source()], { profile })));
      const stated = empty.filter(({ by, value }) => by === 'author' && value !== null);
      assert.deepEqual(stated, []);
      assert.deepEqual(
        empty.filter(({ by, value }) => by === 'person' && value !== null),
        [],
      );
      assert.ok(empty.some(({ by }) => by === 'author'));
    }
  });

  it('say for the author only what the description says', () => {
    fc.assert(
      fc.property(markedWork, fc.constantFrom(...profiles), ({ work, known }, profile) => {
        for (const { by, label, value } of fieldsOf(formsFor(reportFor(profile, work), 'en').map(onlyIn('en')))) {
          if (by !== 'author' || value === null) continue;
          const rest = known.reduce((left, one) => left.replaceAll(one, ''), value);
          assert.match(rest, /^[\s,;–()]*$/u, `${label}: ${value}`);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('draft no claim without an author, and none of a person’s parts where the record shows none', () => {
    const claims = (report: Report) =>
      fieldsOf(formsFor(report, 'en').map(onlyIn('en'))).flatMap(({ label, value }) =>
        label === 'Claim (draft)' ? [value] : [],
      );
    assert.deepEqual(claims(reportFor('kz-contribution', { ...work, authors: [] })), [null]);
    const machine = new Story('m', '2026-11-12T04:10:00Z', 'M');
    machine.session();
    machine.baseline('a.md', '');
    machine.open('a.md');
    machine.insert('a.md', 'All of it.', { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' });
    machine.save('a.md');
    for (const profile of ['kz-contribution', 'kz-program', 'us', 'generic'] as const)
      assert.deepEqual(claims(makeReport([machine.source()], { work, profile })), [null]);
  });

  it('name as created for the United States only what a person has in the text', () => {
    const english = new Wording('en');
    fc.assert(
      fc.property(randomStory, random => {
        const report = makeReport([random.source()], { profile: 'us' });
        const { created, excluded, note } = usLines(report, english);
        const { typed, machine, revised, arranged } = standingOf(report);
        // In these stories a person types digits, and no machine does.
        if (typed > 0 || revised > 0) assert.ok(report.files.some(({ text }) => /\d/.test(text)));
        assert.equal(created.includes('text'), typed > 0);
        assert.equal(excluded.length > 0, machine > 0);
        assert.equal(created.includes('revisions to AI-generated text'), revised > 0 && machine > 0);
        if (created.some(line => line.startsWith('selection'))) assert.ok(arranged > 0 && machine > 0);
        assert.doesNotMatch(created.join(), /claude|copilot/i);
        // A higher bound counts what nobody knows to be typed.
        assert.ok(note === null || note.includes(`record, ${english.n(typed)} (`), note ?? '');
        assert.doesNotMatch(note ?? '', /%[^,.]*–/);
      }),
      { numRuns: 60 },
    );
  });

  it('name an arrangement only where a person moved typed or AI-generated text', () => {
    const arrangedFrom = (moved: string) => {
      const own = new Story('m', '2026-11-12T04:10:00Z', 'M');
      own.session();
      own.baseline('a.md', '');
      own.open('a.md');
      own.insert('a.md', 'A sentence that was pasted.\n', {
        kind: 'pasted.external',
        basis: 'asserted',
        rule: 'paste',
      });
      own.insert('a.md', 'A sentence of a machine.\n', {
        kind: 'ai.completion',
        basis: 'asserted',
        rule: 'mark.commit',
      });
      own.type('a.md', 'A sentence that a person typed.\n');
      own.move('a.md', moved, '');
      own.save('a.md');
      const report = makeReport([own.source()], { work, profile: 'us' });
      assert.ok(standingOf(report).arranged > 0);
      return usLines(report, new Wording('en')).created.filter(line => line.startsWith('selection'));
    };
    assert.deepEqual(arrangedFrom('A sentence that was pasted.\n'), []);
    assert.deepEqual(arrangedFrom('A sentence of a machine.\n'), [
      'selection, coordination, and arrangement of human-authored and AI-generated text',
    ]);
  });

  it('certify to what was taken out of the record', () => {
    const { integrity, ...rest } = reportFor('generic');
    const redaction = {
      event: 'j:9',
      time: '2026-11-12T04:10:00Z',
      by: 'person',
      reason: '',
      words: 3,
      digests: 1,
    } as const;
    const takenOut = { redactions: [redaction], withheld: 2 };
    const report = { ...rest, integrity: integrity.map(one => ({ ...one, takenOut })) };
    const said = (of: Report) =>
      fieldsOf(formsFor(of, 'en').map(onlyIn('en'))).flatMap(({ label, value }) =>
        label.includes('taken out of the record') ? [value] : [],
      );
    assert.deepEqual([said(report), said(reportFor('generic'))], [['6'], []]);
  });

  it('name all AI text that the record has, though no record names its system', () => {
    const english = new Wording('en');
    let unnamed = 0;
    fc.assert(
      fc.property(randomStory, random => {
        const report = makeReport([random.source()], {});
        const { inserted, removed } = report.insertions;
        const facts = systemFacts(report, english);
        const sum = (figure: 'inserted' | 'stands') => facts.reduce((n, one) => n + one[figure], 0);
        assert.ok(sum('inserted') >= inserted && sum('stands') >= inserted - removed);
        if (facts.some(({ name }) => name === 'an AI system that no record names')) unnamed++;
      }),
      { numRuns: 60 },
    );
    assert.ok(unnamed > 0);
  });

  it('are signed by each author', () => {
    const authors = [{ name: 'Әсел' }, { name: 'Дана' }];
    const own = formsFor(reportFor('generic', { ...work, authors }), 'en').filter(({ name }) => name === 'declaration');
    const blocks = blocksOf(own);
    assert.equal(blocks.filter(({ is }) => is === 'signature').length, 2);
    assert.match(plainText(own[0]!), /Author 1: Әсел\n\nFull name: _+.*Author 2: Дана\n\nFull name: _+/s);
  });

  it('point at the sections of the report where their facts stand', () => {
    const report = reportFor('us');
    const html = reportHtml(report, { language: 'en' });
    const sections = new Map(
      [...html.matchAll(/<section id="s(\d+)" class="part part-(\w+)"/g)].map(([, n, name]) => [Number(n), name]),
    );
    const tables = blocksOf(formsFor(report, 'en').filter(({ name }) => name === 'refusal-response')).filter(
      ({ is }) => is === 'table',
    );
    const named = tables.flatMap(block =>
      block.is === 'table' ? block.rows.map(row => Number(/\d+/.exec(row[2]!)?.[0])) : [],
    );
    assert.deepEqual(
      [...new Set(named)].sort().map(n => sections.get(n)),
      ['claim', 'measures', 'composition', 'revisions'],
    );
  });

  it('count each character of the question that KDP asks once', () => {
    const [table] = blocksOf(formsFor(reportFor('generic'), 'en').filter(({ name }) => name === 'kdp')).filter(
      block => block.is === 'table',
    );
    const figures = table!.rows.map(([file, ...cells]) => [file, ...cells.map(cell => Number(cell!.replace(',', '')))]);
    const report = reportFor('generic');
    assert.deepEqual(
      figures,
      report.files.map(({ path, axes: { origin, hands } }) => [
        path,
        Object.values(origin.machine ?? {}).reduce((a, b) => a + b, 0),
        hands.machine,
        origin.machine?.human ?? 0,
        hands.outside + hands.earlier + hands.unknown,
      ]),
    );
  });
});
