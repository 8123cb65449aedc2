import { samples } from '../samples.ts';

samples('n-plus-one', {
  'after each row that is loaded': {
    'package.json': `
      { "dependencies": { "typeorm": "0.3" } }`,
    'a.ts': `
      import { AfterLoad, BaseEntity, Entity, EntitySubscriberInterface, EventSubscriber, LoadEvent } from 'typeorm';
      import { Edit } from './edit.entity';
      @EventSubscriber()
      export class PostSubscriber implements EntitySubscriberInterface<Post> {
        listenTo() { return Post; }
        async afterLoad(post: Post, event: LoadEvent<Post>) {
          post.lastEdit = await event.manager.findOne(Edit, { where: { postId: post.id } }); // want n-plus-one
        }
        async afterInsert(event: { manager: any; entity: Post }) {
          await event.manager.findOne(Edit, { where: { postId: event.entity.id } });
        }
      }
      @Entity()
      export class Post extends BaseEntity {
        id: string;
        lastEdit: unknown;
        @AfterLoad()
        async count() {
          this.edits = await Edit.countBy({ postId: this.id }); // want n-plus-one
        }
        @AfterLoad()
        title() { this.long = this.name + this.id; }
      }`,
    'edit.entity.ts': `
      import { BaseEntity, Entity } from 'typeorm';
      @Entity()
      export class Edit extends BaseEntity { postId: string; }`,
  },
});
