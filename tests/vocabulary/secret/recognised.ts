import { parse } from '../../../src/code/compiler.ts';
import { secret, type SecretAttributes } from '../../../src/vocabulary/secret.ts';
import type { TextRecognition } from '../../../src/vocabulary/word.ts';

/** What the word recognises in one file, whose JavaScript is parsed as the engine would. */
export async function recognised(path: string, text: string, generated = false): Promise<readonly TextRecognition<SecretAttributes>[]> {
  const tree = () => (/\.[cm]?[jt]sx?$/.test(path) ? parse(`/${path}`, text) : undefined);
  return secret.recogniseText({ path, text, generated, tree });
}

/** The lines on which something was recognised, each as `line kind name`. */
export async function lines(path: string, text: string): Promise<string[]> {
  return (await recognised(path, text)).map(({ start, attributes }) => `${text.slice(0, start).split('\n').length} ${attributes.kind} ${attributes.name}`);
}

/** Characters that a machine could have made, always the same for the same seed: no key of anybody, and none stands in this repository. */
export function made(length: number, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', seed = 42): string {
  let state = seed;
  let text = '';
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += alphabet[Math.floor(state / 65_536) % alphabet.length];
  }
  return text;
}

export const hex = (length: number, seed?: number): string => made(length, '0123456789abcdef', seed);
