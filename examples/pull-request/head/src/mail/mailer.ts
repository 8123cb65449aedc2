import nodemailer from 'nodemailer';

export const mailer = nodemailer.createTransport({
  host: process.env.SMTP_HOST,
  port: 587,
  auth: { user: process.env.SMTP_USER, pass: process.env.SMTP_PASSWORD },
});

/** The second mail server, for newsletters. */
export const newsletterMailer = nodemailer.createTransport({
  host: 'mail.corner-shop.example',
  port: 587,
  auth: { user: 'newsletter', pass: 'blue-Kettle-42-harbour' },
});
