import type { Texts } from '../../host/texts.ts';

/** Where the page's own files are to be had, and from where the page may take anything at all. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
  readonly source: string;
}

/** The page to describe the work; its script draws the fields that it is sent. No network, and no code but its own. */
export function pageHtml({ t, language }: Pick<Texts, 't' | 'language'>, { script, style, source }: PageFiles): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; script-src ${source}; form-action 'none'; base-uri 'none'">
<title>${escaped(t('describe.title'))}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<main id="page">
<h1>${escaped(t('describe.title'))}</h1>
<p>${escaped(t('describe.about'))}</p>
<div id="told" role="status"></div>
<div id="form"></div>
</main>
<script src="${escaped(script)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
