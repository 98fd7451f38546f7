import type { Texts } from '../../host/texts.ts';

/** What the page says beside the names of its fields. */
export function wordsOf({ t }: Pick<Texts, 't'>): Readonly<Record<string, string>> {
  return {
    empty: t('describe.empty'),
    full: t('describe.full'),
    needed: t('describe.needed'),
    notStated: t('describe.notStated'),
    none: t('describe.none'),
    add: t('describe.add'),
    remove: t('describe.remove'),
    up: t('describe.up'),
    down: t('describe.down'),
    broken: t('describe.broken'),
    openText: t('describe.openText'),
    takeDates: t('describe.takeDates'),
    propose: t('describe.propose'),
    filesMore: t('describe.filesMore'),
  };
}
