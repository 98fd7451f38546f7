import { readableFingerprint } from '../journal/keys.ts';
import { type Member, textMember } from './bag.ts';
import { text } from './html/markup.ts';
import { fileNameOf, type Manifest, type PackageLanguage } from './manifest.ts';
import { type Moment, stamp } from './moment.ts';
import { type PackageText, packageText } from './packageTexts.ts';
import { recordedBeside } from './works.ts';

/**
 * `README-FIRST.html`: what the package is, what to open and how to check it, in all three languages,
 * the package's own first. Plain: no script, nothing from elsewhere, readable in any browser. `payload`: the members under
 * `data/`: it tells of those that are there.
 */
export function readmeMember(
  manifest: Manifest,
  moment: Moment,
  { payload, timeStamps }: { readonly payload: readonly Member[]; readonly timeStamps: readonly Member[] },
): Member {
  const own = manifest.language;
  const languages = [own, ...(['kk', 'ru', 'en'] as const).filter(language => language !== own)];
  const links = languages.map(l => `<a href="#${l}" lang="${l}">${packageText(l, 'language')}</a>`).join(' · ');
  const entries = contentsOf(payload);
  const parts = languages
    .map(language => part(new Writing(language, manifest), moment, { entries, timeStamps }))
    .join('\n');
  return textMember(
    'README-FIRST.html',
    `<!doctype html>
<html lang="${own}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${packageText(own, 'readme.title')} ${manifest.exportId}</title>
<style>${style}</style>
</head>
<body>
<nav>${links}</nav>
${parts}
</body>
</html>
`,
  );
}

const style = `
:root{color-scheme:light dark}
body{font:1.05rem/1.55 Georgia,"Times New Roman",serif;max-width:46rem;margin:2rem auto;padding:0 1.5rem}
nav{text-align:right;font-size:.95rem}
section{border-top:1px solid;margin-top:1.5rem;padding-top:.5rem}
h1{font-size:1.6rem;margin:.6rem 0}
h2{font-size:1.15rem;margin:1.6rem 0 .4rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.2rem;margin:.4rem 0}
dd{margin:0;overflow-wrap:anywhere}
ul{padding-left:1.3rem;margin:.4rem 0}
code,pre{font:.9rem/1.5 Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{white-space:pre-wrap;border-left:3px solid;padding-left:.8rem;margin:.5rem 0}
@media(max-width:34rem){dl{display:block}dd{margin:0 0 .5rem}}
@media print{nav{display:none}section{break-before:page;border:0}section:first-of-type{break-before:auto}}
`;

class Writing {
  readonly language: PackageLanguage;
  readonly manifest: Manifest;

  constructor(language: PackageLanguage, manifest: Manifest) {
    this.language = language;
    this.manifest = manifest;
  }

  t(key: PackageText, args?: Readonly<Record<string, string>>): string {
    return text(packageText(this.language, key, args));
  }

  /** In this language, else as the author gave it. */
  get title(): string {
    const { title } = this.manifest.work;
    const given = title[this.language] ?? title.und ?? title.kk ?? title.ru ?? title.en;
    return given ?? packageText(this.language, 'title.none');
  }
}

function part(
  w: Writing,
  moment: Moment,
  { entries, timeStamps }: { readonly entries: readonly Entry[]; readonly timeStamps: readonly Member[] },
): string {
  const { manifest } = w;
  const others = recordedBeside(manifest.leftOut);
  return `<section id="${w.language}" lang="${w.language}">
<h1>${w.t('readme.title')}</h1>
<p>${w.t('readme.what', { title: w.title })}</p>
<p><strong>${w.t('readme.unpack')}</strong></p>
<p>${w.t('readme.keep')}</p>
<h2>${w.t('readme.open')}</h2>
<ul>
${entries.map(([name, key]) => `<li><a href="${name}">${name}</a>: ${w.t(key)}</li>`).join('\n')}
</ul>
<p>${w.t('readme.whole')}</p>${others.length === 0 ? '' : `\n<p><strong>${w.t('readme.alsoRecorded', { files: others.join(', ') })}</strong></p>`}${manifest.takenOut === undefined ? '' : `\n<p><strong>${w.t('readme.takenOut')}</strong></p>`}
<h2>${w.t('readme.check')}</h2>
<p>${w.t('readme.checkAll')}</p>
<pre>holograph verify ${fileNameOf(manifest)} --key &quot;FINGERPRINT&quot;</pre>
<p>${w.t('readme.checkKey')} <code>${readableFingerprint(manifest.key)}</code></p>
<p>${w.t('readme.checkFile')}</p>
<pre>certutil -hashfile data\\report\\report.html SHA256</pre>
<p>${w.t('readme.checkFiles')}</p>
<pre>sha256sum -c manifest-sha256.txt
shasum -a 256 -c manifest-sha256.txt</pre>${clocksPart(w, timeStamps)}
<h2>${w.t('readme.shows')}</h2>
<p>${w.t('readme.showsYes')}</p>
<h2>${w.t('readme.showsNo')}</h2>
<ul>
<li>${w.t('readme.showsNoKey')}</li>
<li>${w.t('readme.showsNoLater')}</li>
<li>${w.t('readme.showsNoMind')}</li>
<li>${w.t('readme.showsNoLaw')}</li>
</ul>
<h2>${w.t('readme.facts')}</h2>
<dl>
${factsOf(w, moment)
  .map(([key, value]) => `<dt>${w.t(key)}</dt><dd>${value}</dd>`)
  .join('\n')}
</dl>
</section>`;
}

