import { nameForm } from "#lib/access/name-form.ts";
import type { Token } from "#lib/storage/access.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import {
  type AccessState,
  canAdminister,
  type KeptUser,
  userDocument,
  withLink,
} from "#lib/storage/elasticsearch/control/access-state.ts";
import type { Documents } from "#lib/storage/elasticsearch/control/documents.ts";
import type { Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import { tokenDocument } from "#lib/storage/elasticsearch/control/tokens.ts";
import { inOnePage, putDocuments } from "#lib/storage/elasticsearch/control/transfer/put-documents.ts";
import type { TransferItems, TransferKinds } from "#lib/storage/transfer.ts";

type User = TransferItems["user"];

interface Parts {
  readonly cluster: Cluster;
  readonly documents: Documents;
  readonly ledger: Ledger<AccessState>;
}

/** Accounts with what they sign in by, tokens, links. */
export const clusterAccessTransfer = ({
  cluster,
  documents,
  ledger,
}: Parts): Pick<TransferKinds, "user" | "setupLink" | "token"> => {
  const listUsers = async (): Promise<readonly User[]> => {
    const { names, links } = await ledger.read();
    const kept = await documents.findMany<KeptUser>(names.map(([, id]) => userDocument(id)));
    const linkOf = new Map(links);
    return [...kept.values()].map((user) => ({ ...user, passwordLink: linkOf.get(user.id) ?? null }));
  };
  const listTokens = async (): Promise<readonly TransferItems["token"][]> => {
    const { tokens } = await ledger.read();
    const kept = await documents.findMany<Token>(tokens.map(([, secretHash]) => tokenDocument(secretHash)));
    return tokens.flatMap(([, secretHash]) => {
      const token = kept.get(tokenDocument(secretHash));
      return token === undefined ? [] : [{ ...token, secretHash }];
    });
  };
  const listSetupLinks = async (): Promise<readonly TransferItems["setupLink"][]> => {
    const { setupLink } = await ledger.read();
    return setupLink === null ? [] : [setupLink];
  };
  const change = async (to: (state: AccessState) => AccessState): Promise<void> => {
    await ledger.change(async (state) => ({ result: null, change: { state: to(state) } }));
  };

  return {
    user: {
      ...inOnePage(listUsers),
      async write(users) {
        await putDocuments(
          cluster,
          users.map((given) => {
            const { passwordLink: _, ...user } = given;
            return { id: userDocument(user.id), kind: "user", value: user };
          }),
        );
        await change((state) => users.reduce(withUser, state));
      },
    },
    setupLink: {
      ...inOnePage(listSetupLinks),
      async write([setupLink]) {
        if (setupLink !== undefined) await change((state) => ({ ...state, setupLink }));
      },
    },
    token: {
      ...inOnePage(listTokens),
      async write(tokens) {
        await putDocuments(
          cluster,
          tokens.map(({ secretHash, ...token }) => ({ id: tokenDocument(secretHash), kind: "token", value: token })),
        );
        await change((state) => {
          const all = new Map(state.tokens);
          for (const { id, secretHash } of tokens) all.set(id, secretHash);
          return { ...state, tokens: [...all] };
        });
      },
    },
  };
};

const withUser = (state: AccessState, { passwordLink, ...user }: User): AccessState => ({
  ...withLink(state, user.id, passwordLink),
  names: [...state.names.filter(([, id]) => id !== user.id), [nameForm(user.name), user.id]],
  administrators: [...state.administrators.filter((id) => id !== user.id), ...(canAdminister(user) ? [user.id] : [])],
});
