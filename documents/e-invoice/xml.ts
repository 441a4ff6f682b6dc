/** XML as nested lists: a name, attributes if there are any, and content. What is null is left out. */
export type Xml = [name: string, ...content: XmlContent[]];
export type XmlContent = string | Xml | Record<string, string> | null;

/** A whole document. Text is escaped, and characters that XML cannot contain are removed. */
export function document(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root)}\n`;
}

function element([name, ...content]: Xml): string {
  const attributes = content.filter(isAttributes).flatMap((each) => Object.entries(each));
  const head = [name, ...attributes.map(([key, value]) => `${key}="${escapeXml(value)}"`)].join(' ');
  const inside = content.map((each) => (typeof each === 'string' ? escapeXml(each) : Array.isArray(each) ? element(each) : '')).join('');
  return inside === '' ? `<${head}/>` : `<${head}>${inside}</${name}>`;
}

const isAttributes = (content: XmlContent): content is Record<string, string> =>
  typeof content === 'object' && content !== null && !Array.isArray(content);

/** An element with a text; null without one. */
export function text(name: string, content: string | null, attributes: Record<string, string> = {}): Xml | null {
  return content === null || content.trim() === '' ? null : [name, attributes, content];
}

/** An element with children; null if none of them is there. */
export function group(name: string, ...content: (Xml | null)[]): Xml | null {
  const present = content.filter((each) => each !== null);
  return present.length === 0 ? null : [name, ...present];
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(value: string): string {
  // XML 1.0 forbids these.
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (each) => ESCAPES[each] ?? each);
}
