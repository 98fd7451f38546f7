/** Beginnings of models' names by which their maker is known. */
const vendors: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)claude/, 'anthropic'],
  [/^(gpt|chatgpt|o[1-9]|codex)/, 'openai'],
  [/^(gemini|gemma)/, 'google'],
  [/^grok/, 'xai'],
  [/^(mistral|codestral|devstral|magistral)/, 'mistral'],
  [/^deepseek/, 'deepseek'],
  [/^qwen/, 'qwen'],
  [/^kimi/, 'moonshot'],
  [/^glm/, 'zai'],
  [/^(llama|meta)/, 'meta'],
  [/^swe-/, 'windsurf'],
];

/** `vendor/model` of a model as a tool's record names it; nothing for an empty name. A vendor that is not known is `unknown`. */
export function modelOf(name: string | undefined, vendor?: string): string | undefined {
  const model = name?.trim();
  if (!model) return undefined;
  if (model.includes('/')) return model;
  const known = vendor ?? vendors.find(([pattern]) => pattern.test(model.toLowerCase()))?.[1] ?? 'unknown';
  return `${known}/${model}`;
}

/** The same where the record names who served the model, who need not be its maker: he counts where the maker is not known. */
export function servedModel(name: string | undefined, server: string | undefined): string | undefined {
  const model = modelOf(name);
  return model?.startsWith('unknown/') && server ? modelOf(name, server) : model;
}
