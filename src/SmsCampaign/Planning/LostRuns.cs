using System.Globalization;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Planning;

/// <summary>
/// A person's way out where a run's file is lost or old and there is no newer copy: what may have been handed over is
/// declared uncertain, with name and reason, and the run goes on with the rest.
/// </summary>
public sealed class LostRuns(DataFolder data, string installationFile, TimeProvider time)
{
    /// <summary>The runs whose files are not what is known of them.</summary>
    /// <param name="unread">Gets the rows of <c>ledger.db</c> by which a run cannot be judged: it is set aside, and
    /// the others are found.</param>
    public IReadOnlyList<RunFile> Find(string? campaign, List<Wording> unread)
    {
        var registered = Ledgers.FindRegistry(data)?.ReadRuns().Where(run => !run.Simulated).ToList() ?? [];
        unread.AddRange(registered
            .Where(run => run.FindKey() is null && (campaign is null || run.Campaign == campaign))
            .Select(run => run.Unreadable!.Value));
        return [.. registered.Select(run => run.FindKey()).OfType<RunKey>()
            .Concat(new RunMarks(data).ReadBegunKeys(unread))
            .Where(key => campaign is null || key.Campaign == campaign)
            .Distinct()
            .OrderBy(key => key.Date)
            .Select(key => TryJudge(key, unread))
            .OfType<RunFile>()
            .Where(file => !file.IsWhole)];
    }

    /// <summary>All runs that are known, simulated ones too, by ledger.db or as something was sent of them.</summary>
    public IReadOnlyList<RunKey> ReadKnown()
    {
        var registered = Ledgers.FindRegistry(data)?.ReadRuns() ?? [];
        return [.. registered
            .Select(run => run.FindKey())
            .OfType<RunKey>()
            .Concat(new RunMarks(data).ReadBegunKeys([]))
            .Distinct()
            .OrderBy(key => key.Date)];
    }

    /// <summary>The runs of which something was sent, as the marks outside the data folder know, and that
    /// <c>ledger.db</c> does not have: it is lost, or an old copy.</summary>
    public IReadOnlyList<RunKey> FindUnlisted(string? campaign = null)
    {
        var listed = Ledgers.FindRegistry(data)?.ReadRuns().Select(run => run.Key).ToHashSet() ?? [];
        return [.. new RunMarks(data).ReadAllBegunOutside()
            .Where(mark => !listed.Contains(mark.Key))
            .Select(mark => RunKey.Parse(mark.Key))
            .Where(key => campaign is null || key.Campaign == campaign)
            .Distinct()
            .OrderBy(key => key.Date)];
    }

    /// <summary>That ledger.db is gone while runs' files, or marks of what was sent, are there: without it nobody knows
    /// which runs there were.</summary>
    /// <returns>What was found and the ways out; null where it is there, or nothing was ever planned.</returns>
    public Wording? FindMissingLedger()
    {
        return Ledgers.LacksRegistry(data)
            && (Ledgers.FindRuns(data).Any() || new RunMarks(data).ReadAllBegunOutside().Count > 0)
            ? MarkWords.NoLedger(data)
            : null;
    }

    /// <summary>Declares. May be called again after a kill at any point.</summary>
    /// <param name="found">What is said of it.</param>
    /// <param name="problems">Gets why it cannot be done.</param>
    /// <returns>How many messages are uncertain by it; null where it was not done.</returns>
    public long? Declare(
        RunFile found, Who who, string reason, List<Problem> problems, CancellationToken cancellationToken)
    {
        using var nobodySends = SendingLock.TryTake(data, time);
        if (nobodySends is null)
        {
            problems.Add(new Problem(null, new Wording(
                $"Một tiến trình đang gửi từ {data.Root}. Hãy dừng dịch vụ gửi rồi chạy lại.",
                $"A process is sending from {data.Root}. Stop the service 'worker', then run this again.")));
            return null;
        }

        var registry = Ledgers.OpenRegistry(data);
        var hasFile = found.State is RunFileState.Behind or RunFileState.Unmarked;
        if (!hasFile && registry.Find(found.Key) is { IsErased: true })
        {
            problems.Add(new Problem(null, new Wording(
                $"Số điện thoại của lượt gửi {found.Key} đã được xóa: dựng lại sổ từ danh sách thì số trở lại, nên "
                    + $"không dựng. Hãy khôi phục sổ bằng 'restore', từ bản sao lưu làm sau khi xóa số.",
                $"The numbers of the run {found.Key} are erased: its ledger is not made anew from the lists, as that "
                    + $"would bring them back. Restore it with 'restore', from a backup that was taken after that.")));
            return null;
        }

        var known = found.Known ?? new RunMark(found.Key.ToString(), registry.Find(found.Key)?.Code ?? "")
        {
            // A program that kept no marks sent of it.
            Reserved = 1,
            Reach = [.. Enumerable.Repeat(long.MaxValue, RunMark.None.Length)],
        };

        // Said before it is done: what is done twice does no harm, what nobody answers for does.
        registry.RecordEvent(
            who,
            "declare",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{found.Key}: {found.State}, up to attempt {known.LastPossible} of {found.Attempts} there. {reason}"),
            time.GetUtcNow());
        if (hasFile)
            Ledgers.RunAt(found.Address).DeclareGap(known, new ProcessClock(time));
        else if (!Rebuild(found, known, registry, problems, cancellationToken))
            return null;

        new RunMarks(data).Complete(found);
        using var ledger = Ledgers.RunAt(found.Address).ReadPlan();
        return ledger.CountUncertain(Messages.Reason.LedgerLost);
    }

    /// <returns>Null where a row of it cannot be read.</returns>
    RunFile? TryJudge(RunKey key, List<Wording> unread)
    {
        try
        {
            return Judge(key);
        }
        catch (LedgerRowException row)
        {
            unread.Add(row.Words);
            return null;
        }
    }

    RunFile Judge(RunKey key)
    {
        try
        {
            return RunFile.Judge(data, key);
        }
        catch (LedgerException broken) when (broken is not LedgerRowException)
        {
            // Cannot be opened: as good as lost.
            var known = new RunMarks(data).ReadBegun(key);
            return new RunFile(
                key,
                data.AddressOf(key),
                known.Count > 0 ? RunFileState.Missing : RunFileState.Whole,
                "",
                0,
                known.Count > 0 ? known[0] : null);
        }
    }

    bool Rebuild(
        RunFile found, RunMark known, IRegistry registry, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (registry.Find(found.Key) is not { } run || run.Code != known.Code)
        {
            problems.Add(new Problem(null, new Wording(
                $"Không biết lượt gửi {found.Key} (mã {known.Code}) đã được lập kế hoạch thế nào: "
                    + $"{data.Ledger} không có lượt này. Hãy khôi phục cả thư mục bằng 'restore', hoặc lập chiến "
                    + $"dịch khác (mã khác) cho phần còn lại.",
                $"How the run {found.Key} (code {known.Code}) was planned is not known: "
                    + $"it is not in {data.Ledger}. Restore the whole folder with 'restore', or make another "
                    + $"campaign, with another id, for the rest.")));
            return false;
        }

        Ledgers.RunAt(found.Address).SetAside(time);
        var request = new PreparationRequest(run.CampaignFile, installationFile, found.Key.Date);
        var rebuilt = new CampaignPreparation(time).Rebuild(request, run, known, data, cancellationToken);
        problems.AddRange(rebuilt.Problems);
        return rebuilt.Run is not null;
    }
}
