import * as fc from 'fast-check';
import { brandingOf } from '../../domain/checkout/branding';
import { BillingError } from '../../domain/core/errors';
import { FONT_FAMILIES } from '../../domain/rows/branding-settings';
import { checkColors } from '../../server/branding/check';
import { contrast, labelOn } from '../../web/contrast';
import { branded, DARK, LIGHT, schemeOn, tokensCss, type Tokens } from '../../web/tokens';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

/** By WCAG 2.2: 4.5:1 for text, 3:1 for what a control is recognized by. */
function expectReadable({ background, surface, text, muted, accent, onAccent, link, danger, focus }: Tokens): void {
  for (const ground of [background, surface]) {
    for (const ink of [text, muted, link, danger]) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
    for (const mark of [accent, focus]) expect(contrast(mark, ground)).toBeGreaterThanOrEqual(3);
  }
  expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
}

interface Colors {
  background_color: string | null;
  button_color: string | null;
}

/** Null if the colors are accepted. */
function refusedParam(chosen: Colors): string | null {
  try {
    checkColors(chosen, (property) => property);
    return null;
  } catch (error) {
    if (error instanceof BillingError) return error.details.param ?? '';
    throw error;
  }
}

const isAccepted = (chosen: Colors): boolean => refusedParam(chosen) === null;

test('the ratio is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#0000ff', '#ffffff')).toBeCloseTo(8.59, 2);
});

test('whatever colors are accepted, every page can be read in them, light and dark', () => {
  fc.assert(
    fc.property(fc.option(color), fc.option(color), (background_color, button_color) => {
      fc.pre(isAccepted({ background_color, button_color }));
      const schemes = background_color === null ? [LIGHT, DARK] : [schemeOn(background_color) ?? LIGHT];
      for (const scheme of schemes) expectReadable(branded(scheme, { background_color, button_color }));
    }),
    { numRuns: 500 },
  );
});

test('a label can be read on any button', () => {
  fc.assert(fc.property(color, (button) => contrast(labelOn(button), button) >= 4.5));
});

test('an accepted color of a button is shown as it is on the light page', () => {
  fc.assert(
    fc.property(color, (button_color) => {
      fc.pre(isAccepted({ background_color: null, button_color }));
      expect(branded(LIGHT, { background_color: null, button_color }).accent).toBe(button_color);
    }),
  );
});

test.each([
  ['#888888', null, 'background_color'],
  [null, '#ffe600', 'button_color'],
  ['#101820', '#1b2733', 'button_color'],
])('a background of %s with a button of %s is refused, as %s', (background_color, button_color, param) => {
  expect(refusedParam({ background_color, button_color })).toBe(param);
});

test('a yellow button is accepted on a dark page, and a background fixes the scheme', () => {
  expect(isAccepted({ background_color: '#101820', button_color: '#ffe600' })).toBe(true);
  const css = (background_color: string | null) =>
    tokensCss({ background_color, button_color: null, border_style: 'pill', font_family: 'inter' });
  expect(css('#101820')).toContain('color-scheme:dark');
  expect(css('#101820')).not.toContain('@media');
  expect(css(null)).toContain('@media (prefers-color-scheme:dark)');
  expect(css(null)).toContain('"Inter", system-ui');
});

test.each(FONT_FAMILIES)('%s falls back to a system font', (font_family) => {
  const branding = { ...brandingOf({ name: 'Northwind' }, undefined), font_family };
  expect(tokensCss(branding)).toMatch(/--font:.*(sans-serif|serif|monospace);/);
});
