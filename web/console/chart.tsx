import type { ReactNode } from 'react';
import type { Bar, Chart, Table } from './model';
import { DataTable } from './table';

const WIDTH = 1000;
const HEIGHT = 220;
/** The share of a bar's place that the bar fills. */
const FILL = 0.5;
/** As many names of bars as fit below them. */
const LABELS = 6;

interface ChartProps {
  chart: Chart;
  /** Whether a table beside it has the same figures. */
  isTold?: boolean;
}

/** What came, above the axis; what went, below it; and the sum as a line. Who cannot see it reads the table behind it, or the one beside it. */
export function MovementsChart({ chart, isTold = false }: ChartProps): ReactNode {
  const { title, key, bars, ticks } = chart;
  if (bars.every(({ parts, line }) => line.value === 0 && parts.every(({ value }) => value === 0)))
    return <p className="empty">Nothing in this time.</p>;
  const scale = scaleOf(ticks.map(({ value }) => value));
  const step = WIDTH / Math.max(1, bars.length);
  const points = bars.map(({ line }, index) => `${String((index + 0.5) * step)},${String(scale(line.value))}`).join(' ');
  const every = Math.ceil(bars.length / LABELS);
  return (
    <figure>
      <div className="plot">
        <div className="ticks" aria-hidden="true">
          {ticks.map(({ value, text }) => (
            <span key={value}>{text}</span>
          ))}
        </div>
        <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={title} preserveAspectRatio="none">
          {ticks.map(({ value }) => (
            <line key={value} className={value === 0 ? 'axis' : 'grid'} x1={0} x2={WIDTH} y1={scale(value)} y2={scale(value)} />
          ))}
          {bars.flatMap((bar, index) => columnOf(bar, (index + (1 - FILL) / 2) * step, step * FILL, scale))}
          <polyline className="line" points={points} />
        </svg>
        <div className="labels" aria-hidden="true">
          {bars.map(({ label }, index) => (
            <span key={label}>{index % every === 0 ? label : ''}</span>
          ))}
        </div>
      </div>
      <ul className="key" aria-hidden="true">
        {key.map(({ as, label }) => (
          <li key={as}>
            <i className={as} />
            {label}
          </li>
        ))}
      </ul>
      {!isTold && (
        <details className="more">
          <summary>As a table</summary>
          <DataTable table={tableOf(chart)} />
        </details>
      )}
    </figure>
  );
}

function scaleOf(ticks: readonly number[]): (value: number) => number {
  const [most, least] = [Math.max(...ticks), Math.min(...ticks)];
  return (value) => Math.round(((most - value) / (most - least)) * HEIGHT * 10) / 10;
}

function columnOf({ label, parts }: Bar, x: number, width: number, scale: (value: number) => number): ReactNode[] {
  let [up, down] = [0, 0];
  return parts
    .filter(({ value }) => value !== 0)
    .map(({ name, value, text, as }) => {
      const [from, to] = value > 0 ? [up, (up += value)] : [down, (down += value)];
      const [top, bottom] = [scale(Math.max(from, to)), scale(Math.min(from, to))];
      const className = as ?? (value > 0 ? 'up' : 'down');
      return (
        <rect key={`${label}-${name}`} className={className} x={x} y={top} width={width} height={Math.max(1, bottom - top)}>
          <title>{`${label}, ${name}: ${text}`}</title>
        </rect>
      );
    });
}

function tableOf({ title, key, bars }: Chart): Table {
  const names = bars[0]?.parts.map(({ name }) => name) ?? [];
  const line = key.find(({ as }) => as === 'line')?.label ?? '';
  const columns = [...names, line].map((label) => ({ label, isNumber: true }));
  return {
    caption: title,
    columns: [{ label: 'Period', isNumber: false }, ...columns],
    rows: bars.map(({ label, parts, line: sum }) => [
      { text: label },
      ...[...parts, sum].map(({ value, text }) => ({ text, sort: value })),
    ]),
    empty: 'Nothing in this time.',
  };
}
