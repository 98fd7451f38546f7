import { certificateBlocks, personBlocks } from '../forms/certificate.ts';
import { declarationBlocks } from '../forms/declaration.ts';
import { blocksMarkup } from '../forms/drawn.ts';
import type { Block } from '../forms/form.ts';
import { Wording } from '../forms/wording.ts';
import type { Report } from '../report.ts';
import type { Words } from './words.ts';

/** Section 19: the declaration and the certificate as the forms have them, to complete and sign by hand. What the record itself tells is filled in, and nothing else. */
export function declaration(report: Report, words: Words): string {
  const w = new Wording(words.language);
  const drawn = (blocks: readonly Block[]) => blocksMarkup(blocks, words.language, 4);
  const source = { report, software: '' };
  return `<h3>${words.t('declaration.author')}</h3>${drawn(declarationBlocks(report, w))}
<h3>${words.t('declaration.operator')}</h3>${drawn([...certificateBlocks(source, w), ...personBlocks(source, w)])}`;
}
