/** What choosing or changing a password came to; `name`: whose it is, to sign in with it. */
export type PasswordAnswer =
  | { readonly result: "done"; readonly name: string }
  | { readonly result: "linkDead" | "currentWrong" | "busy" }
  | { readonly result: "locked"; readonly forMs: number }
  | { readonly result: "password"; readonly problem: string };
