using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Viettel;

/// <summary>Where the answer to a message handed over with a receipt asked for holds the gateway's id.</summary>
public enum ViettelIdIn
{
    [Meaning("Không ở đâu: cổng không cho mã.", "Nowhere: it gives none.")]
    None,

    [Meaning("Trong trường message, là số duy nhất ở đó.", "In the field message, as the only number there.")]
    Message,

    [Meaning(
        "Trong trường result, ở chỗ của số 1 có nghĩa \"đã nhận\".",
        "In the field result, in the place of the 1 that says \"taken\".")]
    Result,
}

[Meaning(
    "Tài khoản tại cổng bulk SMS của Viettel (SOAP 1.1, dịch vụ CcApi, không gian tên "
        + "http://impl.bulkSms.ws/). Tên định danh phải được khai báo ở đó cho từng mạng; địa chỉ máy gửi cũng "
        + "vậy. Điều mà không tài liệu nào nói là một khóa, ở đây gọi là giả định.",
    "An account at Viettel's bulk SMS gateway (SOAP 1.1 service CcApi, namespace http://impl.bulkSms.ws/). The "
        + "sender must be declared there for each network. The address this program calls from must be declared "
        + "as well. What no document says is a setting, called an assumption here.")]
public sealed partial class ViettelLaneOptions : LaneOptions
{
    [Meaning(
        "Địa chỉ dịch vụ theo hợp đồng, ví dụ https://MÁY-CHỦ:8998/bulkapi. Không kèm ?wsdl.",
        "Where the service is, as the contract says, such as https://HOST:8998/bulkapi. Without ?wsdl.")]
    [Required]
    public Uri? Url { get; set; }

    [Meaning("Tên đăng nhập của tài khoản.", "User name of the account.")]
    [Required]
    public string User { get; set; } = "";

    [Meaning("Mật khẩu của tài khoản.", "Password of the account.")]
    [Required, Secret]
    public string Password { get; set; } = "";

    [Meaning("CPCode của tài khoản.", "CPCode of the account.")]
    [Required]
    public string CpCode { get; set; } = "";

    [Meaning("CommandCode của mọi tin.", "CommandCode of every message.")]
    [RegularExpression("[A-Za-z0-9_]{1,40}")]
    public string CommandCode { get; set; } = "bulksms";

    [Meaning("ContentType của tin không dấu.", "ContentType of a text without diacritics.")]
    [RegularExpression("[A-Za-z0-9]{1,10}")]
    public string PlainType { get; set; } = "0";

    [Meaning(
        "ContentType của tin có dấu; vài tài khoản cũ dùng F.",
        "ContentType of a text with diacritics; F with some older accounts.")]
    [RegularExpression("[A-Za-z0-9]{1,10}")]
    public string AccentedType { get; set; } = "1";

    [Meaning(
        "Các ký tự cổng từ chối trong nội dung, theo tài liệu của cổng. Nội dung có ký tự ấy là lỗi của kế "
            + "hoạch.",
        "Characters the gateway refuses in a text, as its document says. A text with one is an error of the "
            + "plan.")]
    public string ForbiddenCharacters { get; set; } = "&";

    [Meaning(
        "Số ký tự nhiều nhất của tin không dấu, theo tài liệu của cổng. Tin dài hơn là lỗi của kế hoạch.",
        "Most characters of a text without diacritics, as the gateway's document says. A longer one is an "
            + "error of the plan.")]
    [Range(1, 2_000)]
    public int LongestPlain { get; set; } = 480;

    [Meaning(
        "Mỗi tin có được chuyển kèm yêu cầu biên nhận (wsCpMtRegDlr) hay không, để hỏi được theo mã của cổng. "
            + "Chỉ khi mỗi yêu cầu một tin.",
        "Whether each message is handed over with a receipt asked for (wsCpMtRegDlr), so that the gateway can "
            + "be asked about it by its id. Only with one message a call.")]
    public bool RegistersReceipts { get; set; }

