using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Viettel;

/// <summary>Which of its operations the gateway is asked by.</summary>
public enum ViettelInquiryMethod
{
    [Meaning(
        "getDlrStatus: kết quả của tin, theo mã của cổng.",
        "getDlrStatus: what became of messages, by the gateway's ids.")]
    DlrStatus,

    [Meaning(
        "getFailSub: số nào thất bại trong một ngày, từng trang.",
        "getFailSub: which numbers failed on a day, a page at a time.")]
    FailSub,
}

/// <summary>What a number that the gateway gives as a message's status says.</summary>
public enum ViettelStatus
{
    [Meaning("Còn trong hàng đợi của cổng nhắn tin.", "Still queued at the gateway.")]
    Accepted,

    [Meaning("Mạng đã nhận.", "The network took it.")]
    Sent,

    [Meaning(
        "Đã tới máy, trong mức tin được của biên nhận kênh này.",
        "Delivered, as far as this lane's receipts can be trusted.")]
    Delivered,

    [Meaning("Không tới, và sẽ không tới.", "Not delivered, and not going to be.")]
    Failed,
}

/// <summary>
/// How Viettel's gateway is asked. getFailSub lists the numbers of a sender that failed on a day, whatever the
/// campaign: a number on it is taken for the message that was handed over to it that day, and one not on it says
/// nothing. So it must not be used where two campaigns send under one sender on one day.
/// </summary>
public sealed class ViettelInquiryOptions : InquiryOptions
{
    [Meaning(
        "dlrStatus hỏi kết quả của tin theo mã của cổng. failSub hỏi số nào của một tên định danh thất bại "
            + "trong ngày, mỗi yêu cầu một trang: số có trong danh sách được hiểu là tin đã chuyển tới số đó "
            + "trong ngày, số không có không nói lên điều gì. Không dùng failSub khi trong một ngày có hai chiến "
            + "dịch cùng tên định danh.",
        "dlrStatus asks what became of messages by the gateway's ids. failSub asks which numbers of a sender "
            + "failed on a day, a page a request: a number listed is taken for the message handed over to it "
            + "that day, one not listed says nothing. Not failSub where two campaigns send under one sender on "
            + "one day.")]
    [Required]
    public ViettelInquiryMethod? Method { get; set; }

    [Meaning(
        "Của dlrStatus: số mã nhiều nhất trong một yêu cầu. Cổng nhận nhiều mã một lần: đây là giả định.",
        "Of dlrStatus: most ids in one request. That it takes several is an assumption.")]
    [Range(1, 1_000)]
    public int MostPerQuery { get; set; } = 1;

    [Meaning(
        "Của dlrStatus: dấu ngăn giữa hai mã. Là giả định: không có tài liệu nào nói.",
        "Of dlrStatus: what stands between two ids. An assumption: no document says.")]
    [MinLength(1)]
    public string Separator { get; set; } = ",";

    [Meaning(
        "Của dlrStatus: ý nghĩa của từng con số. Là giả định, điền theo trả lời của nhà mạng: không có tài "
            + "liệu nào nói. Con số không có ở đây không nói lên điều gì.",
        "Of dlrStatus: what each number means. An assumption, to be filled in from the carrier's answer: no "
            + "document says. A number that is not here says nothing.")]
    public Dictionary<string, ViettelStatus> Statuses { get; set; } = [];

    [Meaning(
        "Của dlrStatus: nhóm nguyên nhân của từng con số có nghĩa là thất bại; không có ở đây thì là unknown.",
        "Of dlrStatus: the class of failure of each number that means failed; unknown where it is not here.")]
    public Dictionary<string, FailureClass> Failures { get; set; } = [];

    [Meaning(
        "Của failSub: tên định danh cần hỏi các số thất bại, đúng như đã khai báo. Bắt buộc với failSub.",
        "Of failSub: the sender whose failed numbers are asked for, as it is declared. Required there.")]
    public string? Alias { get; set; }

    [Meaning(
        "Của failSub: cách viết ngày, như một chương trình công khai. Ngày tính theo timeZone.",
        "Of failSub: how the day is written, as one public client has it. The day is one of timeZone.")]
    [MinLength(1)]
    public string DateFormat { get; set; } = "dd/MM/yyyy";

    [Meaning(
        "Của failSub: số điện thoại nhiều nhất trong một trang, như một chương trình công khai.",
        "Of failSub: most numbers of a page, as one public client has it.")]
    [Range(1, 1_000)]
    public int PageSize { get; set; } = 1_000;

    internal IEnumerable<SettingsFault> Check(ViettelLaneOptions lane)
    {
        if (AbsentMeansNotTaken)
        {
            yield return SettingsFault.Of("inquiry.absentMeansNotTaken",
                "Không dùng được: không tài liệu nào nói rằng tin cổng không biết là tin chưa nhận.",
                "Not possible: no document says that a message the gateway does not know was never taken.");
        }

        foreach (var fault in Method == ViettelInquiryMethod.DlrStatus ? CheckDlrStatus(lane) : CheckFailSub())
            yield return fault;
    }

    IEnumerable<SettingsFault> CheckDlrStatus(ViettelLaneOptions lane)
    {
        if (!lane.RegistersReceipts || lane.MessageIdIn == ViettelIdIn.None)
        {
            yield return SettingsFault.Of("inquiry.method",
                "dlrStatus hỏi theo mã của cổng: cần registersReceipts là true và messageIdIn là message hoặc result.",
                "dlrStatus asks by the gateway's id: it needs registersReceipts true, "
                    + "and messageIdIn message or result.");
        }

        if (Statuses.Count == 0)
            yield return SettingsFault.Of(
                "inquiry.statuses", "Cần ít nhất một trạng thái.", "At least one status is needed.");

        foreach (var (key, number) in Statuses.Keys
            .Select(number => ("statuses", number))
            .Concat(Failures.Keys.Select(number => ("failures", number))))
        {
            if (!int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                yield return SettingsFault.Of(
                    $"inquiry.{key}", $"'{number}' không phải số nguyên.", $"'{number}' is no whole number.");
        }
    }

    IEnumerable<SettingsFault> CheckFailSub()
    {
        if (string.IsNullOrWhiteSpace(Alias))
            yield return SettingsFault.Of(
                "inquiry.alias", "failSub cần tên định danh đã khai báo.", "failSub needs the declared sender.");

        if (!TellsDays(DateFormat))
        {
            yield return SettingsFault.Of("inquiry.dateFormat",
                $"'{DateFormat}' không ghi đủ ngày, tháng, năm. Ví dụ: dd/MM/yyyy.",
                $"'{DateFormat}' does not write day, month and year. Such as: dd/MM/yyyy.");
        }
    }

    static bool TellsDays(string format)
    {
        try
        {
            DateOnly[] days = [new(2028, 7, 30), new(2028, 7, 29), new(2028, 6, 30), new(2027, 7, 30)];
            return days.Select(day => day.ToString(format, CultureInfo.InvariantCulture))
                .Distinct()
                .Count() == days.Length;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
