/** Passwords as argon2id hashes, with OWASP's parameters. */
import { hash, verify } from '@node-rs/argon2';

/** 19 MiB, two passes, one lane: about 30 milliseconds, outside of the main thread. Argon2id is the library's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** Without a hash it takes the same time and is wrong, so that nobody can tell whether there is such a user. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  placeholder ??= hashPassword('nobody has this password');
  const isRight = await verify(stored ?? (await placeholder), password);
  return isRight && stored !== null;
}

let placeholder: Promise<string> | undefined;
