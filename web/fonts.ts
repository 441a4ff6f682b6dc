/** The fonts that a seller may choose. A page loads none: it shows the family where it is installed, and else a system font of the same kind. */
import type { FontFamily } from '../domain/rows/branding-settings';

const KINDS = {
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK JP", sans-serif',
  serif: '"Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", Georgia, "Noto Serif CJK JP", serif',
  mono: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", monospace',
};

const FONTS: Record<FontFamily, readonly [name: string | null, kind: keyof typeof KINDS]> = {
  be_vietnam_pro: ['Be Vietnam Pro', 'sans'],
  bitter: ['Bitter', 'serif'],
  chakra_petch: ['Chakra Petch', 'sans'],
  default: [null, 'sans'],
  hahmlet: ['Hahmlet', 'serif'],
  inconsolata: ['Inconsolata', 'mono'],
  inter: ['Inter', 'sans'],
  lato: ['Lato', 'sans'],
  lora: ['Lora', 'serif'],
  m_plus_1_code: ['M PLUS 1 Code', 'mono'],
  montserrat: ['Montserrat', 'sans'],
  noto_sans: ['Noto Sans', 'sans'],
  noto_sans_jp: ['Noto Sans JP', 'sans'],
  noto_serif: ['Noto Serif', 'serif'],
  nunito: ['Nunito', 'sans'],
  open_sans: ['Open Sans', 'sans'],
  pridi: ['Pridi', 'serif'],
  pt_sans: ['PT Sans', 'sans'],
  pt_serif: ['PT Serif', 'serif'],
  raleway: ['Raleway', 'sans'],
  roboto: ['Roboto', 'sans'],
  roboto_slab: ['Roboto Slab', 'serif'],
  source_sans_pro: ['Source Sans Pro', 'sans'],
  titillium_web: ['Titillium Web', 'sans'],
  ubuntu_mono: ['Ubuntu Mono', 'mono'],
  zen_maru_gothic: ['Zen Maru Gothic', 'sans'],
};

/** The value of `font-family`. */
export function fontStack(family: FontFamily): string {
  const [name, kind] = FONTS[family];
  return name === null ? KINDS[kind] : `"${name}", ${KINDS[kind]}`;
}
