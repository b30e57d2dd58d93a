import { Alert, Button, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

/** What is shown once and never again. */
export interface Secret {
  title: string;
  lines: { label: string; value: string }[];
}

/** Shows a secret once, to be copied; a click beside it does not close it. */
export function SecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={secret.title} mask={{ closable: false }} footer={<Button type="primary" onClick={onClose}>{t("settings.kit.noted")}</Button>} onCancel={onClose} width={460}>
      <Alert className="login-fault" type="warning" showIcon title={t("settings.kit.once")} />
      <dl className="secret">
        {secret.lines.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd><Typography.Text copyable code data-testid="secret">{value}</Typography.Text></dd></div>)}
      </dl>
    </Modal>
  );
}
