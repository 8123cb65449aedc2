import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __dirnameOf } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);
import{b as L,d as A,g as C}from"./chunk-3XV7GOBI.js";import{b as S,k as $}from"./chunk-ZVX2JQFR.js";import{r as T}from"./chunk-KECYUMSN.js";import{b as k,d as j,e as h}from"./chunk-DFKUHGIM.js";import{a as _}from"./chunk-XCRHQPWO.js";import w from"node:fs";import M from"node:path";var I=[{id:"code-injection",title:"A client never sends code to run",severity:"block",status:"active",story:{what:"A text from outside was evaluated because it was expected to be a formula or a stored object. Whoever sends something else runs it on the server, with everything that the server may do.",cost:{}},lesson:"Read data with a parser for that data (`JSON.parse` and a schema), and keep what may be computed in a list of your own functions.",links:{explained:"https://owasp.org/www-community/attacks/Code_Injection"},ask:[],steps:["Replace the evaluation by a parser of exactly the language that is expected.","Choose functions from a list by name instead of building them from text."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$INPUT` is run as code by `$CALL`.",detect:{at:{file:"lessons/code-injection.yml",line:21,column:3},is:{word:"sink",attributes:{kind:{equals:["eval"]},untrusted:{equals:[!0]},input:{bind:"$INPUT"}},at:{file:"lessons/code-injection.yml",line:21,column:9},as:"$CALL"}},grades:[],fineWhen:[],examples:{bad:[{code:`app.post('/calculate', (req, res) => {
  res.json({ result: eval(req.body.formula) });
});
`,at:{file:"lessons/code-injection.yml",line:29,column:7}},{code:`const serialize = require('node-serialize');
router.post('/import', (req, res) => {
  const items = serialize.unserialize(req.body.items);
  res.json(items.length);
});
`,at:{file:"lessons/code-injection.yml",line:33,column:7}}],good:[{code:`app.post('/import', (req, res) => {
  const items = JSON.parse(req.body.items);
  res.json(items.length);
});
`,at:{file:"lessons/code-injection.yml",line:40,column:7}},{code:`const operations = { sum: (values) => values.reduce((a, b) => a + b, 0) };
app.post('/calculate', (req, res) => {
  const operation = operations[req.body.operation];
  if (!operation) return res.sendStatus(400);
  res.json({ result: operation(numbers.parse(req.body.values)) });
});
`,at:{file:"lessons/code-injection.yml",line:45,column:7}},{code:`app.post('/render', (req, res) => {
  const render = new Function('data', template);
  res.send(render(clean.parse(req.body)));
});
`,at:{file:"lessons/code-injection.yml",line:52,column:7}}]},source:{file:"lessons/code-injection.yml",text:""}},{id:"command-injection",title:"A client never writes a part of a command line",severity:"block",status:"active",story:{what:"Input was taken for the harmless text that the front end sends, and put into a command for the shell. To a shell, a semicolon in it ends one command and begins another.",cost:{}},lesson:"Run the program without a shell, with its arguments as a list (`execFile`, `spawn`), and let a client choose from known values only.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/OS_Command_Injection_Defense_Cheat_Sheet.html"},ask:[],steps:["Use `execFile(program, [arguments])`, which starts no shell.","Put `--` before arguments that a client decides, so that none is taken for an option."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$INPUT` becomes a part of the command line that `$CALL` runs.",detect:{at:{file:"lessons/command-injection.yml",line:21,column:3},is:{word:"sink",attributes:{kind:{equals:["shell"]},untrusted:{equals:[!0]},input:{bind:"$INPUT"}},at:{file:"lessons/command-injection.yml",line:21,column:9},as:"$CALL"}},grades:[],fineWhen:[],examples:{bad:[{code:`const { exec } = require('child_process');
app.post('/ping', (req, res) => {
  exec('ping -c 2 ' + req.body.address, (error, output) => res.send(output));
});
`,at:{file:"lessons/command-injection.yml",line:29,column:7}},{code:`import { execSync } from 'node:child_process';
export function convert(file) {
  return execSync(\`convert \${file} out.png\`);
}
app.get('/convert', (req, res) => {
  convert(req.query.file);
  res.sendStatus(204);
});
`,at:{file:"lessons/command-injection.yml",line:34,column:7}}],good:[{code:`const { execFile } = require('child_process');
app.post('/ping', (req, res) => {
  execFile('ping', ['-c', '2', req.body.address], (error, output) => res.send(output));
});
`,at:{file:"lessons/command-injection.yml",line:44,column:7}},{code:`const { exec } = require('child_process');
app.post('/ping', (req, res) => {
  if (!/^[a-z0-9.-]+$/.test(req.body.address)) return res.sendStatus(400);
  exec('ping -c 2 ' + req.body.address, (error, output) => res.send(output));
});
`,at:{file:"lessons/command-injection.yml",line:49,column:7}},{code:`const { exec } = require('child_process');
app.post('/restart', (req, res) => {
  exec('systemctl restart web', () => res.sendStatus(204));
});
`,at:{file:"lessons/command-injection.yml",line:55,column:7}}]},source:{file:"lessons/command-injection.yml",text:""}},{id:"env-file-committed",title:"Files with a machine's own settings stay on that machine",severity:"block",status:"active",story:{what:'The settings file was added "for now", with those of a test system. The next person put the real ones into it, because that was where settings went, and they were in every clone before anybody looked.',cost:{}},lesson:"Keep `.env` out of the repository with `.gitignore`, and commit a `.env.example` that shows the names with placeholders.",links:{rotate:"https://docs.github.com/en/code-security/secret-scanning/managing-alerts-from-secret-scanning/resolving-alerts","remove-from-history":"https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",explained:"https://12factor.net/config"},ask:[],steps:["Issue new values for whatever opens something, and revoke the old ones. Deleting the file is not enough, for the commit keeps it.","Take the file out (`git rm --cached .env`) and let `.gitignore` keep it out.","Commit `.env.example` with the same names and placeholders, and let the program say which one is missing."],origin:"built-in",waivable:!0,scope:{files:["**"],except:[]},message:"`$FILE` $TELLS.",detect:{at:{file:"lessons/env-file-committed.yml",line:17,column:3},is:{word:"env-file",attributes:{file:{bind:"$FILE"},tells:{bind:"$TELLS"}},at:{file:"lessons/env-file-committed.yml",line:17,column:9}}},grades:[{when:{at:{file:"lessons/env-file-committed.yml",line:20,column:13},is:{word:"env-file",attributes:{state:{equals:["ignored"]}},at:{file:"lessons/env-file-committed.yml",line:20,column:21}}},severity:"warn"},{when:{at:{file:"lessons/env-file-committed.yml",line:22,column:13},is:{word:"env-file",attributes:{where:{equals:["test"]}},at:{file:"lessons/env-file-committed.yml",line:22,column:21}}},severity:"note"},{when:{at:{file:"lessons/env-file-committed.yml",line:23,column:13},is:{word:"env-file",attributes:{holds:{equals:["harmless"]}},at:{file:"lessons/env-file-committed.yml",line:23,column:21}}},severity:"note"},{when:{at:{file:"lessons/env-file-committed.yml",line:24,column:13},is:{word:"env-file",attributes:{holds:{equals:["settings"]}},at:{file:"lessons/env-file-committed.yml",line:24,column:21}}},severity:"warn"}],fineWhen:[],examples:{bad:[{code:"DATABASE_PASSWORD=Tr0ub4dor-and-3-horses",file:".env",at:{file:"lessons/env-file-committed.yml",line:32,column:28}},{code:`PORT=3000
MAIL_HOST=mail.acme.org
MAIL_USER=orders`,file:"services/orders/.env.production",at:{file:"lessons/env-file-committed.yml",line:33,column:55}},{code:`node_modules
`,file:".gitignore",before:`node_modules
.env
`,at:{file:"lessons/env-file-committed.yml",line:39,column:9}},{code:`.env*
!.env.example
!.env
`,file:".gitignore",before:`.env*
!.env.example
`,at:{file:"lessons/env-file-committed.yml",line:45,column:9}}],good:[{code:`DATABASE_PASSWORD=change-me
MAIL_HOST=mail.acme.org`,file:".env.example",at:{file:"lessons/env-file-committed.yml",line:49,column:36}},{code:`# see .env.example
DATABASE_PASSWORD=
MAIL_HOST=<your mail host>`,file:".env",at:{file:"lessons/env-file-committed.yml",line:50,column:28}},{code:`node_modules
.env*
!.env.example
`,file:".gitignore",before:`node_modules
.env
.env.local
`,at:{file:"lessons/env-file-committed.yml",line:57,column:9}},{code:`node_modules
dist
`,file:".gitignore",before:`node_modules
`,at:{file:"lessons/env-file-committed.yml",line:64,column:9}}]},source:{file:"lessons/env-file-committed.yml",text:""}},{id:"mass-assignment",title:"A client fills in the fields that are meant for it, and no others",severity:"warn",status:"active",story:{what:"What a form sent was stored as a whole, because the form has only two fields. A request can have more of them than the form, and one of those was the field that says who may do what.",cost:{}},lesson:"Name the fields that a client may set, or let a schema drop all others, before anything is stored.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html"},ask:[],steps:["Take the fields one by one: `const { name, email } = req.body`.","Or store what a schema gives that knows no other fields."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$CALL` stores whatever fields `$INPUT` has.",detect:{at:{file:"lessons/mass-assignment.yml",line:21,column:3},is:{word:"sink",attributes:{kind:{equals:["mass-assignment"]},untrusted:{equals:[!0]},input:{bind:"$INPUT"}},at:{file:"lessons/mass-assignment.yml",line:21,column:9},as:"$CALL"}},grades:[],fineWhen:[],examples:{bad:[{code:`app.post('/users', async (req, res) => {
  res.json(await prisma.user.create({ data: req.body }));
});
`,at:{file:"lessons/mass-assignment.yml",line:29,column:7}},{code:`app.put('/users/:id', async (req, res) => {
  const changes = { ...req.body, updatedAt: new Date() };
  res.json(await prisma.user.update({ where: { id: req.params.id }, data: changes }));
});
`,at:{file:"lessons/mass-assignment.yml",line:33,column:7}}],good:[{code:`app.post('/users', async (req, res) => {
  const { name, email } = req.body;
  res.json(await prisma.user.create({ data: { name, email } }));
});
`,at:{file:"lessons/mass-assignment.yml",line:39,column:7}},{code:`app.post('/users', async (req, res) => {
  res.json(await prisma.user.create({ data: newUser.parse(req.body) }));
});
`,at:{file:"lessons/mass-assignment.yml",line:44,column:7}},{code:`app.post('/search', async (req, res) => {
  res.json(await prisma.user.findMany({ where: { name: req.body.name }, take: 20 }));
});
`,at:{file:"lessons/mass-assignment.yml",line:48,column:7}}]},source:{file:"lessons/mass-assignment.yml",text:""}},{id:"missing-limit",title:"Every query that returns a list has a limit",severity:"warn",status:"active",story:{what:"One query without a limit returned 100,000 records once the table had grown. The front end timed out while it loaded them.",cost:{}},lesson:"Give every list a limit, and let callers ask for the next page. Ten minutes of pagination save the day on which the table has grown.",links:{explained:"https://use-the-index-luke.com/no-offset"},ask:[],steps:["Decide how many rows a caller can use, and say so in the query.","Where all rows are really needed (an export, a job), read them page by page."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{experiments,benchmarks,benchmark,bench,playground,playgrounds,prototypes,spikes}/**","**/{data-migrations,data-migration,migration-scripts,migrations-scripts,data_migrations}/**","**/{seed,seeds,seed-*,*.seed,*.seeder}.{ts,js,mts,mjs,cjs}","**/*{migration,migrations,Migration,Migrations,migrate,Migrate,backfill,Backfill}.{ts,js,mts,mjs,cts,cjs}","**/{migrate,backfill}{-,_,.}*","**/{migrate,backfill}[A-Z]*","**/*[-_]{migrations,seeds}/**","**/*{schemaUpgrade,schema-upgrade,upgradeStep,UpgradeStep,upgrade-step}*","**/{examples,docs}/**"]},message:"`$CALL` returns every row that matches, however many there will be.",detect:{at:{file:"lessons/missing-limit.yml",line:29,column:3},any:[{at:{file:"lessons/missing-limit.yml",line:30,column:7},is:{word:"db-call",attributes:{verb:{equals:["read-many"]},bounded:{equals:[!1]},via:{equals:["direct"]}},at:{file:"lessons/missing-limit.yml",line:30,column:13},as:"$CALL"}},{at:{file:"lessons/missing-limit.yml",line:32,column:7},is:{word:"db-call",attributes:{verb:{equals:["read-many"]},"leaves-out":{equals:["limit"]}},at:{file:"lessons/missing-limit.yml",line:32,column:13},as:"$CALL"}}]},grades:[{when:{at:{file:"lessons/missing-limit.yml",line:40,column:13},is:{word:"db-call",attributes:{"optional-limit":{equals:[!0]},via:{equals:["direct"]}},at:{file:"lessons/missing-limit.yml",line:40,column:21}}},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:42,column:13},is:{word:"db-call",attributes:{scope:{equals:["parent"]},via:{equals:["direct"]}},at:{file:"lessons/missing-limit.yml",line:42,column:21}}},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:43,column:13},is:{word:"db-call",attributes:{scope:{equals:["parent"]},"leaves-out":{equals:["limit"]}},at:{file:"lessons/missing-limit.yml",line:43,column:21}}},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:45,column:13},is:{word:"db-call",attributes:{scope:{equals:["hidden"]},via:{equals:["direct"]}},at:{file:"lessons/missing-limit.yml",line:45,column:21}}},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:48,column:7},is:{word:"db-call",attributes:{scope:{equals:["tenant"]},via:{equals:["direct"]},table:{bind:"$TABLE"}},at:{file:"lessons/missing-limit.yml",line:48,column:13}},where:[{variable:"$TABLE",at:{file:"lessons/missing-limit.yml",line:49,column:16},text:{source:"(?i)(?:channel|environment|workspace|team|role|scope|permission|setting|preference|plan|domain|webhook|integration|connector|server|feature|queue|milestone|(?:custom|profile)_?field|categor(?:y|ie))s?$",at:{file:"lessons/missing-limit.yml",line:49,column:33}}}]},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:52,column:7},is:{word:"db-call",attributes:{scope:{equals:["tenant"]},"leaves-out":{equals:["limit"]},call:{bind:"$CALLED"}},at:{file:"lessons/missing-limit.yml",line:52,column:13}},where:[{variable:"$CALLED",at:{file:"lessons/missing-limit.yml",line:53,column:16},text:{source:"(?i)(?:channel|environment|workspace|team|role|scope|permission|setting|preference|plan|domain|webhook|integration|connector|server|categor(?:y|ie))s?_?(?:repository|repo|service|store|dal|model|dao)?\\.\\w+$",at:{file:"lessons/missing-limit.yml",line:53,column:34}}}]},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:56,column:7},is:{word:"db-call",attributes:{scope:{equals:["none"]},via:{equals:["direct"]},table:{bind:"$TABLE"}},at:{file:"lessons/missing-limit.yml",line:56,column:13}},where:[{variable:"$TABLE",at:{file:"lessons/missing-limit.yml",line:57,column:16},text:{source:"(?i)(?:role|scope|permission|plan|setting|option|config(?:uration)?|feature(?:_?flag)?|countr(?:y|ie)|currenc(?:y|ie)|language|locale|time_?zone|region|categor(?:y|ie)|template|queue|provider|connector|badge|tier|unit|lookup|[a-z]_?type|[a-z]_?status(?:e)?|shipping_?method|tax_?rate|data_?store|scheduled_?task(?:_?record)?)s?$",at:{file:"lessons/missing-limit.yml",line:57,column:33}}}]},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:60,column:13},is:{word:"db-call",attributes:{"read-for":{equals:["lookup"]},via:{equals:["direct"]}},at:{file:"lessons/missing-limit.yml",line:60,column:21}}},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:62,column:13},is:{word:"db-call",attributes:{"for-admins":{equals:[!0]},via:{equals:["direct"]}},at:{file:"lessons/missing-limit.yml",line:62,column:21}}},severity:"note"},{when:{at:{file:"lessons/missing-limit.yml",line:65,column:7},is:{word:"db-call",attributes:{scope:{equals:["tenant"]},via:{equals:["direct"]}},at:{file:"lessons/missing-limit.yml",line:65,column:13}},contains:{at:{file:"lessons/missing-limit.yml",line:66,column:17},code:{text:"({ role: $ROLE })",at:{file:"lessons/missing-limit.yml",line:66,column:26}}},where:[{variable:"$ROLE",at:{file:"lessons/missing-limit.yml",line:67,column:16},text:{source:"(?i)admin|owner",at:{file:"lessons/missing-limit.yml",line:67,column:32}}}]},severity:"note"}],fineWhen:[{matcher:{at:{file:"lessons/missing-limit.yml",line:35,column:5},is:{word:"db-call",attributes:{scope:{equals:["parent"]},via:{equals:["direct"]},table:{bind:"$TABLE"}},at:{file:"lessons/missing-limit.yml",line:35,column:11}},where:[{variable:"$TABLE",at:{file:"lessons/missing-limit.yml",line:36,column:14},text:{source:"(?i)(?:(?:backup|recovery|mfa|otp)_?codes?|(?:two|second|2)_?factors?\\w*|social_?links?|credentials?|(?:api|access)_?tokens?|authenticators?|passkeys?|address(?:es)?|preferences?|(?:stock|inventory)_?levels?|price)s?$",at:{file:"lessons/missing-limit.yml",line:36,column:31}}}]},because:"one of them has a handful"}],examples:{bad:[{code:`app.get('/users', async (req, res) => { res.json(await prisma.user.findMany()); });
`,at:{file:"lessons/missing-limit.yml",line:76,column:7}},{code:`const active = await prisma.user.findMany({ where: { status: 'active' }, orderBy: { createdAt: 'desc' } });
`,at:{file:"lessons/missing-limit.yml",line:78,column:7}},{code:`const { rows } = await pool.query('SELECT * FROM orders WHERE status = $1', [status]);
`,at:{file:"lessons/missing-limit.yml",line:80,column:7}}],good:[{code:`const codes = await prisma.backupCode.findMany({ where: { userId: user.id } });
`,at:{file:"lessons/missing-limit.yml",line:83,column:7}},{code:`const users = await prisma.user.findMany({ take: 50, skip: page * 50 });
`,at:{file:"lessons/missing-limit.yml",line:85,column:7}},{code:`const users = await prisma.user.findMany({ where: { id: { in: ids } } });
`,at:{file:"lessons/missing-limit.yml",line:87,column:7}},{code:`const { rows } = await pool.query('SELECT * FROM orders WHERE status = $1 ORDER BY id LIMIT 100', [status]);
`,at:{file:"lessons/missing-limit.yml",line:89,column:7}},{code:`const options = choices.find((choice) => choice.id === id);
`,at:{file:"lessons/missing-limit.yml",line:91,column:7}}]},source:{file:"lessons/missing-limit.yml",text:""}},{id:"n-plus-one",title:"Load related rows in one query, not one query per row",severity:"warn",status:"active",story:{what:"A page asked the database once for its users, then once per user for the posts, then once per post for the comments. With 100 users that came to more than 10,000 queries, and the page timed out in production.",cost:{}},lesson:"Think first of all the rows that are needed, then ask once for them (a join, an include, one query with all ids). Never ask once per row.",links:{explained:"https://planetscale.com/blog/what-is-n-1-query-problem-and-how-to-solve-it"},ask:[],steps:["Collect the ids first, ask once for all of them, then hand each row out from a Map.","Where the rows belong to a query that was made before, let that query bring them (a join or an include).","In a GraphQL field resolver, go through a DataLoader, which merges the calls of one answer."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed}/**","**/{data-migrations,data-migration,migration-scripts,migrations-scripts,data_migrations}/**","**/{seed,seeds,seed-*,*.seed,*.seeder}.{ts,js,mts,mjs,cjs}","**/*{migration,migrations,Migration,Migrations,migrate,Migrate,backfill,Backfill}.{ts,js,mts,mjs,cts,cjs}","**/{migrate,backfill}{-,_,.}*","**/{migrate,backfill}[A-Z]*","**/*[-_]{migrations,seeds}/**","**/*{schemaUpgrade,schema-upgrade,upgradeStep,UpgradeStep,upgrade-step}*","**/{examples,docs}/**"]},message:"`$CALL` goes to the database once for every `$ITEM` of `$LIST`.",detect:{at:{file:"lessons/n-plus-one.yml",line:28,column:3},is:{word:"db-call",attributes:{batched:{equals:[!1]},"each-table":{equals:[!1]}},at:{file:"lessons/n-plus-one.yml",line:28,column:9},as:"$CALL"},inside:{at:{file:"lessons/n-plus-one.yml",line:29,column:11},is:{word:"iteration",attributes:{over:{equals:["data","levels"]},item:{bind:"$ITEM"},list:{bind:"$LIST"}},at:{file:"lessons/n-plus-one.yml",line:29,column:19}}}},grades:[{when:{at:{file:"lessons/n-plus-one.yml",line:32,column:13},file:{globs:["**/{scripts,experiments,benchmarks,benchmark,bench,playground,playgrounds,prototypes,spikes}/**"],at:{file:"lessons/n-plus-one.yml",line:32,column:21}}},severity:"note"},{when:{at:{file:"lessons/n-plus-one.yml",line:34,column:13},is:{word:"db-call",attributes:{verb:{equals:["write"]},batchable:{equals:[!1]}},at:{file:"lessons/n-plus-one.yml",line:34,column:21}}},severity:"note"},{when:{at:{file:"lessons/n-plus-one.yml",line:37,column:13},is:{word:"db-call",attributes:{"one-by-one":{equals:["merged","unless-loaded","migration","lock","operation","step","transaction","outcome","isolated","once","pages","fallback"]}},at:{file:"lessons/n-plus-one.yml",line:37,column:21}}},severity:"note"},{when:{at:{file:"lessons/n-plus-one.yml",line:39,column:13},inside:{at:{file:"lessons/n-plus-one.yml",line:39,column:23},is:{word:"iteration",attributes:{over:{equals:["levels"]}},at:{file:"lessons/n-plus-one.yml",line:39,column:31}}}},severity:"note"},{when:{at:{file:"lessons/n-plus-one.yml",line:41,column:13},is:{word:"db-call",attributes:{"for-admins":{equals:[!0]}},at:{file:"lessons/n-plus-one.yml",line:41,column:21}}},severity:"note"},{when:{at:{file:"lessons/n-plus-one.yml",line:43,column:13},is:{word:"db-call",attributes:{client:{equals:["SQLite","Convex"]}},at:{file:"lessons/n-plus-one.yml",line:43,column:21}}},severity:"note"}],fineWhen:[],examples:{bad:[{code:`for (const user of users) {
  user.posts = await prisma.post.findMany({ where: { userId: user.id } });
}
`,at:{file:"lessons/n-plus-one.yml",line:52,column:7}},{code:`await Promise.all(orders.map(async (order) => {
  const lines = await prisma.orderLine.findMany({ where: { orderId: order.id } });
  return { ...order, lines };
}));
`,at:{file:"lessons/n-plus-one.yml",line:56,column:7}},{code:`for (const user of users) {
  await prisma.user.update({ where: { id: user.id }, data: { notified: true } });
}
`,at:{file:"lessons/n-plus-one.yml",line:61,column:7}},{code:`async function loadPosts(user) {
  return prisma.post.findMany({ where: { userId: user.id } });
}
for (const user of users) show(user, await loadPosts(user));
`,at:{file:"lessons/n-plus-one.yml",line:65,column:7}}],good:[{code:`const posts = await prisma.post.findMany({ where: { userId: { in: users.map((user) => user.id) } } });
for (const user of users) show(user, posts.filter((post) => post.userId === user.id));
`,at:{file:"lessons/n-plus-one.yml",line:71,column:7}},{code:`for (const ids of chunk(userIds, 500)) {
  await prisma.post.findMany({ where: { userId: { in: ids } } });
}
`,at:{file:"lessons/n-plus-one.yml",line:74,column:7}},{code:`for (const role of ['admin', 'editor']) await prisma.role.upsert({ where: { name: role }, create: { name: role }, update: {} });
`,at:{file:"lessons/n-plus-one.yml",line:78,column:7}},{code:`const names = users.filter((user) => roles.find((role) => role.id === user.roleId));
`,at:{file:"lessons/n-plus-one.yml",line:80,column:7}}]},source:{file:"lessons/n-plus-one.yml",text:""}},{id:"no-validation",title:"What a client sends is checked before it is used",severity:"warn",status:"active",story:{what:"A back end trusted its front end to send good data. It did not, or could not, or somebody else was sending; there were missing fields where objects were expected, empty texts where numbers belong, and attempts to be read as SQL. The server crashed and was attacked.",cost:{}},lesson:"Check everything that comes in with a validation library, at the entrance, and answer with an error that says what is wrong. Go on with the checked value only.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html"},ask:[],steps:["Describe what the handler expects as a schema, and let the schema read the input.","Answer 400 with what is wrong where it does not fit, and use only what the schema gives."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$INPUT` comes from the client and is used without having been checked.",detect:{at:{file:"lessons/no-validation.yml",line:21,column:3},inside:{at:{file:"lessons/no-validation.yml",line:24,column:11},is:{word:"request-handler",attributes:{},at:{file:"lessons/no-validation.yml",line:24,column:17}}},any:[{at:{file:"lessons/no-validation.yml",line:22,column:7},is:{word:"untrusted-input",attributes:{validated:{equals:[!1]},use:{equals:["write","merge","handed-on"]},input:{bind:"$INPUT"}},at:{file:"lessons/no-validation.yml",line:22,column:13}}},{at:{file:"lessons/no-validation.yml",line:23,column:7},is:{word:"untrusted-input",attributes:{validated:{equals:[!1]},use:{equals:["filter"]},"others-validated":{equals:[!1]},input:{bind:"$INPUT"}},at:{file:"lessons/no-validation.yml",line:23,column:13}}}]},grades:[{when:{at:{file:"lessons/no-validation.yml",line:27,column:13},is:{word:"untrusted-input",attributes:{"others-validated":{equals:[!0]}},at:{file:"lessons/no-validation.yml",line:27,column:21}}},severity:"note"},{when:{at:{file:"lessons/no-validation.yml",line:29,column:13},is:{word:"untrusted-input",attributes:{"only-finds":{equals:[!0]}},at:{file:"lessons/no-validation.yml",line:29,column:21}}},severity:"note"},{when:{at:{file:"lessons/no-validation.yml",line:30,column:13},is:{word:"untrusted-input",attributes:{source:{equals:["query","params"]}},at:{file:"lessons/no-validation.yml",line:30,column:21}}},severity:"note"}],fineWhen:[],examples:{bad:[{code:`app.post('/users', async (req, res) => {
  const user = await prisma.user.create({ data: { name: req.body.name, email: req.body.email } });
  res.status(201).json(user);
});
`,at:{file:"lessons/no-validation.yml",line:38,column:7}},{code:`router.put('/profile', async (req, res, next) => {
  const { name, bio } = req.body;
  if (!name) return res.status(400).json({ error: 'name is missing' });
  await saveProfile(req.user.id, { name, bio });
  res.sendStatus(204);
});
async function saveProfile(id, profile) {
  await prisma.profile.update({ where: { id }, data: profile });
}
`,at:{file:"lessons/no-validation.yml",line:43,column:7}},{code:`export async function POST(request: Request) {
  const body = (await request.json()) as { title: string };
  return Response.json(await prisma.post.create({ data: { title: body.title } }));
}
`,file:"src/app/api/posts/route.ts",at:{file:"lessons/no-validation.yml",line:53,column:9}}],good:[{code:`const newUser = z.object({ name: z.string(), email: z.email() });
app.post('/users', async (req, res) => {
  const user = await prisma.user.create({ data: newUser.parse(req.body) });
  res.status(201).json(user);
});
`,at:{file:"lessons/no-validation.yml",line:60,column:7}},{code:`app.post('/users', validate(newUser), async (req, res) => {
  const user = await prisma.user.create({ data: { name: req.body.name, email: req.body.email } });
  res.status(201).json(user);
});
`,at:{file:"lessons/no-validation.yml",line:66,column:7}},{code:`app.get('/users/:id', async (req, res) => {
  const user = await prisma.user.findUnique({ where: { id: req.params.id } });
  if (!user) return res.sendStatus(404);
  res.json(user);
});
`,at:{file:"lessons/no-validation.yml",line:71,column:7}},{code:`app.post('/echo', (req, res) => {
  console.log('received', req.body);
  res.json({ ok: true });
});
`,at:{file:"lessons/no-validation.yml",line:77,column:7}}]},source:{file:"lessons/no-validation.yml",text:""}},{id:"nosql-injection",title:"A filter of MongoDB takes texts from a client, never objects",severity:"block",status:"active",story:{what:'Input came straight from the front end, because the front end was trusted to send texts. JSON can say more than texts, and an object such as one that asks for "not nothing" in the place of a password matches everybody.',cost:{}},lesson:"Make each value what it has to be (a text, a number, an id) before it goes into a filter; a schema at the entrance does it for all of them.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/Injection_Prevention_Cheat_Sheet.html"},ask:[],steps:["Let a schema say that the field is a text, or write `String(\u2026)` around it.","Where the driver offers it, switch operators in filters off (`sanitizeFilter` of Mongoose)."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$INPUT` may be an object with operators, and `$CALL` uses it as a filter.",detect:{at:{file:"lessons/nosql-injection.yml",line:21,column:3},is:{word:"sink",attributes:{kind:{equals:["nosql"]},untrusted:{equals:[!0]},input:{bind:"$INPUT"}},at:{file:"lessons/nosql-injection.yml",line:21,column:9},as:"$CALL"}},grades:[],fineWhen:[],examples:{bad:[{code:`const mongoose = require('mongoose');
const User = mongoose.model('User', new mongoose.Schema({ email: String, password: String }));
app.post('/login', async (req, res) => {
  const user = await User.findOne({ email: req.body.email, password: req.body.password });
  res.json(user);
});
`,at:{file:"lessons/nosql-injection.yml",line:29,column:7}},{code:`import { MongoClient } from 'mongodb';
const client = new MongoClient(process.env.MONGO_URL);
app.post('/search', async (req, res) => {
  const { filter } = req.body;
  res.json(await client.db('shop').collection('orders').findOne(filter));
});
`,at:{file:"lessons/nosql-injection.yml",line:36,column:7}}],good:[{code:`const mongoose = require('mongoose');
const User = mongoose.model('User', new mongoose.Schema({ email: String, password: String }));
app.post('/login', async (req, res) => {
  const user = await User.findOne({ email: String(req.body.email) });
  res.json(user);
});
`,at:{file:"lessons/nosql-injection.yml",line:44,column:7}},{code:`const mongoose = require('mongoose');
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
app.get('/users/:id', async (req, res) => {
  res.json(await User.findOne({ _id: req.params.id }));
});
`,at:{file:"lessons/nosql-injection.yml",line:51,column:7}},{code:`const mongoose = require('mongoose');
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
app.post('/login', async (req, res) => {
  const { email } = credentials.parse(req.body);
  res.json(await User.findOne({ email }));
});
`,at:{file:"lessons/nosql-injection.yml",line:57,column:7}}]},source:{file:"lessons/nosql-injection.yml",text:""}},{id:"open-redirect",title:"A client never chooses where a redirect leads",severity:"warn",status:"active",story:{what:"A page sent people back to where they came from, by an address in the link. Anybody can write such a link, with an address of their own at its end and the name of a trusted site at its beginning.",cost:{}},lesson:"Redirect to paths of this site only, or to addresses from a list.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html"},ask:[],steps:["Accept a target only when it begins with one `/` (and neither with `//` nor with `/\\\\`).","For other sites, look the target up in a list by a short name."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$INPUT` decides where `$CALL` sends people.",detect:{at:{file:"lessons/open-redirect.yml",line:21,column:3},is:{word:"sink",attributes:{kind:{equals:["redirect"]},untrusted:{equals:[!0]},input:{bind:"$INPUT"}},at:{file:"lessons/open-redirect.yml",line:21,column:9},as:"$CALL"}},grades:[],fineWhen:[],examples:{bad:[{code:`app.get('/leave', (req, res) => {
  res.redirect(req.query.url);
});
`,at:{file:"lessons/open-redirect.yml",line:29,column:7}},{code:`router.post('/login', async (req, res) => {
  const target = req.body.returnTo || '/';
  await login(req);
  return goOn(res, target);
});
function goOn(res, target) {
  res.redirect(target);
}
`,at:{file:"lessons/open-redirect.yml",line:33,column:7}}],good:[{code:"app.get('/search', (req, res) => {\n  res.redirect(`https://search.example.com/?q=${encodeURIComponent(req.query.q)}`);\n});\n",at:{file:"lessons/open-redirect.yml",line:43,column:7}},{code:`app.get('/users/:id', (req, res) => {
  res.redirect('/people/' + req.params.id);
});
`,at:{file:"lessons/open-redirect.yml",line:47,column:7}},{code:`app.get('/leave', (req, res) => {
  if (!allowedTargets.includes(req.query.url)) return res.sendStatus(400);
  res.redirect(req.query.url);
});
`,at:{file:"lessons/open-redirect.yml",line:51,column:7}}]},source:{file:"lessons/open-redirect.yml",text:""}},{id:"path-traversal",title:"A client never chooses the path of a file",severity:"block",status:"active",story:{what:"The name of a file came with the request and was joined to a folder, on the understanding that it is only a name. With `../` in it, it leads out of the folder to any file that the server can read.",cost:{}},lesson:"Take the last part of a name only (`path.basename`), or look the file up by an id; where a path is needed, resolve it and see that it still lies in the folder.",links:{explained:"https://owasp.org/www-community/attacks/Path_Traversal"},ask:[],steps:["Use `path.basename(name)` where only files of one folder are meant.","With `res.sendFile`, give `{ root }`: Express then refuses to leave it.","Otherwise compare: `path.resolve(folder, name).startsWith(folder + path.sep)`."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$INPUT` decides which file `$CALL` touches.",detect:{at:{file:"lessons/path-traversal.yml",line:21,column:3},is:{word:"sink",attributes:{kind:{equals:["path"]},untrusted:{equals:[!0]},input:{bind:"$INPUT"}},at:{file:"lessons/path-traversal.yml",line:21,column:9},as:"$CALL"}},grades:[],fineWhen:[],examples:{bad:[{code:`import fs from 'node:fs';
import path from 'node:path';
app.get('/files/:name', (req, res) => {
  fs.createReadStream(path.join(uploads, req.params.name)).pipe(res);
});
`,at:{file:"lessons/path-traversal.yml",line:30,column:7}},{code:"app.get('/download', (req, res) => {\n  res.download(`./invoices/${req.query.file}`);\n});\n",at:{file:"lessons/path-traversal.yml",line:36,column:7}}],good:[{code:`import fs from 'node:fs';
import path from 'node:path';
app.get('/files/:name', (req, res) => {
  fs.createReadStream(path.join(uploads, path.basename(req.params.name))).pipe(res);
});
`,at:{file:"lessons/path-traversal.yml",line:41,column:7}},{code:`app.get('/download', (req, res) => {
  res.sendFile(req.query.file, { root: invoices });
});
`,at:{file:"lessons/path-traversal.yml",line:47,column:7}},{code:`import fs from 'node:fs';
import path from 'node:path';
app.get('/files/:name', (req, res) => {
  const file = path.resolve(uploads, req.params.name);
  if (!file.startsWith(uploads + path.sep)) return res.sendStatus(404);
  fs.createReadStream(file).pipe(res);
});
`,at:{file:"lessons/path-traversal.yml",line:51,column:7}}]},source:{file:"lessons/path-traversal.yml",text:""}},{id:"request-per-row",title:"Ask another service once, not once per row",severity:"warn",status:"trial",story:{what:"The queries of a page had been put together into one, but for every row it still asked another service. What took milliseconds with ten rows took half a minute with a thousand, and the other side began to turn requests away.",cost:{}},lesson:"Ask for many at once where the service can do that, keep what was asked before, and leave the rest to a job that nobody waits for.",links:{explained:"https://learn.microsoft.com/en-us/azure/architecture/antipatterns/chatty-io/"},ask:[],steps:["Look in the reference of the service for a call that takes a list, and hand it all ids at once.","Where there is none, ask for a few at a time, keep the answers, and do it in a job instead of a request."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/*{migration,migrations,Migration,Migrations,migrate,Migrate,backfill,Backfill}.{ts,js,mts,mjs,cts,cjs}","**/{migrate,backfill}{-,_,.}*","**/{migrate,backfill}[A-Z]*","**/*[-_]{migrations,seeds}/**","**/*{schemaUpgrade,schema-upgrade,upgradeStep,UpgradeStep,upgrade-step}*","**/{examples,docs}/**"]},message:"`$CALL` calls $WHOM once for every `$ITEM` of `$LIST`.",detect:{at:{file:"lessons/request-per-row.yml",line:26,column:3},is:{word:"http-call",attributes:{batched:{equals:[!1]},whom:{bind:"$WHOM"}},at:{file:"lessons/request-per-row.yml",line:26,column:9},as:"$CALL"},inside:{at:{file:"lessons/request-per-row.yml",line:27,column:11},is:{word:"iteration",attributes:{over:{equals:["data"]},item:{bind:"$ITEM"},list:{bind:"$LIST"}},at:{file:"lessons/request-per-row.yml",line:27,column:19}}}},grades:[{when:{at:{file:"lessons/request-per-row.yml",line:30,column:13},is:{word:"http-call",attributes:{verb:{equals:["write"]},many:{equals:[!1]}},at:{file:"lessons/request-per-row.yml",line:30,column:21}}},severity:"note"}],fineWhen:[],examples:{bad:[{code:`for (const order of orders) {
  const response = await fetch(\`https://rates.example.com/v1/rates/\${order.currency}\`);
  order.rate = await response.json();
}
`,at:{file:"lessons/request-per-row.yml",line:38,column:7}},{code:`import Stripe from 'stripe';
const stripe = new Stripe(key);
const customers = await Promise.all(accounts.map((account) => stripe.customers.retrieve(account.customerId)));
`,at:{file:"lessons/request-per-row.yml",line:43,column:7}},{code:`import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
const queue = new SQSClient({});
for (const job of jobs) await queue.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(job) }));
`,at:{file:"lessons/request-per-row.yml",line:47,column:7}},{code:`import { createTRPCClient, httpLink } from '@trpc/client';
const client = createTRPCClient({ links: [httpLink({ url })] });
for (const order of orders) order.rate = await client.rates.byCurrency.query(order.currency);
`,at:{file:"lessons/request-per-row.yml",line:51,column:7}}],good:[{code:`import { createTRPCClient, httpBatchLink } from '@trpc/client';
const client = createTRPCClient({ links: [httpBatchLink({ url })] });
const rates = await Promise.all(orders.map((order) => client.rates.byCurrency.query(order.currency)));
`,at:{file:"lessons/request-per-row.yml",line:56,column:7}},{code:`const response = await fetch('https://rates.example.com/v1/rates?currencies=' + currencies.join());
const rates = await response.json();
for (const order of orders) order.rate = rates[order.currency];
`,at:{file:"lessons/request-per-row.yml",line:60,column:7}},{code:"for (const region of ['eu', 'us']) await fetch(`https://${region}.example.com/health`);\n",at:{file:"lessons/request-per-row.yml",line:64,column:7}},{code:`const cache = new Map();
for (const order of orders) order.rate = cache.get(order.currency);
`,at:{file:"lessons/request-per-row.yml",line:66,column:7}}]},source:{file:"lessons/request-per-row.yml",text:""}},{id:"secret-in-code",title:"Passwords, keys and tokens stay out of the repository",severity:"block",status:"active",story:{what:"A database password was written into the code, committed and pushed. From that moment it was burnt, whatever became of the pull request, and the evening ended with rotating credentials at midnight.",cost:{}},lesson:"Read secrets from the environment or a secrets manager, let the program refuse to start without them, and rotate what has reached a remote, even for a minute.",links:{rotate:"https://docs.github.com/en/code-security/secret-scanning/managing-alerts-from-secret-scanning/resolving-alerts","remove-from-history":"https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",explained:"https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html"},ask:[],steps:["Issue a new secret and revoke this one. Deleting the line is not enough, for the commit keeps it.","Read the new one from the environment (`process.env`) or a secrets manager, and fail at the start when it is missing; a default would be used one day.","Keep `.env` out of the repository, and show in `.env.example` which names are needed, with placeholders."],origin:"built-in",waivable:!0,scope:{files:["**"],except:[]},message:"`$NAME` gives away $WHAT ($SHOWS); from the first push on it counts as known to others.",detect:{at:{file:"lessons/secret-in-code.yml",line:17,column:3},is:{word:"secret",attributes:{what:{bind:"$WHAT"},name:{bind:"$NAME"},shows:{bind:"$SHOWS"}},at:{file:"lessons/secret-in-code.yml",line:17,column:9}},not:{at:{file:"lessons/secret-in-code.yml",line:19,column:8},is:{word:"secret",attributes:{where:{equals:["test"]},strength:{equals:["chosen"]},kind:{equals:["password","signing-key","secret","token","api-key"]},live:{equals:[!1]}},at:{file:"lessons/secret-in-code.yml",line:19,column:16}}}},grades:[{when:{at:{file:"lessons/secret-in-code.yml",line:22,column:13},is:{word:"secret",attributes:{where:{equals:["example"]},strength:{equals:["random"]},kind:{equals:["api-key","secret","token","connection-string","basic-auth"]},live:{equals:[!1]}},at:{file:"lessons/secret-in-code.yml",line:22,column:21}}},severity:"warn"},{when:{at:{file:"lessons/secret-in-code.yml",line:24,column:13},is:{word:"secret",attributes:{where:{equals:["test","example","docs"]},live:{equals:[!1]}},at:{file:"lessons/secret-in-code.yml",line:24,column:21}}},severity:"note"},{when:{at:{file:"lessons/secret-in-code.yml",line:26,column:13},is:{word:"secret",attributes:{allowed:{equals:[!0]},live:{equals:[!1]}},at:{file:"lessons/secret-in-code.yml",line:26,column:21}}},severity:"note"},{when:{at:{file:"lessons/secret-in-code.yml",line:28,column:13},is:{word:"secret",attributes:{local:{equals:[!0]}},at:{file:"lessons/secret-in-code.yml",line:28,column:21}}},severity:"note"},{when:{at:{file:"lessons/secret-in-code.yml",line:29,column:13},is:{word:"secret",attributes:{kind:{equals:["password"]},strength:{equals:["guessable"]},where:{equals:["config"]}},at:{file:"lessons/secret-in-code.yml",line:29,column:21}}},severity:"note"},{when:{at:{file:"lessons/secret-in-code.yml",line:31,column:13},is:{word:"secret",attributes:{strength:{equals:["guessable"]}},at:{file:"lessons/secret-in-code.yml",line:31,column:21}}},severity:"warn"},{when:{at:{file:"lessons/secret-in-code.yml",line:33,column:13},is:{word:"secret",attributes:{kind:{equals:["stripe","clerk","paystack"]},live:{equals:[!1]}},at:{file:"lessons/secret-in-code.yml",line:33,column:21}}},severity:"warn"}],fineWhen:[],examples:{bad:[{code:`const pool = new Pool({ host: 'db.internal', user: 'orders', password: 'Tr0ub4dor-and-3-horses' });
`,at:{file:"lessons/secret-in-code.yml",line:42,column:7}},{code:`app.use(session({ secret: 'purple-monkey-dishwasher', resave: false }));
`,at:{file:"lessons/secret-in-code.yml",line:44,column:7}},{code:`const jwtSecret = process.env.JWT_SECRET ?? 'correct-horse-battery';
`,at:{file:"lessons/secret-in-code.yml",line:46,column:7}},{code:`import jwt from 'jsonwebtoken';
export const tokenFor = (user) => jwt.sign({ id: user.id }, 'purple monkey dishwasher');
`,at:{file:"lessons/secret-in-code.yml",line:48,column:7}},{code:`if (req.body.password === 'Tr0ub4dor-and-3-horses') res.redirect('/admin');
`,at:{file:"lessons/secret-in-code.yml",line:51,column:7}},{code:"DATABASE_PASSWORD=Tr0ub4dor-and-3-horses",file:".env",at:{file:"lessons/secret-in-code.yml",line:52,column:28}},{code:"database_url: postgres://orders:Tr0ub4dor-and-3-horses@db.acme.org/orders",file:"config/production.yml",at:{file:"lessons/secret-in-code.yml",line:53,column:45}},{code:"curl -u deploy:Tr0ub4dor-and-3-horses https://deploy.acme.org",file:"deploy.sh",at:{file:"lessons/secret-in-code.yml",line:54,column:33}}],good:[{code:`const pool = new Pool({ host: 'db.internal', user: 'orders', password: process.env.DATABASE_PASSWORD });
`,at:{file:"lessons/secret-in-code.yml",line:57,column:7}},{code:`const labels = { password: 'Password', token: 'Your token' };
`,at:{file:"lessons/secret-in-code.yml",line:59,column:7}},{code:`const secret = await vault.read('orders/database');
`,at:{file:"lessons/secret-in-code.yml",line:61,column:7}},{code:`const RESET_PASSWORD = 'reset-password', tokenType = 'Bearer';
`,at:{file:"lessons/secret-in-code.yml",line:63,column:7}},{code:"await request(app).post('/login').send({ email: 'ada@acme.org', password: 'Tr0ub4dor-and-3-horses' });",file:"src/login.test.ts",at:{file:"lessons/secret-in-code.yml",line:64,column:41}},{code:"DATABASE_PASSWORD=change-me",file:".env.example",at:{file:"lessons/secret-in-code.yml",line:65,column:36}},{code:"database_url: postgres://orders:${DATABASE_PASSWORD}@db.acme.org/orders",file:"config/production.yml",at:{file:"lessons/secret-in-code.yml",line:66,column:45}}]},source:{file:"lessons/secret-in-code.yml",text:""}},{id:"secret-in-log",title:"Passwords and tokens stay out of the logs",severity:"warn",status:"trial",story:{what:"A line that was meant for one debugging session wrote the password of everybody who signed in to the log. It went on to the log service, its backups and everybody with access to either, and all of these people had to choose a new password.",cost:{}},lesson:"Log whom or what it is about (an id, whether a value is set), never the value that proves it.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html"},ask:[],steps:["Take the value out of the message, or log whether it is set (`Boolean(value)`) or whom it belongs to.","Let the logger mask such names wherever they appear, such as `redact` of pino.","If the line has run anywhere, treat what it wrote as known to others and rotate it."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts,script,tools,bin,cli}/**","**/{seed,cli,setup}.*","**/{examples,docs}/**","**/*.{jsx,tsx}"]},message:"`$VALUE`, $WHAT, goes to the log as it is.",detect:{at:{file:"lessons/secret-in-log.yml",line:25,column:3},is:{word:"log-call",attributes:{sensitive:{equals:[!0]},gives:{bind:"$VALUE"},what:{bind:"$WHAT"}},at:{file:"lessons/secret-in-log.yml",line:25,column:9}}},grades:[],fineWhen:[],examples:{bad:[{code:"app.post('/login', async (req, res) => {\n  logger.info(`sign-in of ${req.body.email} with ${req.body.password}`);\n});\n",at:{file:"lessons/secret-in-log.yml",line:34,column:7}},{code:`console.log('asking the mail service', { url, apiKey: process.env.MAIL_API_KEY });
`,at:{file:"lessons/secret-in-log.yml",line:38,column:7}},{code:`this.logger.debug('refreshed: ' + JSON.stringify({ user: user.id, refreshToken }));
`,at:{file:"lessons/secret-in-log.yml",line:40,column:7}},{code:`request.log.warn({ authorization: request.headers.authorization }, 'refused');
`,at:{file:"lessons/secret-in-log.yml",line:42,column:7}}],good:[{code:"app.post('/login', async (req, res) => {\n  logger.info(`sign-in of ${req.body.email}`);\n});\n",at:{file:"lessons/secret-in-log.yml",line:45,column:7}},{code:`console.log('asking the mail service', { url, hasApiKey: Boolean(process.env.MAIL_API_KEY) });
`,at:{file:"lessons/secret-in-log.yml",line:49,column:7}},{code:`logger.info('token refreshed', { expires: accessToken.expiresAt, length: accessToken.length });
`,at:{file:"lessons/secret-in-log.yml",line:51,column:7}},{code:`logger.warn('wrong password', { user: user.id, password: mask(password) });
`,at:{file:"lessons/secret-in-log.yml",line:53,column:7}},{code:`if (!apiKey) logger.error('apiKey is missing');
`,at:{file:"lessons/secret-in-log.yml",line:55,column:7}}]},source:{file:"lessons/secret-in-log.yml",text:""}},{id:"sql-injection",title:"Values go beside a statement, never into its text",severity:"block",status:"active",story:{what:"A back end trusted the front end to send sensible data, and put it into its statements as it came. Some of it was written to be read as SQL, and the database did as it was told.",cost:{}},lesson:"Give values to the database as parameters, so that it can never take them for a part of the statement. Where a name of a column or a table is chosen by a client, choose it from a list.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/SQL_Injection_Prevention_Cheat_Sheet.html"},ask:[],steps:["Replace each value in the text by a placeholder (`$1`, `?`, `:name`), and give the values as the argument beside it.","Where the text must vary (a column to sort by), look the name up in a list of allowed ones."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts,benchmarks}/**","**/{examples,docs}/**"]},message:"`$INPUT` becomes a part of the statement that `$CALL` runs.",detect:{at:{file:"lessons/sql-injection.yml",line:21,column:3},any:[{at:{file:"lessons/sql-injection.yml",line:22,column:7},is:{word:"sink",attributes:{kind:{equals:["sql"]},untrusted:{equals:[!0]},input:{bind:"$INPUT"}},at:{file:"lessons/sql-injection.yml",line:22,column:13},as:"$CALL"}},{at:{file:"lessons/sql-injection.yml",line:23,column:7},is:{word:"sink",attributes:{kind:{equals:["sql"]},from:{equals:["parameter"]},input:{bind:"$INPUT"}},at:{file:"lessons/sql-injection.yml",line:23,column:13},as:"$CALL"}}]},grades:[{when:{at:{file:"lessons/sql-injection.yml",line:26,column:13},is:{word:"sink",attributes:{kind:{equals:["sql"]},from:{equals:["parameter"]}},at:{file:"lessons/sql-injection.yml",line:26,column:21}}},severity:"warn"}],fineWhen:[],examples:{bad:[{code:`app.get('/users', async (req, res) => {
  const { rows } = await pool.query(\`SELECT id, name FROM users WHERE login = '\${req.query.login}'\`);
  res.json(rows);
});
`,at:{file:"lessons/sql-injection.yml",line:34,column:7}},{code:`router.post('/report', async (req, res) => {
  const sql = 'SELECT * FROM orders WHERE customer = ' + req.body.customer + ' ORDER BY created_at';
  res.json(await prisma.$queryRawUnsafe(sql));
});
`,at:{file:"lessons/sql-injection.yml",line:39,column:7}},{code:`export async function findByName(name) {
  return db.query("SELECT * FROM products WHERE name ILIKE '%" + name + "%'");
}
`,at:{file:"lessons/sql-injection.yml",line:44,column:7}}],good:[{code:`app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT id, name FROM users WHERE login = $1', [req.query.login]);
  res.json(rows);
});
`,at:{file:"lessons/sql-injection.yml",line:49,column:7}},{code:"app.get('/users/:id', async (req, res) => {\n  res.json(await prisma.$queryRaw`SELECT id, name FROM users WHERE id = ${req.params.id}`);\n});\n",at:{file:"lessons/sql-injection.yml",line:54,column:7}},{code:`app.get('/users', async (req, res) => {
  const page = Number(req.query.page);
  const { rows } = await pool.query(\`SELECT id, name FROM users LIMIT 50 OFFSET \${page * 50}\`);
  res.json(rows);
});
`,at:{file:"lessons/sql-injection.yml",line:58,column:7}},{code:`const columns = { name: 'name', newest: 'created_at' };
app.get('/users', async (req, res) => {
  const column = columns[req.query.sort] ?? 'name';
  const { rows } = await pool.query(\`SELECT id, name FROM users ORDER BY \${column}\`);
  res.json(rows);
});
`,at:{file:"lessons/sql-injection.yml",line:64,column:7}}]},source:{file:"lessons/sql-injection.yml",text:""}},{id:"ssrf",title:"A client never chooses which address the server asks",severity:"warn",status:"active",story:{what:"An address came with the request, and the server fetched it, as it would have fetched a picture or a document. It stands in a network that others cannot reach, so it brought answers from inside to whoever asked.",cost:{}},lesson:"Ask only hosts from a list of your own; where any address must do, refuse the private ones after the name is resolved.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html"},ask:[],steps:["Keep protocol and host in the code, and let a client choose a path only, through `encodeURIComponent`.","Otherwise go through an agent that refuses private addresses."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$INPUT` decides which address `$CALL` asks.",detect:{at:{file:"lessons/ssrf.yml",line:21,column:3},is:{word:"sink",attributes:{kind:{equals:["url"]},untrusted:{equals:[!0]},input:{bind:"$INPUT"}},at:{file:"lessons/ssrf.yml",line:21,column:9},as:"$CALL"}},grades:[],fineWhen:[],examples:{bad:[{code:`router.get('/proxy', async (req, res) => {
  const answer = await fetch(req.query.target);
  res.json(await answer.json());
});
`,at:{file:"lessons/ssrf.yml",line:29,column:7}},{code:`import axios from 'axios';
app.post('/avatar', async (req, res) => {
  const { data } = await axios.get(req.body.imageUrl, { responseType: 'arraybuffer' });
  res.send(data);
});
`,at:{file:"lessons/ssrf.yml",line:34,column:7}}],good:[{code:`router.get('/weather', async (req, res) => {
  const answer = await fetch(\`https://api.example.com/weather?city=\${encodeURIComponent(req.query.city)}\`);
  res.json(await answer.json());
});
`,at:{file:"lessons/ssrf.yml",line:41,column:7}},{code:`router.get('/proxy', async (req, res) => {
  const { hostname } = new URL(req.query.target);
  if (!hosts.has(hostname)) return res.sendStatus(400);
  const answer = await fetch(\`https://\${hostname}/status\`);
  res.json(await answer.json());
});
`,at:{file:"lessons/ssrf.yml",line:46,column:7}},{code:`import axios from 'axios';
app.get('/repos/:name', async (req, res) => {
  const { data } = await axios.get(\`\${process.env.API_URL}/repos/\${req.params.name}\`);
  res.json(data);
});
`,at:{file:"lessons/ssrf.yml",line:53,column:7}}]},source:{file:"lessons/ssrf.yml",text:""}},{id:"unbounded-limit",title:"A client may ask for a page, but not for everything",severity:"warn",status:"active",story:{what:"A list had a limit, and the client named it. A script asked for `limit=1000000`, every instance of the server loaded the whole table into its memory, and all of them went down one after the other.",cost:{}},lesson:"Take the size of a page from the client, but never without a largest one of your own.",links:{explained:"https://cheatsheetseries.owasp.org/cheatsheets/Denial_of_Service_Cheat_Sheet.html"},ask:[],steps:["Cap the number where it is read: `Math.min(limit, 100)`, or a largest value in the schema that checks the request."],origin:"built-in",waivable:!0,scope:{files:["**"],except:["**/{test,tests,__tests__,e2e,spec,specs,fixtures,__fixtures__,__mocks__,mocks,cypress,playwright}/**","**/*.{test,spec,e2e-spec,e2e,stories,bench}.*","**/{migrations,migration,seeds,seeders,seed,scripts}/**","**/{examples,docs}/**"]},message:"`$LIMIT` comes from the client and decides how many rows `$CALL` loads; nothing caps it.",detect:{at:{file:"lessons/unbounded-limit.yml",line:21,column:3},is:{word:"db-call",attributes:{"limited-by":{equals:["client"]},limit:{bind:"$LIMIT"}},at:{file:"lessons/unbounded-limit.yml",line:21,column:9},as:"$CALL"}},grades:[],fineWhen:[],examples:{bad:[{code:`app.get('/users', async (req, res) => {
  res.json(await prisma.user.findMany({ take: Number(req.query.limit) }));
});
`,at:{file:"lessons/unbounded-limit.yml",line:28,column:7}},{code:`router.get('/orders', async (req, res) => {
  const limit = parseInt(req.query.limit, 10) || 20;
  const { rows } = await pool.query(\`SELECT * FROM orders ORDER BY id LIMIT \${limit}\`);
  res.json(rows);
});
`,at:{file:"lessons/unbounded-limit.yml",line:32,column:7}}],good:[{code:`app.get('/users', async (req, res) => {
  res.json(await prisma.user.findMany({ take: Math.min(Number(req.query.limit) || 20, 100) }));
});
`,at:{file:"lessons/unbounded-limit.yml",line:39,column:7}},{code:`const page = z.object({ limit: z.coerce.number().max(100).default(20) });
app.get('/users', async (req, res) => {
  const { limit } = page.parse(req.query);
  res.json(await prisma.user.findMany({ take: limit }));
});
`,at:{file:"lessons/unbounded-limit.yml",line:43,column:7}},{code:`router.get('/orders', async (req, res) => {
  const limit = Number(req.query.limit);
  if (limit > 100) return res.status(400).send('at most 100');
  res.json(await prisma.order.findMany({ take: limit }));
});
`,at:{file:"lessons/unbounded-limit.yml",line:49,column:7}}]},source:{file:"lessons/unbounded-limit.yml",text:""}}];var u=".github/lessons",q=".github/once-bitten.yml",R=I;async function le(e,s){let o=(await e.list(s,[u])).get(u)??[],i=o.filter(n=>f(n)||p(n)).map(n=>`${u}/${n}`),t=O(await e.read(s,[...i,q,u]),u,o);return F(t,e,s,H)}function O(e,s,o){let i=[...e].flatMap(([a,r])=>"unread"in r?[b(a,r.unread)]:[]),t=a=>{let r=e.get(a);return r&&"text"in r?{file:a,text:r.text}:void 0},n=o.filter(f).flatMap(a=>t(`${s}/${a}`)??[]),[c]=o.filter(p).flatMap(a=>t(`${s}/${a}`)??[]);return{cards:n,settings:t(q),...c&&{vocabulary:c},faults:i}}async function F(e,s,o,i){let{settings:t}=e,n=await N(t);if(!t||n.length===0)return e;let c=n.filter(({elsewhere:l})=>l),[a,r]=await Promise.all([D(n.filter(({elsewhere:l})=>!l),t,s,o),c.length>0?i(c,t):void 0]),d=new Map([...a,...r?.shared??[]].map(l=>[l.entry.name,l]));return{...e,shared:n.flatMap(({name:l})=>d.get(l)??[]),notes:[...e.notes??[],...r?.notes??[]]}}async function N(e){if(!e)return[];let{readSettings:s}=await import("./read-settings-GF7TJNKW.js"),o=s(e.text,e.file,void 0).settings.extends.filter(L);return[...new Map(o.map(i=>[i.name,i])).values()]}async function D(e,s,o,i){let t=e.map(({folder:d})=>d);if(t.length===0)return[];let[n,c]=await Promise.all([o.list(i,t),o.read(i,t)]),a=[...n].flatMap(([d,l])=>l.filter(m=>f(m)||p(m)).map(m=>`${d}/${m}`)),r=a.length>0?await o.read(i,a):new Map;return e.map(d=>{let{folder:l}=d,m=n.get(l)??[],x=c.get(l);return x||!m.some(y=>f(y)||p(y))?{entry:d,cards:[],faults:[z(d,s,n.has(l),x)],unread:!0}:{entry:d,...B(new Map([...r].filter(([y])=>U(y)===l)),l,m)}})}function B(e,s,o){let{cards:i,vocabulary:t,faults:n=[]}=O(e,s,o);return{cards:i,...t&&{vocabulary:t},faults:n}}function U(e){return e.slice(0,Math.max(0,e.lastIndexOf("/")))}function z(e,s,o,i){let{folder:t}=e;if(i&&"unread"in i)return g(e,s,"settings/no-cards",`the folder ${h(t)} holds no cards: ${v[i.unread][0]}`,i.unread==="unreadable"?v.unreadable[1]:"name the folder itself, inside this repository");if(i)return g(e,s,"settings/no-cards",`${h(t)} is a file`,"name the folder that holds it");if(o)return g(e,s,"settings/no-cards",`the folder ${h(t)} holds no cards`,"cards are its own files that end in .yml; those in folders inside of it are not read");let n=/^[A-Za-z0-9][A-Za-z0-9-]*(?:\/[\w.-]+){2,}$/.test(t);return g(e,s,"settings/no-cards",`there is no folder ${h(t)} in this repository`,`paths count from the top of the repository${n?`
of another repository say as well at which ref, such as ${t}@v1`:""}`)}function g({at:e,name:s},o,i,t,n){return j(o,e,{code:i,message:t,hint:n,length:s.length})}async function H(e){let[s]=e,{file:o,line:i,column:t}=s.at,n=e.length>1,c={code:"settings/not-read-here",message:`${n?`${e.length} entries of \`extends\` name`:"One entry of `extends` names"} cards of other repositories, which only the Action reads; here ${n?"they were":"it was"} left out: ${e.map(({name:a})=>`\`${a}\``).join(", ")}`,hint:"`--lessons DIR` looks for the cards of a folder on this machine, such as that of a clone",path:o,line:i,column:t,incomplete:!1};return{shared:e.map(a=>({entry:a,cards:[],faults:[],unread:!0})),notes:[c]}}function ce(e,{settings:s,vocabulary:o,shared:i,notes:t,faults:n=[]}){let c=Q(e);return{settings:s,...o&&{vocabulary:o},...i&&{shared:i},...t&&{notes:t},...c,faults:[...c.faults,...n.filter(({at:a})=>a?.file===q)]}}function de(e,s=[]){return s.some(({entry:o,cards:i,vocabulary:t})=>o.elsewhere?[...i,...t?[t]:[]].some(n=>n.file===e):o.folder===U(e))}function K({faults:e=[],shared:s=[]}){return[...e,...s.flatMap(o=>o.faults)]}var v={binary:["it is not text in UTF-8","save it as UTF-8"],"too-large":["it is larger than 1 MB","keep the story short and link to the long version"],symlink:["it is a symbolic link, and links are not followed","put the file itself there"],submodule:["it lies in a submodule","put the file itself there"],unreadable:["it cannot be read","see whether the clone is whole and the file may be read"]};function me(e){return v[e&&"unread"in e?e.unread:"unreadable"][0]}function b(e,s){let[o,i]=v[s],t=e===q,n=t?"the settings say":e===u?"this folder says":"this card says";return new _(t?"settings/unreadable":"lesson/unreadable",{message:`${n} nothing: ${o}`,hint:i,at:{file:e,line:1,column:1}})}function Q(e){if(!w.existsSync(e)||!w.statSync(e).isDirectory())throw new _("usage/no-such-path",{message:`there is no folder ${e}`,hint:"give --lessons a folder that holds cards (*.yml)"});let s=w.readdirSync(e).sort(),o=s.filter(f).map(n=>E(M.join(e,n))),i=s.filter(p).slice(0,1).map(n=>E(M.join(e,n))),[t]=i.flatMap(n=>"text"in n?[n]:[]);return{cards:o.flatMap(n=>"text"in n?[n]:[]),...t&&{vocabulary:t},faults:[...o,...i].flatMap(n=>"text"in n?[]:[n])}}function E(e){try{let s=w.readFileSync(e);return s.length>1048576?b(e,"too-large"):s.includes(0)?b(e,"binary"):{file:e,text:s.toString("utf8")}}catch{return b(e,"unreadable")}}function f(e){return/\.ya?ml$/.test(e)&&!p(e)}function p(e){return/^vocabulary\.ya?ml$/.test(e)}async function ue(e){let{cards:s,settings:o,vocabulary:i,shared:t=[],notes:n=[]}=e,a=s.length>0||i!==void 0||t.length>0?await(await import("./team-cards-JQB2N4CX.js")).readTeamCards(e):{lessons:[],shared:new Map,words:[],faults:[]},r=[...R,...a.lessons],d=Y(a,t),l=o?(await import("./read-settings-GF7TJNKW.js")).readSettings(o.text,o.file,d):{settings:A,faults:[]},m=C(r,l.settings,a.shared);return{lessons:m.lessons,settings:l.settings,faults:[...K(e),...a.faults,...l.faults],notes:[...n,...m.notes],...a.words.length>0&&{words:a.words}}}function Y({lessons:e,shared:s},o=[]){if(!o.some(({unread:i})=>i))return[...R,...e,...[...s.values()].flat()].map(({id:i})=>i)}async function pe(e,s){let o=e.lessons.filter(r=>r.origin!=="built-in"&&r.detect!==void 0&&s(r));if(o.length===0&&!e.words?.length)return e;let{prove:i,soundWords:t}=await import("./prove-NDTTW3IF.js"),{words:n,faults:c}=await t(e.words??[]),a=new Set;for(let r of o){let d=await i(r,n);c.push(...d),d.length>0&&a.add(r)}return{...e,lessons:e.lessons.filter(r=>!a.has(r)),faults:[...e.faults,...c],words:n}}function he(e){return s=>{let o=k(s.scope.files,s.scope.except),i=s.detect!==void 0&&(S(s.detect)||s.detect.is!==void 0&&$(s.detect.is.word)?.reads==="text");return e.some(t=>(i||T(t))&&o(t))}}function fe(e){return{code:e.code,message:e.message,incomplete:!0,...e.hint!==void 0&&{hint:e.hint},...e.at&&{path:e.at.file,...e.at.line!==void 0&&{line:e.at.line},...e.at.column!==void 0&&{column:e.at.column}}}}export{u as a,q as b,R as c,le as d,O as e,F as f,B as g,g as h,ce as i,de as j,K as k,me as l,b as m,Q as n,E as o,f as p,p as q,ue as r,Y as s,pe as t,he as u,fe as v};
