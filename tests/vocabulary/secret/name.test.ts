import { describe, expect, test } from 'vitest';
import { sensitiveName, shownName } from '../../../src/vocabulary/secret/name.ts';
import { made } from './recognised.ts';

describe('sensitive names', () => {
  const kinds: Record<string, readonly string[]> = {
    password: ['password', 'dbPassword', 'DB_PASS', 'PGPASSWORD', 'smtp_pwd', 'adminPassword', 'password2', 'MYSQL_ROOT_PASSWORD', 'passphrase', 'confirmPassword', 'PASSWORD_PROD', 'redisPass'],
    'signing-key': ['JWT_SECRET', 'sessionSecret', 'COOKIE_SECRET', 'encryptionKey', 'SECRET_KEY', 'secret', 'APP_SECRET', 'ACCESS_TOKEN_SECRET', 'AUTH_SECRET', 'SECRET_KEY_BASE', 'signingKey', 'secretOrKey', 'HASH_SECRET', 'NEXTAUTH_SECRET'],
    'api-key': ['apiKey', 'API_KEY', 'STRIPE_KEY', 'openaiApiKey', 'privateKey', 'secretAccessKey', 'SENDGRID_KEY', 'x-api-key'],
    token: ['token', 'accessToken', 'GITHUB_TOKEN', 'authToken', 'bot_token', '_authToken'],
    secret: ['clientSecret', 'FACEBOOK_APP_SECRET', 'webhookSecret', 'PAYPAL_SECRET', 'credentials'],
  };
  for (const [kind, names] of Object.entries(kinds)) test.each(names)(`%s names a ${kind}`, (name) => expect(sensitiveName(name)?.kind).toBe(kind));

  test.each([
    'passwordHash', 'hashedPassword', 'passwordField', 'PASSWORD_MIN_LENGTH', 'forgotPassword', 'hasPassword', 'isSecret', 'tokenType', 'TOKEN_EXPIRES_IN', 'maxTokens', 'nextPageToken', 'csrfToken', 'publicKey', 'PUBLISHABLE_KEY', 'RECAPTCHA_SITE_KEY', 'primaryKey', 'cacheKey', 'sortKey', 'secretName', 'secretArn',
    'keyId', 'ACCESS_KEY_ID', 'apiKeyHeader', 'keyboard', 'monkey', 'compass', 'bypass', 'author', 'boardingPass', 'tokenizer', 'passport', 'NEXT_PUBLIC_API_KEY', 'VITE_TOKEN', 'REACT_APP_API_KEY', 'NX_REACT_APP_API_KEY', 'encryptedPassword', 'idempotencyKey', 'designToken', 'username', '', 'x',
  ])('%j promises nothing', (name) => expect(sensitiveName(name)).toBeUndefined());
});

test('only identifiers are shown', () => {
  expect(shownName('"dbPassword"')).toBe('dbPassword');
  expect(shownName('NEXT_AUTH_GOOGLE_CLIENT_SECRET_V2')).toBe('NEXT_AUTH_GOOGLE_CLIENT_SECRET_V2');
  expect(shownName(`${made(40)}_PASSWORD`)).toBeUndefined();
  for (const name of ['<script>', '`a`b`', 'a'.repeat(61), '@everyone/x', '[x](y)', '']) expect(shownName(name), name).toBeUndefined();
});
