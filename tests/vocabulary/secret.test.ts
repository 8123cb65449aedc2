import { describe, expect, test } from 'vitest';
import { kindNames } from '../../src/vocabulary/secret/kinds.ts';
import { secret } from '../../src/vocabulary/secret.ts';
import { builtInLesson, findingsIn } from '../samples.ts';
import { hex, lines, made, recognised } from './secret/recognised.ts';

/** A text with its expectation on its lines: those with `«secret»` hold one, of whatever kind. The marks are taken out before reading. */
function marked(cases: Record<string, { path: string; text: string }>): void {
  for (const [name, { path, text }] of Object.entries(cases)) {
    test(name, async () => {
      const found = new Set((await lines(path, text.replaceAll('«secret»', ''))).map((line) => Number(line.split(' ')[0])));
      const earned = text.replaceAll('«secret»', '').split('\n').map((line, at) => (found.has(at + 1) ? `${line}«secret»` : line)).join('\n');
      expect(earned).toBe(text);
    });
  }
}

const key = made(32);
const jwt = ['eyJhbGciOiJIUzI1NiJ9', Buffer.from('{"sub":"orders","scope":"write:all"}').toString('base64url'), made(43)].join('.');

const nxToken = (right: string) => Buffer.from(`${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}|${right}`).toString('base64');

