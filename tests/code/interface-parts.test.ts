import { samples } from '../samples.ts';

samples(['n-plus-one'], {
  'access that is asked for through an interface of parts': {
    'src/access.repository.ts': `
      export interface IAccessRepository {
        asset: {
          hasSharedLinkAccess(sharedLinkId: string, assetId: string): Promise<boolean>;
          hasOwnerAccess(userId: string, assetId: string): Promise<boolean>;
        };
        album: { checkSharedLinkAccess(sharedLinkId: string, ids: Set<string>): Promise<Set<string>> };
      }`,
    'src/infra/access.repository.ts': `
      import { InjectRepository } from '@nestjs/typeorm';
      import { In, Repository } from 'typeorm';
      import { IAccessRepository } from '../access.repository';
      import { LinkEntity } from './link.entity';
      export class AccessRepository implements IAccessRepository {
        constructor(@InjectRepository(LinkEntity) private links: Repository<LinkEntity>) {}
        asset = {
          hasSharedLinkAccess: (sharedLinkId: string, assetId: string): Promise<boolean> => {
            return this.links.exist({ where: { id: sharedLinkId, assets: { id: assetId } } });
          },
          hasOwnerAccess: (userId: string, assetId: string): Promise<boolean> => {
            return this.links.exist({ where: { userId, assets: { id: assetId } } });
          },
        };
        album = {
          checkSharedLinkAccess: async (sharedLinkId: string, ids: Set<string>): Promise<Set<string>> => {
            const links = await this.links.find({ where: { id: sharedLinkId, albumId: In([...ids]) } });
            return new Set(links.map((link) => link.albumId));
          },
        };
      }`,
    'src/infra/link.entity.ts': `
      import { Entity, PrimaryGeneratedColumn } from 'typeorm';
      @Entity('shared_links')
      export class LinkEntity {
        @PrimaryGeneratedColumn('uuid')
        id!: string;
      }`,
    'src/access.core.ts': `
      import { IAccessRepository } from './access.repository';
      export enum Permission { ASSET_READ = 'asset.read', ASSET_VIEW = 'asset.view', ALBUM_READ = 'album.read' }
      export class AccessCore {
        private constructor(private repository: IAccessRepository) {}
        private async checkAccessSharedLink(user: { sharedLinkId?: string }, permission: Permission, ids: Set<string>) {
          const sharedLinkId = user.sharedLinkId;
          if (!sharedLinkId) {
            return new Set();
          }
          switch (permission) {
            case Permission.ALBUM_READ:
              return await this.repository.album.checkSharedLinkAccess(sharedLinkId, ids);
          }
          const allowedIds = new Set();
          for (const id of ids) {
            const hasAccess = await this.hasSharedLinkAccess(user, permission, id); // want n-plus-one
            if (hasAccess) {
              allowedIds.add(id);
            }
          }
          return allowedIds;
        }
        private async hasSharedLinkAccess(user: { sharedLinkId?: string }, permission: Permission, id: string) {
          const sharedLinkId = user.sharedLinkId;
          if (!sharedLinkId) {
            return false;
          }
          switch (permission) {
            case Permission.ASSET_READ:
              return this.repository.asset.hasSharedLinkAccess(sharedLinkId, id);
            case Permission.ASSET_VIEW:
              return await this.repository.asset.hasSharedLinkAccess(sharedLinkId, id);
            default:
              return false;
          }
        }
      }`,
  },
});
