import { samples } from '../samples.ts';

// Loops that have to do each element by itself: what they ask the database is a note, and what could be asked before stays a warning.

samples('n-plus-one', {
  // -- steps of a durable workflow --------------------------------------------------------------------------------------
  'each element is a step of its own': `
    for (const id of accountIds) {
      await context.run(\`merge-\${id}\`, async () => mergeAccount(id)); // want n-plus-one:note
    }
    for (const team of teams) {
      await io.runTask('orphan-' + team.id, async () => {
        const rows = await prisma.document.findMany({ where: { teamId: team.id } }); // want n-plus-one:note
        show(rows);
      });
    }
    for (const user of users) {
      await step.run('load a user', async () => show(await prisma.user.findUnique({ where: { id: user.id } }))); // want n-plus-one:note
    }
    for (const file of files) await keep(file); // want n-plus-one:note
    async function keep(file) {
      'use step';
      await prisma.file.create({ data: { name: file.name } });
    }
    async function mergeAccount(id) {
      const account = await prisma.account.findUnique({ where: { id } });
      await prisma.account.update({ where: { id }, data: { mergedInto: account.parentId } });
    }`,
  'one step around the loop makes no step of each element': `
    await io.runTask('send the mails', async () => {
      for (const recipient of recipients) {
        const owner = await prisma.user.findUnique({ where: { id: recipient.userId } }); // want n-plus-one
        await mailer.sendMail({ to: recipient.email, from: owner.email });
      }
    });
    for (const team of teams) {
      await step.run(\`team-\${team.id}\`, async () => {
        const members = await loadMembers(team);
        for (const member of members) await prisma.badge.findMany({ where: { memberId: member.id } }); // want n-plus-one
      });
    }`,
  'what is called run is not always a step': `
    for (const user of users) await storage.run(user, () => prisma.post.findMany({ where: { userId: user.id } })); // want n-plus-one
    for (const user of users) await span.run('load', () => prisma.post.findMany({ where: { userId: user.id } })); // want n-plus-one
    for (const user of users) await queue.add(() => prisma.post.findMany({ where: { userId: user.id } })); // want n-plus-one`,

  // -- transactions -----------------------------------------------------------------------------------------------------
  'a transaction of its own for each element': `
    for (const order of orders) {
      await prisma.$transaction(async (tx) => {
        const stock = await tx.stock.findUnique({ where: { sku: order.sku } }); // want n-plus-one:note
        await tx.stock.update({ where: { sku: order.sku }, data: { left: stock.left - order.count } });
        await tx.order.update({ where: { id: order.id }, data: { state: 'taken' } });
      });
    }`,
  'the function that is called begins one': `
    async function cancelOrder(id) {
      const order = await prisma.order.findUnique({ where: { id } });
      if (!order) throw new Error('not found');
      await prisma.$transaction(async (tx) => {
        await tx.order.update({ where: { id }, data: { state: 'cancelled' } });
        await tx.audit.create({ data: { orderId: id } });
      });
    }
    const cancel = (order) => cancelOrder(order.id);
    await pMap(orders, async (order) => { await cancelOrder(order.id); }, { concurrency: 5 }); // want n-plus-one:note
    for (const order of orders) await cancel(order); // want n-plus-one:note`,
  'plain writes in a transaction could be made for all rows in one': `
    for (const campaign of campaigns) {
      await prisma.$transaction(async (tx) => {
        await tx.workflow.update({ where: { id: campaign.workflowId }, data: { off: true } }); // want n-plus-one
        await tx.campaign.update({ where: { id: campaign.id }, data: { state: 'paused' } });
      });
    }
    async function pause(campaign) {
      await prisma.$transaction(async (tx) => {
        await tx.workflow.update({ where: { id: campaign.workflowId }, data: { off: true } });
        await tx.campaign.update({ where: { id: campaign.id }, data: { state: 'paused' } });
      });
    }
    async function pauseAndTell(campaign) {
      await prisma.$transaction(async (tx) => {
        await tx.campaign.update({ where: { id: campaign.id }, data: { state: 'paused' } });
      });
      await jobs.triggerJob({ name: 'paused', campaign: campaign.id });
    }
    for (const campaign of campaigns) await pause(campaign); // want n-plus-one
    for (const campaign of campaigns) await pauseAndTell(campaign); // want n-plus-one:note`,
  'what was done decides what is done next': `
    for (const run of runs) {
      await prisma.$transaction(async (tx) => {
        const { count } = await tx.run.updateMany({ where: { id: run.id, state: 'waiting' }, data: { state: 'queued' } }); // want n-plus-one:note
        if (count === 0) return;
        await tx.snapshot.create({ data: { runId: run.id } });
      });
    }`,
  'a transaction that only reads, one around the loop, and one that is handed on': `
    for (const user of users) {
      const posts = await prisma.$transaction((tx) => tx.post.findMany({ where: { userId: user.id } })); // want n-plus-one
      show(posts);
    }
    await prisma.$transaction(async (tx) => {
      for (const user of users) {
        const posts = await tx.post.findMany({ where: { userId: user.id } }); // want n-plus-one
        await tx.user.update({ where: { id: user.id }, data: { posts: posts.length } });
      }
    });
    const settle = async (row, tx) => {
      const known = await tx.row.findUnique({ where: { id: row.id } });
      await withOptionalTransaction(tx, async (client) => { await client.row.update({ where: { id: known.id }, data: { done: true } }); });
    };
    for (const row of rows) await settle(row, tx); // want n-plus-one`,
  'every read of the called function follows on what it wrote': `
    async function payOut(partner) {
      const payout = await prisma.payout.create({ data: { partnerId: partner.id } });
      await prisma.commission.updateMany({ where: { partnerId: partner.id }, data: { payoutId: payout.id } });
      const { _sum } = await prisma.commission.aggregate({ where: { payoutId: payout.id }, _sum: { amount: true } });
      return _sum.amount;
    }
    for (const partner of partners) await payOut(partner); // want n-plus-one:note`,
  'a read that comes first could be made for all of them': `
    async function restart(recipient) {
      const document = await prisma.document.findFirst({ where: { id: recipient.documentId } });
      await prisma.recipient.update({ where: { id: recipient.id }, data: { due: document.due } });
      await prisma.audit.create({ data: { recipientId: recipient.id } });
    }
    for (const recipient of recipients) await restart(recipient); // want n-plus-one`,

  // -- outcomes ---------------------------------------------------------------------------------------------------------
  'a write says that the mail was sent, the file stored, the request made': `
    for (const reminder of reminders) {
      const html = await render(reminder);
      await transport.sendMail({ to: reminder.email, html });
      await prisma.reminder.updateMany({ where: { id: reminder.id }, data: { sent: true } }); // want n-plus-one:note
    }
    await Promise.all(photos.map(async (photo) => {
      const key = await uploadToBucket(photo.data);
      await prisma.photo.create({ data: { key } }); // want n-plus-one:note
    }));
    for (const hook of hooks) {
      if (hook.off) continue;
      const response = await fetch(hook.url, { method: 'POST', body: hook.body });
      if (response.ok) {
        await prisma.hook.update({ where: { id: hook.id }, data: { delivered: true } }); // want n-plus-one:note
      }
    }
    await Promise.all(invitations.map(async (invitation) => {
      const { id, error } = await resend.emails.send({ to: invitation.email });
      if (error) return;
      await prisma.invitation.update({ where: { id: invitation.id }, data: { state: 'sent' } }); // want n-plus-one:note
    }));
    for (const job of jobs) {
      await sendToQueue(job).then(() => prisma.job.update({ where: { id: job.id }, data: { queued: true } })); // want n-plus-one:note
    }`,
  'where all mails are under way at the same time, a plain mark can be set for all afterwards, for less than the mails take': `
    await Promise.all(partners.map((partner) => limiter.schedule(async () => {
      const sent = await sendEmail({ to: partner.email });
      console.log(sent);
      await prisma.partner.update({ where: { id: partner.id }, data: { remindedAt: new Date() } }); // want n-plus-one:note
    })));
    const remind = async (partner) => {
      await sendEmail({ to: partner.email });
      await prisma.partner.update({ where: { id: partner.id }, data: { reminded: true } });
    };
    await Promise.all(partners.map((partner) => remind(partner))); // want n-plus-one:note
    for (const partner of partners) await remind(partner); // want n-plus-one:note`,
  'a function stores a file and then its row': `
    async function putFile(file) {
      const key = await putObject(file.data);
      return saveRow(key);
    }
    const putObject = async (data) => bucket.put(data);
    const saveRow = (key) => prisma.file.create({ data: { key } });
    for (const file of files) await putFile(file); // want n-plus-one:note`,
  'what failed is written down where it failed': `
    for (const row of stale) {
      try {
        await settle(row.id);
      } catch (error) {
        await prisma.row.update({ where: { id: row.id }, data: { failed: true } }); // want n-plus-one:note
      }
    }`,
  'reads for what is sent can be made for all; writes before it as well, for less than it takes': `
    for (const recipient of recipients) {
      await prisma.recipient.update({ where: { id: recipient.id }, data: { notified: true } }); // want n-plus-one:note
      await mailer.sendMail({ to: recipient.email });
    }
    for (const recipient of recipients) {
      await mailer.sendMail({ to: recipient.email });
      const owner = await prisma.user.findUnique({ where: { id: recipient.ownerId } }); // want n-plus-one
      show(owner);
    }
    for (const recipient of recipients) {
      await takeFromLimit(recipient); // want n-plus-one:note
      await mailer.sendMail({ to: recipient.email });
    }
    async function takeFromLimit(recipient) {
      const limit = await prisma.limit.findUnique({ where: { teamId: recipient.teamId } });
      if (limit.left > 0) await prisma.limit.update({ where: { id: limit.id }, data: { left: { decrement: 1 } } });
    }`,
  'what is sent and then left, or only written down as a function, is not before the write': `
    for (const workspace of workspaces) {
      if (workspace.plan !== 'free') {
        await sendAlert(workspace.slug);
        continue;
      }
      await prisma.member.update({ where: { workspaceId: workspace.id }, data: { role: 'guest' } }); // want n-plus-one
    }
    for (const user of users) {
      const later = async () => { await sendMail(user); };
      await prisma.user.update({ where: { id: user.id }, data: { seen: true } }); // want n-plus-one
      pending.push(later);
    }
    for (const user of users) {
      res.send(user.id);
      await prisma.user.update({ where: { id: user.id }, data: { seen: true } }); // want n-plus-one
    }`,

  // -- failures that stay alone -----------------------------------------------------------------------------------------
  'a function that writes fails for one element, and the others go on': `
    const arm = async (group) => {
      const [row] = await prisma.watch.updateManyAndReturn({ where: { groupId: group.id }, data: { armed: true } });
      if (row) start(row);
    };
    for (const group of groups) {
      try {
        await arm(group); // want n-plus-one:note
      } catch (error) {
        failed += 1;
      }
    }`,
  'reads, plain writes, and failures that end it all are as before': `
    const load = (user) => prisma.post.findMany({ where: { userId: user.id } });
    const mark = (user) => prisma.user.update({ where: { id: user.id }, data: { seen: true } });
    for (const user of users) {
      try {
        show(await load(user)); // want n-plus-one
      } catch (error) {
        log(error);
      }
    }
    for (const user of users) {
      try {
        await prisma.user.update({ where: { id: user.id }, data: { seen: true } }); // want n-plus-one
      } catch (error) {
        log(error);
      }
    }
    for (const user of users) {
      try {
        await mark(user); // want n-plus-one
      } catch (error) {
        throw new Error('not marked', { cause: error });
      }
    }`,

  // -- once a key -------------------------------------------------------------------------------------------------------
  'what is kept is asked for once a key': `
    const rates = {};
    const known = new Map();
    for (const order of orders) {
      if (rates[order.currency] === undefined) rates[order.currency] = await prisma.rate.findFirst({ where: { code: order.currency } }); // want n-plus-one:note
    }
    for (const order of orders) {
      if (!known.has(order.currency)) {
        const rate = await prisma.rate.findFirst({ where: { code: order.currency } }); // want n-plus-one:note
        known.set(order.currency, rate);
      }
    }
    for (const order of orders) rates[order.currency] ??= await prisma.rate.findFirst({ where: { code: order.currency } }); // want n-plus-one:note`,
  'what is looked up and not filled, or kept for one round only, is asked for each time': `
    for (const order of orders) {
      if (!known.has(order.currency)) {
        const rate = await prisma.rate.findFirst({ where: { code: order.currency } }); // want n-plus-one
        show(rate);
      }
    }
    for (const order of orders) {
      const rates = {};
      if (!rates[order.currency]) rates[order.currency] = await prisma.rate.findFirst({ where: { code: order.currency } }); // want n-plus-one
    }`,

  // -- pages and fallbacks ----------------------------------------------------------------------------------------------
  'the rows of each element are read page by page': `
    for (const tenant of tenants) {
      let cursor;
      do {
        const page = await prisma.event.findMany({ where: { tenantId: tenant.id }, take: 500, cursor }); // want n-plus-one:note
        cursor = page.at(-1)?.id;
      } while (cursor);
    }`,
  'all at once was tried before': `
    async function insertAll(rows) {
      try {
        await prisma.row.createMany({ data: rows });
        return;
      } catch (error) {
        log(error);
      }
      for (const row of rows) await prisma.row.create({ data: row }); // want n-plus-one:note
    }
    async function insertSome(rows) {
      try {
        await prisma.row.createMany({ data: rows });
      } catch {
        for (const row of rows) await prisma.row.create({ data: row }); // want n-plus-one:note
      }
    }`,
  'the loop in a catch goes over something else, or is what was tried': `
    async function insertAll(rows, others) {
      try {
        await prisma.row.createMany({ data: rows });
      } catch {
        for (const other of others) await prisma.row.findFirst({ where: { id: other.id } }); // want n-plus-one
      }
      try {
        for (const row of rows) await prisma.row.create({ data: row }); // want n-plus-one
      } catch (error) {
        for (const row of rows) await prisma.row.findFirst({ where: { id: row.id } }); // want n-plus-one
      }
    }`,

  // -- migrations, and what happens once --------------------------------------------------------------------------------
  'work that is called a migration': `
    export class WorkspaceService {
      async dataMigrateCustomDtos(limit) {
        const workspaces = await prisma.workspace.findMany({ take: limit });
        for (const workspace of workspaces) {
          await prisma.dto.findFirst({ where: { workspaceId: workspace.id } }); // want n-plus-one:note
        }
      }
      async list(limit) {
        for (const workspace of await prisma.workspace.findMany({ take: limit })) {
          await prisma.dto.findFirst({ where: { workspaceId: workspace.id } }); // want n-plus-one
        }
      }
    }
    const backfillNames = async (users) => {
      for (const user of users) await prisma.name.findFirst({ where: { userId: user.id } }); // want n-plus-one:note
    };`,
  'a flag lets it happen once': `
    let hasDefault = false;
    for (const plugin of plugins) {
      if (plugin.needsAuth && !hasDefault) {
        const entity = await prisma.entity.findFirst({ where: { name: 'User' } }); // want n-plus-one:note
        if (!entity) await create(plugin);
        hasDefault = true;
      }
    }
    for (const plugin of plugins) {
      if (!plugin.isKnown) await prisma.plugin.findFirst({ where: { id: plugin.id } }); // want n-plus-one
    }
    for (const plugin of plugins) {
      let isDone = false;
      if (!isDone) {
        await prisma.plugin.findFirst({ where: { id: plugin.id } }); // want n-plus-one
        isDone = true;
      }
    }`,
  'a transaction of pg-promise for each': `
    import pgPromise from 'pg-promise';
    const db = pgPromise()(url);
    await Promise.allSettled(groups.map((group) => db.tx(async (tx) => {
      const owner = await tx.one('SELECT owner FROM groups WHERE id = $1', [group.id]); // want n-plus-one:note
      await tx.none('UPDATE groups SET topic = $1 WHERE id = $2', [owner.topic, group.id]);
    })));`,

  // -- locks ------------------------------------------------------------------------------------------------------------
  'a lock for each key, one after the other': `
    import { createClient } from 'redis';
    const redis = createClient();
    const acquireLock = (key) => redis.set(key, owner, { NX: true, PX: 1000 });
    const nameOf = (key) => redis.get(key);
    for (const key of keys.sort()) {
      if (!(await acquireLock(key))) throw new Error('taken'); // want n-plus-one:note
    }
    for (const key of keys) show(await nameOf(key)); // want n-plus-one
    for (const user of users) await lockUser(user); // want n-plus-one
    const lockUser = (user) => prisma.user.update({ where: { id: user.id }, data: { locked: true } });`,

  'an operation that writes to many tables': `
    async function copyProduct(product) {
      const copy = await prisma.product.create({ data: { name: product.name } });
      await prisma.price.createMany({ data: product.prices.map((price) => ({ ...price, productId: copy.id })) });
      await prisma.catalogEntry.create({ data: { productId: copy.id } });
    }
    async function copyName(product) {
      const copy = await prisma.product.create({ data: { name: product.name } });
      await prisma.catalogEntry.create({ data: { name: copy.name } });
    }
    for (const product of products) await copyProduct(product); // want n-plus-one:note
    for (const product of products) await copyName(product); // want n-plus-one`,
});

