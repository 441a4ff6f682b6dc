/** The file of a csv import, read at once, so that its caller sees what cannot be read. What its lines say is checked by the run. */
import { CsvError, parse } from 'csv-parse/sync';
import { LIMITS } from '../../../domain/core/limits';
import { isColumn, REQUIRED } from '../../../domain/migration/csv';
import type { ImportLine } from '../../../domain/rows/import';
import { ParameterError } from '../../http/parameter-error';

/** @throws ParameterError parameter_invalid that names the line and the column */
export function readLines(csv: string): ImportLine[] {
  const { max } = LIMITS.importLines;
  const lines = parsed(csv, max + 1);
  if (lines.length > max) throw refused(`it has more than ${String(max)} lines. Divide it`);
  if (lines.length === 0) throw refused('it has no lines below the names of the columns');
  return lines;
}

/** @param most after so many lines it reads no further */
function parsed(csv: string, most: number): ImportLine[] {
  try {
    const records = parse(csv, {
      bom: true,
      columns: checkColumns,
      info: true,
      skip_empty_lines: true,
      to: most,
      trim: true,
    }) as unknown as {
      info: { lines: number };
      record: Record<string, string>;
    }[];
    return records.map(({ info, record }) => ({
      line: info.lines,
      values: Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '')),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { column, lines = 1 } = error as { column?: unknown; lines?: unknown };
    const at = typeof column === 'string' ? `, column ${column}` : '';
    throw refused(`line ${JSON.stringify(lines)}${at}: ${error.message}`);
  }
}

function checkColumns(names: string[]): string[] {
  const unknown = names.find((name) => !isColumn(name));
  if (unknown !== undefined) throw refused(`line 1: there is no column '${unknown}'`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(`line 1: the column '${twice}' is there twice`);
  const missing = REQUIRED.find((name) => !names.includes(name));
  if (missing !== undefined) throw refused(`line 1: the column '${missing}' is missing`);
  return names;
}

const refused = (problem: string): ParameterError => new ParameterError('parameter_invalid', `Invalid csv, ${problem}.`, 'csv');
