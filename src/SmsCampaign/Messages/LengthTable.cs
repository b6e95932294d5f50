namespace SmsCampaign.Messages;

/// <summary>How a lane counts the parts of a text without diacritics.</summary>
public enum LengthTable
{
    [Meaning(
        "GSM 7-bit 160/153, UCS-2 70/67 (3GPP TS 23.038, 23.040), theo chuẩn.",
        "GSM 7-bit 160/153, UCS-2 70/67 (3GPP TS 23.038, 23.040).")]
    Standard,

    [Meaning(
        "Tin chăm sóc khách hàng của nhà mạng Việt Nam: 160/306/459/612, UCS-2 70/67.",
        "Care messages of Vietnamese carriers: 160/306/459/612, UCS-2 70/67.")]
    Care,

    [Meaning(
        "Tin quảng cáo, Viettel và VinaPhone: 123/268/421/574, vì nhà mạng thêm nhãn.",
        "Advertising, Viettel and VinaPhone: 123/268/421/574, as the carrier adds a label.")]
    AdsViettelVinaPhone,

    [Meaning(
        "Tin quảng cáo, MobiFone, Vietnamobile, Gmobile, iTel: 127/273/426/579.",
        "Advertising, MobiFone, Vietnamobile, Gmobile, iTel: 127/273/426/579.")]
    AdsOthers,
}
