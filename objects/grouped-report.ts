/** Reports by group and currency, with a total for each currency: counts, amounts in minor units, and rates. */
import { csvOf, majorUnits } from './csv';

/** What a statement with grouping sets has read: a row for each group and currency, and one for each currency. */
interface Grouped {
  group: string | null;
  isTotal: boolean;
}

export function groupsAndTotals<Row extends Grouped, Figures>(
  rows: readonly Row[],
  figuresOf: (row: Row) => Figures,
): { groups: (Figures & { group: string | null })[]; totals: Figures[] } {
  return {
    groups: rows.filter(({ isTotal }) => !isTotal).map((row) => ({ ...figuresOf(row), group: row.group })),
    totals: rows.filter(({ isTotal }) => isTotal).map(figuresOf),
  };
}

/** Percent, as decimal text. Null: there is nothing to divide by. */
export const percent = (part: number, whole: number): string | null => (whole === 0 ? null : ((100 * part) / whole).toFixed(2));

interface Columns<Count extends string, Amount extends string, Rate extends string> {
  counts: readonly Count[];
  amounts: readonly Amount[];
  rates: readonly Rate[];
}
type Line<Count extends string, Amount extends string, Rate extends string> = { currency: string } & Record<Amount | Count, number> &
  Record<Rate, number | string | null>;

/** @param lines each with what its figures are of */
export function figuresCsv<Count extends string, Amount extends string, Rate extends string>(
  heading: string,
  { counts, amounts, rates }: Columns<Count, Amount, Rate>,
  lines: readonly (readonly [of: string, figures: Line<Count, Amount, Rate>])[],
): string {
  return csvOf(
    [heading, 'currency', ...counts, ...amounts, ...rates],
    lines.map(([of, each]) => [
      ...[of, each.currency, ...counts.map((name) => each[name])],
      ...amounts.map((name) => majorUnits(each[name], each.currency)),
      ...rates.map((name) => each[name]),
    ]),
  );
}

/** A line for each group and currency, and then one for each total. */
export function groupedCsv<Count extends string, Amount extends string, Rate extends string>(
  report: {
    group_by: string;
    groups: readonly (Line<Count, Amount, Rate> & { group: string | null })[];
    totals: readonly Line<Count, Amount, Rate>[];
  },
  columns: Columns<Count, Amount, Rate>,
): string {
  const groups = report.groups.map((each) => [each.group ?? '', each] as const);
  return figuresCsv(report.group_by, columns, [...groups, ...report.totals.map((each) => ['total', each] as const)]);
}
