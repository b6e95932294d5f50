using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Causes;

/// <summary>What a person must know of numbers that are to be erased: that it comes, or was cut off.</summary>
static class PurgeCauses
{
    public static IEnumerable<Cause> Find(IRegistry registry, DateTimeOffset now)
    {
        foreach (var subject in registry.Purges.ReadErased().Where(subject => !subject.IsDone))
            yield return new Cause(Asked(subject), TimeSpan.FromMinutes(10));

        var steps = registry.Purges.Read();
        if (steps.Count == 0)
            yield break;

        var left = registry.Purges.ReadLeft().ToDictionary(each => each.Code);
        foreach (var run in registry.ReadRuns())
        {
            var own = steps.Where(step => step.Code == run.Code).ToList();
            if (run.Purge == PurgeState.Begun)
                yield return new Cause(CutOff(run, left.GetValueOrDefault(run.Code), now), TimeSpan.FromMinutes(10));
            else if (run.Purge == PurgeState.None
                && own.LastOrDefault(step => step.Kind == PurgeStepKind.Announced) is { } announced
                && PurgeDesk.FindHold(registry, run) is null)
                yield return new Cause(Soon(run, announced));
            else if (run.Purge == PurgeState.Done && left.GetValueOrDefault(run.Code) is { } rest)
                yield return new Cause(NotAll(run, rest), TimeSpan.FromMinutes(10));
        }
    }

    /// <summary>The law counts days from when it was asked for.</summary>
    static Alert Asked(ErasedSubject subject)
    {
        var day = Figures.Date(VietnamTime.DateOf(subject.At));
        return new Alert(
            AlertKind.NumbersDue,
            $"subject {ErasedNumber.Show(subject.Hash)}",
            AlertSeverity.Warning,
            subject.At,
            new Wording("yêu cầu xóa số của người dân chưa làm xong", "a subscriber's number is not erased yet"),
            new Wording(
                $"Ghi nhận ngày {day}: {subject.Reason} Luật cho 10 đến 20 ngày.",
                $"Asked for on {day}: {subject.Reason} The law gives 10 to 20 days."),
            new Wording(
                "chạy lại 'sms-campaign erase-subject - --by … --reason …' khi các lượt có số đó đã xong",
                "run 'sms-campaign erase-subject - --by … --reason …' again once the runs that have it are over"));
    }

    static Alert Soon(RunRecord run, PurgeStep announced)
    {
        var name = RunCauses.NameOf(run.Campaign, run.DateWords);
        var day = Figures.Date(announced.Day);
        return new Alert(
            AlertKind.NumbersDue,
            run.Key,
            AlertSeverity.Warning,
            announced.At,
            new Wording($"sắp xóa số điện thoại: {name}", $"numbers are to be erased soon: {name}"),
            new Wording(
                $"Hết hạn lưu (privacy.keepDays); báo từ ngày {day}. Số liệu và báo cáo giữ nguyên.",
                $"They were kept as long as they may be (privacy.keepDays); told since {day}. Figures and reports "
                    + $"stay."),
            new Wording(
                $"cần giữ lại thì chạy 'sms-campaign purge --hold {run.Campaign} --date {run.Date} --by … --reason …'",
                $"to keep them run 'sms-campaign purge --hold {run.Campaign} --date {run.Date} --by … --reason …'"));
    }

    static Alert CutOff(RunRecord run, PurgeLeft? left, DateTimeOffset now)
    {
        var name = RunCauses.NameOf(run.Campaign, run.DateWords);
        var simulate = run.Simulated ? " --simulate" : "";
        return new Alert(
            AlertKind.NumbersDue,
            run.Key,
            AlertSeverity.Warning,
            now,
            new Wording($"việc xóa số điện thoại còn dở: {name}", $"erasing numbers is not done: {name}"),
            (left?.Stale ?? new Wording(
                "Bị ngắt giữa chừng, hoặc bản sao lưu cũ đã đưa số trở lại.",
                "It was cut off, or a backup has brought the numbers back."))
                + new Wording(" Lượt này không gửi được nữa.", " The run is not sent any more."),
            new Wording(
                $"chạy 'sms-campaign purge {run.Campaign} --date {run.Date}{simulate} --by … --reason …' để làm nốt",
                $"run 'sms-campaign purge {run.Campaign} --date {run.Date}{simulate} --by … --reason …' to do the "
                    + $"rest"));
    }

    static Alert NotAll(RunRecord run, PurgeLeft left)
    {
        var name = RunCauses.NameOf(run.Campaign, run.DateWords);
        var simulate = run.Simulated ? " --simulate" : "";
        var receipts = left.Receipts == 0 ? new Wording("", "") : new Wording(
            $"Còn {Figures.Count(left.Receipts)} biên nhận nguyên văn có số. ",
            $"Numbers are left in {Figures.Counted(left.Receipts, "raw receipt")}. ");
        return new Alert(
            AlertKind.NumbersDue,
            run.Key,
            AlertSeverity.Warning,
            left.At,
            new Wording($"số điện thoại chưa được xóa hết: {name}", $"numbers are not all erased: {name}"),
            receipts + (left.Stale ?? new Wording("", "")),
            new Wording(
                $"xử lý biên nhận còn chờ hoặc để riêng (xem 'receipts'), rồi chạy 'sms-campaign purge {run.Campaign} "
                    + $"--date {run.Date}{simulate} --by … --reason …'",
                $"settle receipts that wait or are set aside (see 'receipts'), then run 'sms-campaign purge "
                    + $"{run.Campaign} --date {run.Date}{simulate} --by … --reason …'"));
    }
}
