import type { Metadata } from "next";
import { Suspense, type ReactNode } from "react";
import { AuditList } from "#components/audit/audit-list.tsx";
import { ChainNote } from "#components/audit/chain-note.tsx";
import { checkAuditChain } from "#app/_data/check-audit-chain.ts";
import { listAudit } from "#app/_data/list-audit.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";
import { askedAudit } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("audit"))("title") });

const Chain = async (): Promise<ReactNode> => {
  const { clock } = await pageSetting();
  return <ChainNote check={await checkAuditChain()} clock={clock} />;
};

const AuditPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const viewer = await requireViewer("audit.read");
  const { clock } = await pageSetting();
  const asked = askedAudit(await searchParams, clock);
  const listed = await listAudit(viewer, asked);
  const chain = (
    <Suspense fallback={<ChainNote check={null} clock={clock} />}>
      <Chain />
    </Suspense>
  );
  return <AuditList {...listed} asked={asked} chain={chain} clock={clock} />;
};

export default AuditPage;
