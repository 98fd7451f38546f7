import { profiles } from '../evidence/work.ts';
import type { Command } from './command.ts';
import type { Words } from './words.ts';

export function help(commands: readonly Command[], words: Words): string {
  const rows = commands.map(({ name, usage, about }): Row => [`${name} ${usage}`.trim(), words.t(about)]);
  return `${words.t('help.usage')}

${words.t('help.about')}

${words.t('help.commands')}:
${table(rows)}

${words.t('help.options')}:
${table(sharedRows(words))}

${words.t('help.more')}
`;
}

export function commandHelp({ name, usage, about, options }: Command, words: Words): string {
  const rows = Object.entries(options).map(
    ([option, { about, value }]): Row => [
      `--${option} ${value ?? ''}`.trim(),
      words.t(about, { profiles: profiles.join(', ') }),
    ],
  );
  return `holograph ${name} ${usage}

${words.t(about)}

${table([...rows, ...sharedRows(words)])}
`;
}

type Row = readonly [string, string];

function sharedRows(words: Words): Row[] {
  return [
    ['--json', words.t('help.json')],
    ['--folder DIR', words.t('help.folder')],
    ['--language TAG', words.t('help.language')],
    ['-h, --help', words.t('help.help')],
  ];
}

/** Two columns. */
export function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
