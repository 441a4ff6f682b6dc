import { defaultAccountSettings } from '../../../domain/rows/account';
import { routeOf } from '../../../domain/support/routing';

const { support } = defaultAccountSettings('TEST', 'customer');

test.each([
  ['My invoice has the wrong tax', 'billing'],
  ['The activation of my KEY fails', 'licence'],
  ['How do I export a chart?', 'product'],
  ['A key on my invoice: the tax', 'billing'],
  ['monkeys', 'product'],
])('%s goes to %s', (text, route) => {
  expect(routeOf(text, support)).toBe(route);
});

test('words are the seller’s own, in any language', () => {
  const routes = { ...support.routes, billing: { ...support.routes.billing, words: ['rechnung', '請求書'] } };
  expect(routeOf('Meine RECHNUNG', { routes })).toBe('billing');
  expect(routeOf('invoice', { routes })).toBe('product');
});
