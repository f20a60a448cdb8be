import "server-only";
import { createHash } from "node:crypto";
import { mayDo, type Permission } from "#lib/access/permission.ts";
import { ReadError } from "#lib/api/problem.ts";
import type { WatchedTopic } from "#lib/api/watched-topic.ts";
import { maskCountsSetting } from "#lib/privacy/mask-count.ts";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";
import { shareWatch, type WatchListener } from "#app/_data/share-watch.ts";

interface Topic {
  /** What its page asks for. */
  readonly needs: Permission;
  /** Anything that is another whenever the page would be. */
  readonly look: (viewer: Viewer) => Promise<unknown>;
  /** The page is another for each account. */
  readonly isOwn?: true;
}

const topics: Readonly<Record<WatchedTopic, Topic>> = {
  audit: {
    needs: "audit.read",
    look: async () => (await currentConsole().control.audit.list({ cursor: null, limit: 1 })).items,
  },
  "dead-letters": {
    needs: "dead_letters.read",
    look: async () => {
      const { deadLetters } = currentConsole().events;
      const { items } = await deadLetters.list({ cursor: null, limit: 1 });
      return [items.map(({ id }) => id), await deadLetters.countByCause()];
    },
  },
  installation: {
    needs: "installation.read",
    look: async () => {
      const { definitions } = currentConsole().control;
      return [await definitions.revision(), await definitions.findSetting(maskCountsSetting)];
    },
  },
  profile: {
    needs: "profile.change",
    look: async ({ id }) => {
      const user = id === null ? null : await currentConsole().control.access.findUser(id);
      return user && { ...user, lastSignInAt: null };
    },
    isOwn: true,
  },
  tokens: { needs: "tokens.manage", look: async () => currentConsole().control.access.listTokens() },
  users: { needs: "users.manage", look: async () => currentConsole().control.access.listUsers() },
};

/** Tells when an administration page would be another. Returns how to stop. */
export function watchTopic(viewer: Viewer, topic: WatchedTopic, listener: WatchListener): () => void {
  const { needs, look, isOwn = false } = topics[topic];
  if (!mayDo(viewer.role, needs)) throw new ReadError("forbidden", `The role ${viewer.role} may not do this.`);
  const begin = () => async (): Promise<string> =>
    createHash("sha256")
      .update(JSON.stringify(await look(viewer)))
      .digest("base64url")
      .slice(0, 22);
  return shareWatch(JSON.stringify(["topic", topic, isOwn ? viewer.id : null]), begin, listener);
}
