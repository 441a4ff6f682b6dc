import type { ReactNode } from 'react';
import type { Bar, Chart } from './model';

const WIDTH = 1000;
const HEIGHT = 220;
/** The share of a bar's place that the bar fills. */
const FILL = 0.5;

/** What came, above the axis; what went, below it; and the sum as a line. Who cannot see it reads the table behind it. */
export function MovementsChart({ chart: { title, bars } }: { chart: Chart }): ReactNode {
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
          At the end
        </li>
        <li>
          <i className="up" />
          New, expansion, back
        </li>
        <li>
          <i className="down" />
          Contraction, churn
        </li>
      </ul>
      <details className="more">
        <summary>As a table</summary>
        <AsTable title={title} bars={bars} />
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

function AsTable({ title, bars }: Chart): ReactNode {
  const names = bars[0]?.parts.map(({ name }) => name) ?? [];
  return (
    <div className="scroll">
      <table>
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Period</th>
            {[...names, 'At the end'].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, parts, line }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {[...parts, { name: 'line', ...line }].map(({ name, text }) => (
                <td key={name} className="number">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
