import type { ReactNode } from 'react';
import type { Cell, Table } from './model';

/** A value with its state or its link. */
export function Value({ cell }: { cell: Cell }): ReactNode {
  const { text, href, tone, isCode, bar } = cell;
  if (bar !== undefined) {
    return (
      <span className="measure">
        {text}
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect className="of" width={100} height={8} />
          <rect className={bar.isFull ? 'full' : 'is'} width={bar.percent} height={8} />
        </svg>
      </span>
    );
  }
  if (tone !== undefined) return <span className={`state ${tone}`}>{text}</span>;
  const shown = isCode ? <code>{text}</code> : text;
  return href === undefined ? shown : <a href={href}>{shown}</a>;
}

function classOf({ isTime, heat }: Cell, isNumber: boolean): string | undefined {
  if (heat !== undefined) return `number heat-${String(heat)}`;
  return isNumber ? 'number' : isTime ? 'time' : undefined;
}

const WIDE = 5;

/** It has more columns than there is room for beside something else. */
export const isWide = ({ columns, rows }: Table): boolean => rows.length > 0 && columns.length >= WIDE;

/** On a phone each row becomes a block, and each value names its column; a wide table does so wherever it has little room. */
export function DataTable({ table }: { table: Table }): ReactNode {
  const { caption, columns, rows, empty, isPart = false } = table;
  if (rows.length === 0) return <p className="empty">{empty}</p>;
  return (
    <div className="scroll">
      <table className={isWide(table) ? 'list wide' : 'list'} {...(isPart ? {} : { 'data-sorts': '' })}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, isNumber, sorts }) => (
              <th key={label} scope="col" className={isNumber ? 'number' : undefined} aria-sort={sorts?.now ?? undefined}>
                {sorts ? <a href={sorts.href}>{label}</a> : label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, index) => {
                const className = classOf(cell, columns[index]?.isNumber === true);
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
