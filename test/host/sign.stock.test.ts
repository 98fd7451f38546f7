import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { NationalKey } from '../support/nationalKey.ts';
import { NcaLayerDouble, type NcaLayerRequest } from '../support/ncaLayerDouble.ts';
import { needsOpenssl } from '../support/timeAuthority.ts';
import { cli } from './support/cli.ts';
import { busy, input, row, tellsPath, widget } from './support/dialogs.ts';
import { driven, keyboard, mouse, page, palette } from './support/driver.ts';
import { consent, folder, show, write } from './support/scene.ts';
import { said } from './support/surface.ts';
import { until } from './support/until.ts';

/** A package from the palette, and the national signature over its seal. */
describe('the national signature', function () {
  this.timeout(120_000);
  let key: NationalKey;
  let layer: NcaLayerDouble;
  let target: string;
  before(async function () {
    if (!driven) this.skip();
    needsOpenssl(this);
    key = new NationalKey();
    layer = await NcaLayerDouble.start(() => ({ status: true, body: {} }));
    process.env.HOLOGRAPH_NCALAYER_PORT = String(layer.port);
    const file = write('lamp.md', '# The lamp\n\nThe boats came in at six.\n');
    await show(file);
    await consent(file);
    target = `${folder().uri.fsPath}-${new Date().toISOString().slice(0, 10)}.zip`;
  });
  after(async () => {
    delete process.env.HOLOGRAPH_NCALAYER_PORT;
    await layer?.stop();
    key?.remove();
    if (target !== undefined) rmSync(target, { force: true });
  });

  const answer = async (words: string) => {
    await page.waitFor(`${row}:has-text("${words}")`);
    await keyboard.type(words);
    await page.waitFor(`${row}.focused:has-text("${words}")`);
    await keyboard.press('Enter');
  };
  /** Gives a path to the editor's own dialog for files to open; while it is looking it hears no Enter. */
  const opens = async (path: string) => {
    await page.waitFor(`${widget} .monaco-button:has-text("Choose")`);
    await until('the path', async () => {
      if ((await page.count(busy)) > 0 || (await page.count(row)) === 0) return false;
      if ((await page.value(input)) === path) return true;
      await keyboard.press('Control+a');
      await keyboard.insert(path);
      return false;
    });
    await keyboard.press('Enter');
  };
  const found = () => JSON.parse(cli('verify', target, '--json'));

  it('is offered with the package that was made; a window that is closed changes nothing', async () => {
    const exporting = vscode.commands.executeCommand('holograph.exportPackage');
    await answer('General');
    await answer('Make It As It Is');
    await tellsPath(target);
    await said('The evidence package is ready');
    await vscode.commands.executeCommand('notifications.showList');
    await mouse.click('.notifications-center .monaco-button:has-text("Sign with National Key")');
    await page.waitFor(`${widget}:has-text("Add to an evidence package")`);
    await page.screenshot('sign-what');
    await answer('National Signature with NCALayer');
    await said('Nothing was signed: the window of NCALayer was closed');
    // The message waits for the person.
    void exporting;
    assert.deepEqual([found().consistent, found().signatures], [true, []]);
  });

  it('is put behind the seal by the palette', async () => {
    layer.answering = ({ args }: NcaLayerRequest) => {
      const { data } = args as { data: string };
      return { status: true, body: { result: [key.sign(Buffer.from(data, 'base64')).toString('base64')] } };
    };
    void palette.run('Holograph: Sign Package with National Key…');
    await opens(target);
    await answer('National Signature with NCALayer');
    await said('Added to the package');
    const { consistent, signatures } = found();
    assert.deepEqual([consistent, signatures.map(({ iin }: Record<string, string>) => iin)], [true, ['123456789011']]);
  });
});
