import { runs } from '../../documents/fonts';

test('a word that is too long for a column may break anywhere, and other words only between them', () => {
  const word = 'Donaudampfschifffahrtsgesellschaft';
  expect(runs(`${word} 12, Straße 1`)).toEqual([{ text: word, wordBreak: 'break-all' }, { text: ' 12, Straße 1' }]);
  expect(runs('Straße des 17. Juni, Hinterhaus')).toEqual([{ text: 'Straße des 17. Juni, Hinterhaus' }]);
});

test('each part has the font of its script', () => {
  expect(runs('Nordlicht 合同会社 & Co.')).toEqual([{ text: 'Nordlicht ' }, { text: '合同会社', font: 'Japanese' }, { text: ' & Co.' }]);
  expect(runs('')).toEqual([{ text: '' }]);
});
