using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.MobiFone;

/// <summary>What a status of the gateway's other than 200 says of a message.</summary>
public enum MobiFoneMeaning
{
    [Meaning("Chưa nhận: gửi quá nhanh.", "Not taken: too fast.")]
    TooFast,

    [Meaning("Chưa nhận: ngoài giờ, đang bảo trì.", "Not taken: outside hours, in maintenance.")]
    Closed,

    [Meaning(
        "Lần này chưa nhận: tin này gửi lại sau, trong số lần thử của chiến dịch.",
        "Not taken this time: this message again later, up to the campaign's tries.")]
    Busy,

    [Meaning(
        "Chưa nhận: tên định danh chưa khai báo, hết tiền và những điều tương tự. Kênh dừng cho tới khi có "
            + "người sửa xong.",
        "Not taken: sender not declared, no money and the like. The lane stops until a person has mended it.")]
    Configuration,

    [Meaning("Từ chối hẳn: sai số điện thoại.", "Refused for good: the number is wrong.")]
    Number,

    [Meaning("Từ chối hẳn: số thuộc mạng khác.", "Refused for good: the number is on another network.")]
    OtherNetwork,

    [Meaning("Từ chối hẳn: nội dung.", "Refused for good: the text.")]
    Content,
}

[Meaning(
    "Tài khoản tại cổng tên định danh của MobiFone (login.jsp, send.jsp, send_2.jsp). Mỗi yêu cầu một tin. "
        + "Cổng không có chỗ cho mã tin, không bỏ qua tin lặp, không gửi biên nhận và không hỏi được: tin không "
        + "có trả lời là chưa rõ kết quả cho tới khi có người quyết định. Mỗi tài khoản chỉ một kênh, vì đăng "
        + "nhập lần thứ hai có thể kết thúc phiên thứ nhất.",
    "An account at MobiFone's gateway for sender names (login.jsp, send.jsp, send_2.jsp). One message a call. "
        + "It has no field for our reference, drops no repeats, sends no receipts and cannot be asked: a message "
        + "without an answer stays uncertain until a person decides. No more than one lane an account, as a "
        + "second login may end the session of the first.")]
public sealed class MobiFoneLaneOptions : LaneOptions
{
    [Meaning(
        "Thư mục của ba trang, có dấu gạch chéo ở cuối.",
        "The folder of the three pages, with a slash at the end.")]
    public Uri Url { get; set; } = new("https://smsbrandname.mobifone.vn/smsg/");

    [Meaning("Tên đăng nhập của tài khoản.", "User name of the account.")]
    [Required]
    public string User { get; set; } = "";

    [Meaning("Mật khẩu của tài khoản.", "Password of the account.")]
    [Required, Secret]
    public string Password { get; set; } = "";

    [Meaning("bindMode khi đăng nhập.", "bindMode of the login.")]
    [RegularExpression("[A-Za-z0-9]{1,20}")]
    public string BindMode { get; set; } = "T";

    [Meaning(
        "Cách gửi đăng nhập: GET, mật khẩu nằm trong địa chỉ, như tài liệu; hoặc POST, mật khẩu nằm trong biểu "
            + "mẫu.",
        "How the login is sent: GET, with the password in the address, as the document has it; or POST, with "
            + "it in a form.")]
    [RegularExpression("GET|POST")]
    public string LoginMethod { get; set; } = "GET";

    [Meaning(
        "Ý nghĩa của từng trạng thái khác 200, theo lời nhà mạng: không có tài liệu nào nói. Trạng thái không "
            + "có ở đây làm tin chưa rõ kết quả.",
        "What each status other than 200 means, as the carrier says: no document does. A status that is not "
            + "here leaves the message uncertain.")]
    public Dictionary<string, MobiFoneMeaning> Codes { get; set; } = [];

    /// <summary>The gateway knows texts with (ALPHA_UCS2) and without diacritics only.</summary>
    protected override LengthTable? OwnAlphabet => LengthTable.Care;

    protected internal override IEnumerable<LaneAddress> Addresses => [new("url", Url)];

    /// <summary>A login may end the session that sends.</summary>
    internal override bool CountsQuestions => true;

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
