import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTextKey } from '../../../src/host/texts.ts';
import { rules } from './rules.ts';
import { allSources } from './sources.ts';

type Bundle = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '../../..');
const read = (file: string): Bundle => JSON.parse(readFileSync(join(root, file), 'utf8'));
const families: Readonly<Record<string, readonly Bundle[]>> = {
  'run-time texts': ['en', 'ru', 'kk'].map(language => read(`media/l10n/ui.${language}.json`)),
  'names of the work’s fields': ['en', 'ru', 'kk'].map(language => read(`media/l10n/work.${language}.json`)),
  'manifest texts': ['', '.ru', '.kk'].map(language => read(`package.nls${language}.json`)),
};
const names = ['English', 'Russian', 'Kazakh'];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
const commandLinks = (text: string) => [...text.matchAll(/\(command:[\w.]+\)/g)].map(([link]) => link);

for (const [family, [english = {}, ...others]] of Object.entries(families)) {
  describe(family, () => {
    others.forEach((bundle, rank) => {
      const name = names[rank + 1];

      it(`are complete in ${name}`, () => assert.deepEqual(Object.keys(bundle), Object.keys(english)));

      it(`keep placeholders and links in ${name}`, () => {
        for (const [key, text] of Object.entries(bundle)) {
          assert.deepEqual(placeholders(text), placeholders(english[key] ?? ''), key);
          assert.deepEqual(commandLinks(text), commandLinks(english[key] ?? ''), key);
        }
      });

      it(`are translated to ${name}, not left in English`, () => {
        const own = /[а-яёәғқңөұүһі]/i;
        for (const [key, text] of Object.entries(bundle)) {
          assert.ok(own.test(text) || !/[a-z]{3}/i.test(text.replace(/\{\w+\}/g, '')), `${key}: ${text}`);
        }
      });
    });

    it('are trimmed and not empty', () => {
      for (const bundle of [english, ...others])
        for (const [key, text] of Object.entries(bundle)) assert.ok(text !== '' && text === text.trim(), key);
    });
  });
}

describe('run-time texts', () => {
  const sources = allSources().join('\n');
  const [english = {}] = families['run-time texts'] ?? [];

  it('are each used', () => {
    // Keys put together at run time: kind.typed, problem.full, profile.us.detail …
    const families = new Set([...sources.matchAll(/`(\w+)\.\$\{/g)].map(([, family]) => family ?? ''));
    const unused = Object.keys(english).filter(
      key => !sources.includes(`'${key}'`) && !families.has(key.split('.')[0] ?? ''),
    );
    assert.deepEqual(unused, []);
  });

  it('explain every rule that a finding can name', () => {
    const missing = rules().filter(rule => !isTextKey(`rule.${rule}`));
    assert.deepEqual(missing, []);
  });
});

describe('manifest', () => {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const named = [...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');

  it('names texts that exist, and all of them', () => {
    assert.deepEqual([...new Set(named)].sort(), Object.keys(families['manifest texts']?.[0] ?? {}).sort());
  });

  it('has no text outside the bundles', () => {
    for (const [, text] of manifest.matchAll(/"(?:title|description|markdownDescription|altText)": "([^"]*)"/g))
      assert.match(text ?? '', /^(%[\w.]+%|Holograph)$/);
  });
});
