using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Office;
using SmsCampaign.Orders.Words;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>A run's overview for an officer.</summary>
/// <param name="orders">What persons have ordered of it, or of a lane of it.</param>
/// <param name="opening">When it sends next; null where it does not.</param>
/// <param name="shown">What is shown beside the essentials.</param>
/// <param name="at">When it was looked at.</param>
sealed class StatusText(
    RunOverview overview,
    IReadOnlyList<StandingOrder> orders,
    RunOpening? opening,
    StatusDetails shown,
    DateTimeOffset at,
    Terminal terminal)
{
    /// <summary>Changes shown of each lane's pace.</summary>
    const int MostChanges = 5;

    /// <summary>Microseconds. The end of a hold, which may last a second only, is to come: up to the second.</summary>
    const long AlmostASecond = 999_999;

    public void Write()
    {
        var run = overview.Run;
        var date = run.DateWords;
        var state = overview.Damage is not null || run.OddState is not null ? new Wording("HỎNG", "DAMAGED")
            : orders.FirstOrDefault(order => order is { IsForGood: true, Lane: null }) is { } ended
            ? ended.Kind == OrderKind.Cancel
                ? new Wording("ĐÃ HỦY, đang chờ biên nhận và báo cáo", "CALLED OFF, waits for receipts and its report")
                : new Wording(
                    "KẾT THÚC SỚM, đang chờ biên nhận và báo cáo", "ENDED EARLY, waits for receipts and its report")
            : overview.IsPaused
            ? new Wording(
                $"TẠM DỪNG ({OfficerStateWords.Of(overview.StateUnlessPaused)})",
                $"PAUSED ({OfficerStateWords.Of(overview.StateUnlessPaused)})")
            : overview.IsUnapproved ? OfficerStateWords.Unapproved(overview.State)
            : !overview.Letters.HasOwn
                && (overview.State is OfficerState.Approved or OfficerState.Sending or OfficerState.Sent)
            ? new Wording("đã phê duyệt, nhà mạng tự nhắn", "approved, carriers text it")
            : overview.State == OfficerState.Approved && opening is { IsOpen: true }
            ? new Wording("đã phê duyệt, chưa bắt đầu gửi", "approved, not begun yet")
            : OfficerStateWords.Of(overview);
        var simulated = run.Simulated ? new Wording(", mô phỏng", ", simulated") : new Wording("", "");
        terminal.Say($"{run.Campaign}, ngày {date}{simulated}: {state}", $"{run.Campaign}, {date}{simulated}: {state}");

        if (run.RestOf is not null)
            terminal.Say(
                $"  Gồm phần chưa gửi của lượt gửi ngày {run.RestOfWords}.",
                $"  Holds what the run of {run.RestOfWords} left.");
        foreach (var order in orders)
            OrderText.Say(order, terminal, "  ", isFaultSaid: true);
        TriedLanes.Say(overview, terminal, "  ");
        WritePurge();
        WriteApproval();
        if (overview.FileChangesWords is { } changed)
            terminal.Say($"  {changed}", $"  {changed}");
        if (overview.DifferencesWords is { } differences)
            terminal.SayError(differences);
        WriteOpening();
        if (overview.Letters.HasOwn || overview.Damage is not null)
            WriteMessages();
        WriteLetters();
        DueReports.Say(overview, VietnamTime.DateOf(terminal.Time.GetUtcNow()), terminal);
        if (shown.History)
            WriteHistory();
        WriteDecisions();
        if (shown.History)
            WriteResolutions();
        terminal.Output.WriteLine();
    }

    void WritePurge()
    {
        if (overview.Run.Purge == PurgeState.Done)
        {
            terminal.Say(
                "  Số điện thoại: ĐÃ XÓA, trong sổ chỉ còn mã băm.", "  Numbers: ERASED, the ledger has but hashes.");
        }
        else if (overview.Run.Purge == PurgeState.Begun)
        {
            terminal.SayError(new Wording(
                "  Số điện thoại: ĐANG XÓA DỞ. Chạy lại 'purge' để làm nốt.",
                "  Numbers: erasing them is NOT DONE. Run 'purge' again to do the rest."));
        }
    }

    void WriteApproval()
    {
        if (overview.Run.Simulated || overview.Unreadable is not null)
            return;

        WriteSubmission();
        if (overview.Approvals.Count == 0)
        {
            if (overview.State is OfficerState.Draft)
                WriteWayToApproval();
            return;
        }

        var approval = overview.Counting ?? overview.Approvals[0];
        var document = approval.Document is null
            ? new Wording("", "")
            : new Wording($", văn bản {approval.Document}", $", document {approval.Document}");
        var at = Moment(approval.ApprovedAt);
        var by = Account(approval.ByOs);
        var reach = approval.Date is null || overview.Beside is not null
            ? new Wording($", {ApprovalWords.Reach(approval)}", $", {ApprovalWords.Reach(approval)}")
            : new Wording("", "");
        var fits = overview.Fits switch
        {
            true => new Wording("Phê duyệt còn đúng", "Approved, and it fits"),
            false => new Wording("Phê duyệt KHÔNG còn đúng", "Approved, and it fits NO LONGER"),
            _ when overview.IsUnverified => new Wording(
                "Phê duyệt (tài khoản này không kiểm chứng được)", "Approved (not verified by this account)"),
            _ => new Wording("Phê duyệt", "Approved"),
        };
        terminal.Say(
            $"  {fits}: {approval.ApprovedBy}{document}{by}, lúc {at}{reach}, mã {ApprovalHash.Brief(approval.Hash)}",
            $"  {fits}: {approval.ApprovedBy}{document}{by}, at {at}{reach}, code {ApprovalHash.Brief(approval.Hash)}");
        if (approval.Submission is { } submission)
        {
            var (who, when) = ($"{submission.SubmittedBy}{Account(submission.ByOs)}", Moment(submission.SubmittedAt));
            terminal.Say($"  Người trình: {who}, lúc {when}", $"  Submitted by {who}, at {when}");
        }

        if (overview.Beside is { } beside)
        {
            terminal.Say(
                $"  Lượt này gửi theo phê duyệt trên; không theo phê duyệt của {ApprovalWords.Of(beside)}",
                $"  This run goes by the approval above, not by that of {ApprovalWords.Of(beside)}");
        }

        if (overview.IsByOneAlone)
        {
            var alone = TwoPersonsWords.Of(approval);
            terminal.SayError(new Wording($"  {alone}", $"  {alone}"));
            WriteWayToApproval();
        }

        if (overview.IsReplanned)
        {
            var file = TypedArgument.Of(overview.Run.CampaignFile);
            terminal.Say(
                $"  Sau phê duyệt này đã lập kế hoạch khác, chưa được phê duyệt nên sẽ không gửi. Khi được duyệt: "
                    + $"sms-campaign approve {file} --by …",
                $"  It was planned otherwise since, which nobody has approved: it is not sent. Once it is: "
                    + $"sms-campaign approve {file} --by …");
        }

        if (approval is { VoidedAt: null, IsRevived: true })
        {
            terminal.SayError(new Wording($"  {approval.Revived}", $"  {approval.Revived}"));
        }
        else if (approval is { VoidedAt: null, IsWitnessed: false } && !overview.IsUnverified)
        {
            terminal.SayError(new Wording(
                "  Chuỗi kiểm toán KHÔNG xác nhận phê duyệt này: không gửi theo nó. Xem 'audit verify'.",
                "  The audit chain does NOT bear this approval out: nothing is sent by it. See 'audit verify'."));
        }

        if (approval.VoidedSince is { } voided)
        {
            var when = Moment(voided);
            terminal.Say(
                $"  Phê duyệt HẾT HIỆU LỰC lúc {when}: {approval.VoidReasonVi}",
                $"  The approval is VOID since {when}: {approval.VoidReasonEn}");
            if (overview.State == OfficerState.Draft)
                WriteWayToApproval();
        }
    }

    void WriteWayToApproval()
    {
        var file = TypedArgument.Of(overview.Run.CampaignFile);
        if (overview.TakesTwoPersons)
        {
            terminal.Say(
                $"  Chưa trình phê duyệt: sms-campaign submit {file} --by …, rồi người khác: sms-campaign approve "
                    + $"{file} --by …",
                $"  Not submitted: sms-campaign submit {file} --by …, then another person: sms-campaign approve {file} "
                    + $"--by …");
        }
        else
        {
            terminal.Say(
                $"  Chưa phê duyệt: sms-campaign approve {file} --by …",
                $"  Not approved: sms-campaign approve {file} --by …");
        }
    }

    /// <summary>What waits, or was refused; one that was approved stands with its approval.</summary>
    void WriteSubmission()
    {
        if (overview.Submissions is not [{ ApprovedAs: null } last, ..]
            || overview.Run.State.IsOver())
            return;

        var (at, code, by) = (Moment(last.SubmittedAt), ApprovalHash.Brief(last.Hash), Account(last.ByOs));
        var note = last.Note is null ? "" : $". {NumberMask.In(last.Note)}";
        var years = last.EveryYear ? new Wording(", cho mọi năm", ", for every year") : new Wording("", "");
        terminal.Say(
            $"  Trình phê duyệt: {last.SubmittedBy}{by}, lúc {at}{years}, mã {code}{note}",
            $"  Submitted: {last.SubmittedBy}{by}, at {at}{years}, code {code}{note}");
        if (last.Rejected is { } no)
        {
            var (act, when) = (RejectionWords.Mark(no.Kind), Moment(no.RejectedAt));
            terminal.Say(
                $"  {act}: {no.RejectedBy}{Account(no.ByOs)}, lúc {when}. {NumberMask.In(no.Reason)}",
                $"  {act}: {no.RejectedBy}{Account(no.ByOs)}, at {when}. {NumberMask.In(no.Reason)}");
        }
        else if (overview.Submission is null)
        {
            terminal.Say(
                "  Bản đã trình KHÁC bản đang có: xem lại bằng 'check' rồi trình lại bằng 'submit'.",
                "  What was submitted is OTHER than what is planned: look at it with 'check', submit it again with "
                    + "'submit'.");
        }
        else if (!last.IsWitnessed && !overview.IsUnverified)
        {
            terminal.SayError(new Wording(
                "  Chuỗi kiểm toán KHÔNG xác nhận việc trình này: không phê duyệt được. Xem 'audit verify'.",
                "  The audit chain does NOT bear this out: it cannot be approved. See 'audit verify'."));
        }
    }

    void WriteMessages()
    {
        if (overview.Damage is { } damage)
        {
            terminal.SayError(new Wording(
                $"  {damage} Các lượt khác vẫn chạy; biên nhận của lượt này được giữ lại và áp "
                    + $"dụng khi sổ dùng lại được.",
                $"  {damage} Other runs go on; receipts of this one are kept and applied when it can be used again."));
            return;
        }

        if (overview.Status is not { } status)
        {
            terminal.Say(
                $"  Không thấy sổ gửi tin {overview.Run.File}.", $"  The ledger {overview.Run.File} is not there.");
            return;
        }

        if (shown.Lanes)
            new LaneTable(status, terminal).Write();
        else
            WriteCounts(status);

        if (status.Uncertain > 0)
        {
            var uncertain = Figures.Counted(status.Uncertain, "uncertain message");
            terminal.Say(
                $"  {uncertain} tin chưa rõ nhà mạng có nhận hay không. Xem và xử lý: sms-campaign resolve "
                    + $"{overview.Run.Campaign}{(overview.Run.Simulated ? " --simulate" : "")}",
                $"  {uncertain}. See and settle by: sms-campaign resolve {overview.Run.Campaign}"
                    + $"{(overview.Run.Simulated ? " --simulate" : "")}");
        }

        if (!status.Balances)
            terminal.SayError(new Wording(
                "  Sổ gửi tin KHÔNG cân đối. Hãy báo kỹ sư phụ trách.",
                "  The ledger does NOT balance. Tell your engineer."));
    }

    /// <summary>What carriers are asked, and where that stands.</summary>
    void WriteLetters()
    {
        if (!overview.Letters.IsAny)
            return;

        terminal.Say("  Nhà mạng tự nhắn tới thuê bao của mình:", "  Carriers that text their own subscribers:");
        foreach (var order in overview.Letters.Orders)
            terminal.Say($"    {OrderStateWords.Line(order, at)}", $"    {OrderStateWords.Line(order, at)}");
        foreach (var letter in overview.Letters.Unwritten)
        {
            terminal.Say(
                $"    {letter.Holder}, nhóm '{letter.Segment}': CHƯA SOẠN công văn; hạn trả lời "
                    + $"{Figures.Date(letter.AcknowledgeBy)}. Soạn bằng 'order'.",
                $"    {letter.Holder}, segment '{letter.Segment}': NO LETTER is written; the answer is due on "
                    + $"{Figures.Date(letter.AcknowledgeBy)}. Write it by 'order'.");
        }

        foreach (var why in overview.Letters.Unreadable)
            terminal.SayError(new Wording($"    {why}", $"    {why}"));
    }

    /// <summary>What there is none of says nothing.</summary>
    void WriteCounts(RunStatus status)
    {
        var (all, parts) = (Figures.Counted(status.Messages, "message"), Figures.Count(status.PartsHandedOver));
        var counts = Wording.Join("; ", Enum.GetValues<MessageStatus>()
            .Where(each => status.Count(each) > 0)
            .Select(each => new Wording(
                $"{MessageStatusWords.Of(each)}: {Figures.Count(status.Count(each))}",
                $"{MessageStatusWords.Of(each)}: {Figures.Count(status.Count(each))}")));
        terminal.Say(
            $"  {all} tin. {counts}; phần đã chuyển: {parts}.", $"  {all}. {counts}; parts handed over: {parts}.");
    }

    void WriteOpening()
    {
        if (opening is not { } next)
            return;

        var (opens, closes) = (Figures.Expected(overview.Window.ToLocal(next.Opens)), Figures.ExpectedTime(
            overview.Window.ToLocal(next.Closes)));
        if (next.IsOpen)
            terminal.Say($"  Khung giờ gửi đang mở, tới {closes}.", $"  The window is open, until {closes}.");
        else
            terminal.Say(
                $"  Khung giờ gửi mở lúc {opens}, tới {closes}.", $"  The window opens at {opens}, until {closes}.");
    }

    void WriteHistory()
    {
        foreach (var lane in overview.Status?.Lanes ?? [])
        {
            if (!overview.History.TryGetValue(lane.Name, out var changes))
                continue;

            var more = changes.Count > MostChanges
                ? new Wording($" ({MostChanges} thay đổi mới nhất)", $" (the latest {MostChanges})")
                : new Wording("", "");
            terminal.Say(
                $"  Nhịp gửi của {lane.Name}, mới nhất trước{more}:",
                $"  Pace of {lane.Name}, the latest first{more}:");
            foreach (var change in changes.Take(MostChanges))
            {
                var what = LaneChangeWords.Of(
                    change,
                    change.Until is { } until ? Moment(ProcessClock.FromMicros(until + AlmostASecond)) : null,
                    lane.RateUnit);
                var at = Moment(ProcessClock.FromMicros(change.At));
                terminal.Say($"    {at}: {what}", $"    {at}: {what}");
            }
        }
    }

    void WriteDecisions()
    {
        foreach (var decision in shown.History ? overview.Decisions : overview.Decisions.TakeLast(1))
        {
            var (at, what) = (Moment(decision.At), DecisionWords.Of(decision.What));
            var due = decision.What.IsPersons()
                ? new Wording("", "")
                : new Wording($" (theo lịch {Moment(decision.Due)})", $" (due {Moment(decision.Due)})");
            terminal.Say(
                $"  {at}: {what}{due}{Account(decision.ByOs)}. {decision.Reason}",
                $"  {at}: {what}{due}{Account(decision.ByOs)}. {decision.Reason}");
        }
    }

    void WriteResolutions()
    {
        foreach (var resolution in overview.Resolutions)
        {
            var (at, count, word) = (
                Moment(ProcessClock.FromMicros(resolution.At)),
                Figures.Counted(resolution.Messages, "message"),
                MessageStatusWords.Of(resolution.To));
            var (by, reason) = ($"{resolution.Who}{Account(resolution.ByOs)}", NumberMask.In(resolution.Reason));
            terminal.Say(
                $"  {at}: {by} ghi {count} tin là '{word}'. {reason}",
                $"  {at}: {by} settled {count} as '{word}'. {reason}");
        }
    }

    static string Account(string byOs) => byOs.Length == 0 ? "" : $" [{byOs}]";

    Wording Moment(DateTimeOffset moment) => Figures.Moment(overview.Window.ToLocal(moment));

}

/// <summary>What <c>status</c> shows on demand.</summary>
/// <param name="Lanes">The lanes' figures.</param>
/// <param name="History">The lanes' pace, every decision, what persons settled.</param>
readonly record struct StatusDetails(bool Lanes, bool History);
