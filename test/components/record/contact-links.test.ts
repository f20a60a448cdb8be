import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactLinks } from "#components/record/contact-links.ts";

const hrefs = (contacts: Parameters<typeof contactLinks>[0]): readonly string[] =>
  contactLinks(contacts, "SO-1: 3 h overdue").map((link) => link.href);

describe("contacts of an owner", () => {
  it("open the chat, the phone and the mail", () => {
    expect(
      hrefs({
        dingtalk: "integration-oncall",
        feishu: "ou_7dab",
        phone: "+86 (21) 5555-8317",
        email: "it@example.com",
      }),
    ).toEqual([
      "dingtalk://dingtalkclient/action/sendmsg?dingtalk_id=integration-oncall",
      "https://applink.feishu.cn/client/chat/open?openId=ou_7dab",
      "tel:+862155558317",
      "mailto:it@example.com?subject=SO-1%3A%203%20h%20overdue",
    ]);
  });

  it("take a whole address of the chat as it is", () => {
    expect(
      hrefs({
        dingtalk: "dingtalk://dingtalkclient/page/link?x=1",
        feishu: "https://applink.feishu.cn/client/chat/open?openChatId=oc_1",
      }),
    ).toEqual([
      "dingtalk://dingtalkclient/page/link?x=1",
      "https://applink.feishu.cn/client/chat/open?openChatId=oc_1",
    ]);
  });

  it.each([
    { dingtalk: "javascript:alert(1)" },
    { feishu: "https://evil.example/feishu.cn/" },
    { dingtalk: "https://dingtalk.com.evil.example/" },
    { phone: `1"><script>` },
    { email: "a@b?bcc=everybody@example.com" },
    { email: "<script>@example.com" },
  ])("have no link where they read as something else: %o", (contacts) => {
    expect(hrefs(contacts)).toEqual([]);
  });

  it("never lead to another scheme, whatever the file says", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        for (const href of hrefs({ dingtalk: text, feishu: text, phone: text, email: text })) {
          expect(href).toMatch(
            /^(dingtalk:\/\/|feishu:\/\/|lark:\/\/|https:\/\/([a-z0-9-]+\.)*(dingtalk\.com|feishu\.cn|larksuite\.com)\/|tel:|mailto:)/u,
          );
        }
      }),
    );
  });
});
