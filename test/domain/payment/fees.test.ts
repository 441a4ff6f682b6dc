import fc from 'fast-check';
import { disputeFee, processorFee } from '../../../domain/payment/balance';
import { refuseUnchargeable } from '../../../domain/money/minimum-charge';

test('a charge costs 2.9 %, rounded half up, and 30 minor units', () => {
  expect([processorFee(1200), processorFee(1000), processorFee(50), processorFee(500)]).toEqual([65, 59, 31, 45]);
});

test('a fee is a whole amount, never falls for a larger charge, and its percentage is off by less than half a unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), (amount) => {
      const fee = processorFee(amount);
      expect(Number.isSafeInteger(fee)).toBe(true);
      expect(processorFee(amount + 1)).toBeGreaterThanOrEqual(fee);
      expect(Math.abs((fee - 30) * 1000 - amount * 29)).toBeLessThanOrEqual(500);
    }),
  );
});

test('a chargeback costs 15 major units of the currency', () => {
  expect([disputeFee('usd'), disputeFee('jpy'), disputeFee('kwd')]).toEqual([1500, 15, 15_000]);
});

test('amounts below the smallest and above the largest charge are refused', () => {
  expect(() => {
    refuseUnchargeable(49, 'usd');
  }).toThrow('$0.50');
  expect(() => {
    refuseUnchargeable(100_000_000, 'usd');
  }).toThrow('no more than');
  expect(() => {
    refuseUnchargeable(50, 'usd');
  }).not.toThrow();
});
