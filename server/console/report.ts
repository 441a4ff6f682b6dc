/** How a report of the console is described: by an operation of the API. */
import type { Column, FieldOf } from './section';

/** A list within each row that goes across: a column for each of its elements. */
export interface Across {
  path: string;
  /** What a column is called by. */
  label: string;
  value: string;
  as?: Column['as'];
}

/** A field with what is asked for unless somebody says otherwise. */
export type ReportField = FieldOf & { value?: () => string };

export interface Report {
  name: string;
  title: string;
  group: string;
  call: string;
  about: string;
  fields: readonly ReportField[];
  /** The field that names the object of the call's path. */
  id?: string;
  /** The lists in the answer that are shown as tables. */
  tables: readonly { heading: string; path: string; columns: readonly Column[]; across?: Across }[];
  /** Whether its periods are shown as a chart of movements. */
  hasChart?: boolean;
  /** Whether the API makes a file of it; else the file has the table as it is shown. */
  hasCsv: boolean;
}
