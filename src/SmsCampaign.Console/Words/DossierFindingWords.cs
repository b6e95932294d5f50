using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Office.Words;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What was found of a dossier, for who submits or approves it on the pages.</summary>
public static class DossierFindingWords
{
    public static Wording Of(ApprovalFinding finding) => finding switch
    {
        ApprovalFinding.OfFiles(var problem) => Of(problem),
        ApprovalFinding.NoName => NoName,
        ApprovalFinding.NoCode => new(
            "Trang gửi lên thiếu mã của hồ sơ đã xem. Hãy mở lại trang này.",
            "What was posted lacks the code of the dossier that was looked at. Open this page again."),
        ApprovalFinding.OtherCode other => Of(other),
        ApprovalFinding.NotYearly(_, var day) => new(
            $"Chiến dịch chỉ có một ngày ({Figures.Date(day)}): hãy bỏ dấu chọn “Cho mọi năm”.",
            $"The campaign has one date only ({Figures.Date(day)}): untick “For every year”."),
        ApprovalFinding.EveryYearOfRest(var day, var of) => new(
            $"Lượt gửi ngày {Figures.Date(day)} chỉ gửi phần còn lại của lượt gửi ngày {of}, một lần: hãy bỏ dấu chọn "
                + $"“Cho mọi năm”.",
            $"The run of {Figures.Date(day)} sends once what that of {of} left: untick “For every year”."),
        ApprovalFinding.IsOver(var day) => new(
            $"Lượt gửi ngày {Figures.Date(day)} đã kết thúc: không trình, không phê duyệt được nữa.",
            $"The run of {Figures.Date(day)} is over: it cannot be submitted or approved any more."),
        ApprovalFinding.DateIsPast(_, var day, var now) => new(
            $"Khung giờ đã đóng; không phê duyệt được. Ngày gửi {Figures.Date(day)}, bây giờ là {Figures.Moment(now)}. "
                + $"Hãy sửa ngày trong tệp chiến dịch rồi trình lại.",
            $"The window is over; it cannot be approved. The date is {Figures.Date(day)}, it is {Figures.Moment(now)} "
                + $"now. Change the date in the campaign file and submit it again."),
        ApprovalFinding.Repeats(var content, var isAccepted) => Of(content, isAccepted),
        ApprovalFinding.NoReason => new(
            "Gửi nữa nội dung mà chiến dịch khác đã gửi thì phải ghi lý do.",
            "To send again what another campaign has sent takes a reason."),
        ApprovalFinding.NoReplaceReason(var standing) => new(
            $"Đang có phê duyệt còn hiệu lực ({Wording.Join("; ", standing.Select(ApprovalWords.Of))}). Phê duyệt mới "
                + $"sẽ thay phê duyệt đó: hãy ghi lý do.",
            $"An approval stands ({Wording.Join("; ", standing.Select(ApprovalWords.Of))}). A new one takes its place: "
                + $"say why."),
        ApprovalFinding.NotSubmitted found => Of(found),
        ApprovalFinding.OtherSubmitted(var submitted, var changes, _) => new(
            $"Hồ sơ {SubmissionFindingWords.WhoSubmitted(submitted)} đã khác: {Wording.Join("; ", changes)}. Cần trình "
                + $"lại hồ sơ hiện nay.",
            $"What {SubmissionFindingWords.WhoSubmitted(submitted)} is other by now: {Wording.Join("; ", changes)}. "
                + $"What is there now has to be submitted again."),
        ApprovalFinding.SamePerson { Submission.Identity: { } own, Account: var account }
            when own.Kind == account.Kind => SamePerson,
        ApprovalFinding.OneYearSubmitted(var submitted) => new(
            $"Hồ sơ {SubmissionFindingWords.WhoSubmitted(submitted)} chỉ trình cho một ngày: hãy bỏ dấu chọn “Cho mọi "
                + $"năm”, hoặc trình lại cho mọi năm.",
            $"What {SubmissionFindingWords.WhoSubmitted(submitted)} is for one date: untick “For every year”, or "
                + $"submit it again for every year."),
        ApprovalFinding.StandsAlready(var approval) => new(
            $"Đang có phê duyệt còn hiệu lực ({ApprovalWords.Of(approval)}): vẫn gửi theo phê duyệt đó cho tới khi có "
                + $"phê duyệt mới.",
            $"An approval stands ({ApprovalWords.Of(approval)}): the run goes by it until there is a new one."),
        ApprovalFinding.IsAnswered => new(
            "Từ lúc mở trang đã có người trả lại, không phê duyệt hoặc thu hồi phê duyệt. Đọc lý do ở trên, xem lại "
                + "hồ sơ rồi quyết định.",
            "Since the page was opened somebody returned or refused it, or withdrew an approval. Read why above, look "
                + "at it again, then decide."),
        ApprovalFinding.IsOtherByNow => new(
            "Trong lúc đọc các tệp đã có người không phê duyệt hoặc thu hồi. Đọc lại hồ sơ rồi quyết định.",
            "While the files were read somebody refused it, or withdrew an approval. Read it again, then decide."),
        _ => ApprovalFindingWords.Of(finding).What, // these name nothing of a terminal that a page has otherwise
    };

