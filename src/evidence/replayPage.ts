import { hands } from '../provenance/origin.ts';
import { cspHash, replayScript, replayStyle } from './html/assets.ts';
import { handClass } from './html/lines.ts';
import { text } from './html/markup.ts';
import { replayData, replayPlace } from './html/replay.ts';
import { type ReportLanguage, Words } from './html/words.ts';
import type { Report } from './report.ts';

/**
 * The replay of a report's files as one page that needs nothing else: no network, and no script but the report's own.
 * A pure function of its arguments.
 */
export function replayPage(report: Report, { language }: { readonly language: ReportLanguage }): string {
  const words = new Words(language);
  const [styles, code] = [replayStyle(), replayScript()];
  const title = words.t('replay.title');
  const names = report.files.map(({ path }) => `<bdi>${text(path)}</bdi>`).join(', ');
  const place = replayPlace(report, words, 'alone');
  const played =
    report.replay.frames.length > 1
      ? `${marks(words)}\n<p class="small replay-keys">${words.t('replay.keys')}</p>`
      : '';
  const policy = `default-src 'none'; style-src ${cspHash(styles)}; script-src ${cspHash(code)}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>${title}<small>${report.files.length <= 3 ? names : words.t('replay.files', { n: report.files.length })}</small></h1>
${place || `<p>${words.t('replay.none')}</p>`}
${played}
</main>
${replayData(report, words)}
<script>${code}</script>
</body>
</html>
`;
}

/** How each hand is drawn, by its name. */
function marks(words: Words): string {
  const items = hands.map(hand => `<li><span class="${handClass[hand]}">${words.named('hand', hand)}</span></li>`);
  return `<ul class="hands">${items.join('')}</ul>`;
}
