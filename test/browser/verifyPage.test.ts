import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { isAfterSeal, nationalMember, sheetMember } from '../../src/evidence/closing.ts';
import { exportPackage } from '../../src/evidence/package.ts';
import { reclosed } from '../../src/evidence/reclosing.ts';
import { printedMembers } from '../../src/evidence/reportMembers.ts';
import { sealMember } from '../../src/evidence/seal.ts';
import { askingFor } from '../../src/evidence/timeStamps/asking.ts';
import { noTrust } from '../../src/evidence/timeStamps/trust.ts';
import type { NotChecked, Vouched } from '../../src/evidence/verification.ts';
import { verificationText } from '../../src/evidence/verificationText.ts';
import { verifyPackage } from '../../src/evidence/verify.ts';
import { pageMember } from '../../src/evidence/verifyPageMember.ts';
import { launchBrowser } from '../rig/chromium.ts';
import { pictures, root } from '../rig/paths.ts';
import { cleanUp } from '../rig/processes.ts';
import { seriousFindings } from '../support/axe.ts';
import { behindSeal } from '../support/behindSeal.ts';
import { signerFrom } from '../support/journalByHand.ts';
import { keptStory } from '../support/keptStory.ts';
import { NationalKey } from '../support/nationalKey.ts';
import { packageHarm } from '../support/packageHarm.ts';
import { sampleWork } from '../support/sampleStory.ts';
import { Seeded } from '../support/seeded.ts';
import { needsOpenssl, TimeAuthority } from '../support/timeAuthority.ts';

const file = join(root, 'dist/verify.html');
const signer = signerFrom('author');
const profile = 'kz-contribution';
const harms = Number(process.env.HOLOGRAPH_PACKAGE_HARMS ?? 30);
const first = Number(process.env.HOLOGRAPH_SEED ?? 20_261_122);
type Language = 'en' | 'ru' | 'kk';

/** The page as a clerk opens it, by double click, on a computer without a network. */
describe('verify.html in a browser', function () {
  this.timeout(3_600_000);
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  const journal = keptStory(signer);
  const archive = exportPackage(journal.source(), { work: sampleWork, profile, language: 'en', signer }).archive;
  const signed = behindSeal(archive, signer, []);
  const printedForms = Object.keys(unzipSync(archive)).filter(name => /^data\/forms\/.*\.(docx|pdf)$/.test(name));

  before(async () => {
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'ru-RU' });
    page = await context.newPage();
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('request', request => {
      if (!/^(file|blob):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
    });
    await context.setOffline(true);
    await page.goto(pathToFileURL(file).href);
  });
  after(async () => {
    await browser?.close();
    await cleanUp();
  });
  afterEach(() => assert.deepEqual(complaints.splice(0), []));

  /** What the page says of a package: its sentence, then its lines. */
  async function told(bytes: Uint8Array, language: Language, { key = '', since = '' } = {}): Promise<string[]> {
    await page.selectOption('#language', language);
    await page.setInputFiles('#file', {
      name: 'evidence.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from(bytes),
    });
    await page.fill('#key', key);
    await page.fill('#since', since);
    await page.click('#check');
    await page.locator('#result').waitFor({ timeout: 60_000 });
    return [
      (await page.locator('#verdict').textContent()) ?? '',
      ...(await page.locator('#lines li').allTextContents()),
    ];
  }
  /** What the command says, and what a page cannot make again, where it comes to that. */
  function expected(bytes: Uint8Array, language: Language, vouched: Vouched = {}): string[] {
    const found = verifyPackage(bytes, vouched);
    const made = !found.notChecked.some(({ why }) => why === 'refused' || why === 'events' || why === 'archive');
    const own: readonly NotChecked[] = [
      ...[...printedMembers, ...printedForms].map(member => ({ member, why: 'print' }) as const),
      { member: pageMember, why: 'ownPage' },
      { member: sheetMember, why: 'print' },
    ];
    return [...verificationText({ ...found, notChecked: [...(made ? own : []), ...found.notChecked] }, language)];
  }

  for (const language of ['en', 'ru', 'kk'] as const) {
    it(`says of an untouched package what the command says (${language})`, async () => {
      assert.deepEqual(await told(archive, language), expected(archive, language));
      await page.screenshot({ path: join(pictures, `verify-${language}.png`), fullPage: true });
      // Nobody has vouched for the key: no tick.
      assert.equal(await page.locator('#verdict').getAttribute('data-sign'), '?');
      assert.deepEqual(await seriousFindings(page), []);
    });
  }

  it('knows the key and the checkpoint that somebody holds', async () => {
    const { fingerprint } = signer;
    const vouched = { key: fingerprint, since: journal.checkpoints[0]!.note };
    assert.deepEqual(await told(archive, 'en', vouched), expected(archive, 'en', vouched));
    assert.equal(await page.locator('#verdict').getAttribute('data-sign'), '✓');
  });

  it('says the same as the command of time stamps', async function () {
    needsOpenssl(this);
    const clock = new TimeAuthority('A Root');
    try {
      const { note } = journal.checkpoints.at(-1)!;
      const asking = askingFor(note, noTrust);
      const answer = clock.reply(asking.request);
      const stamp = {
        note,
        answer,
        certificates: asking.check(answer).certificates,
        recorded: () => journal.events[Number(note.split('\n')[1]) - 1],
      };
      const source = { ...journal.source(), timeStamps: [stamp] };
      const own = exportPackage(source, { work: sampleWork, profile, language: 'en', signer }).archive;
      assert.deepEqual(await told(own, 'en'), expected(own, 'en'));
    } finally {
      clock.remove();
    }
  });

  it('says the same as the command of what was made after the seal', async function () {
    needsOpenssl(this);
    const [clock, key] = [new TimeAuthority('A Root'), new NationalKey()];
    try {
      const gost = behindSeal(archive, signer, [clock]);
      assert.deepEqual(await told(gost, 'ru'), expected(gost, 'ru'));
      const seal = unzipSync(archive)[sealMember]!;
      for (const over of [seal, Buffer.from('another seal')]) {
        const rsa = reclosed(archive, [{ name: nationalMember, bytes: key.sign(over) }], signer);
        assert.deepEqual(await told(rsa, 'kk'), expected(rsa, 'kk'));
      }
    } finally {
      clock.remove();
      key.remove();
    }
  });

  it(`says the same as the command of ${harms} packages to which something was done`, async () => {
    for (let seed = first; seed < first + harms; seed++) {
      const harm = packageHarm(signed, new Seeded(seed), seed % 3 === 0 ? isAfterSeal : undefined);
      const lines = await told(harm.archive, 'en');
      assert.deepEqual(lines, expected(harm.archive, 'en'), `seed ${seed}`);
      assert.ok(!lines[0]!.startsWith('consistent'), `seed ${seed}: ${harm.what} ${harm.member}`);
      const named = harm.member === undefined || lines.some(line => line.startsWith(`${harm.member}:`));
      assert.ok(named, `seed ${seed}: ${harm.what} ${harm.member}\n${lines.join('\n')}`);
    }
  });

  it('can be stopped, and says what it lacks', async () => {
    await page.reload();
    await page.selectOption('#language', 'en');
    await page.click('#check');
    assert.equal((await page.locator('#state').textContent()) ?? '', 'First choose a package.');
    await page.setInputFiles('#file', { name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from(archive) });
    await page.fill('#key', '12');
    await page.click('#check');
    assert.match((await page.locator('#state').textContent()) ?? '', /64 digits/);
  });
});
