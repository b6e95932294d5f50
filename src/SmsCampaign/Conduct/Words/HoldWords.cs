using SmsCampaign.Storage;

namespace SmsCampaign.Conduct.Words;

/// <summary>What lets a held run go on.</summary>
public enum WayOn
{
    /// <summary>A person's word: its approval stands.</summary>
    Resume,

    /// <summary>Another approval: the one that was given is void.</summary>
    Approve,

    /// <summary>A look at it, and another approval: what was approved no longer is what would be sent.</summary>
    PlanAndApprove,
}

/// <summary>Ends the reason of a hold with the command that lets the run go on.</summary>
public static class HoldWords
{
    /// <summary>Of a run whose files take longer to be read than they may.</summary>
    public static Wording OfLatePreparation(TimeSpan longest) => new(
        $"Đọc các tệp và lập kế hoạch đã quá {longest.TotalMinutes:0} phút mà chưa xong, có thể vì tệp nằm "
            + $"ở ổ mạng không trả lời. Các chiến dịch khác vẫn gửi. Hãy kiểm tra nơi để danh sách; "
            + $"đọc được thì lượt gửi này bắt đầu ngay, nếu còn trong khung giờ.",
        $"Reading the files and planning has taken more than {longest.TotalMinutes:0} minutes, perhaps "
            + $"because a file lies on a share that does not answer. Other campaigns go on. Look where the lists lie; "
            + $"once they can be read this run begins at once, if its window is still open.");

    /// <summary>Of a run under way whose approval is void.</summary>
    public static Wording OfVoided(Storage.Registry.Approval voided)
    {
        var why = new Wording(voided.VoidReasonVi ?? "", voided.VoidReasonEn ?? "");
        return new Wording(
            $"Phê duyệt hết hiệu lực trong khi gửi: {why}. Không gửi thêm.",
            $"The approval was voided while the run was sent: {why}. Nothing more is sent.");
    }

    /// <summary>Of a run under way of which no approval stands any more, though nobody withdrew one.</summary>
    public static Wording OfNoApproval { get; } = new(
        "Không còn phê duyệt nào có hiệu lực: phê duyệt đã ghi không được chuỗi kiểm toán xác nhận, hoặc đã mất. "
            + "Không gửi thêm. Báo kỹ sư phụ trách chạy 'audit verify'.",
        "No approval stands any more: the one on record is not borne out by the audit chain, or is gone. Nothing more "
            + "is sent. Tell your engineer to run 'audit verify'.");

    /// <summary>Of a run that the machine's clock carried past an opening or a closing.</summary>
    public static Wording OfClock(Storage.Registry.ClockStep step, Campaigns.SendWindow window)
    {
        var (from, to) = (Figures.Moment(window.ToLocal(step.From)), Figures.Moment(window.ToLocal(step.To)));
        return new Wording(
            $"Đồng hồ của máy nhảy từ {from} sang {to}, qua giờ mở hoặc giờ đóng của khung giờ gửi, nên chương trình "
                + $"không biết giờ nào đúng. Không gửi. Hãy chỉnh đồng hồ cho đúng trước, rồi mới cho gửi tiếp.",
            $"The machine's clock went from {from} to {to}, past an opening or a closing of the window, so which of "
                + $"them is right is not known. Nothing is sent. Put the clock right first, and then let it go on.");
    }

    /// <summary>The date that the commands name: that of a run which sends what another left, as the campaign's file
    /// does not lead to it. Null for any other.</summary>
    public static DateOnly? DateOf(Storage.Registry.RunRecord run) =>
        run.RestOf is null ? null : run.FindKey()?.Date;

    /// <param name="campaignFile">Null where it is not known.</param>
    /// <param name="takesTwo">Whether it is submitted by one person and approved by another.</param>
    /// <param name="date">As of <see cref="DateOf"/>.</param>
    public static Wording WithWayOn(
        Wording reason,
        string? campaignFile,
        WayOn way = WayOn.Resume,
        bool takesTwo = false,
        DateOnly? date = null)
    {
        var file = campaignFile is null
            ? new Wording("TỆP_CHIẾN_DỊCH", "CAMPAIGN_FILE")
            : new Wording(TypedArgument.Of(campaignFile), TypedArgument.Of(campaignFile));
        if (date is { } day)
            file = new Wording($"{file} --date {day.ToSql()}", $"{file} --date {day.ToSql()}");
        var submit = takesTwo
            ? new Wording(
                $"trình: sms-campaign submit {file} --by \"Họ tên\" --code MÃ_ĐÃ_XEM; người khác phê duyệt",
                $"submit it: sms-campaign submit {file} --by NAME --code CODE_LOOKED_AT; another person approves it")
            : new Wording("phê duyệt lại", "approve it again");
        return way == WayOn.PlanAndApprove
            ? new Wording(
                $"{reason} Xem lại: sms-campaign plan {file}. Đồng ý gửi thì {submit}: sms-campaign approve "
                    + $"{file} --by \"Họ tên\" --code MÃ_ĐÃ_XEM",
                $"{reason} Look at it: sms-campaign plan {file}. To let it go on {submit}: "
                    + $"sms-campaign approve {file} --by NAME --code CODE_LOOKED_AT")
            : takesTwo ? new Wording(
                $"{reason} Muốn gửi tiếp thì {submit}: sms-campaign approve {file} --by \"Họ tên\" --code "
                    + $"MÃ_ĐÃ_XEM --reason \"Lý do\" (mã do 'check' in ra).",
                $"{reason} To let it go on {submit}: sms-campaign approve {file} --by NAME --code CODE_LOOKED_AT "
                    + $"--reason WHY (the code that 'check' prints).")
            : way == WayOn.Approve ? new Wording(
                $"{reason} Muốn gửi tiếp thì phê duyệt lại: sms-campaign approve {file} --by \"Họ tên\" --code "
                    + $"MÃ_ĐÃ_XEM (mã do 'check' in ra). Không gửi nữa: sms-campaign end {file} --by \"Họ tên\" "
                    + $"--reason \"lý do\"",
                $"{reason} To let it go on approve it again: sms-campaign approve {file} --by NAME --code "
                    + $"CODE_LOOKED_AT (the code that 'check' prints). To send no more: sms-campaign end {file} "
                    + $"--by NAME --reason TEXT")
            : new Wording(
                $"{reason} Muốn gửi tiếp: sms-campaign resume {file} --by \"Họ tên\" --reason \"lý do\". "
                    + $"Không gửi nữa: sms-campaign end {file} --by \"Họ tên\" --reason \"lý do\"",
                $"{reason} To let it go on: sms-campaign resume {file} --by NAME --reason TEXT. To send no more: "
                    + $"sms-campaign end {file} --by NAME --reason TEXT");
    }
}
