import type { Form } from './forms/form.ts';
import { type PrintedForm, printedForm } from './forms/printedForm.ts';
import type { PackageLanguage } from './manifest.ts';
import { markedPdf, printed, reportPdf } from './pdf.ts';
import type { Report } from './report.ts';

/** Sets what a package holds for print. */
export interface Printer {
  /** The report, its pages numbered from this on. */
  report(
    report: Report,
    options: { readonly language: PackageLanguage; readonly exhibit: string; readonly data: Uint8Array },
  ): Uint8Array;
  /** The deposit copy with marked spans, in the same way. */
  marked(report: Report, options: { readonly language: PackageLanguage; readonly exhibit: string }): Uint8Array;
  /** A form, to be completed and for print. */
  form(form: Form, about: { readonly author: string; readonly date: Date }): PrintedForm;
  /** A short text of our own markup. */
  sheet(markup: string, about: SheetAbout): Uint8Array;
}

export interface SheetAbout {
  readonly title: string;
  readonly language: PackageLanguage;
  /** Of the record's last event. */
  readonly date: Date;
}

/** Undefined where print cannot be set: in the page `verify.html`, which then names what it did not make again. */
export const printer: Printer | undefined = {
  report: reportPdf,
  marked: markedPdf,
  form: printedForm,
  sheet: (markup, { title, language, date }) =>
    printed(markup, { title, kind: title, language, date, author: '', legend: [] }),
};
