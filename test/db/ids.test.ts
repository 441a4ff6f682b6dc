import { heldId, idSource, secretSource } from '../../db/ids';

const ids = idSource('secret', 'subscription/sub_1', 'req_1');

test('the same commit makes the same ids, so that its repetition makes no second row', () => {
  expect(idSource('secret', 'subscription/sub_1', 'req_1')('in', 0)).toBe(ids('in', 0));
});

test.each([
  ['installation', idSource('another', 'subscription/sub_1', 'req_1')('in', 0)],
  ['workflow', idSource('secret', 'subscription/sub_2', 'req_1')('in', 0)],
  ['commit key', idSource('secret', 'subscription/sub_1', 'req_2')('in', 0)],
  ['place in the commit', ids('in', 1)],
])('another %s makes another id', (_, id) => {
  expect(id).not.toBe(ids('in', 0));
});

test('ids have the form of Stripe’s: a prefix and as many letters and digits; a coupon’s id has no prefix', () => {
  expect(ids('in', 0)).toMatch(/^in_[A-Za-z0-9]{24}$/);
  expect(ids('cus', 0)).toMatch(/^cus_[A-Za-z0-9]{14}$/);
  expect(ids('coupon', 0)).toMatch(/^[A-Za-z0-9]{8}$/);
  expect(heldId('subscription/sub_1')).toMatch(/^held_[A-Za-z0-9]{24}$/);
});

test('a client secret belongs to its id and its installation', () => {
  const secret = secretSource('secret')('pi_1');
  expect(secret).toMatch(/^pi_1_secret_[A-Za-z0-9]{25}$/);
  expect(secretSource('secret')('pi_1')).toBe(secret);
  expect(secretSource('another')('pi_1')).not.toBe(secret);
});
