import type { Resource } from './resource';

/** How the pages of an account in one mode look. Without a row, nothing is set. */
export interface BrandingSettings extends Resource {
  branding: ChosenBranding;
}

/** What a seller has chosen; null for what is as usual. In Stripe's snake_case, as stored and shown. */
export interface ChosenBranding {
  /** `#` and six lower-case hexadecimal digits. */
  background_color: string | null;
  border_style: BorderStyle | null;
  button_color: string | null;
  display_name: string | null;
  font_family: FontFamily | null;
  /** Data URLs: a page asks nothing of another host. */
  icon: string | null;
  logo: string | null;
}

export type BorderStyle = (typeof BORDER_STYLES)[number];
export const BORDER_STYLES = ['pill', 'rectangular', 'rounded'] as const;

/** Stripe's families. */
export const FONT_FAMILIES = [
  'be_vietnam_pro',
  'bitter',
  'chakra_petch',
  'default',
  'hahmlet',
  'inconsolata',
  'inter',
  'lato',
  'lora',
  'm_plus_1_code',
  'montserrat',
  'noto_sans',
  'noto_sans_jp',
  'noto_serif',
  'nunito',
  'open_sans',
  'pridi',
  'pt_sans',
  'pt_serif',
  'raleway',
  'roboto',
  'roboto_slab',
  'source_sans_pro',
  'titillium_web',
  'ubuntu_mono',
  'zen_maru_gothic',
] as const;
export type FontFamily = (typeof FONT_FAMILIES)[number];

/** What a page shows: the seller's choice, and the usual where nothing is chosen. Null colors follow the buyer's light or dark mode. */
export interface Branding extends Pick<ChosenBranding, 'background_color' | 'button_color' | 'icon' | 'logo'> {
  border_style: BorderStyle;
  display_name: string;
  font_family: FontFamily;
}
