import { dbCall } from './db-call.ts';
import { envFile } from './env-file.ts';
import { httpCall } from './http-call.ts';
import { iteration } from './iteration.ts';
import { logCall } from './log-call.ts';
import { requestHandler } from './request-handler.ts';
import { secret } from './secret.ts';
import { sink } from './sink.ts';
import { untrustedInput } from './untrusted-input.ts';
import type { Word } from './word.ts';

/** Every word that cards may use. */
export const vocabulary: readonly Word[] = [dbCall, httpCall, iteration, requestHandler, untrustedInput, sink, secret, envFile, logCall];

const byName = new Map(vocabulary.map((word) => [word.name, word]));

/** The word of this name. */
export function wordNamed(name: string): Word | undefined {
  return byName.get(name);
}
