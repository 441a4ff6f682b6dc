/** The file of a csv import, read before it runs, so that its caller sees what cannot be read. What its lines say is checked by the run. */
import { Readable } from 'stream';
import { setImmediate } from 'timers/promises';
import { CsvError, parse } from 'csv-parse';
import { LIMITS } from '../../../domain/core/limits';
import { isColumn, REQUIRED } from '../../../domain/migration/csv';
import type { ImportLine } from '../../../domain/rows/import';
import { ParameterError } from '../../http/parameter-error';

/** @throws ParameterError parameter_invalid that names the line and the column */
export async function readLines(csv: string): Promise<ImportLine[]> {
  const { max } = LIMITS.importLines;
  const lines = await parsed(csv, max + 1);
  if (lines.length > max) throw refused(`it has more than ${String(max)} lines. Divide it`);
  if (lines.length === 0) throw refused('it has no lines below the names of the columns');
  return lines;
}

interface Read {
  info: { lines: number };
  record: Record<string, string>;
}

/** @param most after so many lines it reads no further */
async function parsed(csv: string, most: number): Promise<ImportLine[]> {
  const parser = Readable.from(piecesOf(csv)).pipe(
    parse({ columns: checkColumns, info: true, skip_empty_lines: true, to: most, trim: true }),
  ) as AsyncIterable<Read>;
  const lines: ImportLine[] = [];
  try {
    for await (const { info, record } of parser) {
      lines.push({ line: info.lines, values: Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '')) });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { column, lines: at = 1 } = error as { column?: unknown; lines?: unknown };
    const where = typeof column === 'string' ? `, column ${column}` : '';
    throw refused(`line ${JSON.stringify(at)}${where}: ${error.message}`);
  }
  return lines;
}

const PIECE = 32_768;

/** With a pause after each, in which other requests are answered. */
async function* piecesOf(csv: string): AsyncGenerator<string> {
  for (let at = 0; at < csv.length; at += PIECE) {
    yield csv.slice(at, at + PIECE);
    await setImmediate();
  }
}

function checkColumns(names: string[]): string[] {
  const { max } = LIMITS.importColumns;
  if (names.length > max) throw refused(`line 1: it has more than ${String(max)} columns`);
  const unknown = names.find((name) => !isColumn(name));
  if (unknown !== undefined) throw refused(`line 1: there is no column '${unknown}'`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(`line 1: the column '${twice}' is there twice`);
  const missing = REQUIRED.find((name) => !names.includes(name));
  if (missing !== undefined) throw refused(`line 1: the column '${missing}' is missing`);
  return names;
}

const refused = (problem: string): ParameterError => new ParameterError('parameter_invalid', `Invalid csv, ${problem}.`, 'csv');
