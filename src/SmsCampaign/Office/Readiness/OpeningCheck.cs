using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>When sending begins next, and how long it is until then.</summary>
sealed class OpeningCheck : IReadyCheck
{
    public const string Called = "opening";

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Find(about).Alone();

    static ReadyFinding Find(ReadyCase about)
    {
        if (about.Key is not null)
            return about.Opening is { } own ? Good(own, about.Now, new Wording("", "")) : OfNone(about);

        return about.Openings is [var next, ..]
            ? Good(next, about.Now, new Wording($"{next.Run}: ", $"{next.Run}: "))
            : ReadyFinding.Good(new Wording(
                "không có lượt gửi nào đã phê duyệt đang chờ tới giờ.", "no approved run waits for its time."));
    }

    static ReadyFinding Good(RunOpening opening, DateTimeOffset now, Wording whose)
    {
        var (opens, closes) = (VietnamTime.Expected(opening.Opens), VietnamTime.Expected(opening.Closes));
        if (opening.IsOpen)
            return ReadyFinding.Good(new Wording(
                $"{whose}đang trong khung giờ gửi, đóng lúc {closes}.",
                $"{whose}the window is open until {closes}."));

        var left = Figures.Duration(opening.Opens - now);
        return ReadyFinding.Good(new Wording(
            $"{whose}mở lúc {opens} (còn {left}), đóng lúc {closes}.",
            $"{whose}opens at {opens} (in {left}), closes at {closes}."));
    }

    /// <summary>What is only planned has its hour as well, and is not sent then.</summary>
    static ReadyFinding OfNone(ReadyCase about)
    {
        var reason = about.Overview.Value?.Decisions is { Count: > 0 } decisions ? decisions[^1].Reason : default;
        return about.Run switch
        {
            { State: RunState.Finished } => ReadyFinding.Note(
                new Wording("lượt gửi đã xong, không còn gì để gửi.", "the run is over, nothing is left to send.")),
            { State: RunState.Cancelled or RunState.Ended } => ReadyFinding.Note(
                new Wording(
                    "có người đã hủy hoặc kết thúc sớm lượt gửi này: không gửi nữa.",
                    "a person called this run off or ended it early: nothing more is sent.")),
            { State: RunState.Skipped } => ReadyFinding.Bad(
                new Wording($"lượt gửi đã bỏ qua. {reason}", $"the run was skipped. {reason}"),
                Rest(TypedArgument.Of(about.Key!.Campaign))),
            { State: RunState.Held } => ReadyFinding.Bad(
                new Wording($"lượt gửi đang được giữ lại. {Held(about)}", $"the run is held. {Held(about)}"),
                AsItSays(TypedArgument.Of(about.Key!.Campaign))),
            { State: RunState.Sending } => ReadyFinding.Good(new Wording(
                "đã gửi hết, đang chờ biên nhận.", "all is sent, receipts are waited for.")),
            { } run when run.ReadSchedule().Window is var window
                && window.ClosesOn(run.ToKey().Date) <= about.Now => ReadyFinding.Bad(
                new Wording("ngày gửi đã qua.", "its date is past."),
                new Wording(
                    "Hãy ghi ngày mới trong tệp chiến dịch, lập kế hoạch lại bằng 'plan' rồi trình phê duyệt.",
                    "Write another date into the campaign file, plan again with 'plan', and have it approved.")),
            _ => ReadyFinding.Bad(
                new Wording("chưa có lần mở nào: lượt gửi chưa được phê duyệt.", "none: the run is not approved."),
                new Wording("Hãy trình phê duyệt (approve).", "Have it approved (approve).")),
        };
    }

    /// <summary>It is over: approving it again lets nothing go.</summary>
    static Wording Rest(string campaign) => new(
        $"Vẫn muốn gửi thì lập lượt gửi cho ngày khác: sms-campaign send-rest {campaign} --on …, rồi trình phê duyệt.",
        $"To send it all the same, plan it for another date: sms-campaign send-rest {campaign} --on …, and have it "
            + $"approved.");

    /// <summary>Why it is held, which ends with the way on: what was decided since of a lane of it says
    /// neither.</summary>
    static Wording Held(ReadyCase about) =>
        about.Overview.Value?.Decisions.LastOrDefault(each => each.What == DecisionKind.Held)?.Reason
            ?? new Wording("", "");

    /// <summary>One way on, and not another beside it.</summary>
    static Wording AsItSays(string campaign) => new(
        $"Hãy làm theo lý do trên; xem đầy đủ bằng: sms-campaign status {campaign} --history",
        $"Do as that reason says; see all of it by: sms-campaign status {campaign} --history");
}
