/**
 * A text with its arguments. `{name}` stands for one; `{name|word|words}` for a number with the word that goes with it, in
 * as many forms as the language has for whole numbers: English 2 (one, other), Russian 3 (one, few, many), Kazakh 1.
 * `written`: an argument as it is shown. A name without an argument stays as it is.
 */
export function filled(
  language: string,
  text: string,
  args: Readonly<Record<string, string | number>>,
  written: (value: string | number) => string,
): string {
  return text.replace(/\{(\w+)((?:\|[^{}|]+)*)\}/g, (whole, name: string, forms: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    if (forms === '') return written(value);
    const [, ...words] = forms.split('|');
    return `${written(value)} ${words[rankOf(language, Number(value))] ?? words.at(-1)}`;
  });
}

function rankOf(language: string, count: number): number {
  const rank = ['one', 'few', 'many'].indexOf(new Intl.PluralRules(language).select(count));
  return rank < 0 ? Number.POSITIVE_INFINITY : rank;
}