samples(['n-plus-one'], {
  'a round that is an operation of many steps': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function close(workspaces: { id: string }[], userId: string) {
      for (const workspace of workspaces) {
        const links = await prisma.link.count({ where: { projectId: workspace.id } }); // want n-plus-one:note
        if (links > 0) await prisma.projectUsers.update({ where: { projectId: workspace.id }, data: { userId } });
        await prisma.domain.deleteMany({ where: { projectId: workspace.id } });
        await prisma.project.delete({ where: { id: workspace.id } });
      }
    }
    export async function count(workspaces: { id: string }[]) {
      for (const workspace of workspaces) {
        const links = await prisma.link.count({ where: { projectId: workspace.id } }); // want n-plus-one
        await prisma.project.update({ where: { id: workspace.id }, data: { links } });
      }
    }`,
});

/** What is kept by a key is asked for once, whichever way the code says so. */
samples('n-plus-one', {
  'once': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function offers(subscriptions) {
      const fetched = new Map();
      const out = new Map();
      try {
        for (const subscription of subscriptions) {
          const offerId = subscription.offer_id;
          let offer = fetched.get(offerId);
          if (!offer) {
            offer = await prisma.offer.findFirst({ where: { id: offerId } }); // want n-plus-one:note
            fetched.set(offerId, offer);
          }
          out.set(subscription.id, offer);
        }
      } catch (e) {
        console.error(e);
      }
      return out;
    }`,
  'once, and left': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function names(rows) {
      const seen = new Set();
      const cache: Record<string, string> = {};
      for (const row of rows) {
        if (seen.has(row.teamId)) continue;
        seen.add(row.teamId);
        await prisma.team.update({ where: { id: row.teamId }, data: { seen: true } }); // want n-plus-one:note
      }
      for (const row of rows) {
        const known = cache[row.teamId];
        if (known) {
          row.name = known;
          continue;
        }
        const team = await prisma.team.findFirst({ where: { id: row.teamId } }); // want n-plus-one:note
        cache[row.teamId] = team.name;
      }
      for (const row of rows) {
        const known = row.flags[row.kind];
        if (known) continue;
        await prisma.team.findFirst({ where: { id: row.teamId, kind: row.kind } }); // want n-plus-one
      }
    }`,
});
