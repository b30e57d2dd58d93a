import { Modal } from "antd";
import { useTranslation } from "react-i18next";

import { PasswordForm } from "./PasswordForm";

export default function PasswordDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={t("account.changePassword")} footer={null} width={380} onCancel={onClose}>
      <PasswordForm onDone={onDone} />
    </Modal>
  );
}
