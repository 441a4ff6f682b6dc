import { BillingError } from '../../domain/core/errors';
import type { ChosenBranding } from '../../domain/rows/branding-settings';
import { CONTROL_RATIO, contrast, TEXT_RATIO } from '../../web/contrast';
import { DARK, isSeen, LIGHT, schemeOn } from '../../web/tokens';

/**
 * Whether everything on a page can be read with these colors (WCAG 2.2 AA).
 *
 * @param nameOf the parameter's name from the property's
 * @throws BillingError parameter_invalid where text has less than 4.5:1 on the background, or the button less than 3:1 to what is around it
 */
export function checkColors(
  branding: Pick<ChosenBranding, 'background_color' | 'button_color'>,
  nameOf: (property: string) => string,
): void {
  const { background_color: background, button_color: button } = branding;
  const scheme = background === null ? LIGHT : schemeOn(background);
  if (scheme === null) throw refused(nameOf('background_color'), unreadable(background ?? ''));
  if (button === null || isSeen(button, { ...scheme, background: background ?? scheme.background })) return;
  throw refused(nameOf('button_color'), unseen(button, [background ?? scheme.background, scheme.surface]));
}

function unreadable(background: string): string {
  const best = Math.max(...[LIGHT, DARK].map(({ muted }) => contrast(muted, background)));
  return (
    `Text cannot be read on ${background}: the contrast of notes is ${best.toFixed(2)}:1, and WCAG AA asks for ${String(TEXT_RATIO)}:1. ` +
    'Use a lighter or a darker color.'
  );
}

function unseen(button: string, grounds: string[]): string {
  const [ground = '', least = 0] = grounds.map((each) => [each, contrast(button, each)] as const).sort((a, b) => a[1] - b[1])[0] ?? [];
  return (
    `A button of ${button} cannot be seen on ${ground}: its contrast is ${least.toFixed(2)}:1, and WCAG AA asks for ` +
    `${String(CONTROL_RATIO)}:1. Use another color, or another \`background_color\`.`
  );
}

const refused = (param: string, message: string) => new BillingError('parameter_invalid', message, { param });
