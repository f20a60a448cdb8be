import type { sources as english } from "#components/message/en/sources.ts";

export const sources: typeof english = {
  title: "来源",
  titleAll: "{count, plural, other {# 个来源，没有静默的}}",
  titleSilent: "{count, plural, other {# 个来源}}，{silent, plural, other {# 个静默}}",
  intro: "谁在向 Hopline 上报。来源静默时，Hopline 无法判断它后面发生了什么，也不会怪任何一方。",
  none: "还没有来源发来数据，也没有声明来源。",
  source: "来源",
  state: {
    silent: "自 {time} 起静默",
    never: "声明了，但从没有消息",
    alive: "正常",
    undeclared: "有消息；没有声明多久应有一次",
  },
  lastSeen: "最近收到",
  watermark: "已看到",
  silentAfter: "静默阈值",
  notDeclared: "没有声明",
  delay: "晚 {duration}",
  rate: "每分钟",
  perMinute: "{rate}",
  accepted: "已接收",
  duplicates: "重复",
  unmatched: "未匹配",
  rejected: "被拒",
  explain: {
    watermark: "相信这个来源到这个事件时间为止的数据都已看到；之后的期限不判断。",
    silentAfter: "正常情况下最长的停顿，超过就算静默。",
    unmatched: "接收了，但当时不属于任何流程的步骤；以后有流程匹配时会加入。",
  },
  declare: "在这里声明来源多久应有一次消息：",
};
