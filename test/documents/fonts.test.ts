import { runs } from '../../documents/fonts';

test('a word that is too long for a column may break anywhere, and other words only between them', () => {
  const word = 'Donaudampfschifffahrtsgesellschaft';
  expect(runs(`${word} 12, Straße 1`)).toEqual([{ text: word, wordBreak: 'break-all' }, { text: ' 12, Straße 1' }]);
  expect(runs('Straße des 17. Juni, Hinterhaus')).toEqual([{ text: 'Straße des 17. Juni, Hinterhaus' }]);
});

test('each part has the font of its script', () => {
  expect(runs('Nordlicht 合同会社 & Co.')).toEqual([{ text: 'Nordlicht ' }, { text: '合同会社', font: 'Japanese' }, { text: ' & Co.' }]);
  expect(runs('深圳市腾讯 Co')).toEqual([{ text: '深圳市腾讯', font: 'Chinese' }, { text: ' Co' }]);
  expect(runs('카카오')).toEqual([{ text: '카카오', font: 'Korean' }]);
  expect(runs('บริษัท กขค')).toEqual([{ text: 'บริษัท', font: 'Thai' }, { text: ' ' }, { text: 'กขค', font: 'Thai' }]);
  expect(runs('दिल्ली')).toEqual([{ text: 'दिल्ली', font: 'Devanagari' }]);
  expect(runs('')).toEqual([{ text: '' }]);
});

/** What stands on the page from left to right. */
const shown = (text: string) =>
  runs(text)
    .map((run) => run.text)
    .join('');

test('words of Arabic and Hebrew stand from right to left, and Latin words and numbers in them do not', () => {
  expect(shown('שלום עולם')).toBe('עולם שלום');
  expect(shown('שלום Example GmbH 12 עולם')).toBe('עולם 12 Example GmbH שלום');
  expect(shown('Straße שלום עולם 12 Hof')).toBe('Straße עולם שלום 12 Hof');
  expect(shown('حساب برو × 1')).toBe('1 × برو حساب');
});

test('a mark belongs to its word, and a bracket is mirrored', () => {
  expect(runs('(יוסף כהן) בע"מ')).toEqual([
    { text: 'בע"מ', font: 'Hebrew' },
    { text: ' ' },
    { text: 'כהן(', font: 'Hebrew' },
    { text: ' ' },
    { text: ')יוסף', font: 'Hebrew' },
  ]);
});

test('a long text from right to left has lines that no column breaks again, in their order', () => {
  const words = Array.from({ length: 8 }, (_, index) => `${'א'.repeat(7)}${'בגדהוזחט'.charAt(index)}`);
  const lines = shown(words.join(' ')).split('\n');
  expect(lines.every((line) => line.length <= 28)).toBe(true);
  expect(lines.flatMap((line) => line.split(' ').reverse())).toEqual(words);
});

test('a text across the page has longer lines than a column', () => {
  const text = 'כפי שסוכם בטלפון. המחירים כוללים הנחה לשנה הראשונה';
  expect(shown(text).split('\n')).toHaveLength(2);
  expect(
    runs(text, 64)
      .map((run) => run.text)
      .join('')
      .split('\n'),
  ).toHaveLength(1);
});

test('in a line that runs from right to left, marks around numbers and Latin words stand where its reader looks for them', () => {
  expect(shown('תוכנית מקצועית (3 משתמשים)')).toBe('משתמשים( 3) מקצועית תוכנית');
  expect(shown('השירות של Nordlicht GmbH.')).toBe('.Nordlicht GmbH של השירות');
  expect(shown('הנחה של 10%, לשנה')).toBe('לשנה ,10% של הנחה');
  expect(shown('בכפוף לתנאי השירות של Nordlicht GmbH.')).toBe('של השירות לתנאי בכפוף\n.Nordlicht GmbH');
  expect(shown('Pro (3 seats) שלום')).toBe('Pro (3 seats) שלום');
});
