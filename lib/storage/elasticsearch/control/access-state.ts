import type { Credentials, PasswordLink, User } from "#lib/storage/access.ts";

/** What holds over all accounts and tokens; tuples, since names of people are no names of properties. */
export interface AccessState {
  /** The form of every name, and whose it is. */
  readonly names: readonly (readonly [form: string, user: string])[];
  /** Who can sign in as administrator. */
  readonly administrators: readonly string[];
  /** One link an account, until it is used. */
  readonly links: readonly (readonly [user: string, link: PasswordLink])[];
  readonly setupLink: PasswordLink | null;
  readonly tokens: readonly (readonly [token: string, secretHash: string])[];
}

export const noAccess: AccessState = { names: [], administrators: [], links: [], setupLink: null, tokens: [] };

/** An account as it is kept; an empty password hash is none. */
export type KeptUser = Omit<User, "hasPassword"> & Credentials;

/** Without what nobody but the sign-in may see. */
export const toUser = (kept: KeptUser): User => ({
  id: kept.id,
  name: kept.name,
  role: kept.role,
  disabled: kept.disabled,
  hasPassword: kept.passwordHash !== "",
  sessionVersion: kept.sessionVersion,
  createdAt: kept.createdAt,
  lastSignInAt: kept.lastSignInAt,
  language: kept.language,
  theme: kept.theme,
  timeZone: kept.timeZone,
  singleKeys: kept.singleKeys,
});

/** Without a password nobody signs in: an administrator that still has to choose one is none yet. */
export const canAdminister = ({ role, disabled, passwordHash }: KeptUser): boolean =>
  role === "administrator" && !disabled && passwordHash !== "";

export const userDocument = (id: string): string => `user:${id}`;

/** Whose link it is, where it has not expired. */
export const linkOwner = ({ links }: AccessState, secretHash: string, at: number): string | null =>
  links.find(([, link]) => link.secretHash === secretHash && link.expiresAt > at)?.[0] ?? null;

/** With another link of that account, or none. */
export const withLink = (state: AccessState, id: string, link: PasswordLink | null): AccessState => ({
  ...state,
  links: [...state.links.filter(([user]) => user !== id), ...(link === null ? [] : [[id, link] as const])],
});