describe('code', () => {
  marked({
    'literals behind a sensitive name': {
      path: 'src/config.ts',
      text: `
        const apiKey = '${key}';«secret»
        const dbPassword: string = "Tr0ub4dor-3";«secret»
        let accessToken = \`${key}\` as string;«secret»
        const REFRESH_KEY = '${key}';«secret»
        const KEY = Buffer.from('${hex(64)}', 'hex');«secret»
        const greeting = Buffer.from('${hex(64)}', 'hex');
        class Mailer { private password = 'Sommer2019!'; }«secret»
        function connect(user = 'orders', password = 'Sommer2019!') {}«secret»
        const { clientSecret = '${key}' } = options;«secret»
        account.password = 'Sommer2019!';«secret»
        config['api_key'] = '${key}';«secret»
        export const JWT_SECRET = 'purple-monkey-dishwasher-9';«secret»`,
    },
    'what is used when the environment says nothing': {
      path: 'src/auth.ts',
      text: `
        const secret = process.env.JWT_SECRET ?? 'purple monkey';«secret»
        const other = process.env['SESSION_SECRET'] || 'changeme';«secret»
        const third = config.get('COOKIE_SECRET', 'dishwasher');«secret»
        const checked = cleanEnv(process.env, {
          JWT_SECRET: str({ default: 'purple monkey' }),«secret»
          TRANSCRIBE_KEY: str({ default: '${key}' }),«secret»
          REGION: str({ default: '${key}' }),
          CACHE_KEY: str({ default: 'orders' }),
        });
        const settings = convict({
          secret: { doc: 'signs sessions', default: 'purple monkey', env: 'SESSION_SECRET' },«secret»
          port: { doc: 'where it listens', default: '8080', env: 'PORT' },
        });
        const env = z.object({ JWT_SECRET: z.string().min(4).default('monkey') });«secret»
        const password = process.env.ADMIN_PASSWORD ? process.env.ADMIN_PASSWORD : 'Sommer2019';«secret»
        const stripe = process.env.STRIPE_API_KEY ?? 'dummy';
        const region = process.env.AWS_REGION ?? 'eu-west-1';
        const none = process.env.JWT_SECRET ?? '';`,
    },
    'where a call takes its key or password': {
      path: 'src/server.ts',
      text: `
        import jwt from 'jsonwebtoken';
        import { createHmac, createCipheriv } from 'node:crypto';
        import * as bcrypt from 'bcrypt';
        jwt.sign({ id: user.id }, 'purple monkey');«secret»
        jwt.verify(token, "your-secret-key");«secret»
        createHmac('sha256', 'monkey').update(body);«secret»
        createCipheriv('aes-256-cbc', 'dishwasherdishwasherdishwasher12', iv);«secret»
        app.use(session({ name: 'sid', secret: 'keyboard cat', resave: false }));«secret»
        app.use(cookieSession({ keys: ['monkey', other] }));«secret»
        app.use(cookieParser('monkey'));«secret»
        app.keys = ['purple monkey'];«secret»
        new Sequelize('orders', 'orders', 'Sommer2019', { dialect: 'postgres' });«secret»
        mysql.createConnection({ host: 'db.internal', user: 'orders', password: 'sommer' });«secret»
        nodemailer.createTransport({ host: 'mail.acme.org', auth: { user: 'orders', pass: 'sommer' } });«secret»
        super({ jwtFromRequest, secretOrKey: 'secretKey' });«secret»
        fastify.register(fastifyJwt, { secret: 'supersecret' });«secret»
        app.set('jwtSecret', 'purple-monkey-9');«secret»
        await bcrypt.compare('Sommer2019', hash);«secret»
        const bytes = await new SignJWT(claims).sign(new TextEncoder().encode('purple monkey'));«secret»
        if (req.body.password === 'Sommer2019') grant();«secret»
        app.use(basicAuth({ users: { admin: 'sommer' } }));«secret»
        fetch(url, { headers: { Authorization: 'Bearer ${key}' } });«secret»
        const wallet = new ethers.Wallet('0x${hex(64)}', provider);«secret»
        const account = privateKeyToAccount('0x${hex(64, 3)}');«secret»
        fetch(url, { headers: { 'x-api-key': '${key}' } });«secret»`,
    },
    'calls whose arguments are something else': {
      path: 'src/innocent.ts',
      text: `
        createHmac('sha256', process.env.KEY).update('monkey');
        jwt.sign({ role: 'admin' }, privateKey, { algorithm: 'RS256' });
        verify(token, 'monkey');
        prisma.environment.findMany({ orderBy: { key: 'asc' } });
        passport.authenticate('basic', { session: false });
        db.collection.compare('left', 'right');
        app.set('view engine', 'pug');
        session({ secret: process.env.SESSION_SECRET, name: 'connect.sid', key: 'sid' });
        await bcrypt.hash(password, 'b');
        new Wallet('0x52908400098527886E0F7030069857D2E4169EE7', privateKeyToAccount(key), new Wallet('main'));
        fetch(url, { credentials: 'include', headers: { Authorization: \`Bearer \${token}\` } });`,
    },
    'captions, keys and names of things': {
      path: 'src/forms.tsx',
      text: `
        const labels = { password: 'Password', newPassword: 'New password', token: 'Your token', secret: 'Geheimnis' };
        const errors = { email: 'incorrectEmail', password: 'incorrectEmailOrPassword' };
        const PASSWORD = 'password', TOKEN_KEY = 'auth.token', RESET_PASSWORD = 'resetPassword';
        const routes = { resetPassword: '/auth/reset-password', token: 'https://acme.org/oauth/token' };
        const JWT_SECRET = 'JWT_SECRET';
        enum Field { Password = 'password', ApiKey = 'api_key' }
        const messages = { username: 'label.username', password: 'label.password' };
        type Login = { username: string; password: 'plain' | 'hashed' };
        const schema = { password: 'string', token: { type: 'string', required: true } };
        const tokenType = 'Bearer', passwordHash = '$2b$10$${made(53)}', maxTokens = '4096';
        const nextToken = '${key}', csrfToken = '${key}', publicKey = '${key}', cacheKey = '${key}';
        const view = <Input name="password" placeholder="Enter your password" autoComplete="current-password" />;
        if (token === 'comment' || node.token === 'identifier' || field.type === 'password') next();
        const apiKey = config.apiKey, password = process.env.PASSWORD!, secret = await vault.read('a/b');
        const form = { email: 'ada@acme.org', password: '' };
        const address = { token: '0x52908400098527886E0F7030069857D2E4169EE7' };
        const id = { apiKey: '9f1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d' };`,
    },
    'credentials beside each other': {
      path: 'src/accounts.ts',
      text: `
        new User({ username: 'admin@acme.org', password: 'SuperSecretPassword' }).save();«secret»
        const demo = login({ email: user.email, password: 'sommer' });«secret»
        export const fixture = { title: 'Sign in', password: 'sommer' };`,
    },
    'a name told by what it belongs to': {
      path: 'src/settings.js',
      text: `
        module.exports = {
          jwt: { secret: 'purple-monkey-9' },«secret»
          cookieSecret: 'session_cookie_secret_key',«secret»
          labels: { secret: 'purple-monkey-9' },
        };`,
    },
  });

  test('a file that does not parse is read as text', async () => {
    const text = `const apiKey = '${key}';`;
    const found = await secret.recogniseText({ path: 'a.ts', text, generated: false, tree: () => undefined });
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([key]);
  });

  test('a file without anything sensitive is never parsed', async () => {
    const tree = () => expect.unreachable('parsed');
    const text = 'export const passwordLabel = "Password";\nconst token = await getToken("orders");\nthrow new Error("wrong password");';
    expect(await secret.recogniseText({ path: 'a.ts', text, generated: false, tree })).toEqual([]);
  });
});

