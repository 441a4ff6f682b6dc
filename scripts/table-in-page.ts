/** Replaces a table of a Markdown page by what the code has. */

/** @throws Error if the heading is not followed by a table */
export function withTable(page: string, heading: string, columns: string[], rows: string[][]): string {
  const lines = page.split('\n');
  const from = lines.findIndex((line, index) => index > lines.indexOf(heading) && line.startsWith('|'));
  if (!lines.includes(heading) || from < 0) throw new Error(`the page has no table under ${heading}`);
  const length = lines.slice(from).findIndex((line) => !line.startsWith('|'));
  const table = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.toSpliced(from, length, ...table).join('\n');
}
