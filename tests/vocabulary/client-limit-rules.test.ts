import { samples } from '../samples.ts';

samples(['unbounded-limit'], {
  "nest: a rule of the project's own that leaves a number open": `
    import { Controller, Get, Query } from '@nestjs/common';
    import { IsInt, IsPositive, Max } from 'class-validator';
    import { Type } from 'class-transformer';
    import { PrismaClient } from '@prisma/client';
    import { Optional } from './validation';
    const prisma = new PrismaClient();
    export class RandomAssetsDto {
      @Optional()
      @IsInt()
      @IsPositive()
      @Type(() => Number)
      count?: number;
    }
    export class CappedDto {
      @Optional()
      @IsInt()
      @Max(100)
      count?: number;
    }
    @Controller('assets')
    export class AssetController {
      @Get('random')
      getRandom(@Query() dto: RandomAssetsDto) {
        return prisma.asset.findMany({ take: dto.count ?? 1 }); // want unbounded-limit
      }
      @Get('capped')
      getCapped(@Query() dto: CappedDto) {
        return prisma.asset.findMany({ take: dto.count ?? 1 });
      }
    }`,
});

samples(['unbounded-limit'], {
  'trpc limits': `
    import { initTRPC } from '@trpc/server';
    import { z } from 'zod';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const t = initTRPC.create();
    const page = z.number().int().positive();
    const capped = z.number().max(100);
    export const r = t.router({
      a: t.procedure.input(z.number()).query(({ input }) => prisma.order.findMany({ take: input })), // want unbounded-limit
      b: t.procedure.input(z.number().max(50)).query(({ input }) => prisma.order.findMany({ take: input })),
      c: t.procedure.input(page).query(({ input }) => prisma.order.findMany({ take: input })), // want unbounded-limit
      d: t.procedure.input(capped).query(({ input }) => prisma.order.findMany({ take: input })),
      e: t.procedure.input(z.object({ limit: z.number().optional() })).query(({ input: { limit } }) => prisma.order.findMany({ take: limit ?? 10 })), // want unbounded-limit
      f: t.procedure.input(z.number().optional()).query(({ input = 10 }) => prisma.order.findMany({ take: input })), // want unbounded-limit
      g: t.procedure.input(z.number().refine((n) => n < 100)).query(({ input }) => prisma.order.findMany({ take: input })),
      h: t.procedure.input(z.number().transform((n) => Math.min(n, 100))).query(({ input }) => prisma.order.findMany({ take: input })),
      i: t.procedure.input(z.number().lte(100)).query(({ input }) => prisma.order.findMany({ take: input })),
      j: t.procedure.input(z.number().pipe(capped)).query(({ input }) => prisma.order.findMany({ take: input })),
      k: t.procedure.input(z.string()).query(({ input }) => prisma.order.findMany({ take: Number(input) })), // want unbounded-limit
      l: t.procedure.input(z.object({ take: z.number() })).query(({ input }) => prisma.order.findMany({ take: Math.min(input.take, 50) })),
      m: t.procedure.input(z.string().transform(toCapped)).query(({ input }) => prisma.order.findMany({ take: Number(input) })),
      n: t.procedure.input(z.number()).query(({ input }) => { if (input > 100) throw new Error('no'); return prisma.order.findMany({ take: input }); }),
      o: t.procedure.input(z.union([z.literal(10), z.literal(20)])).query(({ input }) => prisma.order.findMany({ take: input })),
      p: t.procedure.input(z.number()).input(z.number().max(100)).query(({ input }) => prisma.order.findMany({ take: input })),
      q: t.procedure.input(z.object({ a: z.string() })).input(z.object({ limit: z.number() })).query(({ input }) => prisma.order.findMany({ take: input.limit })), // want unbounded-limit
      s: t.procedure.input(z.object({ limit: z.number() })).input(z.object({ b: z.string() })).query(({ input }) => prisma.order.findMany({ take: input.limit })), // want unbounded-limit
    });`,
  'nest: validate optional': {
    'src/dto.ts': `
      import { IsInt, IsOptional, Max, Min } from 'class-validator';
      export class ListDto { @IsInt() @Min(1) @ValidateOptional() limit?: number; @IsInt() @Max(100) @IsOptional() max?: number; @Optional({ max: 100 }) @IsInt() capped?: number; @ValidateIf((o) => o.x) @Max(5) @IsInt() v?: number }`,
    'src/c.ts': `
      import { Controller, Get, Query } from '@nestjs/common';
      import { PrismaClient } from '@prisma/client';
      import { ListDto } from './dto';
      const prisma = new PrismaClient();
      @Controller('x') export class C {
        @Get('a') a(@Query() dto: ListDto) { return prisma.order.findMany({ take: dto.limit }); } // want unbounded-limit
        @Get('b') b(@Query() dto: ListDto) { return prisma.order.findMany({ take: dto.max }); }
        @Get('c') c(@Query() dto: ListDto) { return prisma.order.findMany({ take: dto.capped }); }
      }`,
  },
});
