import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { FACTUR_X_FILE } from './e-invoice/factur-x';
import { runs } from './fonts';
import { runsToTheLeft } from './scripts';
import type { Fact, Party, Sheet, SheetLine, SheetTable, Sum } from './sheet';

const GREY = '#5b6472';
const RULE = '#d5d9e0';
const MARGIN = 48;

/** The pages of a sheet: parties above, lines in a table whose head repeats on each page, sums to the right, notes below. */
export function layoutOf(sheet: Sheet): TDocumentDefinitions {
  const made = new Date(sheet.madeAt * 1000);
  // The metadata takes it as XML.
  const title = [sheet.title, sheet.number]
    .filter((part) => part !== null)
    .join(' ')
    .replace(/[<>&]/g, ' ');
  return {
    pageSize: sheet.pageSize,
    pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN + 12],
    info: { title, creator: 'Dunlin', producer: 'Dunlin', creationDate: made, modDate: made },
    language: sheet.language,
    displayTitle: true,
    version: '1.7',
    subset: 'PDF/A-3b',
    ...(sheet.facturX === null ? {} : { files: { [FACTUR_X_FILE]: attachment(sheet.facturX, made) } }),
    defaultStyle: { font: 'Latin', fontSize: 9.5, lineHeight: 1.15, color: '#14181f' },
    content: [
      head(sheet),
      { columns: [sheet.seller, ...sheet.parties].map(party), columnGap: 18, margin: [0, 18, 0, 0] },
      ...(sheet.headline === null
        ? []
        : [{ ...paragraph(sheet.headline, LETTERS_OF_HEADLINE), fontSize: 15, bold: true, margin: margins(22, 0) }]),
      ...(sheet.memo === null ? [] : [{ ...paragraph(sheet.memo), margin: margins(8, 0) }]),
      lineTable(sheet),
      sums(sheet.sums),
      ...sheet.tables.map(smallTable),
      below([...sheet.notes, ...(sheet.footer === null ? [] : [sheet.footer])]),
    ],
    footer: (page, pages) => ({
      margin: [MARGIN, 18, MARGIN, 0],
      fontSize: 8,
      color: GREY,
      columns: [
        { text: runs(title), width: '*' },
        {
          text: runs(sheet.pageNumber.replace('{page}', String(page)).replace('{pages}', String(pages))),
          alignment: 'right',
          width: 'auto',
        },
      ],
    }),
  };
}

/** Letters that surely fit across a page, capitals too, in the text and in the headline. */
const LETTERS_OF_LINE = 64;
const LETTERS_OF_HEADLINE = 36;
/** Notes that are longer go over to the next page in the middle. */
const LINES_KEPT_TOGETHER = 20;

/** A text across the page. One that begins in Arabic or Hebrew begins at the right margin. */
function paragraph(text: string, line = LETTERS_OF_LINE): { text: ReturnType<typeof runs>; alignment: 'left' | 'right' } {
  return { text: runs(text, line), alignment: runsToTheLeft(text) ? 'right' : 'left' };
}

/** The notes and the footer, on one page if they fit on one: a last page never has the footer alone. */
function below(notes: readonly string[]): Content {
  const isShort = notes.join('').length < LETTERS_OF_LINE * LINES_KEPT_TOGETHER;
  return { stack: notes.map((note) => ({ ...paragraph(note), color: GREY, margin: margins(12, 0) })), unbreakable: isShort };
}

function attachment(xml: string, made: Date) {
  const src = `data:text/xml;base64,${Buffer.from(xml).toString('base64')}`;
  return { src, name: FACTUR_X_FILE, type: 'text/xml', relationship: 'Alternative', creationDate: made, modifiedDate: made };
}

const margins = (above: number, below: number): [number, number, number, number] => [0, above, 0, below];

