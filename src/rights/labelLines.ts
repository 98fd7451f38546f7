import { type Label, toolText } from './label.ts';

/** A label as lines of a comment: `Name: value` for machines. Nothing in them can end a line. */
export function machineLines({ digitalSourceType, level, tools, date, id, AIGC }: Label): string[] {
  const named = toolText(tools);
  return [
    `DigitalSourceType: ${digitalSourceType}`,
    `AI-Label-Level: ${level}`,
    ...(named === '' ? [] : [`AI-Label-Tools: ${oneLine(named)}`]),
    `AI-Label-Date: ${date}`,
    `AI-Label-Id: ${id}`,
    ...(AIGC === undefined ? [] : [`AIGC: ${AIGC}`]),
  ];
}

/** Names are foreign: no line ends, no controls, no marks of direction, and none of those that end a label. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .replace(/\/(?=holograph:|AI-label\])/g, '/ ')
    .trim();
}
