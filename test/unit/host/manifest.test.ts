import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentNames } from '../../../src/agents/names.ts';
import { insertAnswer, told } from '../../../src/classify/commands.ts';
import * as ids from '../../../src/host/ids.ts';
import { hands } from '../../../src/provenance/origin.ts';

const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;
const properties: Record<string, { default: unknown; order: number }> = Object.assign(
  {},
  ...contributes.configuration.map((group: { properties: object }) => group.properties),
);
const sorted = (values: Iterable<string>) => [...values].sort();

describe('manifest and ids', () => {
  it('name the same commands', () => {
    const contributed = contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(sorted(contributed), sorted(Object.values(ids.commands)));
    for (const link of Object.values(ids.linkCommands)) assert.ok(!contributed.includes(link), link);
  });

  it('name the same participant of the chat', () => {
    assert.deepEqual(
      contributes.chatParticipants.map(({ id }: { id: string }) => id),
      [ids.chatParticipant],
    );
    assert.equal(insertAnswer, ids.linkCommands.insertAnswer);
  });

  it('group every command under one category', () => {
    for (const { command, category } of contributes.commands) assert.equal(category, 'Holograph', command);
  });

  it('name the same views, each with words for when it is empty', () => {
    const [container] = contributes.viewsContainers.activitybar;
    assert.equal(container.id, ids.viewContainer);
    const named = contributes.views[container.id].map(({ id }: { id: string }) => id);
    assert.deepEqual(named, Object.values(ids.views));
    const welcomed = new Set(contributes.viewsWelcome.map(({ view }: { view: string }) => view));
    assert.deepEqual(sorted(welcomed as Set<string>), sorted(named));
    assert.ok(existsSync(join(root, container.icon)));
  });

  it('name the same settings', () => {
    const named = Object.values(ids.settings).map(id => `${ids.settingsPrefix}.${id}`);
    assert.deepEqual(sorted(Object.keys(properties)), sorted(named));
  });

  it('name the same colours, each for all four kinds of theme', () => {
    const defined = contributes.colors.map(({ id }: { id: string }) => id);
    assert.deepEqual(sorted(defined), sorted(Object.values(ids.colors)));
    for (const { id, defaults } of contributes.colors)
      assert.deepEqual(sorted(Object.keys(defaults)), ['dark', 'highContrast', 'highContrastLight', 'light'], id);
  });

  it('offer a switch for every hand', () => {
    const setting = properties['holograph.decorations.hands'] as unknown as { properties: object; default: object };
    assert.deepEqual(Object.keys(setting.properties), [...hands]);
    assert.deepEqual(Object.keys(setting.default), [...hands]);
  });

  it('offer a switch for every AI tool whose records are followed', () => {
    const setting = properties['holograph.agents'] as unknown as { properties: object };
    assert.deepEqual(Object.keys(setting.properties), [...agentNames]);
  });

  it('read no context of ours that nobody sets', () => {
    const known = new Set<string>(Object.values(ids.contexts));
    const views = new Set<string>(Object.values(ids.views));
    const conditions = JSON.stringify([contributes.menus, contributes.keybindings, contributes.walkthroughs]);
    const read = [...conditions.matchAll(/"(?:when|onContext)[^"]*"|"onContext:[^"]*"|"when":"[^"]*"/g)].join(' ');
    for (const [key] of read.matchAll(/holograph\.\w+/g)) {
      assert.ok(known.has(key) || key === ids.reportPanel || views.has(key), key);
    }
    assert.match(read, /holograph\./);
  });

  it('call only commands that exist', () => {
    // VS Code's own, for a key that runs a command of the editor's and then tells us of it.
    const known = new Set<string>([...Object.values(ids.commands), 'runCommands']);
    const { menus, keybindings } = contributes;
    for (const { command } of [...Object.values(menus), keybindings].flat() as { command: string }[]) {
      assert.ok(known.has(command), command);
    }
    for (const nls of readdirSync(root).filter(name => name.startsWith('package.nls'))) {
      for (const [, command] of readFileSync(join(root, nls), 'utf8').matchAll(/command:([\w.]+)/g)) {
        assert.ok(known.has(command ?? ''), `${nls}: ${command}`);
      }
    }
  });

  it('tell of each accepted text by the command that ran', () => {
    const runs = contributes.keybindings.filter(({ command }: { command: string }) => command === 'runCommands');
    assert.ok(runs.length > 0);
    for (const { args, when } of runs as {
      args: { commands: [string, { command: string; args: string }] };
      when: string;
    }[]) {
      const [command, note] = args.commands;
      assert.deepEqual(note, { command: ids.keyCommands.noteAccepted, args: command });
      assert.ok(told.includes(command), command);
      assert.match(when, /^holograph\.hasJournal && /);
    }
  });

  it('point at files that are there', () => {
    const pictures = contributes.walkthroughs.flatMap((one: { icon: string; steps: { media: { svg: string } }[] }) => [
      one.icon,
      ...one.steps.map(step => step.media.svg),
    ]);
    const schemas = contributes.jsonValidation.map(({ url }: { url: string }) => url);
    const signs = [...hands, 'mixed'].map(hand => `media/gutter/${hand}.svg`);
    for (const file of [manifest.icon, ...pictures, ...schemas, ...signs])
      assert.ok(existsSync(join(root, file)), file);
  });

  it('declare no proposed API, and answer for untrusted and virtual workspaces', () => {
    assert.equal('enabledApiProposals' in manifest, false);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, false);
    assert.deepEqual(manifest.extensionKind, ['workspace']);
  });
});
