import { GUIDES, guideOf } from '../../../server/help/guides';
import { search } from '../../../server/help/search';

test('every question of the guides is found by its own words', () => {
  const sections = GUIDES.flatMap((guide) => guide.sections).filter(({ anchor }) => anchor !== '');
  expect(sections.length).toBeGreaterThan(15);
  for (const { heading, anchor } of sections) expect(search(GUIDES, heading).map((each) => each.anchor)).toContain(anchor);
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
