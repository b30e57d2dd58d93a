import { Alert, Button, Drawer, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { placeFault } from "./fault";
import type { Item } from "./field";
import { FormFields } from "./FormFields";

interface Props<V extends object> {
  section: string;
  title: string;
  items: Item[];
  value: V;
  /** Not stored yet. */
  fresh: boolean;
  save: (value: V) => Promise<unknown>;
  onClose: (saved: boolean) => void;
}

/** A form in a drawer; what the controller refuses is shown at the field it names. */
export function Editor<V extends object>({ section, title, items, value, fresh, save, onClose }: Props<V>) {
  const { t } = useTranslation();
  const [form] = Form.useForm<V>();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    setFault("");
    try {
      // Also what has no input: the controller replaces the whole object.
      await save({ ...value, ...(form.getFieldsValue(true) as V) });
      onClose(true);
    } catch (problem) {
      setFault(placeFault(form, problem));
    } finally {
      setBusy(false);
    }
  };
  const footer = (
    <div className="editor-foot">
      <Button onClick={() => onClose(false)}>{t("act.cancel")}</Button>
      <Button type="primary" loading={busy} onClick={() => form.submit()} data-testid="save">{t("act.save")}</Button>
    </div>
  );
  return (
    <Drawer open title={title} size={640} footer={footer} onClose={() => onClose(false)} mask={{ closable: false }}>
      {fault && <Alert className="login-fault" type="error" showIcon title={fault} role="alert" />}
      <Form form={form} layout="vertical" initialValues={value} onFinish={() => void send()} scrollToFirstError={{ focus: true }}>
        <FormFields section={section} items={items} fresh={fresh} />
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
    </Drawer>
  );
}
