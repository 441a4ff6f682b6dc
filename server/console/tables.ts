import type { z } from 'zod';
import type { Heading, Table } from '../../web/console/model';
import { cellOfColumn } from './cells';
import type { Json } from './ask';
import { keyIn, type Column, type Section } from './section';

/** By the labels of columns: where the list is, sorted by them. */
export type Sorts = ReadonlyMap<string, NonNullable<Heading['sorts']>>;

/** Rows of a section's objects. The first value leads to the object. */
export function tableOf(
  section: Pick<Section, 'title' | 'columns' | 'empty' | 'item' | 'name' | 'key'>,
  objects: readonly Json[],
  sorts: Sorts = new Map(),
): Table {
  const rows = objects.map((object) => {
    const cells = section.columns.map((column) => cellOfColumn(object, column));
    const [first, ...others] = cells;
    if (first === undefined || section.item === null) return cells;
    return [
      {
        ...first,
        text: first.text === '' ? keyIn(section, object) : first.text,
        href: `/console/${section.name}/${encodeURIComponent(keyIn(section, object))}`,
      },
      ...others,
    ];
  });
  const columns = headingsOf(section.columns, rows).map((heading) => {
    const of = sorts.get(heading.label);
    return of === undefined ? heading : { ...heading, sorts: of };
  });
  return { caption: section.title, columns, rows, empty: section.empty };
}

/** A column of numbers is aligned as one. */
export function headingsOf(columns: readonly Column[], rows: Table['rows']): Table['columns'] {
  return columns.map(({ label }, index) => ({ label, isNumber: rows.some((cells) => cells[index]?.isNumber === true) }));
}

interface Rows {
  objects: readonly Json[];
  /** Of those that do not say it by their `object`. */
  type: z.ZodType | null;
  /** Of those that have none of their own. */
  currency?: string | null;
}

/** A table without pages of its own: lines of an invoice, deliveries of an endpoint. */
export function plainTable(heading: string, columns: readonly Column[], { objects, type, currency = null }: Rows): Table {
  const rows = objects.map((object) => columns.map((column) => cellOfColumn(object, column, { type, currency })));
  return { caption: heading, columns: headingsOf(columns, rows), rows, empty: 'Nothing here.' };
}
