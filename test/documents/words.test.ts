import { formatsOf } from '../../documents/formats';
import { languageOf, WORDS } from '../../documents/words';

const names = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
const { en, ...others } = WORDS;

test.each(Object.entries(others))('%s has every word, with the same places for amounts and dates as English', (_language, words) => {
  for (const [key, text] of Object.entries(en ?? {})) {
    if (typeof text !== 'string') continue;
    const own = words[key as 'invoice'];
    expect([key, names(own)]).toEqual([key, names(text)]);
    expect(own.trim()).not.toBe('');
  }
});

test.each([
  [['de-AT', 'fr'], 'de-AT'],
  [['xx', 'ja'], 'ja'],
  [['no'], 'no'],
  [['zh-Hant'], 'en-GB'],
  [['de_CH', 'not a language!'], 'en-GB'],
  [[], 'en-GB'],
])('of %j, a British seller writes in %s', (preferred, tag) => {
  expect(languageOf(preferred, 'GB').tag).toBe(tag);
});

test('amounts beyond what a floating-point number holds are exact, with the decimals of their currency', () => {
  const { money, unitMoney, percent, quantity } = formatsOf('en-GB');
  expect(money(9_007_199_254_740_991, 'eur')).toBe('€90,071,992,547,409.91');
  expect(money(9_007_199_254_740_991, 'kwd')).toBe('KWD\u00a09,007,199,254,740.991');
  expect(money(-1500, 'jpy')).toBe('-JP¥1,500');
  expect(unitMoney('0.000000000001', 'eur')).toBe('€0.00000000000001');
  expect(percent('8.8750')).toBe('8.875%');
  expect(quantity('123456789012345678')).toBe('123,456,789,012,345,678');
});

test('a period shows its last day', () => {
  const { days } = formatsOf('de-DE');
  expect(days(Date.UTC(2026, 0, 1) / 1000, Date.UTC(2026, 1, 1) / 1000)).toBe('01.01.2026 – 31.01.2026');
  expect(days(Date.UTC(2026, 0, 1) / 1000, Date.UTC(2026, 0, 1) / 1000)).toBe('01.01.2026');
});