function head({ title, stamp, facts, seller }: Sheet): Content {
  const name = { text: runs(seller.lines[0] ?? ''), bold: true, fontSize: 12, alignment: 'right' as const };
  const mark = stamp === null ? [] : [{ text: runs(stamp), bold: true, color: GREY, alignment: 'right' as const, margin: margins(4, 0) }];
  return {
    columns: [
      { width: '*', stack: [{ text: runs(title), fontSize: 22, bold: true, margin: margins(0, 8) }, factTable(facts)] },
      { width: 190, stack: [name, ...mark], margin: margins(8, 0) },
    ],
    columnGap: 18,
  };
}

function factTable(facts: Fact[]): Content {
  return {
    layout: 'noBorders',
    table: {
      widths: ['auto', '*'],
      body: facts.map(({ label, value }) => [{ text: runs(label), color: GREY, margin: [0, 0, 12, 0] }, { text: runs(value) }]),
    },
  };
}

function party({ heading, lines: [name = '', ...rest] }: Party): Content {
  return {
    stack: [
      { text: runs(heading), color: GREY, margin: margins(0, 2) },
      { text: runs(name), bold: true },
      ...rest.map((line) => ({ text: runs(line) })),
    ],
  };
}

const RULED = {
  hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => RULE,
  paddingLeft: (column: number) => (column === 0 ? 0 : 5),
  paddingRight: (column: number, node: { table: { widths?: unknown } }) => (column === (node.table.widths as unknown[]).length - 1 ? 0 : 5),
  paddingTop: () => 5,
  paddingBottom: () => 5,
};

function lineTable({ columns, lines }: Sheet): Content {
  const widths = columns.map((_, index) => (index === 0 ? '*' : 'auto'));
  return {
    margin: margins(18, 0),
    layout: RULED,
    table: { headerRows: 1, dontBreakRows: true, widths, body: [headRow(columns), ...lines.map(lineRow)] },
  };
}

/** Between any two of these letters a line could break, so a narrow column would break a word of two. */
const HAN_OR_KANA = /[\u3040-\u30ff\u4e00-\u9fff]/;

function headRow(columns: string[]): TableCell[] {
  return columns.map((column, index) => ({
    ...{ text: runs(column), color: GREY, fontSize: 8.5, alignment: index === 0 ? 'left' : 'right' },
    noWrap: HAN_OR_KANA.test(column),
  }));
}

function lineRow({ text, details, cells }: SheetLine): TableCell[] {
  const small = details.map((detail) => ({ text: runs(detail), color: GREY, fontSize: 8.5 }));
  return [{ stack: [{ text: runs(text) }, ...small] }, ...cells.map((cell): TableCell => ({ text: runs(cell), alignment: 'right' }))];
}

function sums(of: Sum[]): Content {
  return {
    unbreakable: true,
    margin: margins(8, 0),
    columns: [
      { width: '*', text: '' },
      {
        width: 310,
        layout: { ...RULED, paddingTop: () => 3, paddingBottom: () => 3 },
        table: {
          widths: ['*', 'auto'],
          body: of.map(({ label, amount, strong = false }) => [
            { text: runs(label), bold: strong },
            { text: runs(amount), bold: strong, alignment: 'right' as const },
          ]),
        },
      },
    ],
  };
}

function smallTable({ heading, columns, rows }: SheetTable): Content {
  const widths = columns.map((_, index) => (index === 0 ? '*' : 'auto'));
  const body = rows.map((row) => row.map((cell, index): TableCell => ({ text: runs(cell), alignment: index === 0 ? 'left' : 'right' })));
  return {
    unbreakable: rows.length <= UNBROKEN_ROWS,
    margin: margins(16, 0),
    fontSize: 8.5,
    stack: [
      { text: runs(heading), bold: true, fontSize: 9.5 },
      {
        layout: { ...RULED, paddingTop: () => 3, paddingBottom: () => 3 },
        table: { headerRows: 1, dontBreakRows: true, widths, body: [headRow(columns), ...body] },
      },
    ],
  };
}

const UNBROKEN_ROWS = 12;
