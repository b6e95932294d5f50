namespace SmsCampaign.Messages;

/// <summary>TP-DCS alphabet a text is sent in (3GPP TS 23.038).</summary>
public enum SmsEncoding
{
    Gsm7,
    Ucs2,
}
