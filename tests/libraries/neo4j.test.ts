import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a statement per element': `
    import neo4j from 'neo4j-driver';
    const driver = neo4j.driver(process.env.NEO4J_URL!, neo4j.auth.basic('neo4j', password));
    export async function friends(users: User[]) {
      const session = driver.session();
      for (const user of users) {
        const result = await session.run('MATCH (:User {id: $id})-[:KNOWS]->(f:User) RETURN f', { id: user.id }); // want n-plus-one
        user.friends = result.records.map((record) => record.get('f'));
      }
      await session.close();
    }`,
  'nodes are written one by one, in a transaction': `
    import { driver as connect } from 'neo4j-driver';
    const database = connect('bolt://localhost');
    const work = database.session();
    await work.executeWrite(async (tx) => {
      for (const tag of tags) {
        await tx.run('MERGE (t:Tag {name: $name}) SET t.seen = true', { name: tag }); // want n-plus-one
      }
    });`,
  'without a session': `
    import neo4j, { type Driver } from 'neo4j-driver';
    export const load = (db: Driver, ids: string[]) => Promise.all(ids.map((id) => db.executeQuery('MATCH (u:User {id: $id}) RETURN u', { id }))); // want n-plus-one`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'UNWIND and IN': `
    import neo4j from 'neo4j-driver';
    const driver = neo4j.driver(url, auth);
    await driver.executeQuery('UNWIND $rows AS row MERGE (t:Tag {name: row.name})', { rows });
    const { records } = await driver.executeQuery('MATCH (u:User) WHERE u.id IN $ids RETURN u', { ids });
    for (const record of records) show(record.get('u'));`,
  'sessions are opened and closed': `
    import neo4j from 'neo4j-driver';
    const driver = neo4j.driver(url, auth);
    for (const database of databases) sessions.push(driver.session({ database }));`,
  'something else runs': `
    import neo4j from 'neo4j-driver';
    for (const task of tasks) await task.run('build');`,
});

samples('missing-limit', {
  'every node': `
    import neo4j from 'neo4j-driver';
    const driver = neo4j.driver(url, auth);
    const { records } = await driver.executeQuery('MATCH (u:User) RETURN u'); // want missing-limit`,
  'a condition and an order do not limit': `
    import neo4j from 'neo4j-driver';
    const session = neo4j.driver(url, auth).session();
    const result = await session.run(\` // want missing-limit
      MATCH (u:User)-[:LIVES_IN]->(c:City)
      WHERE u.active = true
      RETURN u.name AS name, c.name AS city ORDER BY name\`);
    show(result);`,
  'in a transaction that reads': `
    import neo4j from 'neo4j-driver';
    const session = neo4j.driver(url, auth).session();
    const users = await session.executeRead((tx) => tx.run('MATCH (u:User) WHERE u.active RETURN u')); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits': `
    import neo4j from 'neo4j-driver';
    const driver = neo4j.driver(url, auth);
    await driver.executeQuery('MATCH (u:User) RETURN u ORDER BY u.name SKIP $skip LIMIT $limit', { skip, limit });
    await driver.executeQuery('MATCH (u:User {email: $email})-[:WROTE]->(p) WITH p ORDER BY p.createdAt SKIP $skip LIMIT $limit OPTIONAL MATCH (p)-[:IN]->(b) RETURN p, b.name', { email, skip, limit });
    await driver.executeQuery('MATCH (u:User {email: $email}) RETURN size((u)-[:WROTE]->()) AS posts', { email });
    await driver.executeQuery('MATCH (u:User {id: $id}) RETURN u', { id });
    await driver.executeQuery('MATCH (u:User) WHERE u.id IN $ids RETURN u', { ids });`,
  'counts and writes': `
    import neo4j from 'neo4j-driver';
    const driver = neo4j.driver(url, auth);
    await driver.executeQuery('MATCH (u:User) RETURN count(u) AS total');
    await driver.executeQuery('MATCH (u:User) WHERE u.old DETACH DELETE u');
    await driver.executeQuery('CREATE CONSTRAINT FOR (u:User) REQUIRE u.id IS UNIQUE');`,
  'text that cannot be read': `
    import neo4j from 'neo4j-driver';
    const session = neo4j.driver(url, auth).session();
    export const run = (text: string, values: object) => session.run(text, values);`,
});
