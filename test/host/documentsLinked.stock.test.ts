import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { driven } from './support/driver.ts';
import { runs, typeAtEnd } from './support/faults.ts';
import { type Api, folder, pathOf, productApi, save, show, spansOrNothing } from './support/scene.ts';
import { until } from './support/until.ts';

describe('a recorded folder that is opened by a link', () => {
  let api: Api;

  before(async function () {
    if (!driven) this.skip();
    assert.ok(folder().uri.path.endsWith('/linked'));
    api = await productApi();
  });

  it('is recorded', async () => {
    const file = vscode.Uri.file(pathOf('text.md'));
    const { document } = await show(file);
    await until('its record', async () => (await spansOrNothing(api, file)) !== undefined);
    await typeAtEnd('Typed by the link.');
    await save(document);
    await until('the typed words', async () => {
      const found = await runs(api, file).catch(() => []);
      return found.at(-1) === 'typed: Typed by the link.' && found.length === 2;
    });
  });
});
