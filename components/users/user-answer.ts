import type { Role } from "#lib/access/role.ts";

/** An account as the list shows it. Times in epoch milliseconds. */
export interface UserLine {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** `invited`: has to choose a password first. */
  readonly state: "active" | "disabled" | "invited";
  readonly lastSignInAt: number | null;
  readonly isYou: boolean;
}

/** A link to hand over, shown once. */
export interface HandedLink {
  readonly name: string;
  readonly link: string;
  readonly expiresAt: number;
}

export type CreateUserAnswer =
  | ({ readonly result: "created" } & HandedLink)
  | { readonly result: "nameMissing" | "nameLong" | "nameTaken" };

/** `gone`: the account is no longer there. */
export type ChangeUserAnswer = { readonly result: "done" | "lastAdministrator" | "gone" };

export type ResetPasswordAnswer =
  | ({ readonly result: "made" } & HandedLink)
  | { readonly result: "lastAdministrator" | "gone" };

export interface UserActions {
  readonly changeRole: (input: { id: string; role: Role }) => Promise<ChangeUserAnswer>;
  readonly setDisabled: (input: { id: string; disabled: boolean }) => Promise<ChangeUserAnswer>;
  readonly resetPassword: (input: { id: string }) => Promise<ResetPasswordAnswer>;
}
