import { useState } from "react";
import { useTranslation } from "react-i18next";

import { scopes, type Token, type TokenInput, tokens } from "../api/token";
import { Editor } from "../kit/Editor";
import { optionsOf } from "../kit/field";
import { ListPage } from "../kit/ListPage";
import { useInstant } from "../kit/moment";
import { type Secret, SecretDialog } from "../kit/SecretDialog";
import { Yes } from "../kit/Yes";

const empty: TokenInput = { name: "", scopes: [] };

/** Tokens of programs: the property system, scripts. */
export function TokenList() {
  const { t } = useTranslation();
  const instant = useInstant();
  const [secret, setSecret] = useState<Secret>();
  const make = async (input: TokenInput) => {
    const made = await tokens.make(input);
    setSecret({ title: t("settings.token.made", { name: input.name }), lines: [{ label: t("settings.token.secret"), value: made.secret }] });
  };
  return (
    <>
      <ListPage<Token>
        section="token"
        queryKey={["tokens"]}
        load={() => tokens.all()}
        id={(row) => row.id}
        words={(row) => `${row.name} ${row.id}`}
        write="tokens.write"
        columns={[
          { title: t("settings.token.name"), dataIndex: "name" },
          { title: t("settings.token.scopes"), key: "scopes", render: (_, row) => row.scopes.map((scope) => t(`settings.scope.${scope}`)).join("、") },
          { title: t("settings.token.created"), dataIndex: "created", render: instant },
          { title: t("settings.token.expires"), dataIndex: "expires", render: instant },
          { title: t("settings.account.state"), key: "state", render: (_, row) => <Yes on={!row.revoked} yes={t("settings.token.good")} no={t("settings.token.revoked")} bad /> },
        ]}
        canEdit={false}
        editor={(_, close) => <TokenEditor save={make} onClose={close} />}
        remove={(row) => tokens.delete(row.id)}
        removeText={t("settings.token.revoke")}
      />
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </>
  );
}

function TokenEditor({ save, onClose }: { save: (input: TokenInput) => Promise<void>; onClose: (saved: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Editor<TokenInput>
      section="token"
      title={t("settings.token.new")}
      fresh
      value={empty}
      save={save}
      onClose={onClose}
      items={[
        { name: "name", kind: "text", required: true, length: 64 },
        { name: "expires", kind: "moment" },
        { name: "scopes", kind: "choices", required: true, options: optionsOf(scopes, (scope) => t(`settings.scope.${scope}`)) },
      ]}
    />
  );
}
