import type { Contacts } from "#lib/people/people.ts";

export interface ContactLink {
  readonly kind: "dingtalk" | "feishu" | "phone" | "email";
  readonly href: string;
}

/** Schemes and hosts that open a chat; whatever else a file says is taken as an id, never as an address. */
const chatAddress = {
  dingtalk: /^(dingtalk:\/\/|https:\/\/(?:[a-z0-9-]+\.)*dingtalk\.com\/)/u,
  feishu: /^(feishu:\/\/|lark:\/\/|https:\/\/(?:[a-z0-9-]+\.)*(?:feishu\.cn|larksuite\.com)\/)/u,
} as const;

const chatOf = {
  dingtalk: (id: string) => `dingtalk://dingtalkclient/action/sendmsg?dingtalk_id=${encodeURIComponent(id)}`,
  feishu: (id: string) => `https://applink.feishu.cn/client/chat/open?openId=${encodeURIComponent(id)}`,
} as const;

function chatHref(kind: "dingtalk" | "feishu", text: string): string | null {
  if (chatAddress[kind].test(text)) return URL.canParse(text) ? new URL(text).href : null;
  return /^[\w.@$:+-]{1,200}$/u.test(text) && !text.includes(":/") && !/^[a-z]+:/iu.test(text)
    ? chatOf[kind](text)
    : null;
}

function phoneHref(text: string): string | null {
  const dialled = text.replaceAll(/[\s().-]/gu, "");
  return /^\+?[\d*#,;]{3,32}$/u.test(dialled) ? `tel:${dialled}` : null;
}

/** Letters of any script before one @, a host after it; nothing that could add headers to the mail. */
const isEmail = (text: string): boolean => /^[^\s@<>"'?&,;:]{1,64}@[\p{L}\p{N}.-]{1,190}$/u.test(text);

/** How to reach a team, from what the people files say. What does not read as such a contact has no link. */
export function contactLinks(contacts: Contacts, subject: string): readonly ContactLink[] {
  const { dingtalk, feishu, phone, email } = contacts;
  const found: readonly { readonly kind: ContactLink["kind"]; readonly href: string | null }[] = [
    { kind: "dingtalk", href: dingtalk === undefined ? null : chatHref("dingtalk", dingtalk.trim()) },
    { kind: "feishu", href: feishu === undefined ? null : chatHref("feishu", feishu.trim()) },
    { kind: "phone", href: phone === undefined ? null : phoneHref(phone) },
    {
      kind: "email",
      href:
        email === undefined || !isEmail(email.trim())
          ? null
          : `mailto:${email.trim()}?subject=${encodeURIComponent(subject)}`,
    },
  ];
  return found.flatMap(({ kind, href }) => (href === null ? [] : [{ kind, href }]));
}
