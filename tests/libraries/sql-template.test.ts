import { samples } from '../samples.ts';

const connection = `
      import { SQLStatement } from 'sql-template-strings';
      export interface Connection {
        sql: <T>(statement: SQLStatement) => Promise<{ rows: T[] }>;
      }`;

/** Statements that a tag makes and that something else runs. */
samples('n-plus-one', {
  'a connection of the project, which is known by its interface only': {
    'db.ts': connection,
    'orders.repository.ts': `
      import SQL from 'sql-template-strings';
      import type { Connection } from './db';
      export class OrdersRepository {
        constructor(readonly connection: Connection) {}
        async ofCustomer(customerId: number) {
          const statement = SQL\`SELECT * FROM orders WHERE customer_id = \${customerId}\`;
          const { rows } = await this.connection.sql(statement);
          return rows;
        }
        async insertAll(orders) {
          for (const order of orders) {
            const statement = SQL\`INSERT INTO orders (customer_id) VALUES (\${order.customerId})\`;
            await this.connection.sql(statement); // want n-plus-one
          }
        }
      }`,
    'orders.service.ts': `
      import { OrdersRepository } from './orders.repository';
      export class OrdersService {
        constructor(private readonly orders: OrdersRepository) {}
        async all(customers) {
          return Promise.all(customers.map(async (customer) => ({ ...customer, orders: await this.orders.ofCustomer(customer.id) }))); // want n-plus-one
        }
        async some(customer) {
          const orders = await this.orders.ofCustomer(customer.id);
          return orders.map((order) => order.total);
        }
      }`,
  },
  'a statement in place, and one that is put together': `
    import sql from 'sql-template-tag';
    export async function paid(db, orders) {
      for (const order of orders) await db.run(sql\`SELECT * FROM payments WHERE order_id = \${order.id}\`); // want n-plus-one
    }
    export async function paidBetween(db, orders, since) {
      for (const order of orders) {
        const statement = sql\`SELECT * FROM payments WHERE order_id = \${order.id}\`;
        if (since) statement.append(sql\` AND paid_at > \${since}\`);
        await db.run(statement); // want n-plus-one
      }
    }`,
  'what puts a statement together': `
    import SQL from 'sql-template-strings';
    export async function paid(db, orders) {
      const statement = SQL\`SELECT * FROM payments WHERE order_id IN (\`;
      orders.forEach((order, index) => {
        statement.append(index === 0 ? SQL\`\${order.id}\` : SQL\`, \${order.id}\`);
      });
      statement.append(SQL\`)\`);
      for (const each of orders) console.log(SQL\`SELECT * FROM payments WHERE order_id = \${each.id}\`.text);
      return db.query(statement);
    }`,
  'tags of other packages': `
    import { html } from 'lit';
    export function rows(list, orders) {
      for (const order of orders) list.render(html\`SELECT \${order.id} FROM here\`);
    }`,
});

