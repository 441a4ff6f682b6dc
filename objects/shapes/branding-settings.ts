import { z } from 'zod';
import { BORDER_STYLES, FONT_FAMILIES } from '../../domain/rows/branding-settings';

const image = () => z.strictObject({ type: z.literal('url'), url: z.string() }).nullable();

/** Dunlin's own. */
export const brandingSettings = z
  .strictObject({
    object: z.literal('branding_settings'),
    background_color: z.string().nullable(),
    border_style: z.enum(BORDER_STYLES).nullable(),
    button_color: z.string().nullable(),
    display_name: z.string().nullable(),
    font_family: z.enum(FONT_FAMILIES).nullable(),
    icon: image(),
    livemode: z.boolean(),
    logo: image(),
  })
  .meta({ id: 'branding_settings' });
export type WireBrandingSettings = z.output<typeof brandingSettings>;
