/** What the document says of itself. Foreign text may hold anything. */
export interface About {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly language: string;
  /** Whole seconds. */
  readonly date: Date;
}

/** The same as XMP (ISO 16684-1), member for member, as PDF/A demands. */
export function propertiesXml(about: About, made: { readonly Producer: string; readonly Creator: string }): string {
  const date = `${about.date.toISOString().slice(0, 19)}Z`;
  const author =
    about.author === '' ? '' : `<dc:creator><rdf:Seq><rdf:li>${xml(about.author)}</rdf:li></rdf:Seq></dc:creator>`;
  return `<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>${date}</xmp:CreateDate><xmp:CreatorTool>${xml(made.Creator)}</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>${oneText(about.title)}</dc:title>${author}<dc:description>${oneText(about.subject)}</dc:description>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>${xml(made.Producer)}</pdf:Producer></rdf:Description>
`;
}

/** A foreign text as a property's value: what XML cannot hold, and what is not seen, is left out. */
export function propertyText(foreign: string): string {
  return foreign.replace(/[\p{Cc}\p{Cs}\p{Cf}\ufffe\uffff\u2028\u2029]+/gu, ' ').trim();
}

function oneText(value: string): string {
  return `<rdf:Alt><rdf:li xml:lang="x-default">${xml(value)}</rdf:li></rdf:Alt>`;
}

function xml(value: string): string {
  return value.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);
}