samples('missing-limit', {
  'lists': `
    import SQL from 'sql-template-strings';
    export class PermitRepository extends BaseRepository {
      async all() {
        const statement = SQL\`SELECT p.* FROM permit p;\`;
        const response = await this.connection.sql(statement); // want missing-limit
        return response.rows;
      }
      async open() {
        const response = await this.connection.run(SQL\`SELECT * FROM permit WHERE status = 'open'\`); // want missing-limit
        return response.rows;
      }
      async ofSurvey(surveyId) {
        const statement = SQL\`SELECT * FROM permit WHERE survey_id = \${surveyId};\`;
        return (await this.connection.sql(statement)).rows; // want missing-limit:note
      }
    }`,
  'limits, keys and counts': `
    import SQL from 'sql-template-strings';
    export class PermitRepository extends BaseRepository {
      async page(limit) {
        const statement = SQL\`SELECT * FROM permit ORDER BY id LIMIT \${limit}\`;
        return (await this.connection.sql(statement)).rows;
      }
      async one(id) {
        return (await this.connection.sql(SQL\`SELECT * FROM permit WHERE id = \${id}\`)).rows[0];
      }
      async count() {
        return (await this.connection.sql(SQL\`SELECT count(*) FROM permit\`)).rows[0].count;
      }
      async pages(limit) {
        const statement = SQL\`SELECT * FROM permit\`;
        if (limit) statement.append(SQL\` LIMIT \${limit}\`);
        return (await this.connection.sql(statement)).rows;
      }
      async put(order) {
        return this.connection.sql(SQL\`UPDATE permit SET status = 'open' WHERE order_id = \${order.id}\`);
      }
    }`,
  'functions of the project that make statements': {
    'paging.ts': `
      import SQL, { SQLStatement } from 'sql-template-strings';
      export function withPage(statement: SQLStatement, page) { return statement.append(SQL\` LIMIT 20 OFFSET \${page * 20}\`); }`,
    'permits.ts': `
      import SQL from 'sql-template-strings';
      import { withPage } from './paging';
      export async function permits(db, page) {
        const statement = withPage(SQL\`SELECT * FROM permit\`, page);
        return db.query(statement);
      }`,
  },
  'parts that are added under a condition, and groups of one row each': `
    import SQL from 'sql-template-strings';
    export class ProjectRepository extends BaseRepository {
      async list(filter) {
        const statement = SQL\`SELECT p.project_id, array_agg(r.name) AS regions FROM project p LEFT JOIN region r ON r.project_id = p.project_id WHERE 1 = 1\`;
        if (filter.ids) {
          statement.append(SQL\` AND p.project_id IN (\`);
          for (const id of filter.ids) statement.append(SQL\`\${id}\`);
          statement.append(SQL\`)\`);
        }
        statement.append(SQL\` GROUP BY p.project_id\`);
        return (await this.connection.sql(statement)).rows; // want missing-limit
      }
      async having(programs) {
        const statement = SQL\`SELECT p.project_id, array_agg(r.name) AS regions FROM project p GROUP BY p.project_id\`;
        if (programs) {
          statement.append(SQL\` HAVING array_agg(r.id) && '{\`);
          programs.forEach((id, index) => {
            statement.append(id);
            if (index < programs.length - 1) statement.append(',');
          });
          statement.append(SQL\`}'\`);
        }
        statement.append(';');
        return (await this.connection.sql(statement)).rows; // want missing-limit
      }
      async sorted(order) {
        const statement = SQL\`SELECT * FROM project WHERE 1 = 1\`;
        if (order) statement.append(order);
        return (await this.connection.sql(statement)).rows;
      }
      async paged(page) {
        const statement = SQL\`SELECT * FROM project WHERE 1 = 1\`;
        if (page) statement.append(SQL\` LIMIT 20 OFFSET \${page}\`);
        return (await this.connection.sql(statement)).rows;
      }
    }`,
  'a connection that an interface describes, whose functions are wrapped': {
    'db.ts': `
      import { SQLStatement } from 'sql-template-strings';
      export interface Connection { sql: (statement: SQLStatement) => Promise<{ rows: unknown[] }>; }
      const guarded = (work) => async (...args) => {
        try { return await work(...args); } catch (error) { throw new Failure(error); }
      };
      export function open(pool): Connection {
        const ask = async (text, values) => pool.query(text, values);
        const sql = async (statement: SQLStatement) => ask(statement.text, statement.values);
        return { sql: guarded(sql) };
      }`,
    'repository.ts': `
      import SQL from 'sql-template-strings';
      import { Connection } from './db';
      export class PermitRepository {
        constructor(private readonly connection: Connection) {}
        async all() { return (await this.connection.sql(SQL\`SELECT * FROM permit\`)).rows; } // want missing-limit
        async some() { return (await this.connection.sql(SQL\`SELECT * FROM permit LIMIT 10\`)).rows; }
      }`,
  },
  'one group for each person': `
    import SQL from 'sql-template-strings';
    export class TicketRepository extends BaseRepository {
      async totals() { return (await this.connection.sql(SQL\`SELECT user_id, SUM(amount) AS total FROM tickets WHERE open = true GROUP BY user_id ORDER BY total DESC\`)).rows; } // want missing-limit
      async own(id) { return (await this.connection.sql(SQL\`SELECT account_id, SUM(amount) FROM tickets WHERE account_id = \${id} GROUP BY account_id\`)).rows; }
      async odd() { return (await this.connection.sql(SQL\`SELECT user_id, COUNT(*) FROM tickets GROUP BY user_id HAVING COUNT(*) > 1\`)).rows; }
      async top() { return (await this.connection.sql(SQL\`SELECT user_id, SUM(amount) AS total FROM tickets GROUP BY user_id ORDER BY total DESC LIMIT 10\`)).rows; }
    }`,
  'the first row of an answer, and no other': `
    import SQL from 'sql-template-strings';
    export class ProjectRepository extends BaseRepository {
      async byCode(code) {
        const response = await this.connection.sql(SQL\`SELECT * FROM project WHERE code = \${code}\`);
        if (!response.rowCount) throw new Error('none');
        return response.rows[0];
      }
      async byName(name) { return (await this.connection.sql(SQL\`SELECT * FROM project WHERE name = \${name}\`)).rows[0]; }
    }`,
  'keys that are called after their table': `
    import SQL from 'sql-template-strings';
    export class ProjectRepository extends BaseRepository {
      async one(id) { return (await this.connection.sql(SQL\`SELECT * FROM project WHERE project_id = \${id}\`)).rows; }
      async aliased(id) { return (await this.connection.sql(SQL\`SELECT p.* FROM project p WHERE p.project_id = \${id}\`)).rows; }
      async perKind() { return (await this.connection.sql(SQL\`SELECT kind_id, count(*) FROM project GROUP BY kind_id\`)).rows; }
      async kinds() { return (await this.connection.sql(SQL\`SELECT status, count(*) FROM project GROUP BY status\`)).rows; }
    }`,
});
