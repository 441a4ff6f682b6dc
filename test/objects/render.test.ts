import { keyOf, Rows } from '../../domain/rows/rows';
import { render, type WireKind } from '../../objects';
import { toAccountSettings } from '../../objects/account';
import { toStripeEvent } from '../../objects/event';
import { OBJECT_NAMES } from '../../server/expansion/names';
import { everything } from './everything';
import * as rows from './rows';

const kinds = Object.keys(OBJECT_NAMES) as WireKind[];

test.each(kinds)('%s is rendered with its own `object`, as plain JSON', (kind) => {
  const [row] = everything.all(kind);
  const shown = render(kind, row ? keyOf(kind, row) : '', everything);
  // The settings of an account, a customer session, and that an alert was triggered, have no id of their own.
  const nameless: WireKind[] = ['alertTriggered', 'brandingSettings', 'customerSession', 'documentSettings', 'taxSettings', 'taxThreshold'];
  const hasId = !nameless.includes(kind);
  expect(shown).toMatchObject({
    ...(hasId ? { id: row && 'invoice' in row && kind === 'dunning' ? row.invoice : (row as { id: string }).id } : {}),
    object: OBJECT_NAMES[kind],
  });
  expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
  expect(JSON.stringify(shown)).not.toMatch(/"[a-z]+[A-Z]\w*":/);
});

test('rows that the API does not show cannot be rendered', () => {
  expect(() => render('taxRecord', 'txrec_1', new Rows({ taxRecord: [{ id: 'txrec_1' } as never] }))).toThrow(
    "taxRecord is not on Stripe's wire",
  );
});

test('a webhook endpoint never shows its signing secret unless it was just made', () => {
  expect(render('webhookEndpoint', 'we_1', everything)).not.toHaveProperty('secret');
});

test('a test clock shows its target time while it advances', () => {
  const clock = new Rows({ testClock: [rows.testClock({ status: 'advancing', targetTime: rows.NOW + 60 })] });
  expect(render('testClock', 'clock_1', clock)).toMatchObject({ status_details: { advancing: { target_frozen_time: rows.NOW + 60 } } });
  expect(render('testClock', 'clock_1', everything)).toMatchObject({ status: 'ready', status_details: {} });
});

test('an event contains the object of that time, and previous attributes only if something changed', () => {
  expect(toStripeEvent(rows.event(), 2)).toMatchObject({
    data: { object: { id: 'cus_1' }, previous_attributes: { name: 'Joe' } },
    pending_webhooks: 2,
    request: { id: 'req_1', idempotency_key: null },
  });
  expect(toStripeEvent(rows.event({ previousAttributes: null }), 0).data).not.toHaveProperty('previous_attributes');
});

test('the settings of an account are shown as they are stored', () => {
  expect(toAccountSettings(rows.account(), false)).toMatchObject({
    object: 'account_settings',
    account: 'acct_1',
    dunning: { ends_in: 'cancel' },
  });
});
