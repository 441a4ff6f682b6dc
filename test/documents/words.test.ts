import { formatsOf } from '../../documents/formats';
import { lineText } from '../../documents/line-text';
import { languageOf, WORDS } from '../../documents/words';
import { LINE_WORDS } from '../../documents/words/lines';

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

test('every language but English has its own words for lines, with the same places', () => {
  expect(Object.keys(LINE_WORDS).sort()).toEqual(Object.keys(others).sort());
  for (const own of Object.values(LINE_WORDS)) {
    const { each, packs, tier, unused, remaining, trial } = own;
    const places = { each: ['{price}'], packs: ['{count}', '{price}'], tier: ['{number}', '{price}'] };
    expect({ each: names(each), packs: names(packs), tier: names(tier) }).toEqual(places);
    expect([names(unused), names(remaining), names(trial)]).toEqual([['{date}', '{product}'], ['{date}', '{product}'], ['{product}']]);
  }
});

test.each([
  ['de', '3 × Pro (at $1,500.00 / month)', '3 × Pro (1.500,00 $ / Monat)'],
  ['de', '1 × Pro (at $27.00 / every 3 months)', '1 × Pro (27,00 $ / 3 Monate)'],
  ['de', '2 × Setup (at $50.00 each)', '2 × Setup (50,00 $ pro Stück)'],
  ['de', '10 × Seat (Tier 2 at $4.00 / month)', '10 × Seat (Stufe 2: 4,00 $ / Monat)'],
  ['de', '12.5 × Call (at $10.00 per 5 units / month)', '12,5 × Call (10,00 $ je 5 Einheiten / Monat)'],
  ['fr', 'Remaining time on 2 × Team after 11 Apr 2026', 'Temps restant sur 2 × Team après le 11 avr. 2026'],
  ['pl', 'Unused time on Team after 11 Apr 2026', 'Niewykorzystany czas: Team, po 11 kwi 2026'],
  ['ja', 'Trial period for Pro', 'Pro の試用期間'],
  ['nb', 'Minimum commitment', 'Minimumsforbruk'],
  ['en-GB', '3 × Pro (at $1,500.00 / month)', '3 × Pro (at $1,500.00 / month)'],
  ['de', 'Trial and error', 'Trial and error'],
])('in %s, the line %s is %s', (tag, description, text) => {
  const language = languageOf([tag], 'DE');
  const shown = lineText(description, { language, formats: formatsOf(language.tag), currency: 'usd' });
  expect(shown.replaceAll('\u00a0', ' ')).toBe(text);
});
