import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RestrictionForm } from '../../../src/journal/rightsEvent.ts';
import { type Reserved, type Reserving, reservationForms } from '../../../src/rights/reservation.ts';
import { trainingAgents } from '../../../src/rights/reservationRobots.ts';
import { type Change, ChangeSet } from '../../../src/text/change.ts';

const of = (path: string, more: Partial<Reserving> = {}): Reserving => ({
  path,
  authors: ['Aisha'],
  languages: ['kk', 'ru', 'en'],
  eol: '\n',
  ...more,
});
const put = (form: RestrictionForm, text: string | undefined, reserving: Reserving) =>
  reservationForms[form].put(text, reserving);
const changed = (text: string, changes: readonly Change[]) => ChangeSet.of(text.length, changes).apply(text);
const changesOf = (reserved: Reserved) =>
  'changes' in reserved ? reserved.changes : assert.fail(JSON.stringify(reserved));
const reserved = (form: RestrictionForm, text: string | undefined, reserving: Reserving) =>
  changed(text ?? '', changesOf(put(form, text, reserving)));
const without = (form: RestrictionForm, text: string, path: string) =>
  changed(text, reservationForms[form].take(text, path));

/** In English alone and of nobody: `|` stands for our comment. */
function headed(path: string, text: string): string {
  const reserved = put('header', text, of(path, { languages: ['en'], authors: [] }));
  return 'changes' in reserved
    ? changed(text, reserved.changes).replace(reserved.stands, '|')
    : `${'cannot' in reserved && reserved.cannot}`;
}

