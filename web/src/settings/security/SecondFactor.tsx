import { Alert, App, Button, Form, Input, QRCode, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { api } from "../../api/client";
import { sessions, type TotpOffer } from "../../api/session";
import { refreshSession } from "../../session/session";
import { placeFault } from "../kit/fault";

/** Turns my second factor on (password, then a code) or off (a code). */
export function SecondFactor({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [offer, setOffer] = useState<TotpOffer>();
  const done = async (said: string) => {
    setOffer(undefined);
    await refreshSession();
    void message.success(said);
  };
  return (
    <>
      <p role="status">{t(on ? "account.totpOn" : "account.totpOff")}</p>
      {on && <OneField name="code" submit={t("account.totpDrop")} hint={t("account.totpDropHint")} danger send={(code) => sessions.dropTotp(code).then(() => done(t("account.totpDropped")))} />}
      {!on && !offer && <OneField name="password" submit={t("account.totpStart")} hint={t("settings.security.proof")} send={(password) => api.post<TotpOffer>("/session/totp", { password }).then(setOffer)} />}
      {!on && offer && (
        <>
          <p>{t("account.totpHint")}</p>
          <div className="totp-offer">
            <div role="img" aria-label={t("account.totpQr")}><QRCode value={offer.url} size={160} /></div>
            <Typography.Text copyable code>{offer.secret}</Typography.Text>
          </div>
          <OneField name="code" submit={t("account.totpConfirm")} send={(code) => sessions.confirmTotp(code).then(() => done(t("account.totpAdded")))} />
        </>
      )}
    </>
  );
}

interface FieldProps {
  name: "code" | "password";
  submit: string;
  hint?: string;
  danger?: boolean;
  send: (value: string) => Promise<unknown>;
}

function OneField({ name, submit, hint, danger, send }: FieldProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Record<string, string>>();
  const [fault, setFault] = useState("");
  const go = (entry: Record<string, string>) => {
    setFault("");
    send(entry[name] ?? "").catch((problem: unknown) => setFault(placeFault(form, problem)));
  };
  const isCode = name === "code";
  return (
    <Form key={name} form={form} name={`second-${name}`} layout="vertical" requiredMark={false} onFinish={go}>
      {fault && <Alert className="login-fault" type="error" showIcon title={fault} role="alert" />}
      <Form.Item name={name} label={t(isCode ? "login.code" : "account.oldPassword")} extra={hint} rules={[{ required: true, message: t(isCode ? "login.needCode" : "login.needPassword") }]}>
        {isCode ? <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} /> : <Input.Password autoComplete="current-password" maxLength={128} />}
      </Form.Item>
      <Button type="primary" danger={danger} htmlType="submit" block>{submit}</Button>
    </Form>
  );
}
