import { samples } from '../samples.ts';

samples('secret-in-log', {
  'whatever is called a logger': `
    console.log(password); // want secret-in-log
    logger.info('signed in', password); // want secret-in-log
    this.logger.debug(accessToken); // want secret-in-log
    req.log.warn(apiKey); // want secret-in-log
    fastify.log.error(clientSecret); // want secret-in-log
    auditLogger.notice(dbPassword); // want secret-in-log
    winston.info(refreshToken); // want secret-in-log
    orders.info(password);
    Math.log(secret);
    form.error(password);
    changelog.add(password);`,
  'a console of the file itself': `
    const console = { log: (text) => {} };
    console.log(password);`,
  'texts, objects, lists and choices': `
    console.log(\`signed in with \${user.password}\`); // want secret-in-log
    console.log('signed in with ' + password + '.'); // want secret-in-log
    console.log({ user: user.id, password }); // want secret-in-log
    console.log({ user: { id: user.id, pin: user.apiSecret } }); // want secret-in-log
    console.log([user.id, user.password]); // want secret-in-log
    console.log(verbose ? password : 'hidden'); // want secret-in-log
    console.log(verbose && password); // want secret-in-log
    console.log(account.secret ?? 'none'); // want secret-in-log
    console.log(JSON.stringify({ apiKey }, null, 2)); // want secret-in-log
    console.log(String(password), await accessToken, (jwtSecret as string)!); // want secret-in-log
    console.log(util.inspect({ password })); // want secret-in-log
    console.log('%s', clientSecret.toString()); // want secret-in-log`,
  'requests, settings and the environment': `
    console.log(req.headers.authorization); // want secret-in-log
    console.log('cookies', req.headers['cookie']); // want secret-in-log
    console.log(req.body.token); // want secret-in-log
    console.log(process.env); // want secret-in-log
    console.log(process.env.JWT_SECRET); // want secret-in-log
    console.log(config.get('mail.apiKey'), req.header('authorization')); // want secret-in-log
    console.log(process.env.PORT, process.env.NODE_ENV, req.headers['user-agent'], config.get('port'));`,
  'what only tells of it': `
    console.log(password.length, Boolean(password), !!accessToken, typeof apiKey, apiKey === undefined);
    console.log(accessToken ? 'set' : 'unset', password && 'given', apiKey != null);
    console.log(mask(password), hash(password), apiKey.slice(0, 4), redact({ password }));
    console.log(JSON.stringify(user, ['id', 'password']), JSON.stringify(user));
    console.log({ password: '***', token: undefined, secret: mask(secret) });
    console.log('password', "the token's gone", \`password of \${user.id}\`);
    console.log(passwordHash, hashedPassword, encryptedPassword, maskedToken, tokenId, tokenCount, maxTokens, hasPassword, isTokenValid);
    console.log(maskedPassword, maskedprivate_key, redactedToken, req.preDecodedJwt, attachment.storageKey);
    console.log(nextToken, csrfToken, pageToken, tokens.length, cacheKey, primaryKey, publicKey, secretName, passwordResetRequired);
    console.log(errors.password, Field.Password, labels.accessToken, formik.errors.password, ErrorCode.WRONG_PASSWORD);`,
  'what parsers and wallets call a token': `
    console.log(token, token.type, lexer.token);
    console.log(tokens, node.token, pool.token);`,
  'what is declared to be something else': `
    const password = 'password', API_KEY = 'API_KEY';
    const clientSecret = mask(options.clientSecret);
    function report(apiSecret: boolean, showPassword: () => void) { console.log(apiSecret, showPassword); }
    function resetPassword() {}
    const sessionSecret = options.secret !== undefined;
    const newToken = await response.json(), idToken = jwt.decode(raw);
    console.log(newToken, idToken);
    console.log(password, API_KEY, clientSecret, resetPassword, sessionSecret, updatePassword);`,
  'where a script answers whoever runs it': { 'scripts/token.ts': 'console.log(accessToken);', 'src/cli/login.ts': 'console.log(accessToken);', 'src/view.tsx': 'console.log(accessToken);', 'tests/a.ts': 'console.log(password);' },
  'objects that hold it among other things': `
    console.log(req.body); // miss: nobody can tell what is in it
    console.log(user); // miss: the same
    const { password, ...rest } = user;
    console.log(rest);
    const shown = password;
    console.log(shown); // miss: names are believed, values are not followed
    debug(password); // miss: a function without a receiver`,
});
