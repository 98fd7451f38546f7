import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelOf } from '../../../src/rights/label.ts';
import { labelFormOf, writerOf } from '../../../src/rights/labelForm.ts';
import { headerForm } from '../../../src/rights/reservationHeader.ts';
import { ChangeSet } from '../../../src/text/change.ts';

const facts = { machine: 1, human: 1, open: 0, passages: 1, machinePassages: 1, unnamed: 0, tools: [] };
const labelling = { level: 'parts', facts, authors: ['A'], reviewed: false, wording: 'kz', language: 'ru' } as const;

/** What either does to a text; undefined: it cannot be put there. */
type Act = (path: string, text: string) => string | undefined;

const label: Act = (path, text) => {
  const made = labelOf({ file: path, ...labelling, date: 'd', record: 'j:1', china: false });
  return ChangeSet.of(text.length, writerOf(labelFormOf(path, text)).put(text, made, path)).apply(text);
};
const unlabel: Act = (path, text) =>
  ChangeSet.of(text.length, writerOf(labelFormOf(path, text)).take(text, path)).apply(text);
const reserve: Act = (path, text) => {
  const put = headerForm.put(text, { path, eol: '\n', authors: ['A'], languages: ['en'] });
  return 'changes' in put ? ChangeSet.of(text.length, put.changes).apply(text) : undefined;
};
const release: Act = (path, text) => ChangeSet.of(text.length, headerForm.take(text, path)).apply(text);

// biome-ignore format: a list
const pieces = [
  '#!/bin/sh\n', '---\n', '+++\n', 'title: x\n', '<!doctype html>\n', '<?xml version="1.0"?>\n', '<?php\n',
  '<html>\n<head>\n', '</head>', '<body>', '</body>', '\\end{document}\n', '# coding: utf-8\n', '\n', 'Fog.', 'x\n',
  '% !TEX root\n',
];
// biome-ignore format: a list
const path = fc.constantFrom(
  'a.md', 'a.mdx', 'a.html', 'a.txt', 'a.tex', 'a.py', 'a.ts', 'a.css', 'a.xml', 'a.php', 'a.fountain', 'run',
);
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map(all => all.join(''));

describe('a label and a reservation in one file', () => {
  const whole = (text: string) => text;
  // Each made room for itself beside the other: of a text of next to nothing, a line end may come or go with one of them.
  const butLineEnds = (text: string) => text.replace(/\n+/g, '\n').trim();
  const orders: readonly (readonly [string, readonly Act[], (text: string) => string])[] = [
    ['to the letter, the label first', [reserve, label, unlabel, release], whole],
    ['to the letter, the reservation first', [label, reserve, release, unlabel], whole],
    ['but for line ends, the label first though it came first', [label, reserve, unlabel, release], butLineEnds],
    ['but for line ends, the reservation first though it came first', [reserve, label, release, unlabel], butLineEnds],
  ];
  for (const [order, acts, seen] of orders) {
    it(`are taken out ${order}`, () => {
      let both = 0;
      fc.assert(
        fc.property(path, texts, (path, text) => {
          let now: string | undefined = text;
          for (const act of acts) {
            now = act(path, now);
            // Such a file takes no comment there.
            if (now === undefined) return;
          }
          both++;
          assert.equal(seen(now), seen(text));
        }),
        { numRuns: Number(process.env.LABEL_RUNS ?? 300) },
      );
      assert.ok(both > 100, `${both} files took both`);
    });
  }
});
