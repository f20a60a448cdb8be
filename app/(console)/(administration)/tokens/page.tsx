import type { Metadata } from "next";
import type { ReactNode } from "react";
import { TokenList } from "#components/tokens/token-list.tsx";
import { revokeToken } from "#app/_actions/revoke-token.ts";
import { listTokens } from "#app/_data/list-tokens.ts";
import { pageText } from "#app/_data/page-text.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("tokens"))("title") });

const TokensPage = async (): Promise<ReactNode> => <TokenList tokens={await listTokens()} revoke={revokeToken} />;

export default TokensPage;
