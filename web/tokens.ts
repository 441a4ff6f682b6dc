/** The design of every page: colours, type and space. Pages use these names only; a seller's branding replaces single values. */
export interface Tokens {
  background: string;
  surface: string;
  text: string;
  muted: string;
  line: string;
  accent: string;
  onAccent: string;
  danger: string;
  focus: string;
}

const LIGHT: Tokens = {
  background: '#f6f7f9',
  surface: '#ffffff',
  text: '#16202e',
  muted: '#566275',
  line: '#cfd6df',
  accent: '#0b5cad',
  onAccent: '#ffffff',
  danger: '#b3261e',
  focus: '#0b5cad',
};

const DARK: Tokens = {
  background: '#0f141b',
  surface: '#18202b',
  text: '#eef2f7',
  muted: '#a7b3c4',
  line: '#3a4757',
  accent: '#7db8f2',
  onAccent: '#0b1622',
  danger: '#ff9a92',
  focus: '#9fcbf7',
};

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK JP", sans-serif';

/** As custom properties of CSS, light and dark. */
export function tokensCss(): string {
  const declare = (tokens: Tokens) =>
    Object.entries(tokens)
      .map(([name, value]) => `--${name}:${String(value)}`)
      .join(';');
  return `:root{color-scheme:light dark;${declare(LIGHT)}}@media (prefers-color-scheme:dark){:root{${declare(DARK)}}}`;
}
