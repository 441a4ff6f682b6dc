import { GUIDES, guideOf } from '../../../server/help/guides';
import { CONTRACT } from '../../../web/words/contract';
import { LANGUAGES, type Language } from '../../../web/words/languages';
import { PORTAL } from '../../../web/words/portal';
import { PRIVACY } from '../../../web/words/privacy';
import { search } from '../../../server/help/search';

const languages = Object.keys(LANGUAGES) as Language[];
const shapeOf = (language: Language) => GUIDES[language].map(({ name, sections }) => [name, sections.length]);

test.each(languages)('every question of the guides is answered in %s, and found by its own words', (language) => {
  const guides = GUIDES[language];
  const sections = guides.flatMap((guide) => guide.sections).filter(({ anchor }) => anchor !== '');
  expect(sections.length).toBeGreaterThan(15);
  expect(shapeOf(language)).toEqual(shapeOf('en'));
  for (const { heading, anchor } of sections) expect(search(guides, heading).map((each) => each.anchor)).toContain(anchor);
});

test.each(languages)('what a guide in %s says to choose is called so on the portal', (language) => {
  const { cancel, change, addCard, invoices } = PORTAL[language];
  const known = [cancel, change, addCard, invoices, PRIVACY[language].title, CONTRACT[language].titles.withdrawal];
  const chosen = GUIDES[language].flatMap(({ html }) => [...html.matchAll(/<strong>(.*?)<\/strong>/g)].map(([, name = '']) => name));
  expect(chosen.length).toBeGreaterThan(5);
  for (const name of chosen) expect(known).toContain(name);
});

test('Japanese, which has no spaces, is found by words within', () => {
  expect(search(GUIDES.ja, '返金 有効期限').map(({ guide }) => guide)).toContain('refunds');
});

test('headings count more than texts, all words must be there, and accents and the end of a word do not matter', () => {
  const guide = guideOf('a', '# A\n\n## Résumé of refunds\nNothing else.\n\n## Other\nA refund is a refund. See the résumé.\n');
  expect(search([guide], 'resume REFUND').map(({ heading }) => heading)).toEqual(['Résumé of refunds', 'Other']);
  expect(search([guide], 'refund nothing').map(({ heading }) => heading)).toEqual(['Résumé of refunds']);
  expect(search([guide], 'refund absent')).toEqual([]);
  expect(search([guide], ' .,- ')).toEqual([]);
});

test('HTML in a guide is text, and its headings can be linked to', () => {
  const { html } = guideOf('a', '# A\n\n## One & two\n<script>x()</script> **bold**\n');
  expect(html).toContain('<h3 id="one-two">One &amp; two</h3>');
  expect(html).toContain('&lt;script&gt;');
  expect(html).toContain('<strong>bold</strong>');
});