describe('a reservation at the head of a file', () => {
  it('is one comment, with the words of machines and people', () => {
    const { stands } = put('header', 'x = 1\n', of('a.py')) as { stands: string };
    assert.equal(
      stands,
      `# [holograph:reservation]
# SPDX-FileCopyrightText: Aisha
# AI-Training: notAllowed
# AI-Generative-Training: notAllowed
# Data-Mining: notAllowed
# TDM-Reservation: 1
# Туындыны жасанды интеллект модельдерін оқыту үшін пайдалануға автор тыйым салады.
# Использование произведения для обучения моделей искусственного интеллекта запрещено автором.
# Use of this work for training artificial-intelligence models is prohibited by the author.
# [/holograph:reservation]`,
    );
  });

  const pictures: readonly (readonly [path: string, text: string, with_: string])[] = [
    ['a.ts', 'let a;\n', '|\n\nlet a;\n'],
    ['a.ts', '', '|\n'],
    [
      'a.py',
      '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nx\n',
      '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n|\n\nx\n',
    ],
    ['a.sh', '#!/bin/sh', '#!/bin/sh\n|'],
    ['a.md', '---\ntitle: A\n---\n# A\n', '---\ntitle: A\n---\n|\n\n# A\n'],
    ['a.md', '---\na: 1\n---\n\nB\n', '---\na: 1\n---\n\n|\n\nB\n'],
    ['a.md', '---\nno end\n', '|\n\n---\nno end\n'],
    ['a.html', '<!DOCTYPE html>\n<html>', '<!DOCTYPE html>\n|\n\n<html>'],
    ['a.xml', '<?xml version="1.0"?><r/>', '<?xml version="1.0"?>|<r/>'],
    ['a.css', '@charset "utf-8";\nb{}', '@charset "utf-8";\n|\n\nb{}'],
    ['Dockerfile', '# syntax=docker/dockerfile:1\nFROM a\n', '# syntax=docker/dockerfile:1\n|\n\nFROM a\n'],
    ['a.php', '<?php\necho 1;\n', '<?php\n|\n\necho 1;\n'],
    ['a.php', '<b><?php echo 1 ?></b>', 'noPlace'],
    ['a.fountain', 'Title: A\nAuthor: B\n\nINT. HOUSE\n', 'Title: A\nAuthor: B\n\n|\n\nINT. HOUSE\n'],
    ['a.json', '{}', 'noPlace'],
    ['a.docx', 'x', 'noPlace'],
    ['a.txt', 'One.\n', '|\n\nOne.\n'],
    ['a.ts', '// AI-Training: allowed\nlet a;\n', 'contrary'],
  ];
  for (const [path, text, with_] of pictures)
    it(`${path}: ${JSON.stringify(text)}`, () => assert.equal(headed(path, text), with_));

  it('names nobody whose name would end the comment, and no second owner', () => {
    assert.doesNotMatch(reserved('header', '', of('a.html', { authors: ['A -- B'] })), /SPDX/);
    assert.doesNotMatch(reserved('header', '// SPDX-FileCopyrightText: B\n', of('a.ts')), /Aisha/);
  });

  it('is changed where it stands, and once lines were put into it is nobody’s', () => {
    const first = reserved('header', '#!/bin/sh\nls\n', of('a.sh'));
    const second = reserved('header', first, of('a.sh', { policy: 'https://a.example/terms' }));
    assert.match(second, /^#!\/bin\/sh\n# \[holo[\s\S]*# TDM-Policy: https:\/\/a\.example\/terms\n[\s\S]*\n\nls\n$/);
    const mixed = first.replace('# TDM', 'rm -r x\n# TDM');
    assert.equal(without('header', mixed, 'a.sh'), mixed);
  });
});

describe('a reservation in a page’s head', () => {
  const page = '<html>\n  <head>\n    <title>A</title>\n  </head></html>';
  it('stands first', () =>
    assert.equal(
      reserved('meta', page, of('a.html')),
      '<html>\n  <head>\n    <meta name="tdm-reservation" content="1" data-holograph="reservation">\n    <title>A</title>\n  </head></html>',
    ));
  it('is not put beside another’s', () => {
    const of0 = (content: string) => page.replace('<title>', `<meta content='${content}' name=tdm-reservation><title>`);
    assert.deepEqual(put('meta', of0('0'), of('a.html')), { cannot: 'contrary', detail: 'tdm-reservation: 0' });
    assert.deepEqual(put('meta', of0('1'), of('a.html')), { already: true });
  });
  it('has no place without a head', () =>
    assert.deepEqual(put('meta', '<!-- <head> --><p>', of('a.html')), { cannot: 'noPlace', detail: '<head>' }));
});

describe('a reservation for a site', () => {
  it('tdmrep.json: our rule among others', () => {
    const own = '{"location":"/","tdm-reservation":1}';
    assert.equal(reserved('tdmrep', undefined, of('')), `[\n  ${own}\n]\n`);
    const rule = '{ "location": "/a", "tdm-reservation": 1 }';
    assert.equal(reserved('tdmrep', `[\n  ${rule}\n]`, of('')), `[\n  ${rule},\n  ${own}\n]`);
    assert.deepEqual(put('tdmrep', '[{"location":"/","tdm-reservation":0}]', of('')), {
      cannot: 'contrary',
      detail: '{"location":"/","tdm-reservation":0}',
    });
    assert.deepEqual(put('tdmrep', '{"location":"/","tdm-reservation":0}', of('')), {
      cannot: 'foreign',
      detail: 'tdmrep.json',
    });
  });

  it('robots.txt: keeps out no one but those who gather to train', () => {
    const text = reserved('robots', 'User-agent: *\nCrawl-delay: 10\n', of('', { site: 'https://a.example/' }));
    // Some parsers join agents until a rule ends them: those before ours must end with a rule that forbids nothing.
    const groups = text.split(/\n(?=Disallow)/);
    assert.match(
      groups[0]!,
      /Crawl-delay: 10\n\n# \[holograph:reservation\]\nUser-agent: \*\nContent-Usage: \/ train-ai=n$/,
    );
    assert.match(groups[1]!, /^Disallow:\n\nUser-agent: GPTBot\n/);
    assert.equal(groups[1]!.match(/User-agent/g)?.length, trainingAgents.length);
    assert.equal(groups[2], 'Disallow: /\n\nLicense: https://a.example/license.xml\n# [/holograph:reservation]\n');
  });

  for (const line of ['Content-Usage: / train-ai=y', 'Allow: /', 'Disallow:'])
    it(`robots.txt: is told of ${line}`, () =>
      assert.deepEqual(put('robots', `User-agent: Other\nUser-agent: gptbot\n${line}\n`, of('')), {
        cannot: 'contrary',
        detail: line,
      }));

  it('license.xml: with a line of somebody else’s in it, it is neither written over nor taken away', () => {
    const form = reservationForms.rsl;
    const made = form.put(undefined, { path: 'license.xml', authors: [], languages: [], eol: '\n' });
    assert.ok('changes' in made);
    const text = `${made.stands}\n`.replace('    <license>', '    <copyright>A.</copyright>\n    <license>');
    assert.deepEqual([form.take(text, 'license.xml'), form.standing(text, 'license.xml')], [[], undefined]);
    assert.deepEqual(form.put(text, { path: 'license.xml', authors: [], languages: [], eol: '\n' }), { already: true });
  });

  it('license.xml: ours, or none', () => {
    assert.match(reserved('rsl', undefined, of('')), /<prohibits type="usage">ai-train<\/prohibits>/);
    const other = (what: string) => `<rsl><content url="/"><license>${what}</license></content></rsl>`;
    const of1 = (what: string) => put('rsl', other(what), of(''));
    assert.deepEqual(of1('<permits type="usage">ai-train</permits>'), {
      cannot: 'contrary',
      detail: '<permits type="usage">ai-train</permits>',
    });
    assert.equal('already' in of1('<prohibits type="usage">ai-all</prohibits>'), true);
    assert.deepEqual(of1('<legal/>'), { cannot: 'foreign', detail: 'license.xml' });
  });
});

const ends = fc.constantFrom('\n', '\r\n');
const line = fc.constantFrom(
  '',
  'x = 1',
  '# c',
  '// c',
  '<b>',
  '---',
  'Title: A',
  '  ',
  '%!TEX',
  '[holograph:reservation]',
  '<head>',
);
const text = fc
  .tuple(
    fc.constantFrom(
      '',
      '#!/bin/sh\n',
      '<?xml version="1.0"?>',
      '<!doctype html>\r\n',
      '---\na: 1\n---\n',
      '<?php\n',
      '<head>\n  ',
    ),
    fc.array(fc.tuple(line, ends), { maxLength: 6 }),
    line,
  )
  .map(([first, lines, last]) => `${first}${lines.map(pair => pair.join('')).join('')}${last}`);
const paths = fc.constantFrom(
  'a.ts',
  'a.py',
  'a.md',
  'a.html',
  'a.xml',
  'a.css',
  'a.php',
  'a.tex',
  'a.sql',
  'a.fountain',
  'a.txt',
);
const rules = fc
  .array(fc.record({ location: fc.constantFrom('/a', '/b*'), 'tdm-reservation': fc.constant(1) }), { maxLength: 3 })
  .chain(list => fc.constantFrom(0, 1, 2, '\t').map(space => `${JSON.stringify(list, null, space)}\n`));
const cases = fc.oneof(
  fc.tuple(
    fc.constantFrom('header', 'meta', 'robots', 'notice', 'rsl') satisfies fc.Arbitrary<RestrictionForm>,
    paths,
    text,
  ),
  fc.tuple(fc.constant('tdmrep' as const), fc.constant(''), rules),
);
const said = fc.record({ policy: fc.option(fc.constant('https://a.example/"t"'), { nil: undefined }), eol: ends });

describe('laws of reservations', () => {
  it('what is put in and taken out leaves every file as it was, and twice is once', () => {
    fc.assert(
      fc.property(cases, said, said, ([form, path, before], first, second) => {
        const own = reservationForms[form];
        const once = own.put(before, of(path, first));
        if (!('changes' in once)) return;
        const text = changed(before, once.changes);
        assert.equal(own.standing(text, path), once.stands);
        assert.equal(without(form, text, path), before);
        assert.deepEqual(own.put(text, of(path, first)), { changes: [], stands: once.stands });
        assert.equal(without(form, changed(text, changesOf(own.put(text, of(path, second)))), path), before);
      }),
      { numRuns: 1500, seed: 6 },
    );
  });

  for (const form of ['header', 'robots', 'notice', 'rsl', 'tdmrep'] as const)
    it(`${form}: a file that was not there is empty again`, () => {
      const path = form === 'header' ? 'a.md' : '';
      assert.equal(without(form, reserved(form, undefined, of(path)), path), '');
    });
});
