import type { Random } from "#ingest/demo/random.ts";

export interface OrderFacts {
  readonly orderNo: string;
  readonly amount: string;
  readonly phone: string;
  readonly channel: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const companies = [
  "华东百货",
  "江南文具",
  "南方五金",
  "北辰电器",
  "西岭户外",
  "海港食品",
  "云谷家居",
  "星河数码",
] as const;
const people = ["王芳", "李娜", "张伟", "刘洋", "陈静", "杨磊", "赵敏", "黄强"] as const;
const streets = ["中山北路", "解放大道", "人民南路", "延安西路", "建设二路"] as const;
interface Article {
  readonly sku: string;
  readonly title: string;
  readonly cents: number;
}

const articles: readonly [Article, ...Article[]] = [
  { sku: "DESK-140", title: "升降桌 140", cents: 129_900 },
  { sku: "CHAIR-07", title: "人体工学椅", cents: 89_900 },
  { sku: "LAMP-3C", title: "护眼台灯", cents: 19_900 },
  { sku: "PEN-12", title: "中性笔 12 支", cents: 2_490 },
  { sku: "CABLE-2M", title: "数据线 2 米", cents: 3_900 },
  { sku: "KETTLE-S", title: "电热水壶", cents: 15_900 },
];

const toAmount = (cents: number): string => (cents / 100).toFixed(2);

/** What a customer ordered, as the order centre writes it and every system after it passes on. */
export function createOrderFacts(random: Random, orderNo: string): OrderFacts {
  const lines = Array.from({ length: random.whole(1, 3) }, () => ({
    ...random.pick(articles),
    quantity: random.whole(1, 4),
  }));
  const amount = toAmount(lines.reduce((sum, { cents, quantity }) => sum + cents * quantity, 0));
  const phone = `13${random.whole(0, 9)}${String(random.whole(0, 99_999_999)).padStart(8, "0")}`;
  const channel = random.pick(["web", "app", "partner"]);
  const taxNo = `9131${String(random.whole(0, 99_999_999)).padStart(8, "0")}MA1K${random.whole(10, 99)}`;
  return {
    orderNo,
    amount,
    phone,
    channel,
    payload: {
      order_no: orderNo,
      amount,
      currency: "CNY",
      buyer_type: "company",
      buyer: `${random.pick(companies)}有限公司`,
      tax_no: taxNo,
      customer: {
        customer_name: random.pick(people),
        customer_phone: phone,
        address: `上海市静安区${random.pick(streets)} ${random.whole(1, 900)} 号`,
      },
      lines: lines.map(({ sku, title, cents, quantity }) => ({ sku, title, quantity, price: toAmount(cents) })),
      remark: random.pick(["请周末送达", "invoice by mail", "放前台即可", "deliver after 6 pm"]),
    },
  };
}
