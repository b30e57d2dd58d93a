import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "../api/problem";
import { sessions } from "../api/session";
import { faultText } from "../app/fault";
import { setSession } from "../session/session";
import { LoginFrame } from "./LoginFrame";

interface Entry {
  login: string;
  password: string;
}

/** User name and password, then the second factor when the account has one. */
export function LoginPage() {
  const { t } = useTranslation();
  const [entry, setEntry] = useState<Entry>();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);

  const logIn = async (who: Entry, code?: string) => {
    setBusy(true);
    setFault("");
    try {
      setSession(await sessions.logIn(who.login, who.password, code));
    } catch (problem) {
      if (wantsCode(problem) && code === undefined) setEntry(who);
      else setFault(faultOf(problem, code !== undefined, t));
    } finally {
      setBusy(false);
    }
  };

  const shown = fault && <Alert className="login-fault" type="error" showIcon title={fault} role="alert" />;
  if (entry) {
    return (
      <LoginFrame title={t("login.codeTitle")}>
        {shown}
        <Form<{ code: string }> layout="vertical" onFinish={({ code }) => void logIn(entry, code)}>
          <Form.Item name="code" label={t("login.code")} extra={t("login.codeHint")} rules={[{ required: true, pattern: /^\d{6}$/, message: t("login.needCode") }]}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={busy}>{t("login.submit")}</Button>
          <Button type="link" block onClick={() => { setEntry(undefined); setFault(""); }}>{t("login.again")}</Button>
        </Form>
      </LoginFrame>
    );
  }
  return (
    <LoginFrame title={t("login.title")}>
      {shown}
      <Form<Entry> layout="vertical" requiredMark={false} onFinish={(values) => void logIn(values)}>
        <Form.Item name="login" label={t("login.user")} rules={[{ required: true, message: t("login.needUser") }]}>
          <Input prefix={<UserOutlined />} autoComplete="username" autoFocus size="large" maxLength={80} />
        </Form.Item>
        <Form.Item name="password" label={t("login.password")} rules={[{ required: true, message: t("login.needPassword") }]}>
          <Input.Password prefix={<LockOutlined />} autoComplete="current-password" size="large" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>{t("login.submit")}</Button>
      </Form>
    </LoginFrame>
  );
}

function wantsCode(problem: unknown): boolean {
  return problem instanceof ApiError && problem.status === 401 && problem.field === "code";
}

function faultOf(problem: unknown, second: boolean, t: TFunction): string {
  if (!(problem instanceof ApiError)) return faultText(problem);
  if (problem.status === 429) return t("login.throttled", { seconds: problem.retryAfter || 30 });
  if (problem.status === 401) return t(second ? "login.codeWrong" : "login.wrong");
  return faultText(problem);
}
