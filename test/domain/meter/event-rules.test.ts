import { readEvent, type MeterOfEvent } from '../../../domain/meter/event-rules';
import type { GivenEvent } from '../../../domain/meter/event';

const DAY = 86_400;
const now = 1_800_000_000;
const meter: MeterOfEvent = {
  ...{ id: 'mtr_1', eventName: 'tokens', status: 'active', formula: 'sum' },
  ...{ customerKey: 'stripe_customer_id', valueKey: 'value', dimensionKeys: [], costKey: null, eventTimeWindow: null },
};

function read(change: Partial<MeterOfEvent>, payload: Record<string, string>, timestamp: number | null = null) {
  const event: GivenEvent = { eventName: 'tokens', payload: { stripe_customer_id: 'cus_1', ...payload }, timestamp };
  return readEvent(event, { meter: { ...meter, ...change }, customerNow: now });
}

it('a timestamp may be up to 35 days old and 5 minutes ahead', () => {
  for (const at of [now - 35 * DAY, now, now + 300]) expect(read({}, { value: '1' }, at)).toMatchObject({ at });
  expect(read({}, { value: '1' }, now - 35 * DAY - 1)).toMatchObject({ code: 'timestamp_too_far_in_past' });
  expect(read({}, { value: '1' }, now + 301)).toMatchObject({ code: 'timestamp_in_future' });
  expect(read({}, { value: '1' })).toMatchObject({ at: now });
});

const values: [string, string | null][] = [
  ['999999999999999', null],
  ['0.000000000001', null],
  ['-12.5', null],
  ['1000000000000000', 'meter_event_value_too_many_digits'],
  ['0.0000000000001', 'meter_event_value_too_many_digits'],
  ['', 'meter_event_value_not_found'],
  ...['1e3', '+1', ' 1', '1.', '.5', '0x1', 'NaN', '--1', '1,5', '١'].map((value): [string, string] => [
    value,
    'meter_event_invalid_value',
  ]),
];

it.each(values)('the value %j', (value, code) => {
  expect(read({}, { value })).toMatchObject(code === null ? { value } : { code });
});

it('a value fits its formula: none for a count, any text for distinct values, otherwise numbers, of which some must not be negative', () => {
  expect(read({ formula: 'count' }, {})).toMatchObject({ value: null });
  expect(read({ formula: 'count' }, { value: 'whatever' })).toMatchObject({ value: null });
  expect(read({ formula: 'unique' }, { value: 'ann@example' })).toMatchObject({ value: 'ann@example', isDistinct: true });
  for (const formula of ['max', 'last'] as const) {
    expect(read({ formula }, { value: '0' })).toMatchObject({ value: '0' });
    expect(read({ formula }, { value: '-1' })).toMatchObject({ code: 'meter_event_invalid_value' });
  }
});

it('dimensions must be present and not empty; a cost may be absent, and must be a number', () => {
  const terms = { dimensionKeys: ['model', 'kind'], costKey: 'cost' };
  expect(read(terms, { value: '1', model: 'large', kind: 'input', other: 'x' })).toMatchObject({
    ...{ dimensions: { model: 'large', kind: 'input' }, cost: null },
  });
  expect(read(terms, { value: '1', model: 'large', kind: '' })).toMatchObject({
    code: 'missing_dimension_payload_keys',
    param: 'payload[kind]',
  });
  expect(read(terms, { value: '1', model: 'm', kind: 'k', cost: '0.015' })).toMatchObject({ cost: '0.015' });
  expect(read(terms, { value: '1', model: 'm', kind: 'k', cost: 'free' })).toMatchObject({
    code: 'meter_event_invalid_value',
    param: 'payload[cost]',
  });
});
