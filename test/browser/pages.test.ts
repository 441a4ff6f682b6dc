import { AxeBuilder } from '@axe-core/playwright';
import { CONSOLE_PAGES } from '../../scripts/console-examples';
import { PAGES } from '../../scripts/page-examples';
import { renderPage } from '../../web/render';
import { overflowOf, useBrowser } from '../support/browser';

const browser = useBrowser();

const looks = ([375, 1280] as const).flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })));
const pages = { ...PAGES, ...CONSOLE_PAGES };
const cases = Object.keys(pages).flatMap((name) => looks.map((look) => ({ name, ...look })));

test.each(cases)('$name, $width pixels wide, $colorScheme: nothing is cut off, and nothing stops a screen reader', async (of) => {
  const context = await browser.newContext({ viewport: { width: of.width, height: 800 }, colorScheme: of.colorScheme });
  const page = await context.newPage();
  await page.setContent(renderPage(pages[of.name]?.()));
  expect(await overflowOf(page)).toBe(0);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await context.close();
});