describe('other files', () => {
  marked({
    'settings': {
      path: '.env',
      text: `# settings
DATABASE_PASSWORD=Tr0ub4dor-3«secret»
export SESSION_SECRET="purple monkey"«secret»
JWT_SECRET=monkey # ours«secret»
STRIPE_SKEY=${key}«secret»
DATABASE_URL=postgres://orders:Tr0ub4dor-3@db.acme.org:5432/orders«secret»
DATABASE_USER=orders
PORT=3000
API_URL=https://api.acme.org
BCRYPT_SALT_OR_ROUNDS=10
TOKEN_EXPIRES_IN=15m
NEXT_PUBLIC_MAP_TOKEN=${key}
STRIPE_PUBLISHABLE_KEY=${key}
SMTP_PASSWORD=
CUSTOM_TOKEN='CHANGE ME'
CLIENT_SECRET=[client-secret]
API_SECRET=\${API_SECRET}
GITHUB_TOKEN=<token>
DISCORD_CLIENT_SECRET=discord-client-secret
HERE_API_KEY=9bxxxxxxxxxxxxxxxxJFHg
VAULT_TOKEN=vault:secret/data/orders#token
DB_PASSWORD=op://orders/db/password
KEY_FILE=./keys/private.pem`,
    },
    'settings to copy': {
      path: '.env.example',
      text: `DATABASE_URL=postgres://postgres:postgres@localhost:5432/orders
DATABASE_PASSWORD=postgres
JWT_SECRET=secret
SESSION_SECRET=Your session secret goes here
FACEBOOK_SECRET=${hex(32)}«secret»`,
    },
    'YAML': {
      path: 'deploy/values.yaml',
      text: `
database:
  host: db.acme.org
  username: orders
  password: sommer«secret»
api:
  token: ${key}«secret»
  tokenFrom: { secretKeyRef: { name: orders, key: token } }
  secretName: orders-secret
  password: {{ .Values.password }}
  clientSecret: !vault orders
env:
  - name: DB_PASSWORD
    value: Tr0ub4dor-3«secret»
  - name: DB_TOKEN
    valueFrom: vault
  - JWT_SECRET=purple-monkey«secret»
  - COOKIE_SECRET=\${COOKIE_SECRET:-purple-monkey}«secret»
  - MAIL_PASSWORD=\${{ secrets.MAIL_PASSWORD }}
  - docker run -e PG_PASSWORD=Tr0ub4dor-3 postgres:17«secret»`,
    },
    'JSON': {
      path: 'config/default.json',
      text: `{
  "db": { "host": "db.acme.org", "user": "orders", "password": "sommer" },«secret»
  "jwtSecret": "${key}",«secret»
  "labels": { "password": "Password", "token": "Token" },
  "dependencies": { "secret-reader": "^1.0.0", "jsonwebtoken": "9.0.0" }
}`,
    },
    'TOML': { path: 'app.toml', text: `[db]\nuser = "orders"\npassword = "Tr0ub4dor-3"«secret»\ntoken_url = "https://acme.org/token"` },
    'properties': { path: 'application.properties', text: `spring.datasource.username=orders\nspring.datasource.password=Tr0ub4dor-3«secret»` },
    'npm': { path: '.npmrc', text: `//registry.acme.org/:_authToken=${key}«secret»\n//other.acme.org/:_authToken=\${NPM_TOKEN}` },
    'Dockerfiles': { path: 'Dockerfile', text: `FROM node:24\nARG NPM_TOKEN\nENV DB_PASSWORD=Tr0ub4dor-3«secret»\nENV API_TOKEN ${key}«secret»\nENV NODE_ENV=production` },
    'shell': {
      path: 'deploy.sh',
      text: `export DB_PASSWORD='Tr0ub4dor-3'«secret»
PGPASSWORD=Tr0ub4dor-3 psql -h db.acme.org«secret»
curl -u orders:Tr0ub4dor-3 https://acme.org«secret»
mysql -u root -pTr0ub4dor-3 orders«secret»
deploy --token ${key}«secret»
deploy --token "$TOKEN" --password-file pw.txt
export API_TOKEN=$(vault read token)`,
    },
    'Terraform': { path: 'main.tf', text: `variable "db_password" {\n  type    = string\n  default = "Tr0ub4dor-3"«secret»\n}\nresource "x" "y" {\n  password = var.db_password\n}` },
    'documents': { path: 'README.md', text: `Set \`API_KEY=your-key\` and \`password: 'hunter2'\`.\n\n    API_TOKEN=${key}«secret»` },
    'notebooks': { path: 'orders.ipynb', text: `{ "source": ["api_key = \\"${key}\\"\\n",«secret»\n"print(api_key)\\n"] }` },
    'XML': { path: 'settings.xml', text: `<server>\n  <password>Tr0ub4dor-3</password>«secret»\n  <add key="ApiKey" value="${key}"/>«secret»\n  <password>\${env.PW}</password>\n</server>` },
    'SQL': { path: 'setup.sql', text: `CREATE USER orders WITH PASSWORD 'Tr0ub4dor3';«secret»\nSELECT password FROM users;` },
    'Python': { path: 'app.py', text: `API_KEY = "${key}"«secret»\nDB_PASSWORD = os.environ["DB_PASSWORD"]\nconnect(host="db.acme.org", user="orders", password="sommer")«secret»` },
    'assignments of other languages': {
      path: 'src/orders.go',
      text: `var ordersToken string = "${key}"«secret»
$apiToken .= "${key}";«secret»
ORDERS_TOKEN ::= "${key}"«secret»
ORDERS_TOKEN :::= "${key}"«secret»
files := map[string]string{"config.ini": "ORDERS_TOKEN=${key}\\nBACKUP=true"}«secret»
url := "https://acme.org/?token=" + token
text := "token=\\n"
var tokenType string = "Bearer"`,
    },
    'elements on lines of their own': { path: 'config.xml', text: `<ordersToken>\n    ${key}«secret»\n</ordersToken>\n<password>\n  \${PASSWORD}\n</password>` },
    'connection strings of .NET': { path: 'appsettings.json', text: `{ "Orders": "Server=db.acme.org;Database=orders;User Id=sa;Password=Tr0ub4dor-3;" }«secret»` },
    'translations': { path: 'src/locales/de.json', text: '{ "password": "Passwort1", "token": "Zeichen", "username": "Name" }' },
    'tokens of Nx Cloud that only read': { path: 'nx.json', text: `{ "nxCloudAccessToken": "${nxToken('read')}" }` },
    'and those that write': { path: 'nx.json', text: `{ "nxCloudAccessToken": "${nxToken('read-write')}" }«secret»` },
    'lock files': { path: 'package-lock.json', text: `{ "token-types": { "integrity": "sha512-${made(86)}==", "secret": "${key}" } }` },
    'style sheets': { path: 'app.css', text: `.password { --token: "${key}"; }` },
  });
});

