/** Contrast by WCAG 2.2: relative luminance of sRGB, and the ratio of two colors. Colors are `#` and six hexadecimal digits. */

/** What AA asks of text, and of a control's area against what surrounds it (1.4.3, 1.4.11). */
export const TEXT_RATIO = 4.5;
export const CONTROL_RATIO = 3;

/** Between 1 and 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The color, moved towards white or black, whichever is nearer, only as far as `ratio` to all of `grounds` needs. */
export function readable(color: string, grounds: readonly string[], ratio: number): string {
  const mixes = STEPS.flatMap((share) => [mix(color, '#ffffff', share), mix(color, '#000000', share)]);
  return mixes.find((each) => grounds.every((ground) => contrast(each, ground) >= ratio)) ?? color;
}

/** White or black, whichever is easier to read on the color. One of them always has 4.5. */
export const labelOn = (color: string): string => (contrast('#ffffff', color) >= TEXT_RATIO ? '#ffffff' : '#000000');

const STEPS = Array.from({ length: 51 }, (_, step) => step / 50);

function mix(from: string, to: string, share: number): string {
  const goal = channels(to);
  const parts = channels(from).map((channel, index) => Math.round(channel + ((goal[index] ?? 0) - channel) * share));
  return `#${parts.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const channels = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
