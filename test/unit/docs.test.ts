import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { commands } from '../../src/cli/run.ts';

const root = join(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'src/README.md',
  'src/journal/README.md',
  'src/evidence/README.md',
  'test/README.md',
  'test/bench/README.md',
];
const read = (page: string) => readFileSync(join(root, page), 'utf8');
const readme = read('README.md');
const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

/** Where links and pictures lead, addresses elsewhere aside. */
function targets(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]!).filter(target => !/^\w+:/.test(target));
}

describe('the pages', () => {
  for (const page of pages) {
    it(`${page} links to what is there`, () => {
      const missing = targets(read(page)).filter(target => {
        const file = target.replace(/#.*/, '');
        return file !== '' && !existsSync(join(root, dirname(page), file));
      });
      assert.deepEqual(missing, []);
    });

    it(`${page} names files that are there`, () => {
      const named = [...read(page).matchAll(/`((?:src|test|media|out|dist)\/[\w./-]+)`/g)].map(match => match[1]!);
      // Made, not kept.
      const kept = named.filter(path => !/^(out|dist)\//.test(path));
      assert.deepEqual(
        kept.filter(path => !existsSync(join(root, path))),
        [],
      );
    });
  }

  it('are reached from the first one', () => {
    const linked = targets(readme).map(target => target.replace(/\/$/, '/README.md'));
    assert.deepEqual(
      pages.slice(1).filter(page => !linked.includes(page)),
      [],
    );
  });
});

describe('README.md', () => {
  const { contributes, scripts } = manifest;

  it('names every command and setting of the manifest, and no other', () => {
    const named = [...readme.matchAll(/`(holograph\.[\w.]+)`/g)].map(match => match[1]!);
    const settings = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    const files = ['holograph.json'];
    const ids = [...contributes.commands.map(({ command }) => command), ...settings, ...files];
    assert.deepEqual(sorted(named), sorted(ids));
  });

  it('names every command of the command line, and no other', () => {
    const named = [...readme.matchAll(/^\$ holograph (\w+)/gm)].map(match => match[1]!);
    assert.deepEqual(sorted(named), sorted(commands.map(({ name }) => name)));
  });

  it('names options that its commands have', () => {
    const shared = ['json', 'folder', 'language', 'help'];
    for (const [, name, rest] of readme.matchAll(/^\$ holograph (\w+)(.*)$/gm)) {
      const known = [...shared, ...Object.keys(commands.find(one => one.name === name)?.options ?? {})];
      for (const [, option] of rest!.matchAll(/--([\w-]+)/g)) assert.ok(known.includes(option!), `${name} --${option}`);
    }
  });

  it('names scripts that package.json has', () => {
    const named = [...readme.matchAll(/\bnpm run ([\w:]+)/g)].map(match => match[1]!);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter(name => !(name in scripts)),
      [],
    );
  });

  it('says what the manifest says: version, editor, licence', () => {
    assert.ok(readme.includes(`out/${manifest.name}-${manifest.version}.vsix`));
    assert.ok(readme.includes(`VS Code ${/\d+\.\d+/.exec(manifest.engines.vscode)![0]}`));
    assert.ok(read('LICENSE').startsWith(`${manifest.license} License`));
  });

  it('has pictures that are quick to load', () => {
    const shown = targets(readme).filter(target => target.startsWith('media/pictures/'));
    assert.ok(shown.length >= 3);
    for (const picture of shown) assert.ok(statSync(join(root, picture)).size < 150_000, picture);
  });
});
