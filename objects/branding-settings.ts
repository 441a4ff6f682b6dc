import type { BrandingSettings } from '../domain/rows/branding-settings';
import type { WireBrandingSettings } from './shapes/branding-settings';

/** How the pages of an account look. */
export function toBrandingSettings({ branding, livemode }: Pick<BrandingSettings, 'branding' | 'livemode'>): WireBrandingSettings {
  const { icon, logo, ...rest } = branding;
  return { object: 'branding_settings', ...rest, icon: toImage(icon), livemode, logo: toImage(logo) };
}

export const toImage = (url: string | null): { type: 'url'; url: string } | null => (url === null ? null : { type: 'url', url });
