import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { LatestPost } from '../../../src/vscode/page/latestPost.ts';

describe('posting views to a page', () => {
  let posted: number[];
  let post: LatestPost<number>;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    posted = [];
    post = new LatestPost((value) => posted.push(value));
  });

  afterEach(() => mock.timers.reset());

  it('waits for the page, which then gets the latest view alone', () => {
    post.offer(1);
    post.offer(2);
    assert.deepEqual(posted, []);
    post.open();
    assert.deepEqual(posted, [2]);
  });

  it('posts the first view at once, those of a burst as one, and the last always', () => {
    post.open();
    post.offer(1);
    post.offer(2);
    post.offer(3);
    assert.deepEqual(posted, [1]);
    mock.timers.tick(30);
    assert.deepEqual(posted, [1, 3]);
    mock.timers.tick(1_000);
    assert.deepEqual(posted, [1, 3]);
  });

  it('posts nothing to a page that is gone, and the latest again to the one that comes back', () => {
    post.open();
    post.offer(1);
    post.offer(2);
    post.close();
    mock.timers.tick(1_000);
    post.offer(3);
    assert.deepEqual(posted, [1]);
    post.open();
    assert.deepEqual(posted, [1, 3]);
    post.close();
    post.open();
    assert.deepEqual(posted, [1, 3, 3]);
  });
});
