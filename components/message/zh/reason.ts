import type { reason as english } from "#components/message/en/reason.ts";

export const reason: typeof english = {
  missing_field: "缺字段",
  bad_format: "字段格式不对",
  rejected: "被拒收",
  timeout: "超时没有应答",
  unreachable: "连不上",
  circuit_open: "调用被暂停",
  conflict: "冲突",
  unauthorized: "登录被拒",
  unknown_error: "失败，没有说明原因",
  not_processed: "已收到，没有处理",
  lost_in_transit: "已发出，没有收到",
  never_sent: "没有发出",
  outage: "几乎同时都没到",
  not_seen: "没看到，暂时没有更多线索",
  source_silent: "来源静默",
  waiting_for_link: "等待关联",
};
