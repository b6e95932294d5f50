using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;

namespace SmsCampaign.Receipts;

/// <summary>A file of receipts that may be dropped.</summary>
/// <param name="Receipts">Callbacks in it; null where it is damaged.</param>
public sealed record OldReceipts(string Path, long? Receipts)
{
    /// <summary>How many, as it is told.</summary>
    public Wording Count => Receipts is { } count ? Figures.Counted(count, "receipt") : new Wording("không rõ bao nhiêu", "an unknown number of receipts");
}

/// <summary>
/// Drops receipts of months gone by, whole files: they hold phone numbers and are kept no longer than they are needed.
/// </summary>
public static class ReceiptRetention
{
    /// <summary>Finds what lies before a month, as 2026-07, and what keeps it from being dropped.</summary>
    /// <returns>Refusals empty: it may be. The files are those of real gateways and of stand-ins, the oldest first.</returns>
    /// <exception cref="LedgerException">A file cannot be read.</exception>
    public static (IReadOnlyList<OldReceipts> Files, IReadOnlyList<Wording> Refusals) Find(
        DataFolder data, IRegistry registry, string before, DateTimeOffset now)
    {
        if (!Month.TryParse(before, out var month))
        {
            return ([], [new Wording(
                $"'{before}' không phải một tháng. Hãy viết năm-tháng, như 2026-07: biên nhận của các tháng trước đó sẽ bị xóa.",
                $"'{before}' is no month. Write year-month, such as 2026-07: receipts of the months before it are dropped.")]);
        }

        var current = ReceiptFiles.MonthOf(ProcessClock.ToMicros(now));
        if (month.Index > current.Index)
        {
            return ([], [new Wording(
                $"Tháng {month} chưa tới: biên nhận của tháng này ({current}) còn đang được nhận và không xóa được.",
                $"{month} has not come: receipts of this month ({current}) are still coming in and cannot be dropped.")]);
        }

        var files = new List<OldReceipts>();
        var refusals = new List<Wording>();
        foreach (var simulated in new[] { false, true })
        {
            var old = FindFiles(data, simulated, month, refusals);
            if (old.Count > 0)
                refusals.AddRange(RefusalsOf(registry, simulated, month));
            files.AddRange(old);
            files.AddRange(ReceiptFiles.FindSetAside(data, simulated).Where(kept => kept.Month.Index < month.Index).Select(kept => new OldReceipts(kept.Path, null)));
        }

        return (files, refusals);
    }

    /// <summary>Records who drops it, then drops it. Ids go on after its own: where it is the last file, that of this month is begun before.</summary>
    /// <exception cref="IOException">It is in use, as on Windows while the worker runs.</exception>
    public static void Drop(DataFolder data, IRegistry registry, OldReceipts file, Who who, DateTimeOffset now)
    {
        registry.RecordEvent(who, "drop receipts", $"{Path.GetFileName(file.Path)}: {file.Count.In(Language.English)}", now);
        if (file.Receipts is null)
        {
            foreach (var suffix in LedgerPlace.Beside.Append(""))
                File.Delete(file.Path + suffix);
            return;
        }

        BeginThisMonth(data, file.Path, ReceiptFiles.MonthOf(ProcessClock.ToMicros(now)));

        // The log first: killed in between, the file is whole. The other way about a log would be left that fits no file.
        using (var db = SqliteDb.Open(file.Path))
            db.TryExecute("pragma wal_checkpoint(truncate)");
        File.Delete(file.Path + "-wal");
        File.Delete(file.Path + "-shm");
        File.Delete(file.Path);
    }

    static void BeginThisMonth(DataFolder data, string dropped, Month month)
    {
        foreach (var simulated in new[] { false, true })
        {
            var files = ReceiptFiles.Find(data, simulated);
            if (files is [.., var last] && last.Path == dropped)
                ReceiptSegment.Begin(ReceiptFiles.PathOf(data, simulated, month), after: dropped);
        }
    }

    static List<OldReceipts> FindFiles(DataFolder data, bool simulated, Month before, List<Wording> refusals)
    {
        var old = new List<OldReceipts>();
        var seen = ReceiptFiles.Find(data, simulated).Select(file => Look(file.Path, file.Month)).ToList();
        var settled = seen.Count == 0 ? 0 : seen.Max(file => file.Settled);
        foreach (var file in seen.Where(file => file.Month is { } month && month.Index < before.Index))
        {
            old.Add(new OldReceipts(file.Path, file.Receipts));
            if (file.LastId > settled || file.Waiting > 0)
            {
                var (name, waiting) = (Path.GetFileName(file.Path), Figures.Counted(file.Waiting, "receipt"));
                refusals.Add(file.LastId > settled
                    ? new Wording(
                        $"{name} có biên nhận chưa được xử lý. Hãy chạy dịch vụ gửi để xử lý hết rồi xóa.",
                        $"{name} holds receipts that are not settled yet. Let the worker settle them, then drop it.")
                    : new Wording(
                        $"{name} có {waiting} biên nhận còn chờ tin hoặc chờ sổ gửi tin bị hỏng. Hãy xem sms-campaign status.",
                        $"{name} holds {waiting} waiting for a message, or for a ledger that is damaged. See sms-campaign status."));
            }
        }

        return old;
    }

    static IEnumerable<Wording> RefusalsOf(IRegistry registry, bool simulated, Month before) => registry.ReadPlaces(simulated, DateOnly.MaxValue)
        .Select(run => RunKey.ParseStored(run.Key, "run"))
        .Where(run => new Month(run.Date.Year, run.Date.Month).Index < before.Index)
        .Select(run => new Wording(
            $"Lượt gửi {run} chưa kết thúc: còn chờ biên nhận hoặc chờ người phụ trách quyết định. Hãy xem sms-campaign status.",
            $"Run {run} is not over: it waits for receipts, or for a person's decision. See sms-campaign status."));

    /// <returns>Month: of the file of before there were months that of its last receipt; null where it has none.</returns>
    static (string Path, Month? Month, long Receipts, long LastId, long Settled, long Waiting) Look(string path, Month? month)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return (
            path,
            month ?? (db.ReadNumber("select max(received_us) from receipt") is { } last ? ReceiptFiles.MonthOf(last) : null),
            db.ReadNumber("select count(*) from receipt")!.Value,
            db.ReadNumber("select max(id) from receipt") ?? 0,
            db.ReadNumber("select id from progress where name = 'settled'") ?? 0,
            db.ReadNumber("select count(*) from oddity where kind in ('Waiting', 'SetAside')")!.Value);
    }
}
