using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Receipts;

/// <summary>A file of receipts that may be dropped.</summary>
/// <param name="Name">As a person finds it in the data folder.</param>
/// <param name="Receipts">Callbacks in it; null where it is damaged.</param>
public sealed record OldReceipts(string Name, long? Receipts)
{
    internal KeptMonth? Whole { get; init; }

    internal DamagedMonth? Damaged { get; init; }

    /// <summary>How many, as it is told.</summary>
    public Wording Count => Receipts is { } count
        ? Figures.Counted(count, "receipt")
        : new Wording("không rõ bao nhiêu", "an unknown number of receipts");
}

/// <summary>
/// Drops receipts of months gone by, whole files: they hold phone numbers and are kept no longer than they are needed.
/// </summary>
public static class ReceiptRetention
{
    /// <summary>Finds what lies before a month, as 2026-07, and what keeps it from being dropped.</summary>
    /// <returns>Refusals empty: it may be. The files are those of real gateways and of stand-ins,
    /// the oldest first.</returns>
    /// <exception cref="LedgerException">A file cannot be read.</exception>
    public static (IReadOnlyList<OldReceipts> Files, IReadOnlyList<Wording> Refusals) Find(
        IKeptReceipts kept, IRegistry registry, string before, DateTimeOffset now)
    {
        if (!Month.TryParse(before, out var month))
        {
            return ([], [new Wording(
                $"'{before}' không phải một tháng. Hãy viết năm-tháng, như 2026-07: "
                    + $"biên nhận của các tháng trước đó sẽ bị xóa.",
                $"'{before}' is no month. Write year-month, such as 2026-07: "
                    + $"receipts of the months before it are dropped.")]);
        }

        var current = Month.Of(ProcessClock.ToMicros(now));
        if (month.Index > current.Index)
        {
            return ([], [new Wording(
                $"Tháng {month} chưa tới: biên nhận của tháng này ({current}) còn đang được nhận và không xóa được.",
                $"{month} has not come: receipts of this month ({current}) are still "
                    + $"coming in and cannot be dropped.")]);
        }

        var files = new List<OldReceipts>();
        var refusals = new List<Wording>();
        foreach (var simulated in new[] { false, true })
        {
            var old = FindFiles(kept, simulated, month, refusals);
            if (old.Count > 0)
                refusals.AddRange(RefusalsOf(registry, simulated, month));
            files.AddRange(old);
            files.AddRange(kept.ReadSetAside(simulated)
                .Where(damaged => damaged.Month.Index < month.Index)
                .Select(damaged => new OldReceipts(damaged.Name, null) { Damaged = damaged }));
        }

        return (files, refusals);
    }

    /// <summary>Records who drops it, then drops it.</summary>
    /// <exception cref="IOException">It is in use, as on Windows while the worker runs.</exception>
    public static void Drop(IKeptReceipts kept, IRegistry registry, OldReceipts file, Who who, DateTimeOffset now)
    {
        registry.RecordEvent(who, "drop receipts", $"{file.Name}: {file.Count.In(Language.English)}", now);
        if (file.Whole is { } whole)
            kept.Drop(whole, now);
        else if (file.Damaged is { } damaged)
            kept.Drop(damaged);
    }

    static List<OldReceipts> FindFiles(IKeptReceipts kept, bool simulated, Month before, List<Wording> refusals)
    {
        var old = new List<OldReceipts>();
        var seen = kept.ReadMonths(simulated);
        var settled = seen.Count == 0 ? 0 : seen.Max(file => file.Settled);
        foreach (var file in seen.Where(file => file.Month is { } month && month.Index < before.Index))
        {
            old.Add(new OldReceipts(file.Name, file.Receipts) { Whole = file });
            if (file.LastId > settled || file.Waiting > 0)
            {
                var waiting = Figures.Counted(file.Waiting, "receipt");
                refusals.Add(file.LastId > settled
                    ? new Wording(
                        $"{file.Name} có biên nhận chưa được xử lý. Hãy chạy dịch vụ gửi để xử lý hết rồi xóa.",
                        $"{file.Name} holds receipts that are not settled yet. "
                            + $"Let the worker settle them, then drop it.")
                    : new Wording(
                        $"{file.Name} có {waiting} biên nhận còn chờ tin hoặc chờ sổ gửi tin bị hỏng. "
                            + $"Hãy xem sms-campaign status.",
                        $"{file.Name} holds {waiting} waiting for a message, or for a ledger that is damaged. "
                            + $"See sms-campaign status."));
            }
        }

        return old;
    }

    static IEnumerable<Wording> RefusalsOf(IRegistry registry, bool simulated, Month before) =>
        registry.ReadPlaces(simulated, DateOnly.MaxValue)
            .Select(run => RunKey.ParseStored(run.Key, "run"))
            .Where(run => new Month(run.Date.Year, run.Date.Month).Index < before.Index)
            .Select(run => new Wording(
                $"Lượt gửi {run} chưa kết thúc: còn chờ biên nhận hoặc chờ người phụ trách quyết định. "
                    + $"Hãy xem sms-campaign status.",
                $"Run {run} is not over: it waits for receipts, or for a person's decision. See sms-campaign status."));
}