    /// <summary>Whose own it is.</summary>
    public static Wording SamePerson { get; } = new(
        "Hồ sơ do chính tài khoản này trình; cần người khác phê duyệt.",
        "This account submitted it; another person has to approve it.");

    /// <summary>The key that is meant stands before it: where its file lies is nobody's business who reads a page.
    /// </summary>
    public static Wording Of(Problem problem)
    {
        var what = problem.OnPages ?? problem.What;
        return problem.Where is not { File: var path, Line: var line } ? what
            : Path.GetFileName(path) is var file && line is { } at
                ? new Wording($"{file}, dòng {at}: {what}", $"{file}, line {at}: {what}")
                : new Wording($"{file}: {what}", $"{file}: {what}");
    }

    /// <param name="isAccepted">Whether it goes all the same.</param>
    /// <param name="isNamed">Whether who reads it may see the other campaign.</param>
    public static Wording Of(Planning.RepeatedContent content, bool isAccepted, bool isNamed = false)
    {
        var (run, date) = (
            isNamed
                ? new Wording($"trong chiến dịch '{content.Run.Campaign}'", $"in the campaign '{content.Run.Campaign}'")
                : new Wording("trong một chiến dịch khác", "in another campaign"),
            content.Run.DateWords);
        var share = content.Share is { } known
            ? new Wording($"{known * 100:0}% số thuê bao", $"{known * 100:0}% of the recipients")
            : new Wording("các thuê bao (không so được danh sách)", "the recipients (the lists cannot be compared)");
        var done = content.Run.State == RunState.Approved
            ? new Wording("đã được phê duyệt để gửi", "is approved to go")
            : new Wording("đã được gửi", "was sent");
        var way = isAccepted ? new Wording("", "") : new Wording(
            " Nếu đúng là phải gửi nữa: chọn “Vẫn gửi” và ghi lý do.",
            " Where it must go again: tick “Send it all the same” and say why.");
        return new Wording(
            $"Cùng nội dung này {done} tới {share} {run} ngày {date}: các máy đó sẽ nhận hai lần.{way}",
            $"This text {done} to {share} {run} of {date}: these phones would get it twice.{way}");
    }

    static Wording Of(ApprovalFinding.OtherCode other)
    {
        var since = other.Owner switch
        {
            CodeOwner.OfSubmission(var submitted, var changes) => new Wording(
                $" So với hồ sơ {SubmissionFindingWords.WhoSubmitted(submitted)}: {Wording.Join("; ", changes)}.",
                $" Against what {SubmissionFindingWords.WhoSubmitted(submitted)}: {Wording.Join("; ", changes)}."),
            CodeOwner.OfApproval(var at) => new Wording(
                $" Mã đã xem là của bản phê duyệt lúc {VietnamTime.Moment(at)}.",
                $" The code that was looked at is of what was approved at {VietnamTime.Moment(at)}."),
            _ => new Wording("", ""),
        };
        return new Wording(
            $"Hồ sơ đã thay đổi từ lúc mở trang: đã xem mã {other.Given}, hiện nay là mã {other.Code}.{since} Chưa ghi "
                + $"gì. Đọc lại hồ sơ bên dưới rồi quyết định.",
            $"The dossier is other than when the page was opened: {other.Given} was looked at, it is {other.Code} "
                + $"now.{since} Nothing is recorded. Read it again below, then decide.");
    }

