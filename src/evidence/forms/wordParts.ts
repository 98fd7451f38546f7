import { seen } from './seen.ts';

/** Text or an attribute's value as XML. */
export function xml(foreign: string): string {
  return seen(foreign).replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

export const contentTypes = `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${word}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${word}.numbering+xml"/><Override PartName="/word/footer1.xml" ContentType="${word}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

export const relations = `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

export const documentRelations = `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${office}/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="${office}/footer" Target="footer1.xml"/></Relationships>`;

export function coreXml(title: string, author: string, date: Date): string {
  const at = `${date.toISOString().slice(0, 19)}Z`;
  const dated = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${at}</dcterms:${name}>`;
  return `${head}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(title)}</dc:title><dc:creator>${xml(author)}</dc:creator>${dated('created')}${dated('modified')}</cp:coreProperties>`;
}

/** `body`: paragraphs and tables; A4 in twips, 30 mm to the left, 20 mm elsewhere. */
export function documentXml(body: string): string {
  const page =
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>';
  return `${head}<w:document xmlns:w="${main}" xmlns:r="${office}"><w:body>${body}<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>${page}</w:sectPr></w:body></w:document>`;
}

/** The title, the page and how many pages there are. */
export function footerXml(title: string): string {
  const field = (name: string) => `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
  const words = (said: string) => `<w:r><w:t xml:space="preserve">${xml(said)}</w:t></w:r>`;
  return `${head}<w:ftr xmlns:w="${main}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${words(`${title} · `)}${field('PAGE')}${words(' / ')}${field('NUMPAGES')}</w:p></w:ftr>`;
}

const level = (id: number, sign: string) =>
  `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="${sign}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr></w:lvl></w:abstractNum>`;

/** 1: items; 2: boxes to be ticked. */
export const numbering = `${head}<w:numbering xmlns:w="${main}">${level(1, '•')}${level(2, '☐')}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>`;

function paragraphStyle(id: string, name: string, paragraph: string, run: string): string {
  const based = id === 'Normal' ? ' w:default="1"' : '';
  const rest = id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/>';
  return `<w:style w:type="paragraph"${based} w:styleId="${id}"><w:name w:val="${name}"/>${rest}<w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`;
}

const heading = (level: number, before: number) =>
  `<w:keepNext/><w:spacing w:before="${before}" w:after="80"/><w:outlineLvl w:val="${level}"/>`;
const size = (halfPoints: number) => `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map(side => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`)
  .join('');

export const styles = `${head}<w:styles xmlns:w="${main}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>${size(22)}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>${[
  paragraphStyle('Normal', 'Normal', '', ''),
  paragraphStyle('Heading1', 'heading 1', heading(0, 0), `<w:b/>${size(32)}`),
  paragraphStyle('Heading2', 'heading 2', heading(1, 240), `<w:b/>${size(24)}`),
  paragraphStyle('Cell', 'Cell', '<w:spacing w:before="30" w:after="30"/>', size(20)),
  paragraphStyle('Small', 'Small', '', `<w:color w:val="404040"/>${size(19)}`),
  paragraphStyle('Gap', 'Gap', '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', size(8)),
  paragraphStyle('Quote', 'Quote', '<w:spacing w:before="80" w:after="80"/><w:ind w:left="397"/>', ''),
  paragraphStyle('Footer', 'footer', '', `<w:color w:val="404040"/>${size(17)}`),
].join(
  '',
)}<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>${edges}</w:tblBorders></w:tblPr></w:style></w:styles>`;
