import type { state as english } from "#components/message/en/state.ts";

export const state: typeof english = {
  in_progress: "进行中",
  completed: "已完成",
  completed_late: "完成但超时",
  overdue: "逾期未到",
  failed: "失败",
  unknown: "无法判断",
  waiting: "还没轮到",
  late: "晚了 {duration}",
};