describe('forms', () => {
  const pem = `-----BEGIN ${'RSA'} PRIVATE KEY-----\nMII${made(61)}\n${made(64)}\n${made(64)}\n-----END RSA PRIVATE KEY-----`;
  const forms: Record<string, string> = {
    github: `ghp_${made(36)}`, gitlab: `glpat-${made(20)}`, stripe: `sk_live_${made(24)}`, slack: `xoxb-${made(12, '0123456789')}-${made(12, '0123456789', 7)}-${made(24)}`, npm: `npm_${made(36)}`,
    sendgrid: `SG.${made(22)}.${made(43)}`, aws: `AKIA${made(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`, digitalocean: `dop_v1_${hex(64)}`, huggingface: `hf_${made(34, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')}`,
    openai: `sk-proj-${made(74)}T3BlbkFJ${made(74, undefined, 9)}`, anthropic: `sk-ant-api03-${made(93)}AA`, telegram: `${made(10, '123456789')}:AA${made(33)}`, twilio: `SK${hex(32)}`, mailgun: `key-${hex(32)}`, vault: `hvs.${made(95)}`,
    microsoft: `${made(3)}8Q~${made(34)}`, planetscale: `pscale_pw_${made(43)}`, sentry: `sntryu_${hex(64)}`, google: `GOCSPX-${made(28)}`, supabase: `sb_secret_${made(31)}`, resend: `re_${made(8)}_${made(24)}`,
    cloudflare: `cfut_${made(40)}${hex(8)}`, shippo: `shippo_live_${hex(40)}`, flutterwave: `FLWSECK-${hex(32)}-X`, easypost: `EZAK${made(54)}`, prefect: `pnu_${made(36)}`, readme: `rdme_${made(70, 'abcdefghijklmnopqrstuvwxyz0123456789')}`,
  };
  test.each(Object.entries(forms))('%s', async (kind, value) => {
    const text = `first line\nconst client = connect("${value}");\n`;
    const [found, ...others] = await recognised('src/client.ts', text);
    expect(found?.attributes).toMatchObject({ kind, live: true, strength: 'random', where: 'code', local: false });
    expect(text.slice(found?.start, found?.end)).toBe(value);
    expect(others).toEqual([]);
  });

  test('every form is also seen in any other file, and in generated ones where it has a mark of its own', async () => {
    for (const path of ['notes.txt', 'data.csv', 'a.css', 'x.unknown']) expect(await lines(path, forms['github']!), path).toHaveLength(1);
    expect(await recognised('app.min.js', `var password="Tr0ub4dor-3",a="${forms['stripe']}"`, true)).toHaveLength(1);
    expect(await recognised('app.min.js', `var a="${forms['twilio']}"`, true)).toEqual([]);
  });

  test('the newer forms of a token that has several', async () => {
    expect(await lines('a.txt', `v1.0-${hex(24)}-${hex(146)}`)).toEqual(['1 cloudflare a.txt']);
    expect(await lines('a.txt', `ghs_12345_${jwt}`)).toEqual(['1 github a.txt']);
    expect(await lines('a.txt', `api_org_${made(34, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')}`)).toEqual(['1 huggingface a.txt']);
  });

  test('a byte order mark and line ends of Windows move nothing', async () => {
    const text = `\uFEFF# ours\r\nGITHUB_TOKEN=${forms['github']}\r\nDB_PASSWORD=Tr0ub4dor-3\r\n`;
    expect((await recognised('.env', text)).map(({ start, end }) => text.slice(start, end))).toEqual([forms['github'], 'Tr0ub4dor-3']);
    const bare = `\uFEFF${forms['github']}`;
    expect((await recognised('a.txt', bare)).map(({ start, end }) => bare.slice(start, end))).toEqual([forms['github']]);
  });

  test('the keys that documentation shows are no keys', async () => {
    const samples = ['AKIAIOSFODNN7' + 'EXAMPLE', 'ghp_' + 'x'.repeat(36), 'sk_live_' + 'abcdefghijklmnopqrstuvwx', 'xoxb-' + 'your-token', 'glpat-' + 'a'.repeat(20), `pk_live_${made(24)}`, 'npm_package_config_' + 'orders_service_mode', `AIza${made(30)}…`];
    for (const sample of samples) expect(await lines('src/a.ts', `const a = "${sample}";`), sample).toEqual([]);
  });

  test("Stripe's test keys are told, but are not live", async () => {
    const [found] = await recognised('src/pay.ts', `const stripe = new Stripe('sk_test_${made(24)}');`);
    expect(found?.attributes).toMatchObject({ kind: 'stripe', live: false });
  });

  test("Google's keys for browsers are innocent", async () => {
    const value = `AIza${made(35)}`;
    expect(await lines('src/a.ts', `const config = { apiKey: "${value}", authDomain: "acme.firebaseapp.com" };`)).toEqual([]);
    expect(await lines('src/a.ts', `const geocoder = new Geocoder("${value}");`)).toHaveLength(1);
  });

  test('private keys, as they are and within strings', async () => {
    const escaped = pem.replaceAll('\n', '\\n');
    expect(await lines('keys/server.key', pem)).toEqual(['1 private-key server.key']);
    expect(await lines('service-account.json', `{ "private_key": "${escaped}" }`)).toEqual(['1 private-key private_key']);
    expect(await lines('src/a.ts', `const privateKey = \`${pem}\`;`)).toEqual(['1 private-key privateKey']);
    for (const innocent of [pem.replaceAll('PRIVATE', 'PUBLIC'), '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----', '"-----BEGIN PRIVATE KEY-----" + key']) expect(await lines('a.txt', innocent)).toEqual([]);
  });

  test('connection strings with a password', async () => {
    const text = ['postgres://orders:Tr0ub4dor-3@db.acme.org/orders', 'mongodb+srv://orders:Tr0ub4dor-3@cluster0.acme.net', 'redis://:Tr0ub4dor-3@10.1.2.3:6379', 'amqp://orders:Tr0ub4dor-3@mq.acme.org', `https://orders:${key}@git.acme.org/x.git`];
    for (const each of text) expect(await lines('src/db.ts', `connect('${each}')`), each).toHaveLength(1);
    const innocent = ['postgres://db.acme.org/orders', 'postgres://orders:${password}@db.acme.org', 'mongodb://user:password@host/db', 'https://user:pass@example.com', 'postgres://orders:<password>@db', 'http://acme.org:8080/a@b', 'mailto:a@b.c'];
    for (const each of innocent) expect(await lines('src/db.ts', `connect('${each}')`), each).toEqual([]);
  });

  test('what leads to this machine is local, what everybody would guess is guessable', async () => {
    const [local] = await recognised('config.js', `connect('postgres://postgres:postgres@localhost:5432/orders')`);
    expect(local?.attributes).toMatchObject({ local: true, strength: 'guessable' });
    const [remote] = await recognised('config.js', `connect('postgres://postgres:postgres@10.211.55.70/orders')`);
    expect(remote?.attributes).toMatchObject({ local: false, strength: 'guessable' });
    const [driver] = await recognised('db.ts', `new pg.Pool({ database, user: 'postgres', password: 'postgres' })`);
    expect(driver?.attributes).toMatchObject({ local: true, strength: 'guessable' });
    const [account] = await recognised('db.ts', `new User({ username: 'admin', password: 'admin' })`);
    expect(account?.attributes).toMatchObject({ local: false, strength: 'guessable' });
    const [beside] = await recognised('db.ts', `new DataSource({ type: 'postgres', host: 'localhost', username: 'root', password: 'root' })`);
    expect(beside?.attributes).toMatchObject({ local: true, strength: 'guessable' });
  });

  test('signed tokens, but not those of documentation or of anonymous users', async () => {
    const token = (claims: object) => ['eyJhbGciOiJIUzI1NiJ9', Buffer.from(JSON.stringify(claims)).toString('base64url'), made(43)].join('.');
    expect(await lines('a.txt', jwt)).toEqual(['1 jwt a.txt']);
    expect(await lines('a.yml', `data:\n  value: ${Buffer.from(jwt).toString('base64')}`)).toEqual(['2 jwt value']);
    expect(await lines('a.yml', `data:\n  value: ${Buffer.from(`eyJ${'a'.repeat(80)}`).toString('base64')}`)).toEqual([]);
    expect(await lines('a.txt', token({ iss: 'supabase', role: 'service_role', ref: 'abc' }))).toEqual(['1 supabase a.txt']);
    expect(await lines('a.txt', token({ iss: 'supabase', role: 'anon', ref: 'abc' }))).toEqual([]);
    expect(await lines('a.txt', token({ sub: '1234567890', name: 'John Doe' }))).toEqual([]);
  });
});

