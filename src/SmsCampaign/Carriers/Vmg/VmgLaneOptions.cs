using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vmg;

[Meaning(
    "Tài khoản tại VMG (brandsms.vn), chuyển tin tới mọi mạng, hoặc tại cổng cùng dạng (UM.API.V3: iMedia, "
        + "ePacific). Tin chăm sóc khách hàng, mỗi yêu cầu một tin. Không có gì cho biết kết quả của tin: trả "
        + "lời của ReportDetailSend không có trong tài liệu công khai nào nên không hỏi, và VMG không gửi biên "
        + "nhận tới; receiptTrust là none.",
    "An account at VMG (brandsms.vn), which carries messages to every network, or at a gateway of the same "
        + "form (UM.API.V3: iMedia, ePacific). Care messages, one a call. Nothing tells what became of a "
        + "message: what VMG's ReportDetailSend answers is in no public document, so it is not asked, and VMG "
        + "does not call back; receiptTrust is none.")]
public sealed class VmgLaneOptions : LaneOptions
{
    [Meaning("Địa chỉ để chuyển tin.", "Where messages are handed over.")]
    public Uri Url { get; set; } = new("https://api.brandsms.vn/api/SMSBrandname/SendSMS");

    [Meaning(
        "Token của tài khoản, gửi trong tiêu đề cùng tên.",
        "The account's token, sent in the header of that name.")]
    [Required, Secret]
    public string Token { get; set; } = "";

    [Meaning(
        "Mã của mạng duy nhất mà kênh phục vụ, theo tài liệu của VMG. Không ghi: cổng tự tìm mạng của từng số, "
            + "kể cả số chuyển mạng giữ số.",
        "Code of the one network that the lane serves, as VMG's document has it. Unset: the gateway finds each "
            + "number's network itself, numbers taken to another network included.")]
    [RegularExpression("[A-Za-z0-9]{1,20}")]
    public string? Telco { get; set; }

    [Meaning(
        "Cách hỏi VMG một số thuộc mạng nào (CheckMnp). Không ghi: không hỏi.",
        "How VMG is asked which network a number is on (CheckMnp). Unset: it is not.")]
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
    [Meaning(
        "Địa chỉ để hỏi. Dùng được token của kênh ở đây: đây là giả định.",
        "Where it is asked. That it takes the lane's token is an assumption.")]
    public Uri Url { get; set; } = new("https://mnp.brandsms.vn/api/VMG/CheckMnp");

    [Meaning(
        "Nhà mạng, theo tên trong bảng đầu số, của từng mã 01 đến 09 của VMG. Ý nghĩa của các mã không có "
            + "trong tài liệu công khai nào: hãy hỏi VMG. Mã không có ở đây không nói lên điều gì.",
        "The carrier, by its name in the prefix table, of each of VMG's codes, 01 to 09. What they stand for "
            + "is in no public document: ask VMG. A code that is not here says nothing.")]
    [Required, MinLength(1)]
    public Dictionary<string, string> Networks { get; set; } = [];
}
