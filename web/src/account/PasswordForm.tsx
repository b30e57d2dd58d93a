import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sessions } from "../api/session";
import { faultAtField, faultText } from "../app/fault";

interface Entry {
  old: string;
  new: string;
  again: string;
}

/** Changes one's own password; the rules are the controller's and shown at the field. */
export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Entry>();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (entry: Entry) => {
    setBusy(true);
    setFault("");
    try {
      await sessions.changePassword(entry.old, entry.new);
      onDone();
    } catch (problem) {
      if (!faultAtField(form, problem)) setFault(faultText(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(entry) => void save(entry)}>
      {fault && <Alert className="login-fault" type="error" showIcon title={fault} role="alert" />}
      <Form.Item name="old" label={t("account.oldPassword")} rules={[{ required: true, message: t("login.needPassword") }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="new" label={t("account.newPassword")} rules={[{ required: true, message: t("login.needPassword") }]}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("account.repeatPassword")}
        dependencies={["new"]}
        rules={[{ validator: (_, value) => (value === form.getFieldValue("new") ? Promise.resolve() : Promise.reject(new Error(t("account.differ")))) }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>{t("account.changePassword")}</Button>
    </Form>
  );
}
