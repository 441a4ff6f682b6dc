import { renderRetention } from '../../scripts/retention';
import { textOf } from './repository';

test('docs/retention.md says how long each table is kept, and why (npm run retention writes it)', () => {
  const page = textOf('docs/retention.md');
  expect(page).toBe(renderRetention(page));
});

test('a page without one of the tables is a mistake', () => {
  expect(() => renderRetention('## Removed\n\n| what |\n\nNothing else.\n')).toThrow('## Kept');
});