describe('what is said', () => {
  test('no end of a value that stands before the name', async () => {
    expect(await lines('.env', `SESSION=${key}DB_PASSWORD=Tr0ub4dor-3`)).toEqual(['1 password password']);
    expect(await lines('.env', 'GREETING=hunter2-sesameDB_PASSWORD=Tr0ub4dor-3\nMAIL_PASSWORD=Tr0ub4dor-3')).toEqual(['1 password password', '2 password MAIL_PASSWORD']);
    expect(await lines('deploy.sh', `export SESSION=${key}DB_PASSWORD=Tr0ub4dor-3`)).toEqual(['1 password password']);
  });

  test('where the file belongs', async () => {
    const text = `const apiKey = '${key}';`;
    const where = async (path: string) => (await recognised(path, text))[0]?.attributes.where;
    expect(await where('src/orders.ts')).toBe('code');
    for (const path of ['test/orders.ts', 'src/orders.test.ts', 'e2e/login.ts', 'src/__mocks__/a.ts', 'cypress/support.ts', 'src/button.stories.tsx']) expect(await where(path), path).toBe('test');
    for (const path of ['examples/a.ts', 'packages/demo/a.ts', 'prisma/seed.ts']) expect(await where(path), path).toBe('example');
    expect(await where('docs/a.ts')).toBe('docs');
    expect((await recognised('.env.production', `API_KEY=${key}`))[0]?.attributes.where).toBe('config');
    expect((await recognised('.env.sample', `API_KEY=${key}`))[0]?.attributes.where).toBe('example');
  });

  test('code that only stages something counts as a test', async () => {
    const where = async (text: string) => (await recognised('src/orders.ts', text))[0]?.attributes.where;
    expect(await where(`describe('orders', () => { const apiKey = '${key}'; });`)).toBe('test');
    expect(await where(`const sampleEvents = [{ token: '${key}' }];`)).toBe('test');
    expect(await where(`/**\n * authorization: Bearer ${key}\n */`)).toBe('docs');
    expect((await recognised('openapi.part.yaml', `  apiToken:\n    example: tskey-api-${made(12)}-${made(32)}`))[0]?.attributes).toMatchObject({ where: 'docs', live: false });
    expect(await where(`const events = [{ token: '${key}' }];`)).toBe('code');
    expect(await where(`create({ email: 'mod@test.com', password: 'Tr0ub4dor-3' });`)).toBe('test');
    expect(await where(`create({ handle: 'mod.test', password: 'Tr0ub4dor-3' });`)).toBe('test');
    expect(await where(`send({ name: 'John Doe', user: 'john@doe.com', password: 'Tr0ub4dor-3' });`)).toBe('test');
    expect(await where(`WelcomeMail.PreviewProps = { user: 'ada@acme.org', password: 'Tr0ub4dor-3' };`)).toBe('test');
    expect(await where(`send({ name: 'John Smithson', user: 'john@acme.org', password: 'Tr0ub4dor-3' });`)).toBe('code');
    expect(await where(`create({ email: 'mod@acme.org', host: 'contest', password: 'Tr0ub4dor-3' });`)).toBe('code');
    expect(await where(`// Not actually a secret key: it only mixes the letters.\nexport const SECRET = '${key}';`)).toBe('test');
    expect(await where(`export const SECRET = '${key}'; // not a secret\n`)).toBe('code'); // miss
    expect(await where(`// Do not use a placeholder value here: production reads it.\nexport const apiSecret = '${key}';`)).toBe('code');
    expect(await where(`const settings = { secret: '${key}', failure: 'errors.token.invalid' };`)).toBe('code');
    expect(await where(`// The secret that signs everything.\nexport const SECRET = '${key}';`)).toBe('code');
    expect(await where(`env.JWT_SECRET ??= 'Tr0ub4dor-3';\n// dummy value to bypass validation\nenv.JWT_SECRET ||= 'Tr0ub4dor-3';`)).toBe('code');
  });

  test('what says itself that it protects nothing can be guessed', async () => {
    const strength = async (value: string) => (await recognised('src/theme.ts', `const sessionSecret = process.env.SESSION_SECRET ?? '${value}';`))[0]?.attributes.strength;
    expect(await strength('insecure-secret-do-not-care')).toBe('guessable');
    expect(await strength('purple-monkey-dishwasher-9')).toBe('chosen');
  });

  test('what was made up for a workflow, for containers or for a workplace is local, a key there is not', async () => {
    const local = async (path: string, text: string) => (await recognised(path, text))[0]?.attributes.local;
    expect(await local('.github/workflows/build.yml', 'env:\n  SESSION_SECRET: secret123')).toBe(true);
    expect(await local('docker/dev-compose.yml', 'environment:\n  SESSION_SECRET: secret123')).toBe(true);
    expect(await local('.gitpod.yml', 'command: docker run -e POSTGRES_PASSWORD=p0stgr3s9 postgres')).toBe(true);
    expect(await local('.github/workflows/deploy.yml', `env:\n  API_KEY: ${key}`)).toBe(false);
    expect(await local('deploy/values.yml', 'env:\n  SESSION_SECRET: secret123')).toBe(false);
  });

  test('an example in a remark counts as documentation', async () => {
    expect(await lines('start.sh', '# example : LOGIN_PASSWORD=admin\n')).toEqual([]);
    expect((await recognised('start.sh', '# Example: LOGIN_PASSWORD=Tr0ub4dor-3'))[0]?.attributes.where).toBe('docs');
    expect((await recognised('start.sh', '# LOGIN_PASSWORD=Tr0ub4dor-3'))[0]?.attributes.where).toBe('code');
  });

  test("other scanners' marks are told, and settle nothing", async () => {
    const allowed = async (text: string) => (await recognised('a.py', text)).map(({ attributes }) => attributes.allowed);
    expect(await allowed(`api_key = "${key}"  # gitleaks:allow\nother_api_key = "${key}"`)).toEqual([true, false]);
    expect(await allowed(`# pragma: allowlist nextline secret\napi_key = "${key}"`)).toEqual([true]);
    expect(await lines('a.js', `// secretlint-disable\nconst apiKey = '${key}';\nf('ghp_${made(36)}');`)).toHaveLength(2);
  });

  test('the name of what holds it, and an identity that survives a new value', async () => {
    const identity = async (value: string) => (await recognised('a.ts', `const client = new Client({ githubToken: '${value}' });`))[0]?.identity;
    expect(await identity(`ghp_${made(36)}`)).toBe('github githubToken');
    expect(await identity(`ghp_${made(36, undefined, 99)}`)).toBe('github githubToken');
    expect((await recognised('src/a.ts', `export default ['ghp_${made(36)}'];`))[0]).toMatchObject({ identity: 'github', attributes: { name: 'a.ts' } });
  });

  test('a name that is itself a secret is not repeated', async () => {
    const [first, second] = [`ghp_${made(36)}`, `ghp_${made(36, undefined, 99)}`];
    const said = JSON.stringify(await recognised('a.yml', `${first}: ${second}`));
    expect(said).not.toContain(first.slice(0, 12));
    expect(said).not.toContain(second.slice(0, 12));
  });

  test('never more than four characters and the length', async () => {
    const shows = async (path: string, text: string) => (await recognised(path, text))[0]?.attributes.shows;
    const token = `ghp_${made(36)}`;
    expect(await shows('a.ts', `f('${token}')`)).toBe('ghp_…, 40 characters');
    expect(await shows('.env', 'DB_PASSWORD=Tr0ub4dor-3')).toBe('11 characters');
    expect(await shows('a.ts', "jwt.sign(a, 'mon')")).toBe('3 characters');
  });

  test('none of fifty planted secrets, nor its base64, is in anything that is said', async () => {
    const planted = Array.from({ length: 50 }, (_, at) => made(24 + (at % 3) * 8, undefined, at + 1));
    const files: [string, (value: string) => string][] = [
      ['a.ts', (value) => `const apiKey = '${value}';`], ['.env', (value) => `API_SECRET=${value}`], ['a.yml', (value) => `token: ${value}`], ['a.json', (value) => `{ "client_secret": "${value}" }`],
      ['b.ts', (value) => `connect('postgres://a:${value}@db.acme.org')`], ['c.ts', (value) => `jwt.sign(a, '${value}')`], ['d.sh', (value) => `curl -u a:${value} https://acme.org`], ['e.md', (value) => `Authorization: Bearer ${value}`],
      ['f.ts', (value) => `f('ghp_${(value + value).slice(0, 36)}')`], ['g.tf', (value) => `password = "${value}"`],
    ];
    for (const [at, value] of planted.entries()) {
      const [path, write] = files[at % files.length]!;
      const said = await recognised(path, write(value));
      expect(said, `${path} was to be recognised`).toHaveLength(1);
      const text = JSON.stringify(said.map(({ attributes, identity, advice }) => ({ attributes, identity, advice })));
      for (const leak of [value.slice(0, 5), value.slice(4, 10), Buffer.from(value).toString('base64').slice(0, 12)]) expect(text).not.toContain(leak);
    }
  });

  test('every kind has its words, and says how it is made worthless', async () => {
    expect(secret.attributes['kind']?.values).toEqual(kindNames);
    const [found] = await recognised('.env', `GITHUB_TOKEN=ghp_${made(36)}`);
    expect(found?.attributes.what).toBe('a GitHub token');
    expect(found?.advice?.['secret-in-code']).toMatch(/revoke it .*https:\/\/github\.com\/settings\/tokens.*environment/);
  });
});

