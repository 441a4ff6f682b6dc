import { ChangeSet } from '../../../domain/core/change-set';
import { announceThresholds } from '../../../domain/tax/threshold-notices';
import { taxThreshold } from '../../objects/rows';
import { World } from '../subscription/world';

const at = (day: string): number => Date.parse(day) / 1000;
const { standing } = taxThreshold();

/** The levels that are announced, one look after another. */
function announced(...looks: Partial<typeof standing>[]): string[] {
  const world = new World('2026-01-01');
  return looks.flatMap((change) => {
    const changes = new ChangeSet(world.rows, world.trial().context);
    announceThresholds(changes, [{ ...standing, ...change }]);
    for (const notice of changes.rows.all('taxThreshold')) world.rows.put('taxThreshold', notice);
    return changes.events.map(({ type }) => type.replace('tax.threshold.', ''));
  });
}

test('each level is announced once, in its order', () => {
  expect(announced({}, {}, { status: 'crossed' }, { status: 'crossed' }, {})).toEqual(['approaching', 'crossed']);
});

test('nothing is announced below the threshold, and nothing where the seller is registered', () => {
  expect(announced({ status: 'below' }, { status: 'registered' })).toEqual([]);
});

test('the next calendar year is announced anew; a rolling year only when it ends in another calendar year', () => {
  const year = (start: string, end: string) => ({ periodStart: at(start), periodEnd: at(end) });
  expect(announced({}, year('2026-01-01', '2027-01-01'))).toEqual(['approaching', 'approaching']);
  const rolling = { window: 'rolling_12_months' } as const;
  expect(announced({ ...rolling, ...year('2025-02-01', '2026-02-01') }, { ...rolling, ...year('2026-01-01', '2027-01-01') })).toEqual([
    'approaching',
  ]);
  expect(announced({ ...rolling, ...year('2026-01-01', '2027-01-01') }, { ...rolling, ...year('2026-02-01', '2027-02-01') })).toEqual([
    'approaching',
    'approaching',
  ]);
});
