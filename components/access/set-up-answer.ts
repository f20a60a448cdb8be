/** What using a set-up link came to. */
export type SetUpAnswer =
  | { readonly result: "created" | "link_dead" | "name_missing" | "name_long" }
  | { readonly result: "password"; readonly problem: string };
