namespace SmsCampaign.Messages;

/// <summary>How a lane counts the parts of a text without diacritics.</summary>
public enum LengthTable
{
    /// <summary>GSM 7-bit 160/153, UCS-2 70/67 (3GPP TS 23.038, 23.040).</summary>
    Standard,

    /// <summary>Care messages of Vietnamese carriers: 160/306/459/612, UCS-2 70/67.</summary>
    Care,

    /// <summary>Advertising, Viettel and VinaPhone: 123/268/421/574, as the carrier adds a label.</summary>
    AdsViettelVinaPhone,

    /// <summary>Advertising, MobiFone, Vietnamobile, Gmobile, iTel: 127/273/426/579.</summary>
    AdsOthers,
}
