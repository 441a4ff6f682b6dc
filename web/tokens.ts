/** The design of every page: colors, type and space. Pages use these names only; a seller's branding replaces single values. */
import type { Branding } from '../domain/rows/branding-settings';
import { contrast, CONTROL_RATIO, labelOn, readable, TEXT_RATIO } from './contrast';
import { fontStack } from './fonts';

export interface Tokens {
  background: string;
  surface: string;
  text: string;
  muted: string;
  line: string;
  /** Of the button that goes on. */
  accent: string;
  onAccent: string;
  link: string;
  danger: string;
  focus: string;
}

export const LIGHT: Tokens = {
  background: '#f6f7f9',
  surface: '#ffffff',
  text: '#16202e',
  muted: '#566275',
  line: '#cfd6df',
  accent: '#0b5cad',
  onAccent: '#ffffff',
  link: '#0b5cad',
  danger: '#b3261e',
  focus: '#0b5cad',
};

export const DARK: Tokens = {
  background: '#0f141b',
  surface: '#18202b',
  text: '#eef2f7',
  muted: '#a7b3c4',
  line: '#3a4757',
  accent: '#7db8f2',
  onAccent: '#0b1622',
  link: '#7db8f2',
  danger: '#ff9a92',
  focus: '#9fcbf7',
};

/** The tokens whose text can be read on the background; null if neither dark nor light text can. */
export function schemeOn(background: string): Tokens | null {
  return [LIGHT, DARK].find(({ text, muted }) => [text, muted].every((ink) => contrast(ink, background) >= TEXT_RATIO)) ?? null;
}

/** Whether the button can be told from what surrounds it. */
export function isSeen(button: string, { background, surface }: Tokens): boolean {
  return [background, surface].every((ground) => contrast(button, ground) >= CONTROL_RATIO);
}

type Colors = Pick<Branding, 'background_color' | 'button_color'>;

/** The scheme with the seller's colors. A button's color is made lighter or darker where it would not be seen; links and focus, too. */
export function branded(scheme: Tokens, { background_color: background, button_color: button }: Colors): Tokens {
  const based = background === null ? scheme : { ...scheme, background };
  const grounds = [based.background, based.surface];
  const inked = { ...based, danger: readable(based.danger, grounds, TEXT_RATIO) };
  const accent = readable(button ?? based.accent, grounds, CONTROL_RATIO);
  const link = readable(button ?? based.link, grounds, TEXT_RATIO);
  const onAccent = button === null && accent === based.accent ? based.onAccent : labelOn(accent);
  return { ...inked, accent, onAccent, link, focus: readable(button ?? based.focus, grounds, CONTROL_RATIO) };
}

const RADII = {
  rounded: { box: '.75rem', control: '.5rem' },
  rectangular: { box: '0', control: '0' },
  pill: { box: '1.25rem', control: '1.5rem' },
};

/** As custom properties of CSS. A background of the seller's is the same in light and dark mode. */
export function tokensCss(branding: Omit<Branding, 'display_name' | 'icon' | 'logo'>): string {
  const { background_color: background, border_style: border, font_family: font } = branding;
  const declare = (tokens: Tokens) =>
    Object.entries(branded(tokens, branding))
      .map(([name, value]) => `--${name}:${String(value)}`)
      .join(';');
  const shape = `--radius:${RADII[border].control};--box:${RADII[border].box};--font:${fontStack(font)}`;
  const fixed = background === null ? null : schemeOn(background);
  if (fixed !== null) return `:root{color-scheme:${fixed === DARK ? 'dark' : 'light'};${shape};${declare(fixed)}}`;
  return `:root{color-scheme:light dark;${shape};${declare(LIGHT)}}@media (prefers-color-scheme:dark){:root{${declare(DARK)}}}`;
}
