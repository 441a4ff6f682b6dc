/**
 * What a document says, ready to be laid out: every text in its language, every amount formatted. Plain data, because it goes to the thread
 * that makes the PDF.
 */
export interface Sheet {
  title: string;
  /** BCP 47, for readers and screen readers. */
  language: string;
  pageSize: 'A4' | 'LETTER';
  /** The document's own date, epoch seconds. The file claims to be made then, so that the same document always has the same bytes. */
  madeAt: number;
  /** A word in the corner, such as "Void". Null: none. */
  stamp: string | null;
  number: string | null;
  facts: Fact[];
  seller: Party;
  parties: Party[];
  /** What the reader looks for first, such as the amount and its date. */
  headline: string | null;
  /** Text of the seller above the lines. */
  memo: string | null;
  columns: string[];
  lines: SheetLine[];
  sums: Sum[];
  tables: SheetTable[];
  notes: string[];
  footer: string | null;
  /** The same document as XML for programs, inside the PDF. Null: there is none. */
  facturX: string | null;
  /** `{page}` and `{pages}` stand for the numbers. */
  pageNumber: string;
}

export interface Fact {
  label: string;
  value: string;
}

export interface Party {
  heading: string;
  /** The first one is the name. */
  lines: string[];
}

export interface SheetLine {
  text: string;
  /** Below it: the period, discounts. */
  details: string[];
  /** One for each column after the first. */
  cells: string[];
}

export interface Sum {
  label: string;
  amount: string;
  strong?: boolean;
}

export interface SheetTable {
  heading: string;
  columns: string[];
  rows: string[][];
}
