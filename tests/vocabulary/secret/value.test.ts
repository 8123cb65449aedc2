import { describe, expect, test } from 'vitest';
import { isGuessable, isInnocentForm, isPlaceholder, isRandom, isSequence, longestValue, shapeOf, wordsOf } from '../../../src/vocabulary/secret/value.ts';
import { hex, made } from './recognised.ts';

describe('what a machine made', () => {
  test.each([['letters and digits', undefined], ['base64', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'], ['hexadecimal', '0123456789abcdef'], ['small letters and digits', 'abcdefghijklmnopqrstuvwxyz0123456789']])('%s of 32 are told nearly always', (_, alphabet) => {
    const seen = Array.from({ length: 500 }, (_each, at) => isRandom(made(32, alphabet, at + 1))).filter(Boolean).length;
    expect(seen).toBeGreaterThan(485);
  });

  test.each([
    'getUserAuthenticationToken', 'organizationMembershipInvitation', 'user-password-reset-request', 'application/vnd.api+json', 'NEXT_PUBLIC_SUPABASE_ANON_KEY', 'this-is-a-long-slug-of-words-2', 'com.example.orders.PaymentService', 'projects/orders/locations/europe',
    'aaaaaaaaaaaaaaaaaaaaaaaa', '12345678901234567890', 'a sentence of many words here', '/usr/local/share/orders', '',
  ])('%j is words, or nothing', (text) => expect(isRandom(text)).toBe(false));

  test('a text behind a prefix that people can read', () => expect(isRandom(`orders_production_${hex(32)}`)).toBe(true));
  test('what is longer than any key is data', () => expect(isRandom(made(longestValue + 1))).toBe(false));
});

describe('placeholders', () => {
  test.each([
    '', '${TOKEN}', '{{ token }}', '<token>', '[use-secret-manager]', '%TOKEN%', '$TOKEN', '__TOKEN__', '@token@', '#{token}', 'your-api-key', 'YOUR_SECRET_HERE', 'changeme', 'CHANGE ME', 'change-me-please', 'xxxxxxxx', 'sk-xxxxxxxxxxxx', '********', '...', 'abc...xyz', 'example', 'dummy-token',
    'test-secret', 'fake_key', 'placeholder', 'TODO', 'redacted', 'process.env.TOKEN', 'config.auth.token', 'getToken()', 'vault:secret/data#token', 'op://vault/item', 'arn:aws:secretsmanager:eu', 'ENC[AES256,data]', 'string', 'true', 'null', '1234567890abcdef', '0123456789abcdef0123',
  ])('%j', (value) => expect(isPlaceholder(value)).toBe(true));

  test.each([['discord-client-secret', 'DISCORD_CLIENT_SECRET'], ['alpha-vantage-api-key', 'ALPHA_VANTAGE_KEY'], ['CHAT_OPENAI_KEY', 'CHAT_OPENAI_KEY'], ['password', 'dbPassword'], ['my-secret-token', 'token']])('%j only repeats the name %s', (value, name) => expect(isPlaceholder(value, name)).toBe(true));

  test.each(['m&XAFzBpM3es', '/QN%^4uefRUR%]Ar', 'topsecret', 'hunter2', 'Tr0ub4dor-3', 'keyboard cat', 'SuperSecretPassword', 'sommer', 'p0stgr3s', made(32), hex(40)])('%j is none', (value) => expect(isPlaceholder(value, 'SESSION_SECRET')).toBe(false));
});

describe('innocent forms', () => {
  test.each([
    'https://acme.org/token', './keys/private.pem', '/etc/ssl/key', '~/.ssh/id_rsa', `$2b$10$${made(53)}`, `$argon2id$v=19$m=65536$${made(22)}`, `sha512-${made(86)}==`, '9f1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d', `pk_live_${made(24)}`, 'ada@acme.org', '2026-11-21T22:00:00Z', '0x52908400098527886E0F7030069857D2E4169EE7',
    `ssh-ed25519 ${made(60)}`, 'SOME_CONSTANT', '#ff8800', '<div class="password">', '.password-field > input', '^[a-z]+$', 'SELECT password FROM users',
  ])('%j', (value) => expect(isInnocentForm(value)).toBe(true));

  test.each([made(32), hex(32), 'Tr0ub4dor-3', '/QN%^4uefRUR%]Ar', `/${made(30)}`])('%j has none', (value) => expect(isInnocentForm(value)).toBe(false));
});

test('shapes', () => {
  expect(['Tr0ub4dor-3', 'sommer', 'Sommer', 'keyboard cat', 'resetPassword', 'auth.token', made(24), '12345'].map(shapeOf)).toEqual(['mixed', 'word', 'word', 'phrase', 'label', 'label', 'random', 'word']);
});

test('what everybody tries first', () => {
  for (const value of ['admin', 'Admin', 'postgres', '123456', 'aaaa', 'password1', 'changeme!', 'qwerty']) expect(isGuessable(value), value).toBe(true);
  for (const value of ['sommer', 'Tr0ub4dor-3', 'orders', hex(32)]) expect(isGuessable(value), value).toBe(false);
});

test('sequences', () => {
  for (const value of ['abcdefgh', '0123456789', '54321abcde', 'abcabcabcabc', '1234567890abcdef', 'aaaa']) expect(isSequence(value), value).toBe(true);
  for (const value of ['abc', 'orders', 'a1b5d9', hex(32)]) expect(isSequence(value), value).toBe(false);
});

test('words of any spelling', () => {
  for (const name of ['dbPassword2', 'DB_PASSWORD_2', 'db-password-2', 'DBPassword2', 'db.password.2']) expect(wordsOf(name)).toEqual(['db', 'password', '2']);
  expect(wordsOf('JWTSecretKEY')).toEqual(['jwt', 'secret', 'key']);
});
