/** How pages look, as parameters of the account's settings and of a session. */
import { LIMITS } from '../../domain/core/limits';
import { omitUndefined } from '../../domain/core/omit-undefined';
import { BORDER_STYLES, FONT_FAMILIES, type ChosenBranding } from '../../domain/rows/branding-settings';
import { emptyable, name, object, oneOf, text } from '../http/parameters';

const color = () =>
  text({ max: 5000 })
    .refine(
      (value) => value === '' || /^#[0-9a-fA-F]{6}$/.test(value),
      'Invalid color: write it as # and six hexadecimal digits, for example #0b5cad',
    )
    .transform((value) => value.toLowerCase());

/** The first characters of each format in base64. */
const FORMATS = /^data:image\/(png;base64,iVBORw0KGgo|jpeg;base64,\/9j\/|gif;base64,R0lGOD|webp;base64,UklGR)[A-Za-z0-9+/]*={0,2}$/;

const image = () =>
  object({
    type: oneOf(['url']),
    url: text({ max: LIMITS.brandingImage.max }).refine(
      (value) => value === '' || FORMATS.test(value),
      'Invalid image: send it as a data URL of a PNG, JPEG, GIF or WebP in base64. A page loads nothing from another host',
    ),
  });

export const brandingShape = {
  background_color: emptyable(color()).optional(),
  border_style: emptyable(oneOf(BORDER_STYLES)).optional(),
  button_color: emptyable(color()).optional(),
  display_name: emptyable(name({ max: 250 })).optional(),
  font_family: emptyable(oneOf(FONT_FAMILIES)).optional(),
  icon: emptyable(image()).optional(),
  logo: emptyable(image()).optional(),
};

export const brandingParameters = () => object(brandingShape);

type Given = { [K in keyof Omit<ChosenBranding, 'icon' | 'logo'>]?: ChosenBranding[K] | undefined } & {
  icon?: { url: string } | null | undefined;
  logo?: { url: string } | null | undefined;
};

/** What was sent; an empty value is null. */
export function chosenBranding({ icon, logo, ...rest }: Given): Partial<ChosenBranding> {
  return omitUndefined({ ...rest, icon: icon && icon.url, logo: logo && logo.url });
}
