import { App, Alert, Button, Form, Input, Modal, QRCode, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sessions, type TotpOffer } from "../api/session";
import { faultText } from "../app/fault";
import { refreshSession, useSession } from "../session/session";

/** Turns the second factor on or off. */
export default function TotpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const on = useSession()?.account.totp ?? false;
  const [offer, setOffer] = useState<TotpOffer>();
  const [fault, setFault] = useState("");

  const attempt = async (act: () => Promise<void>) => {
    setFault("");
    try {
      await act();
    } catch (problem) {
      setFault(faultText(problem));
    }
  };
  const finish = (work: Promise<void>, said: string) =>
    attempt(async () => {
      await work;
      await refreshSession();
      void message.success(said);
      onClose();
    });

  return (
    <Modal open title={t("account.totp")} footer={null} width={400} onCancel={onClose}>
      <p role="status">{t(on ? "account.totpOn" : "account.totpOff")}</p>
      {fault && <Alert className="login-fault" type="error" showIcon title={fault} role="alert" />}
      {on && (
        <CodeForm hint={t("account.totpDropHint")} submit={t("account.totpDrop")} danger onCode={(code) => void finish(sessions.dropTotp(code), t("account.totpDropped"))} />
      )}
      {!on && !offer && (
        <PasswordAgain onPassword={(password) => void attempt(async () => setOffer(await sessions.offerTotp(password)))} />
      )}
      {!on && offer && (
        <>
          <p>{t("account.totpHint")}</p>
          <div className="totp-offer">
            <QRCode type="svg" value={offer.url} size={168} aria-label={t("account.totpQr")} />
            <Typography.Text copyable code>{offer.secret}</Typography.Text>
          </div>
          <CodeForm submit={t("account.totpConfirm")} onCode={(code) => void finish(sessions.confirmTotp(code), t("account.totpAdded"))} />
        </>
      )}
    </Modal>
  );
}

function CodeForm({ hint, submit, danger, onCode }: { hint?: string; submit: string; danger?: boolean; onCode: (code: string) => void }) {
  const { t } = useTranslation();
  return (
    <Form<{ code: string }> layout="vertical" onFinish={({ code }) => onCode(code)}>
      <Form.Item name="code" label={t("login.code")} extra={hint} rules={[{ required: true, pattern: /^\d{6}$/, message: t("login.needCode") }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form.Item>
      <Button type="primary" danger={danger} htmlType="submit" block>{submit}</Button>
    </Form>
  );
}

/** Whoever finds a page left open must not bind it to a telephone of theirs. */
function PasswordAgain({ onPassword }: { onPassword: (password: string) => void }) {
  const { t } = useTranslation();
  return (
    <Form<{ password: string }> layout="vertical" onFinish={({ password }) => onPassword(password)}>
      <Form.Item name="password" label={t("login.password")} rules={[{ required: true, message: t("login.needPassword") }]}>
        <Input.Password autoComplete="current-password" maxLength={128} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" block>{t("account.totpStart")}</Button>
    </Form>
  );
}
