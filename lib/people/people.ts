/** A text in the console's languages; either may be missing, then the other, then the id is shown. */
export interface LocalText {
  readonly en?: string;
  readonly zh?: string;
}

export interface Contacts {
  readonly dingtalk?: string;
  readonly feishu?: string;
  readonly phone?: string;
  readonly email?: string;
}

export interface Party {
  readonly title?: LocalText;
  readonly contacts?: Contacts;
}

/** `systems.yaml` and `teams.yaml` beside the flows. */
export interface People {
  readonly systems: Readonly<Record<string, Party>>;
  readonly teams: Readonly<Record<string, Party>>;
}
