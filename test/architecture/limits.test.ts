import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS, type Limit } from '../../domain/core/limits';

const page = readFileSync(join(__dirname, '../../docs/limits.md'), 'utf8');
const written = (max: number): string => String(max).replace(/\B(?=(\d{3})+$)/g, ',');
const rowOf = ({ max, unit, why }: Limit): string => `| ${unit} | ${written(max)} | ${why} |`;

test('docs/limits.md lists exactly the limits in the code', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| of what') && !line.startsWith('| ---'));
  expect(rows).toEqual(Object.values(LIMITS).map(rowOf));
});
