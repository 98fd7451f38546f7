import { canonicalJson } from '../journal/canonical.ts';
import { type Member, textMember } from './bag.ts';
import { text } from './html/markup.ts';
import type { Manifest, PackageLanguage } from './manifest.ts';
import { byCodeUnit } from './names.ts';
import { packageText } from './packageTexts.ts';
import type { Report } from './report.ts';

type Entity = Readonly<Record<string, unknown>>;

/** What kind of file a member is, by its name. RFC 6838. */
const types: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  md: 'text/markdown',
  ndjson: 'application/x-ndjson',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
};

/**
 * `data/ro-crate-metadata.json`, after RO-Crate 1.3 (ResearchObject/ro-crate, specification 1.3): the work as a data set,
 * who made it, with what, when, and what each file is. The AI systems are instruments of the making, never authors.
 * `payload`: the members under `data/` that it describes. The preview is the same in words, without script.
 */
export function roCrateMembers(manifest: Manifest, report: Report, payload: readonly Member[]): readonly Member[] {
  const files = payload.map(({ name }) => fileEntity(name.slice('data/'.length)));
  files.sort((a, b) => byCodeUnit(String(a['@id']), String(b['@id'])));
  const authors = manifest.work.authors.map(
    ({ name }, i): Entity => ({ '@id': `#author-${i + 1}`, '@type': 'Person', name }),
  );
  const tools = toolsOf(report).map(
    (name, i): Entity => ({ '@id': `#tool-${i + 1}`, '@type': 'SoftwareApplication', name }),
  );
  const graph: readonly Entity[] = [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      about: { '@id': './' },
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.3' },
    },
    {
      '@id': './',
      '@type': 'Dataset',
      ...(authors.length > 0 && { author: idsOf(authors) }),
      datePublished: (report.period.lastEvent ?? '1970-01-01').slice(0, 10),
      description: packageText('en', 'crate.description', { title: titleOf(manifest, 'en') }),
      hasPart: idsOf(files),
      identifier: manifest.exportId,
      inLanguage: manifest.work.languages,
      license: { '@id': '#license' },
      mentions: { '@id': '#writing' },
      name: titleOf(manifest, 'en'),
    },
    {
      '@id': '#license',
      '@type': 'CreativeWork',
      description: packageText('en', 'crate.license'),
      name: 'No licence stated',
    },
    {
      '@id': '#writing',
      '@type': 'CreateAction',
      ...(authors.length > 0 && { agent: idsOf(authors) }),
      ...(report.period.lastEvent !== null && { endTime: report.period.lastEvent }),
      instrument: [{ '@id': '#editor' }, ...idsOf(tools)],
      name: packageText('en', 'crate.writing'),
      object: { '@id': 'journal/events.ndjson' },
      result: manifest.files.map(({ member }) => ({ '@id': member.slice('data/'.length) })),
      ...(report.period.firstEvent !== null && { startTime: report.period.firstEvent }),
    },
    { '@id': '#editor', '@type': 'SoftwareApplication', name: manifest.software },
    ...authors,
    ...tools,
    ...files,
  ];
  const metadata = { '@context': 'https://w3id.org/ro/crate/1.3/context', '@graph': graph };
  return [
    textMember('data/ro-crate-metadata.json', `${canonicalJson(metadata)}\n`),
    textMember('data/ro-crate-preview.html', preview(manifest, files)),
  ];
}

function fileEntity(name: string): Entity {
  const encodingFormat = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return {
    '@id': name,
    '@type': 'File',
    encodingFormat,
    name: name.slice(name.lastIndexOf('/') + 1),
  };
}

function idsOf(entities: readonly Entity[]): readonly Entity[] {
  return entities.map(entity => ({ '@id': entity['@id'] }));
}

/** AI systems as the prompts' records name them, each once. */
function toolsOf({ prompts }: Report): readonly string[] {
  const named = prompts.map(({ agent, model }) =>
    model === null || model === undefined ? agent : `${agent} (${model})`,
  );
  return [...new Set(named)].sort(byCodeUnit);
}

function titleOf({ work: { title } }: Manifest, language: PackageLanguage): string {
  return title[language] ?? title.und ?? title.en ?? title.ru ?? title.kk ?? packageText(language, 'title.none');
}

/** A page that can be read without scripting, as the specification asks. */
function preview(manifest: Manifest, files: readonly Entity[]): string {
  const { language } = manifest;
  const rows = files.map(file => {
    const name = text(String(file['@id']));
    return `<li><a href="${name}">${name}</a></li>`;
  });
  const title = text(titleOf(manifest, language));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>${title}</title>
</head>
<body>
<h1>${title}</h1>
<p>${text(packageText(language, 'crate.description', { title: titleOf(manifest, language) }))}</p>
<p>${text(packageText(language, 'crate.files'))}</p>
<ul>
${rows.join('\n')}
</ul>
</body>
</html>
`;
}