describe('the lesson', () => {
  const said = async (path: string, text: string) => (await findingsIn({ [path]: text }, [builtInLesson('secret-in-code')])).map(({ line, severity }) => `${line} ${severity}`);

  test('what somebody made up for a test is nobody’s secret', async () => {
    const login = "await api.put('/password', { oldPassword: 'Tr0ub4dor-3', newPassword: 'Sommer2019!' });\njwt.sign({ id: 1 }, 'purple monkey dishwasher');\n";
    expect(await said('src/login.test.ts', login)).toEqual([]);
    expect(await said('src/login.ts', login)).not.toEqual([]);
  });

  test('in a test as well, what a machine made or what opens another host is told', async () => {
    expect(await said('src/login.test.ts', `const apiKey = '${key}';\n`)).toEqual(['1 note']);
    expect(await said('src/db.test.ts', "const url = 'postgres://orders:Tr0ub4dor-3@db.acme.org/orders';\n")).toEqual(['1 note']);
    expect(await said('src/pay.test.ts', `const stripe = new Stripe('sk_${'live'}_${made(24)}');\n`)).toEqual(['1 block']);
  });
});

describe('hostile and odd files', () => {
  const size = 400_000;
  const long = (piece: string) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
  const texts: Record<string, string> = {
    names: long('password '), assignments: long('password='), 'open strings': long('secret="\\'), addresses: long('postgres://aaaa:'), tokens: long(`${made(30)} `), 'one token': long(made(30)), 'private keys that never begin': long('-----BEGIN PRIVATE KEY-----'),
    'tokens that never end': long(`eyJ${'a'.repeat(1900)}.eyJ${'b'.repeat(2900)}.`), flags: long('-H "token'), commands: long('curl -x '), 'calls without end': long('sign("a",'), queries: long(`?token=${made(30)}`), 'names without end': `${'a'.repeat(size)}password${'a'.repeat(size)}`,
    'npm tokens': long(`npm_${made(36)} `),
  };
  test.each(Object.entries(texts))('%s cost no more than their length', async (_, text) => {
    for (const path of ['a.yml', '.env', 'a.sh', 'a.ts']) {
      const started = performance.now();
      await secret.recogniseText({ path, text, generated: false, tree: () => undefined });
      expect(performance.now() - started, path).toBeLessThan(8_000);
    }
  });

  test('nesting as deep as one likes', async () => {
    const depth = 400;
    const text = `${'f('.repeat(depth)}jwt.sign(a, 'purple monkey')${')'.repeat(depth)}`;
    expect(await lines('a.ts', text)).toHaveLength(1);
  });

  test('empty, binary-looking and broken texts', async () => {
    for (const path of ['.env', 'a.yml', 'a.ts', 'a.json', 'Dockerfile', '']) for (const text of ['', '\u0000\uFFFD\u0000', 'password=', 'password: "', "const password = '", '\uD800 token = "']) expect(await recognised(path, text), `${path} ${JSON.stringify(text)}`).toEqual([]);
  });
});
