/** The console as a browser without script has it: its cookies, and the forms of its pages. */
import type { Role } from '../../domain/rows/user';
import type { Sql } from '../../db/connect';
import { insertLink, insertUser } from '../../db/users';

export const PASSWORD = 'correct horse battery staple';

interface Answer {
  status: number;
  html: string;
  headers: Headers;
  location: string | null;
}

/** One browser. It follows no redirect by itself. */
export class ConsoleBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  look(path: string): Promise<Answer> {
    return this.ask(path, {});
  }

  /** Sends a form as a page of ours does; `headers` as those of a foreign page. */
  send(path: string, entries: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, { method: 'POST', body: new URLSearchParams(entries), headers });
  }

  logIn(email: string, password: string = PASSWORD, back = ''): Promise<Answer> {
    return this.send('/console/login', { email, password, back });
  }

  /** What the browser would send: `name=value`. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async ask(path: string, { headers, ...init }: { method?: string; body?: URLSearchParams; headers?: Record<string, string> }) {
    const sent = { Cookie: this.cookie, 'Sec-Fetch-Site': 'same-origin', ...this.headers, ...headers };
    const response = await fetch(new URL(path, this.url), { redirect: 'manual', ...init, headers: sent });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: response.status, html: await response.text(), headers: response.headers, location: response.headers.get('location') };
  }
}

/** A user who has set the password by the link, as every user does, with the browser in which that was done; `headers` are sent with each of its requests. */
export async function consoleUser(
  { sql, url, account }: { sql: Sql; url: string; account: string },
  role: Role,
  email = `${role}@example.com`,
  headers: Record<string, string> = {},
): Promise<{ id: string; email: string; browser: ConsoleBrowser }> {
  const now = Math.floor(Date.now() / 1000);
  const user = await insertUser(sql, { account, email, name: null, role, now });
  if (user === null) throw new Error(`the address ${email} belongs to a user already`);
  const browser = new ConsoleBrowser(url, headers);
  const link = await insertLink(sql, { id: user.id, now });
  const { status } = await browser.send(`/console/setup/${link}`, { password: PASSWORD, again: PASSWORD });
  if (status !== 303) throw new Error(`the password was not set: ${String(status)}`);
  return { id: user.id, email, browser };
}
