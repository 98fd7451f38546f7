import assert from 'node:assert/strict';
import { languages, Texts } from '../../../src/host/texts.ts';
import { promptFormHtml } from '../../../src/ui/promptFormHtml.ts';
import { readPrompt } from '../../../src/ui/promptFormSent.ts';

describe('the form for a prompt', () => {
  for (const language of languages) {
    const html = promptFormHtml('<b>"folder"</b>', new Texts(language), 'n0nce');

    it(`labels every field in ${language}`, () => {
      for (const [, id] of html.matchAll(/<(?:input|textarea) id="(\w+)"/g))
        assert.match(html, new RegExp(`<label for="${id}">[^<]+`));
      assert.match(html, new RegExp(`<html lang="${language}">`));
    });
  }

  it('lets in nothing but its own script and style', () => {
    const html = promptFormHtml('f', new Texts('en'), 'n0nce');
    assert.match(html, /default-src 'none'/);
    assert.doesNotMatch(html, /unsafe|https?:/);
    for (const [tag] of html.matchAll(/<(?:script|style)[^>]*>/g)) assert.match(tag, /nonce="n0nce"/);
  });

  it('sends the answer that came, where there is one', () => {
    const sent = { agent: ' ChatGPT ', model: '', text: 'Why?\n', answer: ' ' };
    assert.deepEqual(readPrompt(sent), { agent: 'ChatGPT', text: 'Why?\n' });
    assert.deepEqual(readPrompt({ ...sent, answer: 'So.\n' }), { agent: 'ChatGPT', text: 'Why?\n', answer: 'So.\n' });
    for (const missing of ['agent', 'model', 'text', 'answer'])
      assert.equal(readPrompt({ ...sent, [missing]: undefined }), undefined);
    const { 1: script = '' } = /<script[^>]*>([\s\S]*)<\/script>/.exec(promptFormHtml('f', new Texts('en'), 'n')) ?? [];
    assert.match(script, /\['agent', 'model', 'text', 'answer'\]/);
  });

  it('shows a folder’s name as text', () => {
    assert.match(promptFormHtml('<b>"f"</b>', new Texts('en'), 'n'), /&#60;b&#62;&#34;f&#34;&#60;\/b&#62;/);
  });
});
