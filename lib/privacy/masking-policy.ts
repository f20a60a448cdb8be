/** What kind of personal data a value is; decides what of it is still shown. */
export const maskRules = ["phone", "email", "id_card", "bank_card", "name", "address", "secret", "other"] as const;
export type MaskRule = (typeof maskRules)[number];

export const detectors = ["phone", "id_card", "bank_card", "email"] as const;
export type Detector = (typeof detectors)[number];

/** Plain data: it is kept in the store and told to whoever asks what is masked. */
export interface MaskingPolicy {
  readonly enabled: boolean;
  /**
   * Fields by name, words joined by `_` in small letters. A field is meant when its name is this or ends with `_` and this; the
   * longest such name counts. `keep`: the name says nothing, though a shorter one would.
   */
  readonly fields: Readonly<Record<string, MaskRule | "keep">>;
  /** What is looked for in free text and in fields that no name is known of. */
  readonly detectors: Readonly<Record<Detector, boolean>>;
}

const names: Readonly<Record<MaskRule | "keep", string>> = {
  phone:
    "phone phone_number phone_no mobile mobile_number mobile_no mobile_phone cellphone cell_phone telephone telephone_number tel " +
    "tel_no fax msisdn contact_number 手机 手机号 手机号码 电话 电话号码 联系电话 联系方式",
  email: "email e_mail mail mailbox email_address mail_address 邮箱 电子邮箱 邮箱地址 电子邮件",
  id_card:
    "id_card idcard id_card_no id_card_number idcard_no idcard_number identity_card identity_card_no identity_no identity_number " +
    "id_number passport passport_no passport_number ssn social_security_number 身份证 身份证号 身份证号码 证件号 证件号码 护照号",
  bank_card:
    "bank_card bank_card_no bank_card_number bankcard bankcard_no card_no card_number credit_card credit_card_no credit_card_number " +
    "debit_card bank_account bank_account_no bank_account_number iban 银行卡 银行卡号 银行账号",
  name:
    "real_name full_name first_name last_name given_name family_name contact_name contact_person receiver_name recipient_name " +
    "consignee consignee_name sender_name customer_name buyer_name payer_name passenger_name patient_name employee_name " +
    "card_holder cardholder card_holder_name cardholder_name 姓名 真实姓名 客户姓名 收货人 收件人 寄件人 联系人",
  address: "address addr address_line street street_address 地址 收货地址 收件地址 详细地址 家庭住址 住址",
  secret:
    "password passwd pwd secret client_secret app_secret token access_token refresh_token id_token api_key apikey private_key " +
    "authorization cookie credential cvv cvc pin_code 密码 口令",
  other:
    "birthday birth_date birthdate date_of_birth dob license_plate plate_number wechat wechat_id qq 生日 出生日期 车牌号 微信号",
  keep: "ip_address mac_address server_address host_address web_address url_address wallet_address memory_address page_token next_token",
};

const fieldNames = (): Record<string, MaskRule | "keep"> => {
  const fields: Record<string, MaskRule | "keep"> = {};
  for (const rule of [...maskRules, "keep"] as const) for (const name of names[rule].split(" ")) fields[name] = rule;
  return fields;
};

/** In force unless `privacy.yaml` says otherwise. */
export const defaultMaskingPolicy: MaskingPolicy = {
  enabled: true,
  fields: fieldNames(),
  detectors: { phone: true, id_card: true, bank_card: true, email: true },
};
