import { Rows } from '../../../domain/rows/rows';
import type { Alert, AlertTriggered } from '../../../domain/rows/alert';
import { UsageFacts, usageHorizon, usageKey } from '../../../domain/rows/usage';
import { usageState } from '../../../domain/agenda/usage';
import { usageWindows } from '../../../domain/usage/windows';
import { customer } from '../../objects/rows';

const NOW = 1_775_001_600;
const resource = (id: string) => ({ id, account: 'acct_1', livemode: false, created: NOW - 1_000 });

const alert = (change: Partial<Alert> = {}): Alert => ({
  ...resource('alrt_1'),
  title: 'Much',
  alertType: 'usage_threshold',
  status: 'active',
  activation: 1,
  countsFrom: NOW - 500,
  meter: 'mtr_1',
  currency: null,
  customer: null,
  gte: 100,
  recurrence: 'one_time',
  ...change,
});
const triggered = (change: Partial<AlertTriggered> = {}): AlertTriggered => ({
  ...resource('alrttr_1'),
  ...{ alert: 'alrt_1', customer: 'cus_1', activation: 1, number: 0, value: '100', periodEnd: null },
  ...change,
});

/** Standing of a customer who has used so much since an instant. */
function standing(quantity: string, given: { alerts: Alert[]; told?: AlertTriggered[]; from?: number; testClock?: string }) {
  const { alerts, told = [], from = NOW - 500, testClock = null } = given;
  const rows = new Rows({ customer: [customer({ testClock, created: NOW - 2_000 })], alert: alerts, alertTriggered: told });
  const window = { meter: 'mtr_1', filters: {}, from, to: usageHorizon(NOW) };
  expect(usageWindows(rows, NOW, []).map(usageKey)).toContain(usageKey(window));
  rows.usage = new UsageFacts(usageHorizon(NOW), new Map([[usageKey(window), { quantity, events: 1 }]]));
  return usageState(rows, 'cus_1', NOW);
}

test('an alert is due exactly at its threshold, under one key, and not below it', () => {
  expect(standing('99.999999999999', { alerts: [alert()] })).toMatchObject({ status: 'watching', agenda: [], ended: false });
  const agenda = [{ step: 'triggerAlert', at: NOW, key: 'triggerAlert/alrt_1/0', target: 'alrt_1' }];
  expect(standing('100', { alerts: [alert()] })).toMatchObject({ agenda });
});

test('an alert that has triggered is not due again for this customer until it is activated again', () => {
  expect(standing('500', { alerts: [alert()], told: [triggered()] })).toMatchObject({ ended: true, agenda: [] });
  const again = standing('500', { alerts: [alert({ activation: 2 })], told: [triggered()] });
  expect(again.agenda).toMatchObject([{ key: 'triggerAlert/alrt_1/1' }]);
});

test('inactive alerts and those of other customers are not watched', () => {
  expect(standing('500', { alerts: [alert({ status: 'inactive' })] }).ended).toBe(true);
  expect(standing('500', { alerts: [alert({ customer: 'cus_2' })] }).ended).toBe(true);
});

test('on a test clock an alert on all customers counts from the customer’s creation, an alert on the customer from its activation', () => {
  expect(standing('100', { alerts: [alert()], testClock: 'clock_1', from: NOW - 2_000 }).agenda).toHaveLength(1);
  expect(standing('100', { alerts: [alert({ customer: 'cus_1' })], testClock: 'clock_1' }).agenda).toHaveLength(1);
});

test('a spend alert that has triggered is not due again until the counted periods are over', () => {
  const spend = alert({ alertType: 'spend_threshold', meter: null, currency: 'usd', recurrence: 'billing_period' });
  const rows = new Rows({ customer: [customer()], alert: [spend], alertTriggered: [triggered({ periodEnd: NOW + 1 })] });
  expect(usageState(rows, 'cus_1', NOW)).toMatchObject({ status: 'watching', agenda: [] });
});
