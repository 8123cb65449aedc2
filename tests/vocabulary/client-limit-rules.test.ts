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
