import type { HelpTexts } from "#components/help/help-text.ts";
import { glossary, reasonMeanings, stateMeanings } from "#components/help/zh-words.ts";

export const zh: HelpTexts = {
  heading: "帮助",
  see: "看到的是什么",
  act: "可以做什么",
  words: "本页的词",
  all: "全部用词",
  keys: "任何一页按 ? 可看快捷键。",
  states: "状态",
  reasons: "原因",
  glossary,
  stateMeanings,
  reasonMeanings,
  pages: {
    overview: {
      title: "总览",
      see: [
        "一个查找框：一张单的任何号码都能找到它，可以是整个号码，也可以是开头或结尾至少 4 个字符。手机号按完整号码查找，绝不出现在网址里。",
        "需要处理的：同样出错的单合成一行，按数量排，写明多少张、从什么时候起、最近哪一张、归谁处理。",
        "今天的流程：进入多少、完成多少、现在有什么问题，以及近 13 小时里最接近限时的一跳，虚线是限时。",
        "紫色的一行写明此刻看不到什么：哪个来源静默，或采集进程没有运行。",
      ],
      act: [
        "粘贴一个号码按回车，直接打开那张单；粘贴一串号码或一段聊天，每个号码一行。",
        "点开一个原因看它的单，或点最近的一张看来龙去脉；团队旁边的图标可以联系或拨打。",
        "不用刷新：页面自动跟着变，连不上时会说明。",
      ],
      words: ["record", "flow", "hop", "owners", "p95", "source"],
    },
    record: {
      title: "一张单",
      see: [
        "一句话：到了哪里，哪里没到，应于何时，为什么，还有多少张一样，谁提供、谁处理、谁监控。",
        "下面是逐跳的路程和用时对限时，沿途的字段，证据，原始事件，相关的单。",
        "出错的一站之后都是“还没轮到”，绝不标红。",
      ],
      act: [
        "照页面上的话答复客户；复制一句话发到群里；联系处理这一站的团队。",
        "不再需要处理时，写明原因人工关闭；可以撤销，都有记录。",
        "“无法判断”不是失败：先看是哪个来源静默。",
      ],
      words: [
        "journey",
        "verdict",
        "hop",
        "key",
        "alias",
        "contract",
        "owners",
        "alike",
        "confidence",
        "passed",
        "closed",
        "masked",
      ],
    },
    records: {
      title: "记录",
      see: [
        "你能看到的每一张单，新的在前，可按流程、状态、站、原因、系统、时间筛选。网址就是这个视图，发给别人看到的一样。",
      ],
      act: ["在列表上方选条件；点一行打开那张单；可导出 CSV。J、K 逐行移动。"],
      words: ["record", "flow", "step", "system", "alike", "closed"],
    },
    "look-up": {
      title: "批量查单",
      see: ["粘贴的每个号码一行，按粘贴的顺序：状态、到哪了或为什么没到、应到时间。不是号码的文字列在“没有查”里。"],
      act: [
        "粘贴一列、一串或整段聊天，最多 500 个号码。点状态按钮只看一种；点一行打开那张单。",
        "导出的 CSV 可安全地用表格软件打开；复制为文字可发到群里。粘贴的内容只留在本标签页，不进网址。",
      ],
      words: ["key", "alias", "record", "masked"],
    },
    failures: {
      title: "失败",
      see: ["失败和逾期的单，按共同点归类：系统、站、错误类别、字段、集成点、报文。按时间排开，标出变更和静默。"],
      act: ["点开一组，看它的单和通过的单差在哪里，之前变更了什么；再到单和负责人。"],
      words: ["alike", "hop", "step", "point", "contract", "owners"],
    },
    flows: {
      title: "流程",
      see: ["声明过的路径：依次的站、限时、负责人，以及各版本的差别。文件写错时指出行号，上一个正确的版本仍然有效。"],
      act: ["修改流程目录里的文件，Hopline 在 2 秒内读取。第一个流程可由“起步”根据已有事件提出。"],
      words: ["flow", "step", "within", "key", "alias", "contract", "owners"],
    },
    sources: {
      title: "来源",
      see: ["上报事件的一切：最近何时听到、发来多少、拒收多少、Hopline 认为已看全到什么时间。"],
      act: ["来源静默时，它的站都是“无法判断”：先看来源，再看后面的系统。被拒收的事件在死信里。"],
      words: ["source", "watermark", "event", "deadLetter"],
    },
    "dead-letters": {
      title: "死信",
      see: ["没能收下的事件，附原因和在事件里的位置。不会悄悄丢弃任何东西。"],
      act: ["先改正发送的一方。如果原因在 Hopline 或设置，可以重新投递；都有记录。"],
      words: ["deadLetter", "event", "source", "key"],
    },
    settings: {
      title: "设置、人员和令牌",
      see: ["你的语言、主题和时区；管理员还有人员和角色、令牌，以及谁做过什么。"],
      act: [
        "改角色或停用账号会立即结束它的登录。令牌只在生成时显示一次。",
        "客服查看并关闭单；经理查看；工程师管理来源、流程和死信；审计员查看谁做过什么；管理员都可以。",
      ],
      words: ["masked", "source"],
    },
    start: {
      title: "起步",
      see: ["Hopline 需要看到什么，一条发送第一个事件的命令，以及根据还不属于任何流程的事件提出的流程。"],
      act: [
        "生成令牌，运行命令。事件到了以后看提出的流程，改好名称和限时，让它生效；早先的事件也会对上。",
        "限时按观察到的用时向上取整。太短会误报超时，太长发现得晚。",
      ],
      words: ["event", "flow", "step", "key", "within", "source"],
    },
    words: {
      title: "全部用词",
      see: ["控制台里的每个词，各解释一次。"],
      act: ["要找某一页的说明，看旁边的列表。"],
      words: [],
    },
  },
};