/** How to check the outside clocks' word, by the first as an example. */
function clocksPart(w: Writing, timeStamps: readonly Member[]): string {
  const first = timeStamps[0]?.name.replace(/\.tsr$/, '');
  if (first === undefined) return '';
  const checkpoint = first.replace('timestamps', 'checkpoints').replace(/-\d+$/, '.txt');
  return `
<p>${w.t('readme.timeStamps')}</p>
<pre>openssl ts -verify -data ${checkpoint} -in ${first}.tsr -CAfile ${first}.pem</pre>
<p>${w.t('readme.timeStampRoot')}</p>`;
}

type Entry = readonly [name: string, key: PackageText];

/** What there is to open, in this order. What stands beside `data/` is always there. */
function contentsOf(payload: readonly Member[]): readonly Entry[] {
  const names = payload.map(({ name }) => name);
  return contents.filter(
    ([name]) =>
      !name.startsWith('data/') || names.some(one => (name.endsWith('/') ? one.startsWith(name) : one === name)),
  );
}

const contents: readonly Entry[] = [
  ['data/report/report.html', 'readme.report'],
  ['data/report/report.pdf', 'readme.pdf'],
  ['data/report/work-marked.html', 'readme.marked'],
  ['data/report/work-marked.pdf', 'readme.markedPdf'],
  ['data/forms/', 'readme.forms'],
  ['data/work/', 'readme.work'],
  ['data/versions/index.csv', 'readme.versions'],
  ['data/prompts/index.csv', 'readme.prompts'],
  ['data/outputs/index.csv', 'readme.outputs'],
  ['data/exhibits/index.csv', 'readme.exhibits'],
  ['data/spans/spans.jsonl', 'readme.spans'],
  ['data/journal/events.ndjson', 'readme.journal'],
  ['data/journal/redactions.csv', 'readme.redactions'],
  ['data/review/review.csv', 'readme.review'],
  ['data/labels/labels.csv', 'readme.labels'],
  ['data/restrictions/history.csv', 'readme.restrictions'],
  ['data/notices/dispatch.csv', 'readme.notices'],
  ['data/custody.csv', 'readme.custody'],
  ['data/manifest.json', 'readme.manifest'],
  ['data/ro-crate-metadata.json', 'readme.crate'],
  ['data/schema/', 'readme.schema'],
  ['verify/verify.html', 'readme.page'],
  ['verify/VERIFY.txt', 'readme.guide'],
  ['verify/verify.py', 'readme.script'],
  ['seal/', 'readme.seal'],
  ['SEAL-SHEET.pdf', 'readme.sheet'],
];

function factsOf(w: Writing, moment: Moment): readonly (readonly [PackageText, string])[] {
  const { work, exportId, journals, key, software } = w.manifest;
  const [journal] = journals;
  return [
    ['fact.title', text(w.title)],
    ['fact.authors', work.authors.length === 0 ? w.t('authors.none') : text(work.authors.map(a => a.name).join(', '))],
    ['fact.exportId', exportId],
    ['fact.until', stamp(moment)],
    ['fact.journal', text(journal?.journal ?? '')],
    ['fact.size', String(journal?.size ?? 0)],
    ['fact.root', journal?.root ?? ''],
    ['fact.key', readableFingerprint(key)],
    ['fact.software', text(software)],
  ];
}
