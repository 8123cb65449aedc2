/** A folder of cards, each with one mistake of its own; by file name. */
export const brokenCards: Readonly<Record<string, string>> = {
  'misspelt-key.yml': `id: orders-in-a-loop
title: Orders are loaded at once
severty: warn
story: { what: "The list of orders asked the database 4,000 times." }
lesson: Ask once for all orders.
message: "\`$CALL\` goes to the database once for every \`$ITEM\`."
detect: { is: { db-call: { as: $CALL } }, inside: { is: { iteration: { item: $ITEM } } } }
examples:
  bad: ["for (const order of orders) await prisma.line.findMany({ where: { orderId: order.id } });"]
  good: ["await prisma.line.findMany({ where: { orderId: { in: ids } } });"]
`,
  'unknown-word.yml': `id: mail-in-a-loop
title: Mails are queued
story: { what: "9,000 mails were sent from one request, which timed out." }
lesson: Queue mails.
message: "\`$CALL\` is called in a loop."
detect:
  is: { db-cal: { as: $CALL } }
examples: { bad: ["sendMail()"], good: ["queue.add('mail')"] }
`,
  'bad-regex.yml': `id: money-as-float
title: Money is counted in cents
story: { what: "Every hundredth invoice was a cent off." }
lesson: Count in cents.
message: "\`$AMOUNT\` becomes a floating-point number."
detect:
  code: parseFloat($AMOUNT)
  where: { $AMOUNT: { text: "(price|amount" } }
examples: { bad: ["parseFloat(price)"], good: ["parseFloat(width)"] }
`,
  'broken-pattern.yml': `id: exec-with-a-string
title: Programs get their arguments as a list
story: { what: "A file name with a semicolon deleted a folder." }
lesson: Use execFile.
message: "\`$COMMAND\` goes through a shell."
detect:
  code: "child_process.exec($COMMAND"
examples: { bad: ["child_process.exec(command)"], good: ["child_process.execFile('ls')"] }
`,
  'tab.yml': `id: tabbed
title: A card with a tab
story:
\twhat: "The indentation is a tab."
lesson: Use spaces.
`,
  'silent-example.yml': `id: unlimited-search
title: Searches have a limit
story: { what: "One search returned 100,000 rows." }
lesson: Give every search a limit.
message: "\`$CALL\` returns every row."
detect: { is: { db-call: { verb: read-many, bounded: false, as: $CALL } } }
examples:
  bad:
    - "const all = await prisma.article.findMany({ where: { title: { contains: word } }, take: 1000 });"
  good:
    - "const some = await prisma.article.findMany({ take: 20 });"
`,
  'hit-example.yml': `id: console-in-services
title: Services log through the logger
story: { what: "Nobody saw the failures, because they went to a console that nobody read." }
lesson: Use the logger.
message: "\`console.$LEVEL\` writes where nobody reads."
detect: { code: console.$LEVEL($$$) }
examples:
  bad: ["console.error('payment failed', error);"]
  good:
    - |
      logger.error('payment failed', error);
      console.debug('only while developing');
`,
};
