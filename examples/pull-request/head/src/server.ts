import express from 'express';
import { customers } from './customers/routes.js';
import { orders } from './orders/routes.js';
import { search } from './search/routes.js';

const app = express();
app.use(express.json());
app.use('/customers', customers);
app.use('/orders', orders);
app.use('/search', search);

app.listen(Number(process.env.PORT ?? 3000));