    static Wording Of(ApprovalFinding.NotSubmitted found) => found.Last switch
    {
        { Rejected: { } no } => new(
            $"Hồ sơ này {RejectionWords.Done(no)} lúc {VietnamTime.Moment(no.RejectedAt)}: {NumberMask.In(no.Reason)}",
            $"It {RejectionWords.Done(no)} at {VietnamTime.Moment(no.RejectedAt)}: {NumberMask.In(no.Reason)}"),
        { ApprovedAs: not null } last => new(
            $"Hồ sơ {SubmissionFindingWords.WhoSubmitted(last)} đã được phê duyệt; mỗi lần phê duyệt cần một lần "
                + $"trình.",
            $"What {SubmissionFindingWords.WhoSubmitted(last)} is approved already; each approval takes a "
                + $"submission."),
        { } last => new(
            $"Chuỗi kiểm toán không xác nhận hồ sơ {SubmissionFindingWords.WhoSubmitted(last)}. Báo kỹ sư phụ trách và "
                + $"trình lại.",
            $"The audit chain does not bear out what {SubmissionFindingWords.WhoSubmitted(last)}. Tell your engineer, "
                + $"and submit it again."),
        null => new(
            "Chưa có ai trình hồ sơ này. Cần một người trình, rồi người khác phê duyệt.",
            "Nobody has submitted this. One person submits it, another approves it."),
    };

    /// <param name="kind">What was asked for.</param>
    public static Wording Of(RejectionFinding finding, RejectionKind kind) => finding switch
    {
        RejectionFinding.NoName => NoName,
        RejectionFinding.NoReason => kind switch
        {
            RejectionKind.Returned => new("Hãy ghi cần sửa gì.", "Say what is to be changed."),
            RejectionKind.Withdrawn => new("Hãy ghi lý do rút hồ sơ.", "Say why it is withdrawn."),
            _ => new("Hãy ghi lý do không phê duyệt.", "Say why it is refused."),
        },
        RejectionFinding.NothingWaits(_, { ApprovedAs: not null } last) => new(
            $"Hồ sơ {SubmissionFindingWords.WhoSubmitted(last)} đã được phê duyệt. Muốn dừng thì thu hồi phê duyệt.",
            $"What {SubmissionFindingWords.WhoSubmitted(last)} is approved. To stop it, withdraw the approval."),
        RejectionFinding.NothingWaits(_, { Rejected: { } no } last) => new(
            $"Hồ sơ {SubmissionFindingWords.WhoSubmitted(last)} {RejectionWords.Done(no)}: {NumberMask.In(no.Reason)}",
            $"What {SubmissionFindingWords.WhoSubmitted(last)} {RejectionWords.Done(no)}: {NumberMask.In(no.Reason)}"),
        RejectionFinding.NothingWaits => new("Chưa có hồ sơ chờ phê duyệt.", "Nothing waits to be approved."),
        RejectionFinding.OtherCode(var given, var waits) => new(
            $"Hồ sơ đã thay đổi: đã xem mã {given}, hồ sơ đang chờ có mã {ApprovalHash.Brief(waits.Hash)} "
                + $"({SubmissionFindingWords.WhoSubmitted(waits)}). Chưa ghi gì. Đọc lại rồi quyết định.",
            $"The dossier is another: {given} was looked at, what waits has {ApprovalHash.Brief(waits.Hash)} "
                + $"({SubmissionFindingWords.WhoSubmitted(waits)}). Nothing is recorded. Read it again, then decide."),
        RejectionFinding.NotOwn(var waits, _) => new(
            $"Chỉ người trình mới rút được: hồ sơ {SubmissionFindingWords.WhoSubmitted(waits)}.",
            $"Only who submitted it may withdraw it: what {SubmissionFindingWords.WhoSubmitted(waits)}."),
        RejectionFinding.IsOwn => new(
            "Hồ sơ do chính tài khoản này trình: muốn sửa thì rút hồ sơ.",
            "This account submitted it: to change it, withdraw it."),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    public static Wording Of(RevocationFinding finding) => finding switch
    {
        RevocationFinding.NoName => NoName,
        RevocationFinding.NoReason => new("Hãy ghi lý do thu hồi.", "Say why it is withdrawn."),
        RevocationFinding.IsOver => new(
            "Lượt gửi đã kết thúc, không còn gì để thu hồi.", "The run is over, there is nothing to withdraw."),
        RevocationFinding.NothingStands => new(
            "Không có phê duyệt nào đang có hiệu lực.", "No approval stands."),
        RevocationFinding.NothingLeft => new(
            "Mọi tin đã được chuyển: thu hồi không dừng được gì nữa, nên chưa ghi.",
            "All has left: withdrawing would stop nothing, and is not recorded."),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Wording NoName { get; } = new(
        "Tài khoản này chưa có họ tên. Nhờ quản trị ghi họ tên.",
        "This account has no full name. Ask an administrator to give it one.");
}
