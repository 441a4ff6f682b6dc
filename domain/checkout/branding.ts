/** How the pages look: the account's settings, and what one session changes of them. */
import type { ChangeSet } from '../core/change-set';
import type { Branding, BrandingSettings, ChosenBranding } from '../rows/branding-settings';

export const NOTHING_CHOSEN: ChosenBranding = {
  background_color: null,
  border_style: null,
  button_color: null,
  display_name: null,
  font_family: null,
  icon: null,
  logo: null,
};

/** Sets what is given and keeps the rest. Null removes a choice. */
export function changeBranding(changes: ChangeSet, change: Partial<ChosenBranding>): void {
  const [before] = changes.rows.all('brandingSettings');
  if (before) changes.patch('brandingSettings', before.id, { branding: { ...before.branding, ...change } });
  else changes.put('brandingSettings', { ...changes.resource('brandset'), branding: { ...NOTHING_CHOSEN, ...change } });
}

/**
 * What a page shows.
 *
 * @param settings none if the account has never set anything
 * @param change what one session changes; a null shows the usual instead of the account's choice
 */
export function brandingOf(
  { name }: { name: string },
  settings: Pick<BrandingSettings, 'branding'> | undefined,
  change: Partial<ChosenBranding> = {},
): Branding {
  const { border_style: border, display_name: shown, font_family: font, ...rest } = { ...NOTHING_CHOSEN, ...settings?.branding, ...change };
  return { ...rest, border_style: border ?? 'rounded', display_name: shown ?? name, font_family: font ?? 'default' };
}
