import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Disposable, liveStores } from '../../src/host/lifecycle.ts';
import { openLog } from '../../src/host/log.ts';
import { Settings } from '../../src/host/settings.ts';
import { Texts } from '../../src/host/texts.ts';
import { Consent } from '../../src/ui/consent.ts';
import { Decorations } from '../../src/ui/decorations.ts';
import { PassageHover } from '../../src/ui/hover.ts';
import { Problems } from '../../src/ui/problems.ts';
import { PromptForm } from '../../src/ui/promptForm.ts';
import { StatusBar } from '../../src/ui/statusBar.ts';
import type { Surface } from '../../src/ui/surface.ts';
import { Works } from '../../src/ui/works.ts';
import { CountingLine } from './support/countingLine.ts';
import { show, write } from './support/scene.ts';

/** Every part of the surface gives back what it took, whatever it was doing. */
describe('the surface, when it ends', () => {
  const line = new CountingLine();
  const kept = new Map<string, unknown>();
  const memento: vscode.Memento = {
    keys: () => [...kept.keys()],
    get: <T>(key: string, otherwise?: T) => (kept.get(key) ?? otherwise) as T,
    update: async (key, value) => void kept.set(key, value),
  };
  let surface: Surface;
  const owned: Disposable[] = [];

  before(async () => {
    const log = openLog();
    const settings = new Settings();
    owned.push(log, settings);
    const place = vscode.Uri.file('/');
    const texts = new Texts('en');
    surface = {
      line,
      works: new Works({ line, texts, log }),
      texts,
      settings,
      log,
      extension: place,
      scratch: place,
      kept: { workspace: memento, person: memento },
    };
    await show(write('text.md', 'a text\n'));
  });

  after(() => {
    for (const one of owned) one.dispose();
  });

  const parts: [name: string, open: () => Disposable | Promise<Disposable>][] = [
    ['status bar', () => new StatusBar(surface)],
    ['problems', () => new Problems(surface)],
    ['consent', () => new Consent(surface)],
    ['prompt form', () => new PromptForm(surface)],
    ['hover', () => new PassageHover(surface, { on: false } as Decorations)],
    ['decorations, off', () => new Decorations(surface)],
    [
      'decorations, on',
      async () => {
        const decorations = new Decorations(surface);
        await decorations.toggle();
        assert.ok(decorations.on && line.listeners > 0);
        return decorations;
      },
    ],
    [
      'decorations, switched on and off and on',
      async () => {
        const decorations = new Decorations(surface);
        for (let i = 0; i < 3; i++) await decorations.toggle();
        return decorations;
      },
    ],
  ];
  for (const [name, open] of parts) {
    it(name, async () => {
      kept.clear();
      const before = [liveStores(), line.listeners];
      const part = await open();
      part.dispose();
      part.dispose();
      assert.deepEqual([liveStores(), line.listeners], before);
    });
  }
});
