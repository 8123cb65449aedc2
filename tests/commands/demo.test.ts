import { expect, test } from 'vitest';
import { once } from './once.ts';

test('the review of the example, as it would stand on GitHub', async () => {
  const { code, out, err } = await once(['demo']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const places = [...out.matchAll(/^## `(.+)`, line (\d+)$/gm)].map(([, path, line]) => `${path}:${line}`);
  const lessons = [...out.matchAll(/^<!-- once-bitten:default ([\w-]+) [0-9a-f]{16} -->$/gm)].map(([, lesson]) => lesson);
  expect(places.map((place, at) => `${lessons[at]} ${place}`)).toMatchInlineSnapshot(`
    [
      "no-validation src/customers/routes.ts:17",
      "secret-in-code src/mail/mailer.ts:13",
      "missing-limit src/orders/routes.ts:9",
      "n-plus-one src/orders/routes.ts:23",
      "sql-injection src/search/routes.ts:9",
    ]
  `);
  expect(out).toContain('verdict **block**');
  expect(out).toContain('once-bitten review --repo PATH');
});

test('what is innocent in the example stays uncommented', async () => {
  const { out } = await once(['demo']);
  for (const innocent of ['/totals', '/articles', 'newCustomer', 'SMTP_PASSWORD']) expect(out).not.toContain(innocent);
});

test('no value of a secret is repeated', async () => {
  expect((await once(['demo'])).out).not.toContain('blue-Kettle');
});

test('on a terminal it is painted', async () => {
  const { out } = await once(['demo'], { colour: true, width: 90 });
  expect(out).toContain('\u001b[32m+');
  expect(out).not.toContain('<sub>');
  expect(out).not.toContain('<!--');
});
