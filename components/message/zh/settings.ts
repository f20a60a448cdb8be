import type { settings as english } from "#components/message/en/settings.ts";

export const settings: typeof english = {
  title: "我的设置",
  intro: "设置跟随账号，在任何浏览器登录都一样。",
  language: "语言",
  theme: "主题",
  zone: "时区",
  zoneHint: "控制台里的所有时间都按它显示。",
  zoneDefault: "跟随系统安装设置（{zone}）",
  singleKeys: "单键快捷键",
  singleKeysOn: "开启",
  singleKeysOff: "关闭",
  singleKeysHint: "单独按一个字母就有作用，按“?”查看有哪些；关闭后只有 Ctrl K 这样的组合键有效。",
  saved: "已保存",
  notSaved: "没有保存成功，请再试一次。",
};
