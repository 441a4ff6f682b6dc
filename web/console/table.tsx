import type { ReactNode } from 'react';
import type { Cell, Table } from './model';

/** A value with its state or its link. */
export function Value({ cell }: { cell: Cell }): ReactNode {
  const { text, href, tone, isCode } = cell;
  if (tone !== undefined) return <span className={`state ${tone}`}>{text}</span>;
  const shown = isCode ? <code>{text}</code> : text;
  return href === undefined ? shown : <a href={href}>{shown}</a>;
}

/** On a phone each row becomes a block, and each value names its column. */
export function DataTable({ table: { caption, columns, rows, empty } }: { table: Table }): ReactNode {
  if (rows.length === 0) return <p className="empty">{empty}</p>;
  return (
    <div className="scroll">
      <table className="list" data-sorts="">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, isNumber }) => (
              <th key={label} scope="col" className={isNumber ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, index) => {
                const className = columns[index]?.isNumber ? 'number' : cell.isTime ? 'time' : undefined;
                const of = {
                  className,
                  'data-label': columns[index]?.label,
                  'data-sort': cell.sort ?? cell.text,
                };
                const value = cell.text === '' ? null : <Value cell={cell} />;
                return index === 0 ? (
                  <th key={index} scope="row" {...of}>
                    {value}
                  </th>
                ) : (
                  <td key={index} {...of}>
                    {value}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
