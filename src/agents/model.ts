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
