import type { ReactNode } from 'react';
import type { Bar, Chart, Table } from './model';
import { DataTable } from './table';

const WIDTH = 1000;
const HEIGHT = 220;
/** The share of a bar's place that the bar fills. */
const FILL = 0.5;

/** What came, above the axis; what went, below it; and the sum as a line. Who cannot see it reads the table behind it. */
export function MovementsChart({ chart }: { chart: Chart }): ReactNode {
  const { title, key, bars } = chart;
  const scale = scaleOf(bars);
  const step = WIDTH / Math.max(1, bars.length);
  const points = bars.map(({ line }, index) => `${String((index + 0.5) * step)},${String(scale(line.value))}`).join(' ');
  return (
    <figure>
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={title} preserveAspectRatio="none">
        <line className="axis" x1={0} x2={WIDTH} y1={scale(0)} y2={scale(0)} />
        {bars.flatMap((bar, index) => columnOf(bar, (index + (1 - FILL) / 2) * step, step * FILL, scale))}
        <polyline className="line" points={points} />
      </svg>
      <div className="labels" aria-hidden="true">
        <span>{bars[0]?.label}</span>
        <span>{bars.at(-1)?.label}</span>
      </div>
      <ul className="key" aria-hidden="true">
        <li>
          <i className="line" />
          {key.line}
        </li>
        <li>
          <i className="up" />
          {key.up}
        </li>
        {key.down !== null && (
          <li>
            <i className="down" />
            {key.down}
          </li>
        )}
      </ul>
      <details className="more">
        <summary>As a table</summary>
        <DataTable table={tableOf(chart)} />
      </details>
    </figure>
  );
}

function scaleOf(bars: readonly Bar[]): (value: number) => number {
  const sums = bars.flatMap(({ parts, line }) => [
    line.value,
    parts.reduce((sum, { value }) => sum + Math.max(0, value), 0),
    parts.reduce((sum, { value }) => sum + Math.min(0, value), 0),
  ]);
  const [most, least] = [Math.max(1, ...sums), Math.min(0, ...sums)];
  return (value) => Math.round(((most - value) / (most - least)) * HEIGHT * 10) / 10;
}

function columnOf({ label, parts }: Bar, x: number, width: number, scale: (value: number) => number): ReactNode[] {
  let [up, down] = [0, 0];
  return parts
    .filter(({ value }) => value !== 0)
    .map(({ name, value, text }) => {
      const [from, to] = value > 0 ? [up, (up += value)] : [down, (down += value)];
      const [top, bottom] = [scale(Math.max(from, to)), scale(Math.min(from, to))];
      return (
        <rect key={`${label}-${name}`} className={value > 0 ? 'up' : 'down'} x={x} y={top} width={width} height={Math.max(1, bottom - top)}>
          <title>{`${label}, ${name}: ${text}`}</title>
        </rect>
      );
    });
}

function tableOf({ title, key, bars }: Chart): Table {
  const names = bars[0]?.parts.map(({ name }) => name) ?? [];
  const columns = [...names, key.line].map((label) => ({ label, isNumber: true }));
  return {
    caption: title,
    columns: [{ label: 'Period', isNumber: false }, ...columns],
    rows: bars.map(({ label, parts, line }) => [{ text: label }, ...[...parts, line].map(({ value, text }) => ({ text, sort: value }))]),
    empty: 'Nothing in this time.',
  };
}
