import type { PackageLanguage } from '../manifest.ts';
import { abstractForm } from './abstract.ts';
import { applicationForm } from './application.ts';
import { certificateForm } from './certificate.ts';
import { checklistForm } from './checklist.ts';
import { constituentsForm } from './constituents.ts';
import { coverForm } from './cover.ts';
import { declarationForm } from './declaration.ts';
import type { Form } from './form.ts';
import { kdpForm } from './kdp.ts';
import { promptForms } from './promptSheets.ts';
import { refusalForm } from './refusal.ts';
import { reviewForm } from './reviewSheet.ts';
import type { FormSource } from './source.ts';

/** The forms of the report's profile, in the order in which people need them. `language`: the reader's own, which comes first. */
export function formsOf(source: FormSource, language: PackageLanguage): readonly Form[] {
  const { profile } = source.report;
  const languages = languagesOf(source, language);
  return [
    ...covers.map(one => coverForm(source, one)),
    ...ownForms(source, languages),
    declarationForm(source, languages),
    certificateForm(source, languages),
    checklistForm(source, languages),
    ...(refusable.has(profile) ? [refusalForm(source, [...new Set([...languages, ...covers])])] : []),
  ];
}

const covers: readonly PackageLanguage[] = ['kk', 'ru', 'en'];
/** Profiles whose work an office may refuse and take as a composite one. */
const refusable: ReadonlySet<string> = new Set(['kz-contribution', 'kz-composite', 'us']);

function ownForms(source: FormSource, languages: readonly PackageLanguage[]): readonly Form[] {
  const { profile } = source.report;
  switch (profile) {
    case 'kz-contribution':
      return [];
    case 'kz-composite':
      return [constituentsForm(source, languages)];
    case 'kz-prompt':
      return promptForms(source, languages);
    case 'kz-program':
      return [abstractForm(source, languages)];
    case 'us':
      return [applicationForm(source, languages)];
    case 'generic':
      return [kdpForm(source, languages), reviewForm(source, languages)];
  }
}

/** The reader's own language and those of the office. */
function languagesOf({ report: { profile } }: FormSource, own: PackageLanguage): readonly PackageLanguage[] {
  const office: readonly PackageLanguage[] = profile === 'us' ? ['en'] : profile === 'generic' ? [] : ['kk', 'ru'];
  return [...new Set([own, ...office])];
}
