using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vmg;

/// <summary>
/// An account at VMG (brandsms.vn), which carries messages to every network, or at a gateway of the same
/// form (UM.API.V3: iMedia, ePacific). Care messages, one a call. Nothing tells what became of a message:
/// what VMG's ReportDetailSend answers is in no public document, so it is not asked, and VMG does not call
/// back; receiptTrust is none.
/// </summary>
public sealed class VmgLaneOptions : LaneOptions
{
    /// <summary>Where messages are handed over. https://api.brandsms.vn/api/SMSBrandname/SendSMS unless set.</summary>
    public Uri Url { get; set; } = new("https://api.brandsms.vn/api/SMSBrandname/SendSMS");

    /// <summary>The account's token, sent in the header of that name. Required.</summary>
    [Required, Secret]
    public string Token { get; set; } = "";

    /// <summary>Code of the one network that the lane serves, as VMG's document has it. Unset: the gateway finds each
    /// number's network itself, numbers taken to another network included.</summary>
    [RegularExpression("[A-Za-z0-9]{1,20}")]
    public string? Telco { get; set; }

    /// <summary>How VMG is asked which network a number is on (CheckMnp). Unset: it is not.</summary>
    public VmgMnpOptions? Mnp { get; set; }

    /// <summary>VMG knows texts with and without diacritics only.</summary>
    protected override LengthTable? OwnAlphabet => LengthTable.Care;

    protected internal override IEnumerable<LaneAddress> Addresses =>
        Mnp is { } mnp ? [new("url", Url), new("mnp.url", mnp.Url)] : [new("url", Url)];

    protected internal override IEnumerable<SettingsFault> OwnFaults()
    {
        if (MostPerCall > 1)
            yield return SettingsFault.Of(
                "mostPerCall",
                "VMG nhận tin chăm sóc khách hàng từng tin một: chỉ được là 1.",
                "VMG takes one care message a call: only 1.");

        if (!Token.All(letter => letter is > ' ' and <= '~'))
            yield return SettingsFault.Of(
                "token",
                "Chỉ được có chữ, số và dấu không có dấu cách, như trong tiêu đề HTTP.",
                "Only letters, digits and signs without a space, as in an HTTP header.");

        if (Telco is not null && Carriers.Concat(FallbackFor).Distinct().Count() > 1)
        {
            yield return SettingsFault.Of("telco",
                "Kênh phục vụ nhiều mạng thì không ghi telco: để cổng tự tìm mạng của từng số.",
                "A lane that serves several carriers has no telco: the gateway finds each number's network.");
        }

        if (ReceiptTrust is not null and not SmsCampaign.Carriers.ReceiptTrust.None)
        {
            yield return SettingsFault.Of("receiptTrust",
                "Phải là none: chưa có tài liệu nào về biên nhận của VMG nên chương trình không hỏi và không nhận.",
                "It must be none: no document says how VMG reports, so nothing is asked and nothing comes.");
        }

        foreach (var (code, _) in Mnp?.Networks.Where(network => string.IsNullOrWhiteSpace(network.Value)) ?? [])
            yield return SettingsFault.Of(
                $"mnp.networks.{code}",
                "Cần tên nhà mạng như trong bảng nhà mạng.",
                "Expected a carrier's name, as in the carrier table.");
    }
}

/// <summary>How VMG is asked which network a number is on, by the Telecom Authority's list of numbers taken to
/// another network.</summary>
public sealed class VmgMnpOptions
{
    /// <summary>Where it is asked. https://mnp.brandsms.vn/api/VMG/CheckMnp unless set. That it takes the lane's token
    /// is an assumption.</summary>
    public Uri Url { get; set; } = new("https://mnp.brandsms.vn/api/VMG/CheckMnp");

    /// <summary>The carrier, by its name in the prefix table, of each of VMG's codes, 01 to 09. What they stand for is
    /// in no public document: ask VMG. A code that is not here says nothing. At least one.</summary>
    [Required, MinLength(1)]
    public Dictionary<string, string> Networks { get; set; } = [];
}
