using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.MobiFone;

/// <summary>What a status of the gateway's other than 200 says of a message.</summary>
public enum MobiFoneMeaning
{
    /// <summary>Not taken: too fast.</summary>
    TooFast,

    /// <summary>Not taken: outside hours, in maintenance.</summary>
    Closed,

    /// <summary>Not taken this time: this message again later, up to the campaign's tries.</summary>
    Busy,

    /// <summary>Not taken: sender not declared, no money and the like. The lane stops until a
    /// person has mended it.</summary>
    Configuration,

    /// <summary>Refused for good: the number is wrong.</summary>
    Number,

    /// <summary>Refused for good: the number is on another network.</summary>
    OtherNetwork,

    /// <summary>Refused for good: the text.</summary>
    Content,
}

/// <summary>
/// An account at MobiFone's gateway for sender names (login.jsp, send.jsp, send_2.jsp). One message a call. It
/// has no field for our reference, drops no repeats, sends no receipts and cannot be asked: a message without
/// an answer stays uncertain until a person decides. No more than one lane an account, as a second login may
/// end the session of the first.
/// </summary>
public sealed class MobiFoneLaneOptions : LaneOptions
{
    /// <summary>The folder of the three pages, with a slash at the end.
    /// https://smsbrandname.mobifone.vn/smsg/ unless set.</summary>
    public Uri Url { get; set; } = new("https://smsbrandname.mobifone.vn/smsg/");

    /// <summary>User name of the account. Required.</summary>
    [Required]
    public string User { get; set; } = "";

    /// <summary>Password of the account. Required.</summary>
    [Required, Secret]
    public string Password { get; set; } = "";

    /// <summary>bindMode of the login. T unless set.</summary>
    [RegularExpression("[A-Za-z0-9]{1,20}")]
    public string BindMode { get; set; } = "T";

    /// <summary>How the login is sent: GET, with the password in the address, or POST, with it in a form. GET unless
    /// set, as the document has it.</summary>
    [RegularExpression("GET|POST")]
    public string LoginMethod { get; set; } = "GET";

    /// <summary>What each status other than 200 means, as the carrier says: no document does. A status that is not here
    /// leaves the message uncertain. None unless set.</summary>
    public Dictionary<string, MobiFoneMeaning> Codes { get; set; } = [];

    /// <summary>The gateway knows texts with (ALPHA_UCS2) and without diacritics only.</summary>
    protected override LengthTable? OwnAlphabet => LengthTable.Care;

    protected internal override IEnumerable<LaneAddress> Addresses => [new("url", Url)];

    protected internal override IEnumerable<SettingsFault> OwnFaults()
    {
        foreach (var fault in GatewayAddress.CheckFolder("url", Url, "https://…/smsg/"))
            yield return fault;

        if (MostPerCall > 1)
            yield return SettingsFault.Of(
                "mostPerCall",
                "MobiFone nhận mỗi lần một tin: chỉ được là 1.",
                "MobiFone takes one message a call: only 1.");

        if (ReceiptTrust is not SmsCampaign.Carriers.ReceiptTrust.None)
            yield return SettingsFault.Of(
                "receiptTrust",
                "Cổng nhắn tin này không gửi biên nhận và không trả lời khi hỏi: chỉ được là none.",
                "This gateway sends no receipts and cannot be asked: only none.");

        if (Codes.ContainsKey(MobiFoneCarrier.Taken))
            yield return SettingsFault.Of(
                "codes", "Hãy bỏ mã 200: mã này nghĩa là đã nhận.", "Leave 200 out: it means taken.");
    }
}
