import type { Texts } from '../host/texts.ts';

/** Tools that a person is likely to name; any other name can be written. */
const agents = [
  'ChatGPT',
  'Claude',
  'Gemini',
  'DeepSeek',
  'Copilot',
  'GigaChat',
  'YandexGPT',
  'KazLLM',
  'Grok',
  'Mistral',
];

/** The form as one page: labelled fields, no network, one script of our own. */
export function promptFormHtml(folder: string, { t, language }: Texts, nonce: string): string {
  const e = escapeHtml;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'">
<title>${e(t('prompt.title'))}</title>
<style nonce="${nonce}">
  body { max-width: 42rem; margin: 1.5rem auto; padding: 0 1rem; color: var(--vscode-foreground); font: var(--vscode-font-size)/1.5 var(--vscode-font-family); }
  h1 { font-size: 1.4em; font-weight: 600; }
  label { display: block; margin: .8rem 0 .25rem; font-weight: 600; }
  small { font-weight: normal; color: var(--vscode-descriptionForeground); }
  input, textarea { box-sizing: border-box; width: 100%; padding: .4rem .5rem; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-settings-textInputBorder, var(--vscode-contrastBorder, var(--vscode-descriptionForeground))); font: inherit; }
  textarea { min-height: 7rem; resize: vertical; font-family: var(--vscode-editor-font-family); }
  #answer { min-height: 5rem; }
  button { display: block; margin: .8rem 0; padding: .5rem 1.2rem; color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 1px solid var(--vscode-contrastBorder, transparent); font: inherit; cursor: pointer; }
  button:hover { background: var(--vscode-button-hoverBackground); }
  :focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 1px; }
</style>
</head>
<body>
<main>
<h1>${e(t('prompt.title'))}</h1>
<p>${e(t('prompt.about', { folder }))}</p>
<form id="form" data-required="${e(t('prompt.required'))}">
  <label for="agent">${e(t('prompt.agent'))}</label>
  <input id="agent" list="agents" required autocomplete="off">
  <datalist id="agents">${agents.map(agent => `<option value="${e(agent)}"></option>`).join('')}</datalist>
  <label for="model">${e(t('prompt.model'))} <small>${e(t('prompt.optional'))}</small></label>
  <input id="model" autocomplete="off" aria-describedby="model-hint" placeholder="openai/gpt-5">
  <small id="model-hint">${e(t('prompt.model.hint'))}</small>
  <label for="text">${e(t('prompt.text'))}</label>
  <textarea id="text" required></textarea>
  <label for="answer">${e(t('prompt.answer'))} <small>${e(t('prompt.answer.optional'))}</small></label>
  <textarea id="answer" aria-describedby="answer-hint"></textarea>
  <small id="answer-hint">${e(t('prompt.answer.hint'))}</small>
  <button type="submit">${e(t('prompt.record'))}</button>
</form>
<p><small>${e(t('prompt.declared'))}</small></p>
</main>
<script nonce="${nonce}">
  const vscode = acquireVsCodeApi();
  const form = document.getElementById('form');
  const field = id => document.getElementById(id);
  // A page inside another gets no focus by the attribute alone.
  field('agent').focus();
  window.addEventListener('focus', () => field('agent').focus(), { once: true });
  for (const required of form.querySelectorAll('[required]')) {
    required.addEventListener('invalid', () => required.setCustomValidity(form.dataset.required));
    required.addEventListener('input', () => required.setCustomValidity(''));
  }
  form.addEventListener('submit', event => {
    event.preventDefault();
    const sent = ['agent', 'model', 'text', 'answer'].map(id => [id, field(id).value]);
    vscode.postMessage(Object.fromEntries(sent));
  });
</script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