    [Meaning(
        "Mã của cổng nằm ở đâu trong trả lời cho tin có yêu cầu biên nhận. Là giả định: không có tài liệu nào "
            + "nói.",
        "Where the answer to a message with a receipt asked for holds its id. An assumption: no document says.")]
    public ViettelIdIn MessageIdIn { get; set; } = ViettelIdIn.None;

    [Meaning(
        "Có hỏi cổng kết quả của tin hay không, và hỏi thế nào. Không ghi: không hỏi.",
        "Whether and how the gateway is asked what became of messages. Unset: it is not.")]
    public ViettelInquiryOptions? Inquiry { get; set; }

    /// <summary>The gateway knows texts with and without diacritics only.</summary>
    protected override LengthTable? OwnAlphabet => LengthTable.Care;

    /// <inheritdoc/>
    protected override IEnumerable<Wording> OwnFaultsOf(SmsText text)
    {
        foreach (var refused in ForbiddenCharacters.EnumerateRunes().Distinct())
        {
            var positions = PositionsOf(refused, text.Value);
            if (positions.Count == 0)
                continue;

            var places = positions.Count > 1
                ? new Wording($" ({positions.Count} chỗ)", $" ({positions.Count} places)")
                : default;
            yield return new Wording(
                $"Ký tự thứ {positions[0]}, “{refused}” (U+{refused.Value:X4}){places}: cổng nhắn tin của Viettel từ "
                    + $"chối ký tự này. Hãy viết bằng chữ.",
                $"Character {positions[0]}, '{refused}' (U+{refused.Value:X4}){places}: "
                    + $"Viettel's gateway refuses it. Write it in words.");
        }

        if (EncodingOf(text) == SmsEncoding.Gsm7 && text.Value.Length > LongestPlain)
        {
            yield return new Wording(
                $"Tin không dấu dài {text.Value.Length} ký tự; cổng nhắn tin của Viettel chỉ nhận nhiều nhất "
                    + $"{LongestPlain}, tức đến hết ký tự thứ {LongestPlain}. Hãy rút ngắn nội dung.",
                $"The text without diacritics has {text.Value.Length} characters; Viettel's gateway takes "
                    + $"{LongestPlain} at most, up to character {LongestPlain}. Shorten it.");
        }
    }

    protected internal override IEnumerable<LaneAddress> Addresses => [new("url", Url)];

    protected override InquiryOptions? Asking => Inquiry;

    protected internal override IEnumerable<SettingsFault> OwnFaults()
    {
        if (Url is { Query.Length: > 0 })
            yield return SettingsFault.Of("url", "Viết địa chỉ không có ?wsdl.", "Write the address without ?wsdl.");

        if (MostPerCall > 1 && RegistersReceipts)
        {
            yield return SettingsFault.Of("mostPerCall",
                "Không gửi theo danh sách được khi registersReceipts là true: chỉ được là 1.",
                "No lists where registersReceipts is true: only 1.");
        }

        if (MostPerCall > 1)
        {
            foreach (var (key, type) in new[] { ("plainType", PlainType), ("accentedType", AccentedType) })
            {
                if (!WholeNumber().IsMatch(type))
                    yield return SettingsFault.Of(
                        key,
                        "Khi gửi theo danh sách (mostPerCall lớn hơn 1), đây phải là số.",
                        "Where lists are sent (mostPerCall above 1) it must be a number.");
            }
        }

        if (MessageIdIn != ViettelIdIn.None && !RegistersReceipts)
            yield return SettingsFault.Of(
                "messageIdIn", "Chỉ dùng khi registersReceipts là true.", "Only where registersReceipts is true.");

        foreach (var fault in Inquiry?.Check(this) ?? [])
            yield return fault;
    }

    static List<int> PositionsOf(Rune character, string text) =>
        [.. text.EnumerateRunes().Index().Where(each => each.Item == character).Select(each => each.Index + 1)];

    [GeneratedRegex(@"\A[0-9]{1,9}\z")]
    internal static partial Regex WholeNumber();
}
