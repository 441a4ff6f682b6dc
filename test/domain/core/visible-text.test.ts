import fc from 'fast-check';
import { hasVisibleCharacter, hiddenIn, withoutHidden } from '../../../domain/core/visible-text';

test.each([
  ['an override of the direction', 'invoice\u202efdp.exe'],
  ['an embedding', 'a\u202ab'],
  ['an isolate', 'a\u2067b\u2069'],
  ['a space without a width', 'pay\u200bpal'],
  ['a byte order mark', 'a\ufeff'],
  ['a word joiner', 'a\u2060b'],
  ['a soft hyphen', 'a\u00adb'],
  ['a filler of Hangul', 'a\u3164b'],
  ['an annotation', 'a\ufff9b\ufffb'],
  ['a second text in tags', 'a\u{e0061}\u{e0062}'],
  ['tags behind a flag that is not closed', '\u{1f3f4}\u{e0067}\u{e0062}'],
])('%s is not shown to people', (_, text) => {
  expect(hiddenIn(text)).toBe('invisible characters');
  expect(hiddenIn(withoutHidden(text))).toBeNull();
});

test.each([
  ['Persian with a joiner', 'می\u200cخواهم'],
  ['Arabic with a mark of direction', 'شركة\u200f (Acme)'],
  ['Hebrew', 'שלום עולם'],
  ['an emoji of several', '👩\u200d👩\u200d👧\ufe0f'],
  ['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ['a variant of a Japanese name', '葛\u{e0100}城'],
  ['Mongolian', 'ᠠ\u180bᠨ'],
  ['a table', 'a\tb\r\nc'],
])('%s stays as it is', (_, text) => {
  expect(hiddenIn(text)).toBeNull();
  expect(withoutHidden(text)).toBe(text);
});

test('whatever is sent, nothing hidden is left of it, what is seen stays, and taking it off twice changes nothing', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u202e', '\u2066', '\u{e0041}', '\u{1f3f4}', '\u{e007f}', '\u200b', '\0'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const shown = withoutHidden(text);
      expect(hiddenIn(shown)).toBeNull();
      expect(withoutHidden(shown)).toBe(shown);
      expect(hasVisibleCharacter(shown)).toBe(hasVisibleCharacter(text));
      if (hiddenIn(text) === null) expect(shown).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});
