import express from 'express';
import { customers } from './customers/routes.js';
import { orders } from './orders/routes.js';

const app = express();
app.use(express.json());
app.use('/customers', customers);
app.use('/orders', orders);

app.listen(Number(process.env.PORT ?? 3000));
